import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOMAIN, openWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('[P1] a new user gets his containers, subscribed, the directory without a local copy', async () => {
  const { john } = world;
  const list = await john.call('GET', `/users/${DOMAIN}/subscriptions/${john.uid}`);
  expect(
    list.map((s: Record<string, unknown>) => [s['containerUid'], s['offlineSync'], s['defaultContainer'], s['name']]),
  ).toEqual([
    ['calendar:Default:U1', true, true, 'John Doe'],
    ['book:Contacts_U1', true, true, 'Mes contacts'],
    ['book:CollectedContacts_U1', true, false, 'Contacts collectés'],
    ['todolist:default_U1', true, true, 'todolist'],
    ['notes:default_U1', true, true, 'notes'],
    ['tags_U1', true, true, 'tags'],
    [`addressbook_${DOMAIN}`, false, false, DOMAIN],
  ]);
});

test('[VB2] everybody reads every descriptor, and its verbs tell the truth', async () => {
  const { ann, john } = world;
  const seen = await ann.call('GET', '/containers/_manage/book:Contacts_U1');
  expect([seen.verbs, seen.writable, seen.name, seen.ownerDirEntryPath]).toEqual([
    [],
    false,
    'My contacts',
    `${DOMAIN}/users/U1`,
  ]);
  const own = await john.call('GET', '/containers/_manage/book:Contacts_U1');
  expect(own.verbs).toHaveLength(9);
});

test('[E2] an unknown container is 404, and 204 when asked whether it is there', async () => {
  expect(await world.john.refused('GET', '/containers/_manage/none')).toBe('NOT_FOUND 404');
  expect((await world.john.raw('GET', '/containers/_manage/_ifPresent/none')).status).toBe(204);
});

test('[C1] a container is created for oneself only, and shows in the hierarchy', async () => {
  const { john } = world;
  const wanted = { name: 'Work', owner: 'U1', domainUid: DOMAIN, type: 'calendar', settings: {} };
  expect(await john.refused('PUT', '/containers/_manage/c-other', { ...wanted, owner: 'U2' })).toBe('FORBIDDEN 500');
  expect(await john.refused('PUT', '/containers/_manage/c-none', { ...wanted, name: null })).toBe(
    'INVALID_PARAMETER 500',
  );
  const path = `/containers/_hierarchy/${DOMAIN}/U1`;
  const before = await john.call('GET', `${path}/_version`);
  const created = await john.call('PUT', '/containers/_manage/c-work', wanted);
  expect([created.uid, created.name, created.type]).toEqual(['c-work', 'Work', 'calendar']);
  const changes = await john.call('GET', `${path}/_changeset?since=${before}`);
  expect(changes.created).toEqual([`calendar:c-work@${DOMAIN}`]);
  expect(await john.refused('PUT', '/containers/_manage/c-work', wanted)).toBe('ALREADY_EXISTS 500');
});

test('[C4] a rename and a removal show in the subscriptions of everybody', async () => {
  const { john, ann } = world;
  await john.call('PUT', '/containers/_manage/c-shared', {
    name: 'Shared',
    owner: 'U1',
    domainUid: DOMAIN,
    type: 'calendar',
  });
  await ann.call('POST', `/users/${DOMAIN}/subscriptions/U2/_subscribe`, [{ containerUid: 'c-shared' }]);
  const path = `/containers/_subscriptions/${DOMAIN}/U2`;
  const since = await ann.call('GET', `${path}/_version`);
  await john.call('POST', '/containers/_manage/c-shared', { name: 'Renamed' });
  const uid = 'sub-of-U2-to-c-shared';
  const renamed = await ann.call('GET', `${path}/_changeset?since=${since}`);
  expect(renamed).toEqual({ created: [], updated: [uid], deleted: [], version: since + 1 });
  expect((await ann.call('GET', `${path}/${uid}/complete`)).value.name).toBe('Renamed');
  await john.call('DELETE', '/containers/_manage/c-shared');
  const removed = await ann.call('GET', `${path}/_changeset?since=${since}`);
  expect(removed).toEqual({ created: [], updated: [], deleted: [uid], version: since + 2 });
});

test('[C6] one can leave everything but an own default container', async () => {
  const { ann } = world;
  const path = `/users/${DOMAIN}/subscriptions/U2`;
  const uids = async () =>
    (await ann.call('GET', path)).map((s: { containerUid: string }) => s.containerUid) as string[];
  await ann.call('POST', `${path}/_unsubscribe`, ['calendar:Default:U2', 'book:CollectedContacts_U2']);
  expect(await uids()).toContain('calendar:Default:U2');
  expect(await uids()).not.toContain('book:CollectedContacts_U2');
});

test('[C7] subscribing to what does not exist is refused, for somebody else too', async () => {
  const { john } = world;
  const path = `/users/${DOMAIN}/subscriptions`;
  expect(await john.refused('POST', `${path}/U1/_subscribe`, [{ containerUid: 'none' }])).toBe('NOT_FOUND 404');
  expect(await john.refused('GET', `${path}/U2`)).toBe('PERMISSION_DENIED 403');
});

test('[C8] offlineSync is set per subscriber, and fails bare without a subscription', async () => {
  const { ann } = world;
  await ann.call('DELETE', '/containers/_manage/book:Contacts_U2/U2/offlineSync');
  expect((await ann.call('GET', '/containers/_manage/book:Contacts_U2')).offlineSync).toBe(false);
  await ann.call('PUT', '/containers/_manage/book:Contacts_U2/U2/offlineSync');
  expect((await ann.call('GET', '/containers/_manage/book:Contacts_U2')).offlineSync).toBe(true);
  expect(await ann.refused('PUT', '/containers/_manage/tags_U1/U2/offlineSync')).toBe('- 500');
});

test('[VB1] Write includes Read but neither ReadExtended nor Manage, and Manage does not allow reading', async () => {
  const { john, ann } = world;
  const acl = '/containers/_manage/calendar:Default:U1/_acl';
  const granted = await john.call('GET', acl);
  const can = (...verbs: string[]) =>
    ann.call('POST', '/containers/_manage/calendar:Default:U1/_canAccess', verbs) as Promise<boolean>;
  await john.call('PUT', acl, [...granted, { subject: 'U2', verb: 'Write' }]);
  expect([await can('Read'), await can('Write'), await can('ReadExtended'), await can('Manage')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  await john.call('PUT', acl, [{ subject: 'U2', verb: 'Manage' }]);
  expect([await can('Read'), await can('Manage')]).toEqual([false, true]);
  await john.call('PUT', acl, granted);
  expect(await john.refused('PUT', acl, [{ subject: 'U2' }])).toBe('FAILURE 500');
  expect(await ann.refused('GET', acl)).toBe('PERMISSION_DENIED 403');
});

test('[C9] settings are replaced as a whole, one by one, and per person', async () => {
  const { john } = world;
  const path = '/containers/_manage/book:Contacts_U1';
  await john.call('PUT', `${path}/_settings`, { a: '1', b: '2' });
  await john.call('PUT', `${path}/_settings/b`, '3');
  await john.call('PUT', `${path}/_personalSettings`, { bm_color: '#ff0000' });
  expect(await john.call('GET', `${path}/_settings`)).toEqual({ a: '1', b: '3' });
  expect((await john.call('GET', path)).settings).toEqual({ a: '1', b: '3', bm_color: '#ff0000' });
});

test('[O1] ids given out ahead are free on both sides of the counter', async () => {
  const range = await world.john.call('POST', `/offline/${DOMAIN}/U1/_allocateOfflineIds?idCount=5`);
  const { items } = world.server.kernel.store;
  expect(range.count).toBe(5);
  for (let id = range.globalCounter - 5; id <= range.globalCounter + 5; id++)
    expect([items.isAllocated(id), items.isUsed(id)]).toEqual([true, false]);
});
