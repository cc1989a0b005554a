/**
 * The trial's end-to-end run on Windows: the installed program over COM against a fake Outlook in a process of its own, and the embedded
 * server on Linux. Both sides are compared by means that neither the engine nor the mapping uses.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../src/base/assert.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { type Emulator, openEmulator } from '../../src/outlook/emulator/open-emulator.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { open } from '../../src/storage/open.ts';
import { endPrefix, type WindowsProcess } from '../../tools/windows/wine.ts';
import { compareCards, compareEvents } from '../end-to-end/compare.ts';
import { editInOutlook, editOnServer } from '../end-to-end/edits.ts';
import { outlookCards, outlookEvents } from '../end-to-end/outlook-facts.ts';
import { loadCalendars, loadCards } from '../end-to-end/recorded-files.ts';
import { serverCards, serverEvents } from '../end-to-end/server-facts.ts';
import { corpora, LOGIN, lineTo, newFolder, PASSWORD, startServer } from '../end-to-end/world.ts';
import { cleanUp, connector, DATA, local, setUp, testedProgram } from './installation.ts';
import { control, registerFake, startClient, startFake } from './outlook-world.ts';

const folder = corpora();
const where = folder === undefined ? ' (skipped: no recorded files; see CONTRIBUTING.md, CORPORA)' : '';

/** How many events of the recorded calendars are taken; fewer for a quick look. */
const EVENTS = Number(process.env['EVENTS'] ?? 1000);

let home: string;
let server: RunningServer;
let session: Session;
let fake: WindowsProcess | undefined;

beforeAll(async () => {
  await cleanUp();
  await testedProgram();
  expect(await setUp('1.0.0', '/NOSTART')).toMatchObject({ code: 0 });
  await registerFake();
  home = newFolder();
  server = await startServer(home);
  session = lineTo(server.url);
}, 600_000);
afterAll(async () => {
  await fake?.end();
  await session.close();
  await server.close();
  endPrefix();
  await cleanUp();
  rmSync(home, { recursive: true, force: true });
}, 120_000);

it.skipIf(folder === undefined)(
  `the installed program keeps ${EVENTS} recorded events and 500 cards in step over COM, both ways${where}`,
  { timeout: 1_800_000 },
  async () => {
    await loadCards(session, folder ?? '');
    await loadCalendars(session, folder ?? '', async () => (await serverEvents(session)).size >= EVENTS);
    // Made here, so that it is this user's.
    await withFile(async () => undefined);
    const add = ['account', 'add', '--server', server.url, '--login', LOGIN, '--password-stdin'];
    expect(await connector(add, PASSWORD)).toMatchObject({ code: 0 });

    await inStep();
    const facts = await withFile((emulator) => outlookEvents(emulator));
    const exact = [...facts]
      .filter(([, { simplified, occurrences }]) => !simplified && occurrences.length > 0)
      .map(([uid]) => uid);
    const ids = entryIds();
    const inOutlook = (from: number, to: number) => exact.slice(from, to).map((uid) => must(ids.get(uid)));
    const onServer = { edit: exact.slice(0, 50), remove: exact.slice(50, 70), create: 20, name: '' };
    const inFile = { edit: inOutlook(70, 120), remove: inOutlook(120, 140), create: 20, name: '' };
    await editOnServer(session, onServer);
    await withFile((emulator) => editInOutlook(emulator, inFile));
    const edited = [onServer, inFile].map(({ edit, remove, create }) => edit.length + remove.length + create);
    expect(await inStep()).toBe(edited.reduce((sum, some) => sum + some));
    expect(server.kernel.store.outbox.all()).toEqual([]);
  },
);

/** Runs the installed program, compares both sides, and expects that a second run finds nothing to do. */
async function inStep(): Promise<number> {
  fake = await startFake(join(home, 'outlook.sqlite'));
  const { changes } = await sync();
  expect(await sync()).toMatchObject({ changes: 0, failed: 0 });
  await quit(fake);
  fake = undefined;
  await withFile(async (emulator) => {
    compareEvents(await serverEvents(session), await outlookEvents(emulator));
    compareCards(await serverCards(session), await outlookCards(emulator));
  });
  return changes;
}

async function sync(): Promise<{ readonly changes: number; readonly failed: number }> {
  const { code, stdout, stderr } = await connector(['sync', '--json']);
  expect({ code, stderr: stderr.replace(/^.* …\r?\n/gm, ''), stdout: code === 0 ? '' : stdout }).toEqual({
    code: 0,
    stderr: '',
    stdout: '',
  });
  return JSON.parse(stdout) as { changes: number; failed: number };
}

/** Outlook's file, while Outlook does not run. */
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

/** The entry ids of the user's own calendar by uid, from the memory that the installed program has left. */
function entryIds(): ReadonlyMap<string, string> {
  const storage = open({ file: local(...DATA, 'agent.sqlite'), now: Date.now });
  try {
    const [pair] = storage.pairs
      .all()
      .filter(({ kind, folders }) => kind === 'calendar' && folders.server.includes('Default'));
    return new Map([...storage.state(pair?.id ?? '').links()].map(({ server: own, outlook }) => [own.id, outlook.id]));
  } finally {
    storage.close();
  }
}

/** The user closes Outlook. */
async function quit(process: WindowsProcess): Promise<void> {
  const client = await startClient();
  await client.connect();
  await control(client.executor, 'end');
  await process.exited;
  await client.close();
}
