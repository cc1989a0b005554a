/** [H24] An item is moved from one folder to another, by either user: it is there once in the end, and at no moment nowhere. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runPairs } from '../../src/agent/run.ts';
import type { Working } from '../../src/agent/working.ts';
import { must } from '../../src/base/assert.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { late, lateOutlook } from '../../src/outlook/emulator/testing/world.ts';
import { createCalendar } from '../../src/server/admin/containers.ts';
import { FRIENDS, type Office, openOffice } from './folder-world.ts';
import { BOOK, CALENDAR, LOGIN } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: raw JSON of the API
type Json = any;

const OTHER = 'calendar:UserCreated:other';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  createCalendar(office.server.kernel, { uid: OTHER, name: 'Other', owner: LOGIN });
  office.subscribe(OTHER);
  await office.book(FRIENDS, 'Friends', 0);
  for (const uid of [CALENDAR, OTHER])
    await office.put(
      uid,
      [1, 2, 3].map((at) => `${uid} ${at}`),
    );
  for (const uid of [BOOK, FRIENDS])
    await office.put(
      uid,
      [1, 2, 3].map((at) => `${uid} ${at}`),
    );
  await office.run();
});
afterEach(() => office.close());

/** Both ways between two calendars and two books, so that the folder that receives runs first in one of them. */
const WAYS = [
  { from: CALENDAR, to: OTHER, folders: ['Calendar', 'Other'] },
  { from: OTHER, to: CALENDAR, folders: ['Other', 'Calendar'] },
  { from: BOOK, to: FRIENDS, folders: ['Contacts', 'Friends'] },
  { from: FRIENDS, to: BOOK, folders: ['Friends', 'Contacts'] },
] as const;

const without = (names: readonly string[] | undefined, name: string) => names?.filter((one) => one !== name);
const holds = (names: readonly string[] | undefined, name: string) => names?.filter((one) => one === name).length;

/** Where an item of this name is: on the server, then in Outlook, in the folder it was in and in the one it was moved to. */
async function placesOf({ from, to, folders }: (typeof WAYS)[number], name: string) {
  const [was, now] = folders;
  return [
    [holds(office.onServer(from), name), holds(office.onServer(to), name)],
    [holds(await office.inOutlook(was), name), holds(await office.inOutlook(now), name)],
  ];
}

const MOVED = [
  [0, 1],
  [0, 1],
];

/** What the server holds and Outlook cannot show. */
const hidden = (uid: string) => uid.startsWith('calendar');

async function enrich(uid: string, name: string): Promise<void> {
  const value = (await office.value(uid, name)) as Json;
  const { id = 0 } = office.server.kernel.store.containers.byUid(uid) ?? {};
  const item = must(office.server.kernel.store.items.all(id).find(({ displayName }) => displayName === name));
  value.main.url = 'https://example.org/menu';
  value.main.alarm = [-600, -3600].map((trigger) => ({
    action: 'Display',
    trigger,
    alias: null,
    repeat: null,
    duration: null,
    summary: null,
  }));
  const path = `/calendars/${encodeURIComponent(uid)}/_mupdates`;
  await office.session.call({ method: 'PUT', path, body: { add: [], modify: [{ uid: item.uid, value }], delete: [] } });
}

const triggers = (value: Json) => value.main.alarm.map(({ trigger }: Json) => trigger);

/** The user drags an item into another folder. */
async function drag(from: string, to: string, name: string): Promise<void> {
  const { session } = lateOutlook(office.desk.emulator);
  const folder = async (called: string) => {
    const [entryId = '', storeId = ''] = (await office.tree.find(called)).id.split('@');
    return session.object('GetFolderFromID', entryId, storeId);
  };
  const items = (await folder(from)).object('Items');
  const all = Array.from({ length: Number(items.get('Count')) }, (_, at) => items.object('Item', at + 1));
  const item = must(all.find((one) => one.get('Subject') === name));
  late(item.call('Move', (await folder(to)).raw) as ReturnType<typeof lateOutlook>['app']['raw']);
}

it.each(WAYS)(
  '[H24] what the user moves in Outlook from $from to $to moves on the server, with what only the server holds',
  async (way) => {
    const name = `${way.from} 2`;
    if (hidden(way.from)) await enrich(way.from, name);
    await office.run();
    const before = (await office.value(way.from, name)) as Json;
    await drag(way.folders[0], way.folders[1], name);
    await office.run();
    expect(await placesOf(way, name)).toEqual(MOVED);
    const after = (await office.value(way.to, name)) as Json;
    if (hidden(way.from)) expect([after.main.url, triggers(after)]).toEqual([before.main.url, [-600, -3600]]);
    expect((await office.run()).folders.flatMap(({ report }) => report.lines)).toEqual([]);
    expect(without(office.onServer(way.to), name)).toEqual([1, 2, 3].map((at) => `${way.to} ${at}`));
  },
);

class Died extends Error {}

/** A run that dies just before or just after its write number `at` on the server. Returns whether it died. */
async function dyingRun(at: number): Promise<boolean> {
  let moment = -1;
  const dying = async <T>(counts: boolean, work: () => Promise<T>): Promise<T> => {
    if (!counts) return work();
    moment += 2;
    if (moment - 1 === at) throw new Died();
    const done = await work();
    if (moment === at) throw new Died();
    return done;
  };
  const { agent, emulator } = office.desk;
  const working: Working = {
    storage: agent.storage,
    account: must(agent.storage.accounts.all()[0]),
    session: {
      ...office.session,
      call: (call) => dying(call.path.endsWith('/_mupdates'), () => office.session.call(call)),
    },
    executor: emulator.executor,
    registry: undefined,
    clock: systemClock,
    newId: randomUUID,
  };
  try {
    await runPairs(working, {});
    return false;
  } catch (error) {
    if (!(error instanceof Died)) throw error;
    return true;
  }
}

it.each(WAYS.slice(0, 2))(
  '[H24] a move from $from to $to is completed once, wherever the process dies, and nothing is ever nowhere',
  async (way) => {
    let at = 0;
    for (let died = true; died; at++) {
      const name = `moved ${at}`;
      await office.put(way.from, [name]);
      await office.run();
      await drag(way.folders[0], way.folders[1], name);
      died = await dyingRun(at);
      const [onServer = [], inOutlook = []] = await placesOf(way, name);
      expect([Math.max(...onServer.map(Number)), Math.max(...inOutlook.map(Number))]).toEqual([1, 1]);
      await office.run();
      expect(await placesOf(way, name)).toEqual(MOVED);
    }
    // Before and after: made there, deleted here; and once to the end.
    expect(at).toBe(5);
    expect((await office.run()).folders.flatMap(({ report }) => report.lines)).toEqual([]);
  },
);

it.each(WAYS)('[H24] what is moved on the server from $from to $to moves in Outlook', async (way) => {
  const name = `${way.from} 2`;
  const { id = 0 } = office.server.kernel.store.containers.byUid(way.from) ?? {};
  const { uid } = must(office.server.kernel.store.items.all(id).find(({ displayName }) => displayName === name));
  const value = await office.value(way.from, name);
  const change = (container: string, body: object) =>
    office.session.call({
      method: 'PUT',
      path: `/${container.startsWith('calendar') ? 'calendars' : 'addressbooks'}/${encodeURIComponent(container)}/_mupdates`,
      body: { add: [], modify: [], delete: [], ...body },
    });
  await change(way.to, { add: [{ uid, value }] });
  await change(way.from, { delete: [{ uid }] });
  await office.run();
  expect(await placesOf(way, name)).toEqual(MOVED);
  expect((await office.run()).folders.flatMap(({ report }) => report.lines)).toEqual([]);
});
