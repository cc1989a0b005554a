import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pageLanguage, pagesIn } from './pages.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('a window comes as its own page in the language, and as the common one where it has none', () => {
  const pages = pagesIn(
    folderOf({ 'index.html': 'common', 'status.en.html': 'Status', 'status.fr.html': 'État', 'a.js': '1' }),
  );
  const body = (path: string, language: 'en' | 'fr') => pages.find(path, language)?.body.toString();
  expect([body('/status', 'fr'), body('/status', 'en'), body('/other', 'fr'), body('/a.js', 'fr')]).toEqual([
    'État',
    'Status',
    'common',
    '1',
  ]);
  expect([body('/b.js', 'en'), body('/../pages.ts', 'en')]).toEqual([undefined, undefined]);
});

it('the language of a page is the setting’s, else the browser’s: English where that comes first or French is not asked for', () => {
  expect(pageLanguage('en', 'fr')).toBe('en');
  expect(pageLanguage('fr', 'en')).toBe('fr');
  const chosen = (accepted: string) => pageLanguage('system', accepted);
  expect(['fr-FR,fr;q=0.9,en;q=0.8', 'en-GB,en;q=0.9,fr;q=0.5', 'de, fr;q=0.5', 'de', ''].map(chosen)).toEqual([
    'fr',
    'en',
    'fr',
    'en',
    'en',
  ]);
});
