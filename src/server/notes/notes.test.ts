import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const NOTES = '/notes/notes%3Adefault_U1';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('[NO1] a note is yellow and without size unless it says so', async () => {
  await world.john.call('PUT', `${NOTES}/n1`, { subject: 'Milk', body: 'two' });
  expect((await world.john.call('GET', `${NOTES}/n1/complete`)).value).toEqual({
    height: 0,
    width: 0,
    posX: 0,
    posY: 0,
    color: 'YELLOW',
    body: 'two',
    subject: 'Milk',
    categories: [],
  });
  expect(await world.john.refused('PUT', `${NOTES}/bad`, { color: 'MAUVE' })).toBe('UNKNOWN 500');
  expect(await world.john.refused('PUT', `${NOTES}/bad`, null)).toBe('UNKNOWN 500');
});

test('[NO2] unknown tags go', async () => {
  await world.john.call('PUT', `${NOTES}/n2`, { categories: [{ containerUid: 'tags_U1', itemUid: 'x' }] });
  expect((await world.john.call('GET', `${NOTES}/n2/complete`)).value.categories).toEqual([]);
});

test('[NO3] notes are listed, searched, changed in batches and by id as every item', async () => {
  const changes = { add: [{ uid: 'n3', value: { subject: 'Bread' } }], modify: [], delete: [{ uid: 'n2' }] };
  expect(await world.john.call('PUT', `${NOTES}/_mupdates`, changes)).toMatchObject({ added: ['n3'], removed: ['n2'] });
  expect((await world.john.call('GET', NOTES)).map((note: { uid: string }) => note.uid)).toEqual(['n1', 'n3']);
  expect((await world.john.call('POST', `${NOTES}/_search`, { query: 'value.subject:br*' })).total).toBe(1);
  const ids = await world.john.call('GET', `${NOTES}/_itemIds`);
  expect(ids.total).toBe(2);
  expect((await world.john.call('POST', '/notes/_search', { vnoteQuery: { query: 'milk' } }))[0]).toMatchObject({
    uid: 'n1',
    containerUid: 'notes:default_U1',
  });
});

test('[NO4] further notes are subscribed by themselves, and removed by who may manage them', async () => {
  await world.john.call('PUT', '/notes/notes%3Auser_x', {
    name: 'More',
    owner: 'U1',
    domainUid: 'acme.test',
    type: 'notes',
  });
  const subscriptions = await world.john.call('GET', '/users/acme.test/subscriptions/U1?type=notes');
  expect(subscriptions.map((one: { containerUid: string }) => one.containerUid)).toContain('notes:user_x');
  expect(await world.ann.refused('PUT', '/notes/notes%3Auser_y', { name: 'Y', owner: 'U1' })).toBe(
    'PERMISSION_DENIED 403',
  );
  expect(await world.ann.refused('DELETE', '/notes/notes%3Auser_x')).toBe('PERMISSION_DENIED 403');
  expect(await world.john.refused('DELETE', '/notes/todolist%3Adefault_U1')).toBe('NOT_FOUND 404');
  await world.john.call('DELETE', '/notes/notes%3Auser_x');
  expect(await world.john.refused('GET', '/notes/notes%3Auser_x')).toBe('NOT_FOUND 404');
});
