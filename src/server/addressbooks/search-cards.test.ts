import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const BOOK = '/addressbooks/book%3AContacts_U1';
const OTHER = '/addressbooks/book%3ACollectedContacts_U1';

beforeAll(async () => {
  world = await openWorld();
  const card = (name: string, mail: string) => ({
    kind: 'individual',
    identification: { formatedName: { value: name } },
    communications: { emails: [{ value: mail }], tels: [{ value: '+33 1' }] },
  });
  await world.john.call('PUT', `${BOOK}/z`, card('Zoé Dupont', 'zoe@x.test'));
  await world.john.call('PUT', `${BOOK}/a`, card('ann Dupuis', 'ann@x.test'));
  await world.john.call('PUT', `${OTHER}/m`, card('Max Dupré', 'max@x.test'));
});
afterAll(() => world.close());

test('[AB38] a search answers what lists show, by name', async () => {
  const query =
    'value.kind:individual AND (value.identification.formatedName.value:(dup*) OR value.communications.emails.value:(dup*))';
  const found = await world.john.call('POST', `${BOOK}/_search`, { query });
  expect(found.total).toBe(2);
  expect(found.values.map((item: { uid: string }) => item.uid)).toEqual(['a', 'z']);
  expect(found.values[1].value).toEqual({
    kind: 'individual',
    mail: 'zoe@x.test',
    tel: '+33 1',
    formatedName: 'Zoé Dupont',
    categories: [],
    memberCount: 0,
    photo: false,
    source: null,
    hasSecurityKey: false,
  });
});

test('[AB38] from and size cut the result, total counts it all; nothing asked for is everything', async () => {
  const found = await world.john.call('POST', `${BOOK}/_search`, { from: 1, size: 1 });
  expect(found.values.map((item: { uid: string }) => item.uid)).toEqual(['z']);
  expect(found.total).toBe(2);
  expect(await world.john.refused('POST', `${BOOK}/_search`, { query: '(' })).toBe('INVALID_QUERY 500');
});

test('[AB39] searching all books takes those one is subscribed to and may read', async () => {
  const names = async () => {
    const found = await world.john.call('POST', '/addressbooks/_search', { query: 'dup*' });
    return found.values.map((item: { containerUid: string; uid: string }) => `${item.containerUid} ${item.uid}`);
  };
  expect(await names()).toEqual(['book:Contacts_U1 a', 'book:CollectedContacts_U1 m', 'book:Contacts_U1 z']);
  await world.john.call('POST', '/users/acme.test/subscriptions/U1/_unsubscribe', ['book:CollectedContacts_U1']);
  expect(await names()).toEqual(['book:Contacts_U1 a', 'book:Contacts_U1 z']);
});
