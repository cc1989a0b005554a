import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const MINE = '/users/acme.test/U2';

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('[US1] settings are those of the domain under those of the user', async () => {
  await world.ann.call('POST', `${MINE}/_setting/work_hours_start`, '9.5');
  const settings = await world.ann.call('GET', `${MINE}/_settings`);
  expect(settings).toMatchObject({ lang: 'en', timezone: 'Europe/Paris', work_hours_start: '9.5' });
});

test('[US2] writing all settings replaces what the user had set, and drops what equals the domain', async () => {
  await world.ann.call('POST', `${MINE}/_settings`, { timezone: 'Europe/Paris', defaultview: 'day', mine: null });
  expect(await world.ann.call('GET', `${MINE}/_settings`)).toMatchObject({ work_hours_start: '8', defaultview: 'day' });
  expect(world.server.kernel.store.people.entry('acme.test', 'U2')?.settings).toEqual({ defaultview: 'day' });
  expect(await world.ann.refused('POST', `${MINE}/_settings`, null)).toBe('- 500');
});

test('[US3] one setting is a JSON text, 204 when there is none, and leaves the others alone', async () => {
  expect(await world.ann.call('GET', `${MINE}/_setting/defaultview`)).toBe('day');
  expect((await world.ann.raw('GET', `${MINE}/_setting/nothing`)).status).toBe(204);
  expect((await world.ann.raw('GET', `${MINE}/_setting/constructor`)).status).toBe(204);
  await world.ann.call('POST', `${MINE}/_setting/lang`, 'fr');
  expect(await world.ann.call('GET', `${MINE}/_settings`)).toMatchObject({ defaultview: 'day', lang: 'fr' });
  expect((await world.ann.call('GET', '/containers/_manage/book%3AContacts_U2')).name).toBe('Mes contacts');
});

test('[US4] settings are for their owner and administrators, changing one’s own needs the role', async () => {
  expect(await world.john.refused('GET', `${MINE}/_settings`)).toBe('PERMISSION_DENIED 403');
  expect(await world.john.refused('POST', `${MINE}/_setting/lang`, 'de')).toBe('PERMISSION_DENIED 403');
  const boss = await world.add('boss', { manager: true });
  await boss.call('POST', `${MINE}/_setting/lang`, 'de');
  expect(await boss.refused('GET', '/users/acme.test/nobody/_settings')).toBe('NOT_FOUND 404');
  const { people } = world.server.kernel.store;
  const entry = people.entry('acme.test', 'U2');
  if (entry === undefined) throw new Error('no entry');
  people.saveEntry({ ...entry, roles: entry.roles.filter((role) => role !== 'selfChangeSettings') });
  expect(await world.ann.refused('POST', `${MINE}/_setting/lang`, 'fr')).toBe('FORBIDDEN 500');
});
