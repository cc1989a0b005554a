import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endPrefix, startWindows, startWindowsNode, windowsPath } from '../../tools/windows/wine.ts';
import { cleanUp, ENVIRONMENT, local, OUT, PROGRAM, setUp, testedInstaller, testedProgram } from './installation.ts';
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

/** More than a picture of an empty screen has. @units bytes */
const BLANK = 2000;

type Shown = {
  readonly program: string;
  readonly args: readonly string[];
  /** The beginning of the window's title. */
  readonly title: string;
  /** A text of the last page. */
  readonly last: string;
  /** Of its pictures. */
  readonly name: string;
};

/** Goes through all pages; the texts of each. */
async function pagesOf({ program, args, title, last, name }: Shown): Promise<readonly (readonly string[])[]> {
  // A Windows that was started without a screen shows nothing on one.
  endPrefix();
  const env = { ...ENVIRONMENT, DISPLAY: screen.name };
  const setup = startWindows(program, args, { env });
  const wizard = startWindowsNode(fileURLToPath(new URL('wizard.ts', import.meta.url)), [title, last], { env });
  const pages: (readonly string[])[] = [];
  while (!pages.flat().some((text) => text.includes(last))) {
    const line = await wizard.until((stdout) => stdout.split('\n').slice(0, -1)[pages.length]);
    pages.push(JSON.parse(line) as string[]);
    const picture = join(PICTURES, `${name}-${pages.length}.png`);
    screen.picture(picture);
    expect(statSync(picture).size).toBeGreaterThan(BLANK);
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
    const pages = await pagesOf({
      program: testedInstaller('1.0.0'),
      args: [`/LANG=${language}`, '/NOSTART'],
      title,
      last: connect.split(' ').slice(1).join(' '),
      name: language,
    });
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
  const quit = fileURLToPath(new URL('by-icon.ts', import.meta.url));
  const chosen = async () => (await startWindowsNode(quit, ['quit'], { env }).exited).stdout.trim();
  await expect.poll(chosen, { timeout: 60_000 }).toBe('done');
  expect(await agent.exited).toMatchObject({ code: 0 });
  expect(existsSync(join(data, 'api.json'))).toBe(false);
  const log = join(data, 'logs', 'agent.log');
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').not.toContain('failure');
  rmSync(data, { recursive: true });
});

it('without /LANG it asks for the language first, in both', async () => {
  const program = testedInstaller('1.0.0');
  const shown = { program, args: [], title: 'Language / Langue', last: 'Please choose', name: 'language' };
  const [texts = []] = await pagesOf(shown);
  expect(texts.join('\n')).toContain('Veuillez choisir une langue.');
  await cleanUp();
}, 120_000);

it.each([
  ['en', 'BlueMind Connector for Outlook Uninstall', 'delete my account'],
  ['fr', 'Désinstallation de BlueMind Connector for Outlook', 'Supprimer'],
] as const)(
  'the uninstaller says in %s what goes and what stays, and asks about the data',
  async (language, title, last) => {
    expect(await setUp('1.0.0', '/NOSTART', `/LANG=${language}`)).toMatchObject({ code: 0 });
    const program = join(local(...PROGRAM), 'uninstall.exe');
    const [texts = []] = await pagesOf({ program, args: [], title, last, name: `remove-${language}` });
    expect(texts.join('\n')).toContain('Outlook');
    await cleanUp();
  },
  120_000,
);
