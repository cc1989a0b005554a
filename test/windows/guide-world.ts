/**
 * What a person who follows the guide sits in front of: a Windows with a screen and an Outlook, a browser, and a BlueMind somewhere else
 * with colleagues who share. Windows, installer, Outlook and agent run under Wine; the windows that the agent opens in Edge are shown by
 * Chromium on Linux, because both share the loopback.
 */
import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Session } from '../../src/bluemind/session.ts';
import { en } from '../../src/dialogs/locales/en.ts';
import { fr } from '../../src/dialogs/locales/fr.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import { createUser } from '../../src/server/admin/accounts.ts';
import { createBook, createCalendar, share } from '../../src/server/admin/containers.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { endPrefix, runWindows, startWindows, startWindowsNode } from '../../tools/windows/wine.ts';
import names from '../../windows/names.json' with { type: 'json' };
import { openBrowser } from '../dialogs/browser.ts';
import { LOGIN, lineTo, newFolder, startServer } from '../end-to-end/world.ts';
import { type Edge, putEdge } from './edge.ts';
import { CLSID, PROG_ID } from './fake/registration.ts';
import { type Guide, readGuide } from './guide-text.ts';
import { cleanUp, ENVIRONMENT, registry, userFolder, valuesOf } from './installation.ts';
import { type OutlookUser, outlookUser } from './outlook-user.ts';
import { openScreen } from './screen.ts';
import type { AskOutlook } from './shim/messages.ts';
import { type Remote, startOutlook } from './shim/shim-world.ts';

export type Language = 'en' | 'fr';
export type WindowName = Exclude<keyof typeof en.windows, 'menu'>;

export type World = {
  readonly language: Language;
  /** The windows' words in that language. */
  readonly words: typeof en;
  readonly guide: Guide;
  /** Of importing. */
  readonly importing: Guide;
  /** The registry from before the installation. */
  readonly keys: readonly string[];
  /** For Windows processes that the person starts. */
  readonly env: Readonly<Record<string, string>>;
  readonly server: () => RunningServer;
  /** A line to the account beside the agent's. */
  readonly session: Session;
  /** The network goes, and comes back. */
  readonly network: { cut(): Promise<void>; mend(): Promise<void> };
  readonly outlook: OutlookUser & {
    /** Starts, with the add-in that is installed. */
    start(): Promise<void>;
    /** *File ▸ BlueMind*, and a button there. */
    press(command: string): Promise<void>;
    close(): Promise<void>;
  };
  /** The window that some work opens in Edge. */
  opened(work: () => Promise<unknown>): Promise<Page>;
  /** Clicks in the start menu. */
  startMenu(): Promise<void>;
  /** Does something with the icon beside the clock: `click`, or a line of its menu. */
  icon(deed: 'click' | 'synchronize' | 'quit'): Promise<void>;
  /** Takes back what only this Windows needed. */
  unmergeClasses(): Promise<void>;
  /** Errors of the windows' scripts. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
};

/** What waits is waited for so long. @units milliseconds */
export const PATIENCE = { timeout: 60_000, interval: 200 };
export const COLLEAGUE = 'ann@demo.test';
/** What was in Outlook before the connector came. */
export const BEFORE = 'Dentist, from before';

const LANGUAGE_IDS: Readonly<Record<Language, number>> = { en: 1033, fr: 1036 };
const WORDS = { en, fr: fr as typeof en };

/** @param screen its number, another one for each world that is there at once */
export async function openWorld(language: Language, screenNumber: number): Promise<World> {
  await cleanUp();
  await registerOutlook();
  const keys = await registry();
  // A Windows that was started without a screen shows nothing on one.
  endPrefix();
  const home = newFolder();
  const screen = await openScreen(screenNumber);
  const env = { ...ENVIRONMENT, DISPLAY: screen.name, ...(language === 'fr' ? speakFrench(home) : {}) };
  const edge = putEdge();
  let server = await startServer(home);
  await colleagues(server);
  const session = lineTo(server.url);
  const outlook = outlookOf(language, home, env);
  const browser = await openBrowser();
  const complaints: string[] = [];
  const context = await browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: { width: 900, height: 800 },
    acceptDownloads: true,
  });
  context.setDefaultTimeout(PATIENCE.timeout);
  context.on('weberror', (error) => complaints.push(error.error().message));
  return {
    ...{
      language,
      words: WORDS[language],
      guide: readGuide(language),
      importing: readGuide(language, 'import'),
      keys,
      env,
      session,
      outlook,
      complaints,
    },
    server: () => server,
    network: {
      cut: () => server.close(),
      mend: async () => {
        server = await startServer(home, Number(new URL(server.url).port));
      },
    },
    opened: (work) => opened(context, edge, work),
    startMenu: async () => {
      await runWindows('start', [['C:', 'users', basename(userFolder()), ...START_MENU].join('\\')], { env });
    },
    unmergeClasses: () => mergeClasses('delete'),
    icon: async (deed) => {
      const script = fileURLToPath(new URL('by-icon.ts', import.meta.url));
      const done = async () => (await startWindowsNode(script, [deed], { env }).exited).stdout.trim();
      await expect.poll(done, PATIENCE).toBe('done');
    },
    close: async () => {
      await browser.close();
      await outlook.close();
      endPrefix();
      await screen.end();
      await session.close();
      await server.close();
      edge.remove();
      await cleanUp();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const START_MENU = [
  ...['AppData', 'Roaming', 'Microsoft', 'Windows', 'Start Menu', 'Programs'],
  'BlueMind Connector for Outlook.lnk',
];

/** Wine asks the C library for the language; the name of a locale is enough, whatever is in it. */
function speakFrench(home: string): Readonly<Record<string, string>> {
  const folder = join(home, 'locales');
  cpSync('/usr/lib/locale/C.utf8', join(folder, 'fr_FR.UTF-8'), { recursive: true });
  return { LOCPATH: folder, LC_ALL: 'fr_FR.UTF-8' };
}

/** Ann has a calendar that Jane may change, one that she may read, and an address book; Jane has a second calendar of her own. */
async function colleagues({ kernel }: RunningServer): Promise<void> {
  await createUser(kernel, {
    ...{ login: 'ann', domain: 'demo.test', displayName: 'Ann Poe', uid: 'uid-ann' },
    password: 'another secret',
  });
  createCalendar(kernel, { uid: 'calendar:team', name: 'Team', owner: COLLEAGUE });
  share(kernel, 'calendar:team', LOGIN, 'Write');
  createCalendar(kernel, { uid: 'calendar:rota', name: 'Rota', owner: COLLEAGUE });
  share(kernel, 'calendar:rota', LOGIN, 'Read');
  createBook(kernel, { uid: 'book:suppliers', name: 'Suppliers', owner: COLLEAGUE });
  share(kernel, 'book:suppliers', LOGIN, 'Write');
  createCalendar(kernel, { uid: 'calendar:choir', name: 'Choir', owner: LOGIN });
}

function outlookOf(language: Language, home: string, env: Readonly<Record<string, string>>): World['outlook'] {
  const file = join(home, 'outlook.sqlite');
  let running: Remote<AskOutlook> | undefined;
  const remote = () => {
    if (running === undefined) throw new Error('Outlook is closed.');
    return running;
  };
  const user = outlookUser((program) => remote().ask({ do: 'work', program }));
  return {
    ...user,
    start: async () => {
      // Made here, so that it is this user's.
      openEmulator({
        ...{ file, clock: systemClock, random: Math.random },
        profile: { user: { name: 'Jane Doe', address: LOGIN } },
      }).close();
      running = await startOutlook(file, env);
      await mergeClasses('add');
      await running.ask({ do: 'create' });
      await running.ask({ do: 'connect', language: LANGUAGE_IDS[language] });
    },
    press: (command) => remote().ask({ do: 'callback', member: 'OnAction', control: `bluemind_file_${command}` }),
    close: async () => {
      await running?.end();
      running = undefined;
    },
  };
}

/** As Office's installer does: by its name Outlook is found when it runs. */
async function registerOutlook(): Promise<void> {
  await runWindows('reg', ['add', `HKLM\\Software\\Classes\\${PROG_ID}\\CLSID`, '/ve', '/d', CLSID, '/f']);
}

/** Windows looks for classes among the user's own first; Wine 8 only among the computer's. */
async function mergeClasses(deed: 'add' | 'delete'): Promise<void> {
  const key = `Software\\Classes\\CLSID\\${names.addIn.CLSID}`;
  if (deed === 'delete') return void (await runWindows('reg', ['delete', `HKLM\\${key}`, '/f']));
  for (const [name, value] of Object.entries(await valuesOf(`HKCU\\${key}\\InprocServer32`))) {
    const named = name === '(Default)' ? ['/ve'] : ['/v', name];
    await runWindows('reg', ['add', `HKLM\\${key}\\InprocServer32`, ...named, '/d', value, '/f']);
  }
}

async function opened(context: BrowserContext, edge: Edge, work: () => Promise<unknown>): Promise<Page> {
  const before = edge.shown().length;
  await work();
  await expect.poll(() => edge.shown().length, PATIENCE).toBeGreaterThan(before);
  const [link = ''] = edge.shown().slice(before);
  const page = await context.newPage();
  await page.goto(link.replace('--app=', ''));
  await page.locator('main').waitFor();
  return page;
}

/** Goes to another window by the menu that every window has. */
export async function go(world: World, page: Page, window: WindowName): Promise<void> {
  const { windows } = world.words;
  await page.getByRole('button', { name: windows.menu }).click();
  await page.getByRole('menuitem', { name: windows[window], exact: true }).click();
  await page.getByRole('heading', { level: 1, name: windows[window], exact: true }).waitFor();
}

export async function press(page: Page, button: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: button, exact: typeof button === 'string' }).click();
}

/** The installer's windows, page by page, to the last one and its button; the texts of all pages. */
export async function throughPages(world: World, program: string, titles: readonly (readonly [string, string])[]) {
  const { env } = world;
  const setup = startWindows(program, [], { env });
  const texts: string[] = [];
  for (const [title, last] of titles) {
    const wizard = startWindowsNode(fileURLToPath(new URL('wizard.ts', import.meta.url)), [title, last, 'press'], {
      env,
    });
    const { stdout } = await wizard.exited;
    texts.push(
      ...stdout
        .trim()
        .split(/\r?\n/)
        .flatMap((line) => JSON.parse(line) as string[]),
    );
  }
  await setup.exited;
  return texts;
}

/** Of the registry what names the connector: on a screen Wine itself notes this and that. */
export function ours(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => /bluemind/i.test(line) || line.includes(names.addIn.CLSID)).sort();
}
