/** What was overwritten, deleted or lost a conflict is kept, listed in words, and put back: over real HTTP, with the emulator. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listHistory } from '../../src/agent/history.ts';
import { totalsOf } from '../../src/agent/summary.ts';
import { isFailure } from '../../src/base/failure.ts';
import { openSession, type Session } from '../../src/bluemind/session.ts';
import type { Series } from '../../src/domain/event.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { createUser } from '../../src/server/admin/accounts.ts';
import { share } from '../../src/server/admin/containers.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { connector, inside, json } from './connector.ts';
import { changeInOutlook, editInOutlook } from './edits.ts';
import { CALENDAR, type Desk, LOGIN, lineTo, newFolder, openDesk, PASSWORD, startServer } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: raw JSON of the API
type Json = any;

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

const path = `/calendars/${encodeURIComponent(CALENDAR)}`;
const time = (hour: string) => ({
  iso8601: `2026-11-03T${hour}:00:00.000+01:00`,
  timezone: 'Europe/Paris',
  precision: 'DateTime',
});
const lunch = {
  dtstart: time('12'),
  dtend: time('13'),
  summary: 'Lunch',
  location: 'Bistro',
  description: 'Bring Ann',
};
const change = (changes: object) =>
  session.call({ method: 'PUT', path: `${path}/_mupdates`, body: { add: [], modify: [], delete: [], ...changes } });
const put = (verb: 'add' | 'modify', main: object) =>
  change({ [verb]: [{ uid: 'lunch', value: { main: { ...lunch, ...main }, occurrences: [] } }] });
const onServer = async (): Promise<Json[]> => {
  const all = (await session.call({ method: 'GET', path: `${path}/_all` })) as string[];
  const uids = all.filter((uid) => uid !== OTHER);
  const items = (await session.call({ method: 'POST', path: `${path}/_mget`, body: uids })) as Json[];
  return items.map(({ uid, value }) => ({ uid, title: value.main.summary, place: value.main.location ?? '' }));
};
const inOutlook = async () => {
  const [pair] = desk.agent.pairs().filter(({ folders }) => folders.server === CALENDAR);
  const { outlook } = await desk.agent.look(pair?.id ?? '');
  const shown = outlook.map(({ id, content }) => {
    const { title, location } = (content as Series).main ?? { title: '', location: '' };
    return { id, subject: title, location };
  });
  return shown.filter(({ subject }) => subject !== 'Other');
};
const run = async () => totalsOf((await desk.agent.run()).folders);
const entries = () => listHistory(desk.agent.storage, { most: 50 }, 'en');
const first = () => entries()[0]?.id ?? '';
const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? `${error.code}: ${error.message}` : String(error)),
  );

/** Stays throughout: a folder that is suddenly empty is asked about once more, and that is another test's matter. */
const OTHER = 'other';
const addOther = () =>
  change({ add: [{ uid: OTHER, value: { main: { ...lunch, summary: 'Other' }, occurrences: [] } }] });

/** Lunch is on both sides and in step. */
async function agreed(): Promise<string> {
  await addOther();
  await put('add', {});
  await run();
  return (await inOutlook())[0]?.id ?? '';
}

it('[N2] a deleted event is listed with its reason and put back under its old id, once however often it is asked', async () => {
  const id = await agreed();
  await editInOutlook(desk.emulator, { edit: [], remove: [id], create: 0, name: '' });
  await run();
  expect([await onServer(), await inOutlook()]).toEqual([[], []]);
  expect(entries()).toMatchObject([
    { title: 'Lunch', did: 'delete', side: 'server', rule: 'T4', why: 'It was deleted in Outlook.', fields: [] },
  ]);
  const entry = first();
  const result = await desk.agent.trust.restore(entry.slice(0, 8));
  expect(result.done).toEqual([{ side: 'server', did: 'created', fields: [] }]);
  expect((await desk.agent.trust.restore(entry)).done).toEqual([{ side: 'server', did: 'nothing', fields: [] }]);
  await run();
  expect((await desk.agent.trust.restore(entry, 'both')).done.map(({ did }) => did)).toEqual(['nothing', 'nothing']);
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
  expect([await onServer(), (await inOutlook()).map(({ subject }) => subject)]).toEqual([
    [{ uid: 'lunch', title: 'Lunch', place: 'Bistro' }],
    ['Lunch'],
  ]);
  expect(entries().find((item) => item.id === entry)?.restored).toBeDefined();
});

it.each(['outlook', 'both'] as const)('[N2] a deleted event put back to %s is there once on both sides', async (to) => {
  await agreed();
  await change({ delete: [{ uid: 'lunch' }] });
  await run();
  expect(entries()).toMatchObject([{ did: 'delete', side: 'outlook', why: 'It was deleted in BlueMind.' }]);
  const entry = first();
  await desk.agent.trust.restore(entry, to);
  await desk.agent.trust.restore(entry, to);
  await run();
  await desk.agent.trust.restore(entry, 'both');
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
  expect([(await onServer()).length, (await inOutlook()).length]).toEqual([1, 1]);
  expect((await onServer())[0]).toMatchObject({ title: 'Lunch', place: 'Bistro' });
});

it('[N2] what only the server can hold of a deleted event comes back with it', async () => {
  await addOther();
  await put('add', { url: 'https://example.org/menu', status: 'Tentative' });
  await run();
  const before = (await session.call({ method: 'POST', path: `${path}/_mget`, body: ['lunch'] })) as Json[];
  await editInOutlook(desk.emulator, {
    edit: [],
    remove: (await inOutlook()).map(({ id }) => id),
    create: 0,
    name: '',
  });
  await run();
  await desk.agent.trust.restore(first());
  const after = (await session.call({ method: 'POST', path: `${path}/_mget`, body: ['lunch'] })) as Json[];
  expect(after[0].value.main).toMatchObject({ url: before[0].value.main.url, summary: 'Lunch' });
});

it('[N1] the value that lost a conflict is in the history, with both values, and goes back without undoing other edits', async () => {
  const id = await agreed();
  await changeInOutlook(desk.emulator, id, { Subject: 'Lunch with Bob', Location: 'Terrace' });
  await put('modify', { summary: 'Lunch with Ann' });
  await run();
  const [lost] = entries().filter(({ side }) => side === 'outlook');
  expect(lost?.fields).toEqual([{ field: 'title', before: '“Lunch with Bob”', after: '“Lunch with Ann”', lost: true }]);
  await put('modify', { summary: 'Lunch with Ann', location: 'Terrace', description: 'Bring the papers' });
  await run();
  const result = await desk.agent.trust.restore(lost?.id ?? '', 'both');
  expect(result.done.map(({ side, did, fields }) => [side, did, fields])).toEqual([
    ['server', 'changed', ['main.title']],
    ['outlook', 'changed', ['main.title']],
  ]);
  const again = await desk.agent.trust.restore(lost?.id ?? '', 'both');
  expect(again.done.map(({ did }) => did)).toEqual(['nothing', 'nothing']);
  expect(await run()).toMatchObject({ changes: 0, failed: 0 });
  const [value] = (await session.call({ method: 'POST', path: `${path}/_mget`, body: ['lunch'] })) as Json[];
  expect(value.value.main).toMatchObject({ summary: 'Lunch with Bob', location: 'Terrace' });
  expect(value.value.main.description).toContain('Bring the papers');
  expect((await inOutlook())[0]).toMatchObject({ subject: 'Lunch with Bob', location: 'Terrace' });
  const own = entries().filter(({ rule }) => rule === 'U1');
  expect(own.map(({ side, fields }) => [side, fields[0]?.before]).sort()).toEqual([
    ['outlook', '“Lunch with Ann”'],
    ['server', '“Lunch with Ann”'],
  ]);
});

it('[N2] is filtered by folder, side, words and time', async () => {
  const id = await agreed();
  await put('modify', { location: 'Canteen' });
  await run();
  await editInOutlook(desk.emulator, { edit: [], remove: [id], create: 0, name: '' });
  await run();
  const { storage } = desk.agent;
  const count = (filter: Partial<Parameters<typeof listHistory>[1]>) =>
    listHistory(storage, { most: 50, ...filter }, 'en').length;
  expect([count({}), count({ side: 'server' }), count({ side: 'outlook' }), count({ most: 1 })]).toEqual([2, 1, 1, 1]);
  expect([count({ folder: 'calendar' }), count({ folder: 'Contacts' })]).toEqual([2, 0]);
  expect([
    count({ text: 'BISTRO' }),
    count({ text: 'canteen' }),
    count({ text: 'lunch' }),
    count({ text: 'location' }),
  ]).toEqual([1, 1, 2, 0]);
  expect([count({ since: Date.now() - 60_000 }), count({ since: Date.now() + 60_000 })]).toEqual([2, 0]);
});

it('[N2] says clearly what cannot be put back: unknown, or in a folder that may only be read, from where it stays readable', async () => {
  expect(await refusal(desk.agent.trust.restore('nothing'))).toMatch(/^ITEM_NOT_FOUND: No version in the history/);
  expect(await refusal(desk.agent.trust.restore(randomUUID()))).toMatch(/^ITEM_NOT_FOUND/);
  const { kernel } = server;
  await createUser(kernel, {
    login: 'bob',
    domain: 'demo.test',
    password: PASSWORD,
    displayName: 'Bob',
    uid: 'uid-bob',
  });
  const shared = 'calendar:Default:uid-bob';
  share(kernel, shared, LOGIN, 'Read');
  const bob = openSession({
    ...{ server: server.url, version: 'test', clock: systemClock, random: Math.random },
    credentials: async () => ({ login: 'bob@demo.test', password: PASSWORD }),
  });
  const body = { add: [{ uid: 'bobs', value: { main: lunch, occurrences: [] } }], modify: [], delete: [] };
  await bob.call({ method: 'PUT', path: `/calendars/${encodeURIComponent(shared)}/_mupdates`, body });
  await bob.close();
  await desk.agent.containers.subscribe('calendar', [shared]);
  await run();
  const pair = desk.agent.pairs().find(({ folders }) => folders.server === shared);
  const { outlook } = await desk.agent.look(pair?.id ?? '');
  await changeInOutlook(desk.emulator, outlook[0]?.id ?? '', { Location: 'Mine' });
  await run();
  expect(entries()).toMatchObject([{ rule: 'P1', side: 'outlook', title: 'Lunch' }]);
  expect(await refusal(desk.agent.trust.restore(first()))).toMatch(
    /^RESTORE_IMPOSSIBLE: .* you may only read its folder/,
  );
  expect(entries()).toMatchObject([{ rule: 'P1', fields: [{ field: 'place', before: '“Mine”', after: '“Bistro”' }] }]);
});

it('[N2] by the real program: list, show, restore', async () => {
  const id = await agreed();
  await editInOutlook(desk.emulator, { edit: [], remove: [id], create: 0, name: '' });
  await run();
  await desk.close();
  const listed = await connector(['history', '--data', home]);
  expect(listed).toMatchObject({ exit: 0, err: '' });
  expect(listed.out).toMatch(
    /^[0-9a-f]{8} {2}\d{4}-\d\d-\d\d [\d:]{8} {2}Calendar: “Lunch” \(.*\) deleted in BlueMind – It was deleted in Outlook\. \[T4\]\n$/,
  );
  const short = listed.out.slice(0, 8);
  const shown = json<Json>(await inside(['history', 'show', short, '--json', '--data', home]));
  expect(shown).toMatchObject({ title: 'Lunch', did: 'delete', content: { kind: 'event' } });
  expect(json<Json[]>(await inside(['history', '--json', '--text', 'nowhere', '--data', home]))).toEqual([]);
  const bad = await inside(['history', '--since', 'yesterday', '--data', home]);
  expect([bad.exit, bad.err]).toEqual([93, expect.stringMatching(/^A time looks like .* \[VALUE_INVALID\]\n$/)]);
  const restored = await connector(['restore', short, '--data', home]);
  expect(restored).toMatchObject({ exit: 0, out: 'Calendar: “Lunch” made again in BlueMind.\n' });
  expect(json<Json>(await inside(['restore', short, '--json', '--data', home])).done).toEqual([
    { side: 'server', did: 'nothing', fields: [] },
  ]);
  json(await inside(['sync', '--json', '--data', home]));
  desk = await openDesk(home, server.url);
  expect((await inOutlook()).map(({ subject }) => subject)).toEqual(['Lunch']);
});
