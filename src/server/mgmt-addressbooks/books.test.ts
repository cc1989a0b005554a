import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type Person, type World } from '../testing/world.ts';

let world: World;
let boss: Person;
const MGMT = '/mgmt/addressbooks';
const mine = { name: 'Sales', domainUid: 'acme.test', owner: 'U1', settings: {} };

beforeAll(async () => {
  world = await openWorld();
  boss = await world.add('boss', { manager: true });
});
afterAll(() => world.close());

test('[MB1] one creates books for oneself; nobody is subscribed by it', async () => {
  await world.john.call('PUT', `${MGMT}/book%3Ax`, { ...mine, settings: { readonly: 'true' } });
  expect(await world.john.call('GET', `${MGMT}/book%3Ax`)).toEqual({
    name: 'Sales',
    domainUid: 'acme.test',
    owner: 'U1',
    system: false,
    settings: { readonly: 'true' },
    orgUnitUid: null,
    expectedId: null,
  });
  expect((await world.john.call('GET', '/containers/_manage/book%3Ax')).readOnly).toBe(true);
  const subscriptions = await world.john.call('GET', '/users/acme.test/subscriptions/U1?type=addressbook');
  expect(subscriptions.map((one: { containerUid: string }) => one.containerUid)).not.toContain('book:x');
  expect(await world.john.refused('PUT', `${MGMT}/book%3Ax`, mine)).toBe('ALREADY_EXISTS 500');
});

test.each(['name', 'domainUid', 'owner', 'settings'])(
  '[MB2] a book without %s is INVALID_PARAMETER',
  async (member) => {
    expect(await world.john.refused('PUT', `${MGMT}/book%3Ay`, { ...mine, [member]: null })).toBe(
      'INVALID_PARAMETER 500',
    );
  },
);

test('[MB3] for somebody else, or for the domain, one must be an administrator', async () => {
  expect(await world.ann.refused('PUT', `${MGMT}/book%3Ay`, mine)).toBe('PERMISSION_DENIED 403');
  expect(await world.ann.refused('PUT', `${MGMT}/book%3Ay`, { ...mine, owner: 'acme.test' })).toBe(
    'PERMISSION_DENIED 403',
  );
  expect(await boss.refused('PUT', `${MGMT}/book%3Ay`, { ...mine, owner: 'nobody' })).toBe('- 500');
  await boss.call('PUT', `${MGMT}/shared`, { ...mine, name: 'All', owner: 'acme.test' });
  expect(await boss.call('GET', '/containers/_manage/shared')).toMatchObject({
    owner: 'shared',
    ownerDisplayname: 'All',
  });
  expect(await boss.refused('PUT', `${MGMT}/book%3Az`, { ...mine, owner: 'shared' })).toBe('INVALID_PARAMETER 500');
});

test('[MB4] renaming needs Manage; owner and domain stay', async () => {
  expect(await world.ann.refused('POST', `${MGMT}/book%3Ax`, { ...mine, name: 'Hers' })).toBe('PERMISSION_DENIED 403');
  expect(await world.john.refused('POST', `${MGMT}/book%3Ax`, { ...mine, owner: 'U2' })).toBe('INVALID_PARAMETER 500');
  expect(await world.john.refused('POST', `${MGMT}/book%3Ax`, { ...mine, domainUid: 'x' })).toBe(
    'INVALID_PARAMETER 500',
  );
  await world.john.call('POST', `${MGMT}/book%3Ax`, { ...mine, name: 'Renamed' });
  expect((await world.john.call('GET', '/containers/_manage/book%3Ax')).name).toBe('Renamed');
  await boss.call('POST', `${MGMT}/shared`, { ...mine, name: 'Everybody', owner: 'acme.test' });
  expect((await boss.call('GET', '/directory/acme.test/entry-uid/shared')).displayName).toBe('Everybody');
});

test('[MB5] removing needs Manage; what is unknown is NOT_FOUND, and a default book goes like any other', async () => {
  expect(await world.ann.refused('DELETE', `${MGMT}/book%3Ax`)).toBe('PERMISSION_DENIED 403');
  await world.john.call('DELETE', `${MGMT}/book%3Ax`);
  expect(await world.john.refused('DELETE', `${MGMT}/book%3Ax`)).toBe('NOT_FOUND 404');
  await boss.call('DELETE', `${MGMT}/shared`);
  expect((await boss.raw('GET', '/directory/acme.test/entry-uid/shared')).status).toBe(204);
  await world.ann.call('DELETE', `${MGMT}/book%3AContacts_U2`);
  expect(await world.ann.refused('DELETE', `${MGMT}/calendar%3ADefault%3AU2`)).toBe('NOT_FOUND 404');
});

test('[MB6] rebuilding the index is a task of administrators that says there is none', async () => {
  expect(await world.john.refused('POST', `${MGMT}/_reindex`)).toBe('PERMISSION_DENIED 403');
  for (const path of ['_reindex', '_reindexDomain?domain=acme.test', 'book%3AContacts_U1/_reindex']) {
    const { id } = await boss.call('POST', `${MGMT}/${path}`);
    await world.server.kernel.tasks.idle();
    expect((await boss.call('GET', `/tasks/${id}`)).state).toBe('Success');
  }
});

test('uids of books by convention are told', async () => {
  const uid = (path: string) => world.john.call('GET', `/addressbook/uids/${path}`);
  expect(await uid('U1/_default_addressbook')).toBe('book:Contacts_U1');
  expect(await uid('U1/_collected_contacts')).toBe('book:CollectedContacts_U1');
  expect(await uid('seed/_other_addressbook')).toBe('book:UserCreated_seed');
  expect(await uid('acme.test/_vcards')).toBe('addressbook_acme.test');
});
