import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const TAGS = '/tags/tags_U1';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('[TG1] a tag has a label and a colour, without the # of the latter', async () => {
  await world.john.call('PUT', `${TAGS}/t1`, { label: ' Work ', color: '#3d98ff' });
  expect(await world.john.call('GET', `${TAGS}/t1`)).toMatchObject({
    uid: 't1',
    displayName: 'Work',
    value: { label: 'Work', color: '3d98ff' },
  });
  expect((await world.john.raw('GET', `${TAGS}/nobody`)).status).toBe(204);
});

test.each([{ label: '', color: 'ffffff' }, { label: 'x', color: ' ' }, { label: null, color: 'ffffff' }, null])(
  '[TG2] %j is refused',
  async (tag) => {
    expect(await world.john.refused('PUT', `${TAGS}/bad`, tag)).toBe('INVALID_PARAMETER 500');
  },
);

test('[TG3] batches, lists and change sets are those of every container', async () => {
  const since = (await world.john.call('GET', `${TAGS}/_changeset?since=0`)).version;
  const changes = {
    add: [
      { uid: 't2', value: { label: 'Home', color: '000000' } },
      { uid: 'bad', value: { label: '' } },
    ],
    modify: [{ uid: 't1', value: { label: 'Job', color: '3d98ff' } }],
    delete: [],
  };
  expect(await world.john.call('PUT', `${TAGS}/_mupdates`, changes)).toMatchObject({
    added: ['t2'],
    updated: ['t1'],
    errors: [{ uid: 'bad', errorCode: 'INVALID_PARAMETER' }],
  });
  expect(await world.john.call('GET', `${TAGS}/_alluids`)).toEqual(['t1', 't2']);
  expect((await world.john.call('GET', TAGS)).map((tag: { value: unknown }) => tag.value)).toEqual([
    { label: 'Job', color: '3d98ff' },
    { label: 'Home', color: '000000' },
  ]);
  expect((await world.john.call('POST', `${TAGS}/_mget`, ['t2', 'x'])).length).toBe(1);
  expect(await world.john.call('GET', `${TAGS}/_changeset?since=${since}`)).toMatchObject({
    created: ['t2'],
    updated: ['t1'],
  });
  await world.john.call('DELETE', `${TAGS}/t2`);
  expect(await world.john.refused('POST', `${TAGS}/t2`, { label: 'x', color: '1' })).toBe('NOT_FOUND 404');
});

test('[TG7] the tags of the domain are read by everybody and changed by nobody but administrators', async () => {
  const boss = await world.add('boss', { manager: true });
  await boss.call('PUT', '/tags/tags_acme.test/d1', { label: 'All', color: '111111' });
  expect((await world.john.call('GET', '/tags/tags_acme.test')).length).toBe(1);
  expect(await world.john.refused('DELETE', '/tags/tags_acme.test/d1')).toBe('PERMISSION_DENIED 403');
  expect(await world.ann.refused('GET', TAGS)).toBe('PERMISSION_DENIED 403');
});
