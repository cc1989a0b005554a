import assert from 'node:assert/strict';
import { type Check, check } from '../check.ts';
import { connection } from '../connection.ts';
import { gone, type Place } from '../place.ts';

const HEADERS = { accept: 'application/json', 'content-type': 'application/json' } as const;

/** A login with whatever counts as a password. */
async function login({ me }: Place, secret: string, more: { login?: string; origin?: string } = {}) {
  const name = more.login ?? `${me.login.authUser.value.login}@${me.domain}`;
  const query = `login=${encodeURIComponent(name)}&origin=${more.origin ?? 'conformance-suite'}`;
  const body = JSON.stringify(secret);
  const answer = await me.raw('POST', `/auth/login?${query}`, { anonymous: true, headers: HEADERS, body });
  return { status: answer.status, told: JSON.parse(answer.text) };
}

/** A key of one's own that goes with the run; the account's password is used once only, so that no login is slowed. */
async function newKey({ me, later }: Place): Promise<string> {
  const { sid } = await me.call('PUT', '/auth/keys?displayName=conformance');
  later(() => gone(me.outcome('DELETE', `/auth/keys/${sid}`)));
  return sid;
}

/** Logging in and out. @source fact sheet 1.3 and 1.4 */
export const sessions: readonly Check[] = [
  check('A1', 'a login tells the person, roles and settings', async ({ me }) => {
    const { status, authKey, authUser } = me.login;
    assert.equal(status, 'Ok');
    assert.ok(authKey.length > 0);
    assert.ok(authUser.value.login.length > 0);
    assert.ok(Array.isArray(authUser.roles));
    assert.equal(typeof authUser.settings, 'object');
    assert.ok(authUser.value.mailboxCopyGuid);
  }),
  check('A1', 'the current user is that of the session', async ({ me }) => {
    assert.equal((await me.call('GET', '/auth')).uid, me.uid);
  }),
  check('A2', 'an empty password is Bad, with HTTP 200', async (place) => {
    const { status, told } = await login(place, '');
    assert.deepEqual([status, told.status, told.authKey], [200, 'Bad', null]);
  }),
  check('A2', 'an unknown person is Bad, with HTTP 200', async (place) => {
    const { status, told } = await login(place, 'x', { login: `${place.fresh()}@${place.me.domain}` });
    assert.deepEqual([status, told.status], [200, 'Bad']);
  }),
  check('A4', 'a live session counts as the password, and is what comes back', async (place) => {
    const { told } = await login(place, place.me.key);
    assert.deepEqual([told.status, told.authKey], ['Ok', place.me.key]);
  }),
  check('A5', 'validate tells what was given', async (place) => {
    const { me } = place;
    const query = `login=${encodeURIComponent(`${me.login.authUser.value.login}@${me.domain}`)}&origin=conformance-suite`;
    assert.equal(await me.call('POST', `/auth/validate?${query}`, me.key), 'TOKEN');
  }),
  check('S2', 'a session that was ended is unknown', async (place) => {
    const key = await newKey(place);
    const { told } = await login(place, key);
    assert.equal(told.status, 'Ok');
    const session = connection(place.me.url, told);
    assert.equal(await session.outcome('GET', '/auth/ping'), 'fine 200');
    await place.me.call('DELETE', `/auth/keys/${key}`);
    assert.equal(
      await connection(place.me.url, { ...told, authKey: key }).outcome('GET', '/auth/ping'),
      'AUTHENTICATION_FAIL 401',
    );
  }),
  check('A4', 'a key works as session and is listed', async (place) => {
    const key = await newKey(place);
    const session = connection(place.me.url, { ...place.me.login, authKey: key });
    assert.equal((await session.call('GET', '/auth')).uid, place.me.uid);
    assert.equal((await place.me.call('GET', `/auth/keys/${key}`)).displayName, 'conformance');
  }),
];
