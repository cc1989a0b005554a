import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveUser, createUser, expirePassword, setPassword } from '../admin/accounts.ts';
import { setState } from '../admin/state.ts';
import { THROTTLE } from '../sessions/throttle.ts';
import { ask } from '../testing/http.ts';
import { logIn, openWorld, person, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function login(name: string, password: string, more = ''): Promise<Record<string, unknown>> {
  const url = `${world.server.url}/api/auth/loginWithParams?login=${encodeURIComponent(name)}&origin=test${more}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await ask({ method: 'POST', url, headers, body: JSON.stringify(password) });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text);
}

test('[A1] a login answers key, person, roles and merged settings', async () => {
  const answer = await login('john@acme.test', 'pw-john');
  expect(answer).toMatchObject({
    status: 'Ok',
    latd: 'john@acme.test',
    authUser: {
      uid: 'U1',
      domainUid: 'acme.test',
      displayName: 'John Doe',
      settings: { lang: 'fr' },
      value: { contactInfos: { identification: { formatedName: { value: 'John Doe' } } } },
    },
  });
  expect(answer['authKey']).toMatch(/^[0-9a-f]{64}$/);
});

test('[A2] a wrong password, an unknown person and empty words are Bad, with HTTP 200', async () => {
  for (const [name, password] of [
    ['john@acme.test', 'wrong'],
    ['nobody@acme.test', 'x'],
    ['', 'x'],
    ['john@acme.test', ''],
  ] as const)
    expect(await login(name, password)).toMatchObject({ status: 'Bad', authKey: null });
});

test('[A3] one logs in by domain, alias or mail address, and not by a bare login', async () => {
  expect(await login('john@acme.alias', 'pw-john')).toMatchObject({ status: 'Ok' });
  expect(await login('JOHN@acme.test', 'pw-john')).toMatchObject({ status: 'Ok' });
  expect(await login('john', 'pw-john')).toMatchObject({ status: 'Bad' });
});

test('[A4] a live session id or an API key is as good as the password, and gives that same session', async () => {
  const key = await logIn(world.server.url, 'john@acme.test', 'pw-john');
  expect(await login('john@acme.test', key)).toMatchObject({ status: 'Ok', authKey: key });
  expect(await login('ann@acme.test', key)).toMatchObject({ status: 'Bad' });
  const { sid } = await world.john.call('PUT', '/auth/keys?displayName=agent');
  expect(await login('john@acme.test', sid)).toMatchObject({ status: 'Ok', authKey: sid });
  const byKey = person(world.server.url, 'U1', sid);
  expect((await byKey.call('GET', '/auth')).uid).toBe('U1');
  expect(await world.ann.refused('GET', `/auth/keys/${sid}`)).toBe('NOT_FOUND 404');
  await world.john.call('DELETE', `/auth/keys/${sid}`);
  expect(await byKey.refused('GET', '/auth/ping')).toBe('AUTHENTICATION_FAIL 401');
});

test('[A5] validate tells what a word is', async () => {
  const validate = async (password: string) =>
    (
      await world.john.raw('POST', '/auth/validate?login=john@acme.test&origin=x', {
        body: JSON.stringify(password),
        headers: { 'content-type': 'application/json', accept: '*/*' },
      })
    ).text;
  expect(await validate('pw-john')).toBe('"PASSWORD"');
  expect(await validate(world.john.key)).toBe('"TOKEN"');
  expect(await validate('no')).toBe('"NONE"');
});

test('[A6] [A10] an expired password gives a session that may only change it', async () => {
  const eve = await world.add('eve');
  expirePassword(world.server.kernel, 'eve@acme.test');
  const answer = await login('eve@acme.test', 'pw-eve');
  expect(answer['status']).toBe('Expired');
  const expired = person(world.server.url, eve.uid, String(answer['authKey']));
  expect(await expired.refused('GET', '/calendars/calendar:Default:U3/_all')).toBe('FORBIDDEN 500');
  const path = `/users/acme.test/${eve.uid}/password_`;
  expect(await expired.refused('POST', path, { currentPassword: 'no', newPassword: 'new' })).toBe(
    'OLD_PASSWORD_WRONG 500',
  );
  await expired.call('POST', path, { currentPassword: 'pw-eve', newPassword: 'new' });
  expect(await login('eve@acme.test', 'new')).toMatchObject({ status: 'Ok' });
});

test('[A7] an archived account cannot log in, and its sessions end', async () => {
  const bob = await world.add('bob');
  archiveUser(world.server.kernel, 'bob@acme.test', true);
  expect(await login('bob@acme.test', 'pw-bob')).toMatchObject({ status: 'Bad' });
  expect(await bob.refused('GET', '/auth/ping')).toBe('AUTHENTICATION_FAIL 401');
});

test('[A8] maintenance ends every session, and only administrators may log in', async () => {
  const boss = await world.add('boss', { manager: true });
  expect(await world.ann.refused('PUT', '/system/installation/state/_maintenance')).toBe('PERMISSION_DENIED 403');
  await boss.call('PUT', '/system/installation/state/_maintenance');
  expect(await world.ann.refused('GET', '/auth/ping')).toBe('AUTHENTICATION_FAIL 401');
  const denied = await login('ann@acme.test', 'pw-ann');
  expect([denied['status'], typeof denied['message']]).toEqual(['Bad', 'string']);
  expect(await login('boss@acme.test', 'pw-boss')).toMatchObject({ status: 'Ok' });
  setState(world.server.kernel, 'CORE_STATE_RUNNING');
});

test('[A9] failed logins of one account wait longer and longer', async () => {
  const { clock } = world;
  // The failures of the tests before this one came from the same address.
  clock.advance(THROTTLE.forget + 1);
  const start = clock.now();
  for (let count = 0; count <= THROTTLE.free; count++) await login('slow@acme.test', 'x');
  expect(clock.now() - start).toBe(0);
  await login('slow@acme.test', 'x');
  await login('slow@acme.test', 'x');
  expect(clock.now() - start).toBe(THROTTLE.first + 2 * THROTTLE.first);
});

test('[S1] a session ends after twenty minutes without use, and lives on when it is used', async () => {
  const session = person(world.server.url, 'U2', await logIn(world.server.url, 'ann@acme.test', 'pw-ann'));
  for (let count = 0; count < 3; count++) {
    world.clock.advance(19 * 60_000);
    await session.call('GET', '/auth/ping');
  }
  world.clock.advance(20 * 60_000 + 1);
  expect(await session.refused('GET', '/auth/ping')).toBe('AUTHENTICATION_FAIL 401');
});

test('[S2] logging out ends the session', async () => {
  const session = person(world.server.url, 'U2', await logIn(world.server.url, 'ann@acme.test', 'pw-ann'));
  await session.call('POST', '/auth/logout');
  expect(await session.refused('GET', '/auth')).toBe('AUTHENTICATION_FAIL 401');
});

test('[S3] the origin of the former connector is refused on every call', async () => {
  const key = await logIn(world.server.url, 'ann@acme.test', 'pw-ann', 'bm-connector-outlook-4.1.50000 otlk:16');
  expect(await person(world.server.url, 'U2', key).refused('GET', '/auth/ping')).toBe('FAILURE 409');
});

test('[S4] sessions, items and change logs survive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'server-'));
  const dataFile = join(folder, 'server.sqlite');
  const first = await openWorld({ dataFile });
  await first.john.call('PUT', '/calendars/calendar:Default:U1/a', {
    main: { dtstart: { iso8601: '2026-03-09', precision: 'Date' }, summary: 'Kept' },
  });
  await first.close();
  const { openServer } = await import('../open-server.ts');
  const second = await openServer({ dataFile, clock: first.clock });
  const john = person(second.url, 'U1', first.john.key);
  expect((await john.call('GET', '/calendars/calendar:Default:U1/_changeset?since=0')).created).toEqual(['a']);
  expect(second.kernel.store.check()).toEqual([]);
  await second.close();
  rmSync(folder, { recursive: true });
});

test('[A2] an account without a password cannot be logged in to until it gets one', async () => {
  const { kernel } = world.server;
  await createUser(kernel, { login: 'silent', domain: 'acme.test', password: undefined, displayName: 'Silent' });
  for (const password of ['', 'undefined', 'null', 'x'])
    expect(await login('silent@acme.test', password)).toMatchObject({ status: 'Bad' });
  await setPassword(kernel, 'silent@acme.test', 'now');
  expect(await login('silent@acme.test', 'now')).toMatchObject({ status: 'Ok' });
});
