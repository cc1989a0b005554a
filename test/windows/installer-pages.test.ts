import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPrefix, startWindows, startWindowsNode } from '../../tools/windows/wine.ts';
import { cleanUp, ENVIRONMENT, OUT, testedInstaller, testedProgram } from './installation.ts';

/** Where the pictures go, for people to look at. */
const PICTURES = join(OUT, 'pages');
const SCREEN = ':87';
let screen: ReturnType<typeof spawn>;

beforeAll(async () => {
  await cleanUp();
  await testedProgram();
  mkdirSync(PICTURES, { recursive: true });
  screen = spawn('Xvfb', [SCREEN, '-screen', '0', '700x520x24'], { stdio: 'ignore' });
  await sleep(1000);
}, 300_000);

afterAll(async () => {
  endPrefix();
  screen.kill();
  await cleanUp();
});

/** Goes through all pages; the texts of each. */
async function pagesOf(language: 'en' | 'fr', title: string, last: string): Promise<readonly (readonly string[])[]> {
  // A Windows that was started without a screen shows nothing on one.
  endPrefix();
  const env = { ...ENVIRONMENT, DISPLAY: SCREEN };
  const setup = startWindows(testedInstaller('1.0.0'), [`/LANG=${language}`, '/NOSTART'], { env });
  const wizard = startWindowsNode(fileURLToPath(new URL('wizard.ts', import.meta.url)), [title, last], { env });
  const pages: (readonly string[])[] = [];
  while (!pages.flat().some((text) => text.includes(last))) {
    const line = await wizard.until((stdout) => stdout.split('\n').slice(0, -1)[pages.length]);
    pages.push(JSON.parse(line) as string[]);
    const picture = join(PICTURES, `${language}-${pages.length}.png`);
    spawnSync('import', ['-display', SCREEN, '-window', 'root', picture]);
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
