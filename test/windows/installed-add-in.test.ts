/**
 * All of it together, as the installer leaves it: an Outlook that loads the installed add-in, which starts the installed agent; clicks on
 * the ribbon; items that reach Outlook through the add-in, and by direct calls once it is gone.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Status } from '../../src/agent/api/shapes.ts';
import { importCards } from '../../src/bluemind/import.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { type Emulator, openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { endPrefix } from '../../tools/windows/wine.ts';
import { compareCards, compareEvents } from '../end-to-end/compare.ts';
import { editOnServer } from '../end-to-end/edits.ts';
import { outlookCards, outlookEvents } from '../end-to-end/outlook-facts.ts';
import { serverCards, serverEvents } from '../end-to-end/server-facts.ts';
import { BOOK, LOGIN, lineTo, newFolder, PASSWORD, startServer } from '../end-to-end/world.ts';
import { type Edge, putEdge } from './edge.ts';
import {
  agentClient,
  agentStatus,
  cleanUp,
  connectorIn,
  drive,
  ENVIRONMENT,
  setUp,
  setupLog,
  testedProgram,
} from './installation.ts';
import type { AskOutlook, Crossings } from './shim/messages.ts';
import { type Remote, startOutlook } from './shim/shim-world.ts';

const [EVENTS, CARDS] = [500, 100];
const PROGRAM = drive('Program Files', 'BlueMind Connector');
const ENGLISH = 1033;

let home: string;
let server: RunningServer;
let session: Session;
let outlook: Remote<AskOutlook>;
let edge: Edge;
const connector = connectorIn(PROGRAM);

beforeAll(async () => {
  await cleanUp();
  await testedProgram();
  // For all users: Wine finds classes in HKEY_LOCAL_MACHINE only.
  expect(await setUp('1.0.0', '/ALLUSERS'), setupLog()).toMatchObject({ code: 0 });
  home = newFolder();
  edge = putEdge();
  server = await startServer(home);
  session = lineTo(server.url);
  await editOnServer(session, { edit: [], remove: [], create: EVENTS, name: '' });
  await importCards(session, systemClock, BOOK, cards(CARDS));
  await withFile(async () => undefined);
}, 300_000);

afterAll(async () => {
  await outlook?.end();
  endPrefix();
  await session.close();
  await server.close();
  await cleanUp();
  edge.remove();
  rmSync(home, { recursive: true, force: true });
});

function cards(count: number): string {
  const card = (at: number) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-${at}\r\nFN:Given ${at} Family\r\nN:Family;Given ${at};;;\r\nEMAIL:${at}@example.org\r\nEND:VCARD\r\n`;
  return Array.from({ length: count }, (_, at) => card(at)).join('');
}

async function withFile<T>(work: (emulator: Emulator) => Promise<T>): Promise<T> {
  const profile = { user: { name: 'Jane Doe', address: LOGIN } };
  const file = join(home, 'outlook.sqlite');
  const emulator = openEmulator({ file, clock: systemClock, random: Math.random, profile });
  try {
    return await work(emulator);
  } finally {
    emulator.close();
  }
}

async function until<T>(ask: () => T | Promise<T>, right: (value: T) => boolean): Promise<T> {
  let value = await ask();
  for (let tries = 0; tries < 600 && !right(value); tries++) {
    await sleep(200);
    value = await ask();
  }
  expect(right(value), JSON.stringify(value)).toBe(true);
  return value;
}

const crossings = () => outlook.ask<Crossings>({ do: 'crossings' });
const click = (command: string) =>
  outlook.ask({ do: 'callback', member: 'OnAction', control: `bluemind_mail_${command}` });
/** Longer than what a change in Outlook is waited for before a run begins. @units milliseconds */
const QUIET = 3000;

/** Resolves once the agent has been at rest for a while. */
async function rest(): Promise<Status> {
  for (let since = Date.now(), tries = 0; tries < 600; tries++) {
    const status = await agentStatus();
    if (status.state !== 'idle' || status.last?.endedAt == null) since = Date.now();
    else if (Date.now() - since > QUIET) return status;
    await sleep(100);
  }
  throw new Error('The agent does not come to rest.');
}

/** Calls of the agent for each item in the run that `work` begins and all that follow from it; those that answer an event aside. */
async function perItem(items: number, work: () => Promise<unknown>): Promise<number> {
  const before = await crossings();
  await work();
  await rest();
  const after = await crossings();
  const [asked, within] = [(after.asked - before.asked) / items, (after.within - before.within) / items];
  console.log(`${asked.toFixed(2)} crossings for each of ${items} items, and ${within.toFixed(2)} in answer to events`);
  return asked;
}

it('Outlook starts the installed agent by the add-in, and a click on the ribbon opens its window', async () => {
  outlook = await startOutlook(join(home, 'outlook.sqlite'), ENVIRONMENT);
  await outlook.ask({ do: 'create' });
  await outlook.ask({ do: 'connect', language: ENGLISH });
  expect(await agentStatus()).toMatchObject({ account: null });
  await click('calendars');
  const [page = ''] = await until(edge.shown, (pages) => pages.length > 0);
  expect(page).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\//);
  expect((await fetch(page.replace('--app=', ''))).status).toBe(200);
}, 120_000);

it(`${EVENTS} events and ${CARDS} cards cross at most twice each through the add-in`, async () => {
  const add = ['account', 'add', '--server', server.url, '--login', LOGIN, '--password-stdin'];
  const each = await perItem(EVENTS + CARDS, () => connector(add, PASSWORD));
  expect(each).toBeLessThanOrEqual(2);
}, 240_000);

it('Synchronize on the ribbon begins a run and opens its window', async () => {
  await agentClient()
    .client.post('options/set' as never, {} as never)
    .catch(() => undefined);
  const before = edge.shown().length;
  await editOnServer(session, { edit: ['made-on-server-0'], remove: [], create: 0, name: '' });
  await click('synchronize');
  await until(edge.shown, (pages) => pages.length > before);
  expect((await rest()).last).toMatchObject({ failed: 0 });
}, 120_000);

it('without the add-in direct calls take over', async () => {
  await outlook.ask({ do: 'disconnect' });
  const each = await perItem(20, async () => {
    await editOnServer(session, { edit: [], remove: [], create: 20, name: 'later-' });
    const runs = (await agentStatus()).last?.id ?? 0;
    await agentClient().client.post('run', {});
    await until(agentStatus, ({ last }) => (last?.id ?? 0) > runs);
  });
  expect(each).toBeGreaterThan(5);
}, 120_000);

it('both sides hold the same', async () => {
  await connector(['stop']);
  await outlook.end();
  await withFile(async (emulator) => {
    compareEvents(await serverEvents(session), await outlookEvents(emulator));
    compareCards(await serverCards(session), await outlookCards(emulator));
  });
}, 120_000);
