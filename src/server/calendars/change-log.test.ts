import { afterAll, beforeAll, expect, test } from 'vitest';
import { purgeTombstones } from '../admin/state.ts';
import { event, paris, series } from '../testing/events.ts';
import { openWorld, type World } from '../testing/world.ts';

/** Shorter than a session lasts. @units milliseconds */
const TOMBSTONE_AGE = 60_000;

let world: World;
let path = '';
let last = 0;
beforeAll(async () => {
  world = await openWorld({ policy: { tombstoneAge: TOMBSTONE_AGE } });
});
afterAll(() => world.close());

/** A new calendar of john. */
async function calendar(): Promise<string> {
  const uid = `calendar:UserCreated:log-${++last}`;
  await world.john.call('PUT', `/mgmt/calendars/${uid}`, {
    name: 'Log',
    owner: 'U1',
    domainUid: 'acme.test',
    settings: {},
  });
  path = `/calendars/${uid}`;
  return path;
}

const put = (uid: string) => world.john.call('PUT', `${path}/${uid}`, series());
const post = (uid: string, summary: string) => world.john.call('POST', `${path}/${uid}`, series({ summary }));
const remove = (uid: string) => world.john.call('DELETE', `${path}/${uid}`);
const changes = (since: number | '') => world.john.call('GET', `${path}/_changeset?since=${since}`);

test('[CL1] [CL2] one entry per item and window; since null or 0 tells what exists', async () => {
  await calendar();
  await put('a');
  await put('b');
  await post('a', 'A2');
  await post('a', 'A3');
  await remove('b');
  expect(await changes(0)).toEqual({ created: ['a'], updated: [], deleted: [], version: 5 });
  expect(await changes('')).toEqual({ created: ['a'], updated: [], deleted: [], version: 5 });
  expect(await changes(2)).toEqual({ created: [], updated: ['a'], deleted: ['b'], version: 5 });
  expect(await world.john.call('GET', `${path}/_version`)).toBe(5);
});

test('[CL3] without a change the version is the one that was sent, even one from the future', async () => {
  await calendar();
  await put('a');
  expect(await changes(1)).toEqual({ created: [], updated: [], deleted: [], version: 1 });
  expect(await changes(99)).toEqual({ created: [], updated: [], deleted: [], version: 99 });
});

test('[CL4] created and deleted within the window vanishes; deleted and created again is in both lists', async () => {
  await calendar();
  await put('a');
  await put('b');
  await remove('b');
  await remove('a');
  await put('a');
  expect(await changes(1)).toEqual({ created: ['a'], updated: [], deleted: ['a'], version: 5 });
});

test('[CL5] one’s own writes are echoed, and can be skipped by their versions', async () => {
  await calendar();
  await put('a');
  await put('b');
  const filtered = (filter: object) => world.john.call('POST', `${path}/_filteredChangesetById?since=0`, filter);
  expect((await filtered({})).created.map((entry: { version: number }) => entry.version)).toEqual([1, 2]);
  expect((await filtered({ skipVersions: [1] })).created.map((entry: { version: number }) => entry.version)).toEqual([
    2,
  ]);
});

test('[CL6] deletions are forgotten after their time, with all that was known of the item', async () => {
  await calendar();
  await put('a');
  await put('b');
  await remove('a');
  world.clock.advance(2 * TOMBSTONE_AGE);
  expect(purgeTombstones(world.server.kernel)).toBeGreaterThan(0);
  expect(await changes(1)).toEqual({ created: ['b'], updated: [], deleted: [], version: 2 });
});

test('[CL7] what is nearest to now comes first', async () => {
  await calendar();
  await world.john.call('PUT', `${path}/far`, series({ dtstart: paris('2027-03-09T09:00'), dtend: null }));
  await world.john.call('PUT', `${path}/near`, series());
  expect((await changes(0)).created).toEqual(['near', 'far']);
});

test('[CL8] emptying a calendar writes one deletion for each item', async () => {
  await calendar();
  await put('a');
  await put('b');
  const { id } = await world.john.call('POST', `${path}/_reset`);
  await world.server.kernel.tasks.idle();
  expect((await world.john.call('GET', `/tasks/${id}`)).state).toBe('Success');
  expect(await changes(2)).toEqual({ created: [], updated: [], deleted: ['a', 'b'], version: 4 });
});

test('[MU1] [MU2] [MU3] [MU4] a batch adds, modifies, deletes, and brings back what was deleted', async () => {
  await calendar();
  await put('known');
  const line = (uid: string, value = series()) => ({ uid, value, sendNotification: false });
  const outcome = await world.john.call('PUT', `${path}/_mupdates`, {
    add: [line('new'), line('known'), line('bad', series({ summary: '' }))],
    modify: [line('gone')],
    delete: [{ uid: 'never' }, { uid: 'new' }],
  });
  expect(outcome).toEqual({
    added: ['new', 'gone'],
    updated: ['known'],
    removed: ['never', 'new'],
    unhandled: [],
    errors: [{ message: 'An event has no title.', uid: 'bad', errorCode: 'EMPTY_EVENT_TITLE' }],
    version: 5,
  });
});

test('[MU5] a bare fault ends a batch; what came before it stays', async () => {
  await calendar();
  const zone = { iso8601: '2026-03-09T09:00:00', timezone: 'Nowhere/Land', precision: 'DateTime' } as const;
  const add = [
    { uid: 'one', value: series() },
    { uid: 'two', value: series({ dtstart: zone }) },
    { uid: 'three', value: series() },
  ];
  expect(await world.john.refused('PUT', `${path}/_mupdates`, { add })).toBe('- 500');
  expect(await world.john.call('GET', `${path}/_all`)).toEqual(['one']);
});

test('[MU6] one-shot sync hides what it refused', async () => {
  await calendar();
  const add = [
    { uid: 'bad', value: series({ summary: '' }) },
    { uid: 'good', value: series() },
  ];
  const outcome = await world.john.call('PUT', `${path}/_sync?since=0`, { add });
  expect(outcome).toEqual({ created: ['good'], updated: [], deleted: [], version: 1 });
});

test('[BI1] by-id writes need an id that was given out, and name the item after it', async () => {
  await calendar();
  const { globalCounter: id } = await world.john.call('POST', '/offline/acme.test/U1/_allocateOfflineIds?idCount=2');
  expect(await world.john.refused('PUT', `${path}/id/${id + 1000}`, series())).toBe('ALREADY_EXISTS 500');
  const ack = await world.john.call('PUT', `${path}/id/${id}`, series());
  expect(ack).toEqual({ version: 1, timestamp: world.clock.now() });
  expect(await world.john.call('GET', `${path}/_all`)).toEqual([`vevent-by-id:${id}`]);
  expect((await world.john.call('GET', `${path}/${id}/completeById`)).internalId).toBe(id);
  await world.john.call('DELETE', `${path}/_multipleDelete`, [id]);
  expect(await world.john.call('GET', `${path}/_all`)).toEqual([]);
});

test('[G1] several items come in the order they were asked for, unknown ones left out', async () => {
  await calendar();
  await put('a');
  await put('b');
  const got = await world.john.call('POST', `${path}/_mget`, ['b', 'none', 'a']);
  expect(got.map((item: { uid: string }) => item.uid)).toEqual(['b', 'a']);
});

test('[L1] the history of an item is asked for with its start as the body of a GET', async () => {
  await calendar();
  await put('a');
  await post('a', 'A2');
  const { entries } = await world.john.call('GET', `${path}/a/_itemchangelog`, 1);
  expect(entries).toEqual([
    {
      version: 2,
      itemUid: 'a',
      itemExtId: null,
      internalId: entries[0].internalId,
      author: 'U1',
      authorDisplayName: 'John Doe',
      type: 'Updated',
      date: world.clock.now(),
      origin: 'test',
      weightSeed: Date.parse(event().dtend?.iso8601 ?? ''),
    },
  ]);
});
