import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import type { Place } from '../place.ts';
import { series } from '../values.ts';

const version = ({ me, calendar }: Place): Promise<number> => me.call('GET', `${calendar}/_version`);
const changes = ({ me, calendar }: Place, since: number) => me.call('GET', `${calendar}/_changeset?since=${since}`);

/** Versions, change sets and batches. @source fact sheet 2.6 and 4.2 */
export const changeLog: readonly Check[] = [
  check('CL1', 'one entry per item and window, the highest version told', async (place) => {
    const [since, uid] = [await version(place), place.fresh()];
    await place.me.call('PUT', `${place.calendar}/${uid}`, series());
    await place.me.call('POST', `${place.calendar}/${uid}`, series({ summary: 'Changed' }));
    const told = await changes(place, since);
    assert.deepEqual([told.created, told.updated, told.deleted], [[uid], [], []]);
    assert.equal(told.version, await version(place));
  }),
  check('CL2', 'since 0, and no since, tell what exists as created', async (place) => {
    const { me, calendar, fresh } = place;
    const [kept, removed] = [fresh(), fresh()];
    for (const uid of [kept, removed]) await me.call('PUT', `${calendar}/${uid}`, series());
    await me.call('POST', `${calendar}/${kept}`, series());
    await me.call('DELETE', `${calendar}/${removed}`);
    for (const query of ['', '?since=0']) {
      const told = await me.call('GET', `${calendar}/_changeset${query}`);
      assert.ok(told.created.includes(kept) && !told.created.includes(removed));
      assert.deepEqual([told.updated, told.deleted], [[], []]);
    }
  }),
  check('CL3', 'nothing new: the version is the since that was sent', async (place) => {
    const far = (await version(place)) + 1_000;
    assert.deepEqual(await changes(place, far), { created: [], updated: [], deleted: [], version: far });
  }),
  check('CL4', 'created and deleted within the window vanishes', async (place) => {
    const [since, uid] = [await version(place), place.fresh()];
    await place.me.call('PUT', `${place.calendar}/${uid}`, series());
    await place.me.call('DELETE', `${place.calendar}/${uid}`);
    const { created, updated, deleted } = await changes(place, since);
    assert.deepEqual([created, updated, deleted], [[], [], []]);
  }),
  check('CL4', 'deleted and created again under one uid is in both lists', async (place) => {
    const uid = place.fresh();
    await place.me.call('PUT', `${place.calendar}/${uid}`, series());
    const since = await version(place);
    await place.me.call('DELETE', `${place.calendar}/${uid}`);
    await place.me.call('PUT', `${place.calendar}/${uid}`, series());
    const { created, deleted } = await changes(place, since);
    assert.deepEqual([created, deleted], [[uid], [uid]]);
  }),
  check('CL5', 'own writes are echoed, and skipVersions leaves them out', async (place) => {
    const { me, calendar, fresh } = place;
    const since = await version(place);
    await me.call('PUT', `${calendar}/${fresh()}`, series());
    const filter = { must: [], mustNot: [], skipExpunged: false };
    const path = `${calendar}/_filteredChangesetById?since=${since}`;
    const all = await me.call('POST', path, { ...filter, skipVersions: [] });
    assert.equal(all.created.length, 1);
    const skipped = await me.call('POST', path, { ...filter, skipVersions: [all.created[0].version] });
    assert.deepEqual(skipped.created, []);
  }),
  check('G1', '_mget keeps the order, and leaves unknown uids out', async ({ me, calendar, fresh }) => {
    const [one, two] = [fresh(), fresh()];
    for (const uid of [one, two]) await me.call('PUT', `${calendar}/${uid}`, series());
    const told = await me.call('POST', `${calendar}/_mget`, [two, fresh(), one]);
    assert.deepEqual(
      told.map(({ uid }: { uid: string }) => uid),
      [two, one],
    );
  }),
  check('L1', 'the history of an item tells who did what', async (place) => {
    const { me, calendar, fresh } = place;
    const uid = fresh();
    await me.call('PUT', `${calendar}/${uid}`, series());
    const { entries } = await me.call('GET', `${calendar}/${uid}/_itemchangelog`, 0);
    assert.deepEqual([entries[0].type, entries[0].author, entries[0].itemUid], ['Created', me.uid, uid]);
  }),
  check('BI1', 'creating by an id that was not given out is refused; with one it works', async (place) => {
    const { me, calendar } = place;
    assert.equal(await me.outcome('PUT', `${calendar}/id/2000000000`, series()), 'ALREADY_EXISTS 500');
    const { count, globalCounter } = await me.call(
      'POST',
      `/offline/${me.domain}/${me.uid}/_allocateOfflineIds?idCount=4`,
    );
    assert.equal(count, 4);
    const ack = await me.call('PUT', `${calendar}/id/${globalCounter}`, series());
    assert.equal(ack.version, await version(place));
    const told = await me.call('GET', `${calendar}/${globalCounter}/completeById`);
    assert.equal(told.uid, `vevent-by-id:${globalCounter}`);
  }),
  check('MU1', 'a batch tells refusals line by line, and stays 200', async ({ me, calendar, fresh }) => {
    const [good, bad] = [fresh(), fresh()];
    const line = (uid: string, summary: string) => ({ uid, value: series({ summary }), sendNotification: false });
    const told = await me.call('PUT', `${calendar}/_mupdates`, {
      add: [line(bad, ''), line(good, 'Fine')],
      modify: [],
      delete: [],
    });
    assert.deepEqual(told.added, [good]);
    assert.deepEqual([told.errors[0].uid, told.errors[0].errorCode], [bad, 'EMPTY_EVENT_TITLE']);
  }),
  check('MU2', 'adding what exists updates it; MU3: modifying what is missing creates it', async (place) => {
    const { me, calendar, fresh } = place;
    const [known, missing] = [fresh(), fresh()];
    await me.call('PUT', `${calendar}/${known}`, series());
    const told = await me.call('PUT', `${calendar}/_mupdates`, {
      add: [{ uid: known, value: series(), sendNotification: false }],
      modify: [{ uid: missing, value: series(), sendNotification: false }],
      delete: [{ uid: fresh(), sendNotification: false }],
    });
    assert.deepEqual([told.added, told.updated, told.removed.length, told.errors], [[missing], [known], 1, []]);
  }),
  check('MU5', 'a bare fault ends the batch, and keeps what came before', async ({ me, calendar, fresh }) => {
    const [first, second] = [fresh(), fresh()];
    const zone = { iso8601: '2026-03-09T09:00:00.000+01:00', timezone: 'No/Where', precision: 'DateTime' };
    const add = [
      { uid: first, value: series(), sendNotification: false },
      { uid: second, value: series({ dtstart: zone, dtend: zone }), sendNotification: false },
    ];
    assert.match(await me.outcome('PUT', `${calendar}/_mupdates`, { add, modify: [], delete: [] }), / 500$/);
    const told = await me.call('POST', `${calendar}/_mget`, [first, second]);
    assert.deepEqual(
      told.map(({ uid }: { uid: string }) => uid),
      [first],
    );
  }),
  check('MU6', '_sync hides what it refuses', async (place) => {
    const { me, calendar, fresh } = place;
    const since = await version(place);
    const add = [{ uid: fresh(), value: series({ summary: '' }), sendNotification: false }];
    const told = await me.call('PUT', `${calendar}/_sync?since=${since}`, { add, modify: [], delete: [] });
    assert.deepEqual(told, { created: [], updated: [], deleted: [], version: since });
  }),
  check('CL8', 'a list of uids and versions needs no bodies', async ({ me, calendar, calendarUid, fresh }) => {
    const uid = fresh();
    await me.call('PUT', `${calendar}/${uid}`, series());
    const told = await me.call('GET', `/containers/_manage/${encodeURIComponent(calendarUid)}/_list`);
    const item = told.find((found: { uid: string }) => found.uid === uid);
    assert.equal(item.version, await me.call('GET', `${calendar}/_version`));
    assert.equal(item.value, undefined);
  }),
];
