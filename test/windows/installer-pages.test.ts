import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPrefix, startWindows, startWindowsNode, windowsPath } from '../../tools/windows/wine.ts';
import { cleanUp, ENVIRONMENT, OUT, testedInstaller, testedProgram } from './installation.ts';
import { openScreen, type Screen } from './screen.ts';

/** Where the pictures go, for people to look at. */
const PICTURES = join(OUT, 'pages');
let screen: Screen;

beforeAll(async () => {
  await cleanUp();
  await testedProgram();
  mkdirSync(PICTURES, { recursive: true });
  screen = await openScreen(87);
}, 300_000);

afterAll(async () => {
  endPrefix();
  await screen.end();
  await cleanUp();
});

/** Goes through all pages; the texts of each. */
async function pagesOf(language: 'en' | 'fr', title: string, last: string): Promise<readonly (readonly string[])[]> {
  // A Windows that was started without a screen shows nothing on one.
  endPrefix();
  const env = { ...ENVIRONMENT, DISPLAY: screen.name };
  const setup = startWindows(testedInstaller('1.0.0'), [`/LANG=${language}`, '/NOSTART'], { env });
  const wizard = startWindowsNode(fileURLToPath(new URL('wizard.ts', import.meta.url)), [title, last], { env });
  const pages: (readonly string[])[] = [];
  while (!pages.flat().some((text) => text.includes(last))) {
    const line = await wizard.until((stdout) => stdout.split('\n').slice(0, -1)[pages.length]);
    pages.push(JSON.parse(line) as string[]);
    const picture = join(PICTURES, `${language}-${pages.length}.png`);
    screen.picture(picture);
    expect(statSync(picture).size).toBeGreaterThan(5000);
  }
  await wizard.exited;
  await setup.end();
  endPrefix();
  return pages;
}

const HEADS = {
  en: ['Welcome', 'License Agreement', 'This computer', 'For whom?', 'Choose Install Location', 'Completing'],
  fr: ['Bienvenue', 'Licence utilisateur', 'Cet ordinateur', 'Pour qui ?', 'Choisissez le dossier', 'Fin de l'],
} as const;

it.each([
  ['en', 'BlueMind Connector for Outlook Setup'],
  ['fr', 'Installation de BlueMind Connector for Outlook'],
] as const)(
  'every page speaks %s, and the last one offers to connect',
  async (language, title) => {
    const connect = { en: 'Connect my account now', fr: 'Connecter mon compte maintenant' }[language];
    const pages = await pagesOf(language, title, connect.split(' ').slice(1).join(' '));
    const found = HEADS[language].filter((head) => pages.some((texts) => texts.join('\n').includes(head)));
    expect(found, JSON.stringify(pages)).toEqual(HEADS[language]);
    await cleanUp();
  },
  240_000,
);

it('Quit in the menu of the program’s icon ends the agent cleanly', { timeout: 180_000 }, async () => {
  endPrefix();
  const env = { ...ENVIRONMENT, DISPLAY: screen.name };
  const data = mkdtempSync(join(tmpdir(), 'icon-'));
  const words = ['agent', '--data', windowsPath(data)];
  const agent = startWindows(join(OUT, 'program', 'BlueMindConnector.exe'), words, { env });
  const quit = fileURLToPath(new URL('quit-by-icon.ts', import.meta.url));
  const chosen = async () => (await startWindowsNode(quit, [], { env }).exited).stdout.trim();
  await expect.poll(chosen, { timeout: 60_000 }).toBe('chosen');
  expect(await agent.exited).toMatchObject({ code: 0 });
  expect(existsSync(join(data, 'api.json'))).toBe(false);
  const log = join(data, 'logs', 'agent.log');
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('failure');
  rmSync(data, { recursive: true });
});
