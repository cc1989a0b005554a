/** The agent over a small world, with nothing recorded: what every run must do, in a second. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import type { Session } from '../../src/bluemind/session.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { editInOutlook } from './edits.ts';
import { outlookEvents } from './outlook-facts.ts';
import { CALENDAR, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

let home: string;
let server: RunningServer;
let session: Session;
let desk: Desk;

beforeEach(async () => {
  home = newFolder();
  server = await startServer(home);
  session = lineTo(server.url);
  desk = await openDesk(home, server.url);
});
afterEach(async () => {
  await desk.close();
  await session.close();
  await server.close();
});

const change = (changes: { add?: unknown[]; delete?: unknown[] }) =>
  session.call({
    method: 'PUT',
    path: `/calendars/${encodeURIComponent(CALENDAR)}/_mupdates`,
    body: { add: [], modify: [], delete: [], ...changes },
  });

function event(at: number) {
  const time = (hour: string) => ({
    iso8601: `2026-11-${String(1 + (at % 28)).padStart(2, '0')}T${hour}:00:00.000+01:00`,
    timezone: 'Europe/Paris',
    precision: 'DateTime',
  });
  return {
    uid: `event-${at}`,
    value: { main: { dtstart: time('09'), dtend: time('10'), summary: `Event ${at}` }, occurrences: [] },
  };
}

const events = (count: number) => Array.from({ length: count }, (_, at) => event(at));
const run = async () => totalsOf((await desk.agent.run()).folders);
const shown = async () => (await outlookEvents(desk.emulator)).size;

it('[N4] a dry run says what the first run would do, and writes nothing anywhere', async () => {
  await change({ add: events(3) });
  const plan = await desk.agent.plan();
  expect(plan.lines.map(({ line }) => `${line.do} ${line.on} ${line.title}`).sort()).toEqual(
    [0, 1, 2].map((at) => `create outlook Event ${at}`),
  );
  expect([desk.agent.pairs(), await shown()]).toEqual([[], 0]);
  expect(await run()).toMatchObject({ changes: 3, failed: 0 });
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
});

it('[A4] what lay in Outlook before the first run is left alone; what the user adds later crosses', async () => {
  await editInOutlook(desk.emulator, { edit: [], remove: [], create: 2, name: 'before ' });
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
  await editInOutlook(desk.emulator, { edit: [], remove: [], create: 1, name: 'after ' });
  expect(await run()).toMatchObject({ changes: 1, failed: 0 });
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
});

it('[N3] twenty of thirty deletions at once are held until the user decides', async () => {
  await change({ add: events(30) });
  await run();
  await change({ delete: events(20).map(({ uid }) => ({ uid })) });
  expect(await run()).toMatchObject({ changes: 0, held: 20 });
  expect(await shown()).toBe(30);
  const [pair] = desk.agent.pairs().filter(({ folders }) => folders.server === CALENDAR);
  const state = desk.agent.storage.state(pair?.id ?? '');
  for (const { key } of state.held()) state.transaction((tx) => tx.decide(key, 'apply'));
  expect(await run()).toMatchObject({ changes: 20, held: 0 });
  expect(await shown()).toBe(10);
});
