import assert from 'node:assert/strict';
import { type Check, check, checkWithOther } from '../check.ts';
import { gone } from '../place.ts';

const manage = (uid: string) => `/containers/_manage/${encodeURIComponent(uid)}`;

/** Descriptors, settings, subscriptions. @source fact sheet 2 and 3 */
export const containers: readonly Check[] = [
  check('VB2', 'the owner is told every verb', async ({ me, calendarUid }) => {
    const told = await me.call('GET', manage(calendarUid));
    assert.deepEqual(
      [told.uid, told.type, told.owner, told.defaultContainer],
      [calendarUid, 'calendar', me.uid, false],
    );
    for (const verb of ['Read', 'Write', 'Manage']) assert.ok(told.verbs.includes(verb), verb);
  }),
  check('VB2', 'several descriptors come in one call', async ({ me, calendarUid, bookUid, fresh }) => {
    const told = await me.call('POST', '/containers/_manage/_mget', [bookUid, fresh(), calendarUid]);
    assert.deepEqual(told.map(({ uid }: { uid: string }) => uid).toSorted(), [bookUid, calendarUid].toSorted());
  }),
  check('VB1', 'what the caller may do can be asked', async ({ me, calendarUid }) => {
    assert.equal(await me.call('POST', `${manage(calendarUid)}/_canAccess`, ['Write']), true);
  }),
  check('C2', 'creating a calendar subscribes nobody', async ({ me, calendarUid }) => {
    const path = `/containers/_subscriptions/${me.domain}/${me.uid}`;
    const uid = encodeURIComponent(`sub-of-${me.uid}-to-${calendarUid}`);
    assert.equal(await me.outcome('GET', `${path}/${uid}/complete`), 'fine 204');
  }),
  check('C7', 'subscribing to what does not exist is NOT_FOUND', async ({ me, fresh }) => {
    const wanted = [{ containerUid: fresh(), offlineSync: true, automount: true }];
    const path = `/users/${me.domain}/subscriptions/${me.uid}/_subscribe`;
    assert.equal(await me.outcome('POST', path, wanted), 'NOT_FOUND 404');
  }),
  check('C4', 'a subscription shows in its own change log, and so does its end', async ({ me, bookUid, later }) => {
    const path = `/containers/_subscriptions/${me.domain}/${me.uid}`;
    const own = `/users/${me.domain}/subscriptions/${me.uid}`;
    const uid = `sub-of-${me.uid}-to-${bookUid}`;
    const since = await me.call('GET', `${path}/_version`);
    later(() => gone(me.outcome('POST', `${own}/_unsubscribe`, [bookUid])));
    await me.call('POST', `${own}/_subscribe`, [{ containerUid: bookUid, offlineSync: true, automount: true }]);
    const subscribed = await me.call('GET', `${path}/_changeset?since=${since}`);
    assert.ok(subscribed.created.includes(uid));
    await me.call('POST', `${own}/_unsubscribe`, [bookUid]);
    const ended = await me.call('GET', `${path}/_changeset?since=${subscribed.version}`);
    assert.ok(ended.deleted.includes(uid));
  }),
  check('C8', 'offlineSync without a subscription is a bare fault', async ({ me, calendarUid }) => {
    assert.equal(await me.outcome('PUT', `${manage(calendarUid)}/${me.uid}/offlineSync`), '- 500');
  }),
  check('C9', 'settings: PUT replaces all, a key is merged', async ({ me, calendarUid }) => {
    const settings = `${manage(calendarUid)}/_settings`;
    await me.call('PUT', settings, { one: '1', two: '2' });
    await me.call('PUT', settings, { two: '3' });
    await me.call('PUT', `${settings}/four`, '4');
    assert.deepEqual(await me.call('GET', settings), { two: '3', four: '4' });
    await me.call('PUT', settings, {});
  }),
  check('C9', 'personal settings show in the descriptor', async ({ me, calendarUid }) => {
    await me.call('PUT', `${manage(calendarUid)}/_personalSettings`, { bm_color: '#123456' });
    assert.equal((await me.call('GET', manage(calendarUid))).settings.bm_color, '#123456');
  }),
  check('C3', 'a calendar is renamed, and keeps its owner', async ({ me, calendarUid }) => {
    const path = `/mgmt/calendars/${encodeURIComponent(calendarUid)}`;
    const told = await me.call('GET', path);
    await me.call('POST', path, { ...told, name: 'conformance, renamed' });
    assert.equal((await me.call('GET', manage(calendarUid))).name, 'conformance, renamed');
    assert.match(await me.outcome('POST', path, { ...told, owner: 'somebody' }), /^INVALID_PARAMETER 500$/);
  }),
  check('C5', 'removing what does not exist is NOT_FOUND through mgmt', async ({ me, fresh }) => {
    assert.equal(await me.outcome('DELETE', `/mgmt/calendars/${fresh()}`), 'NOT_FOUND 404');
  }),
  checkWithOther('E2', 'without a right: PERMISSION_DENIED', async ({ calendar, calendarUid }, other) => {
    assert.equal(await other.outcome('GET', `${calendar}/_changeset?since=0`), 'PERMISSION_DENIED 403');
    assert.equal(await other.outcome('PUT', `${manage(calendarUid)}/_acl`, []), 'PERMISSION_DENIED 403');
  }),
  checkWithOther(
    'VB2',
    'a descriptor is read without any right, and tells that there is none',
    async (place, other) => {
      const told = await other.call('GET', manage(place.calendarUid));
      assert.deepEqual(told.verbs, []);
    },
  ),
];
