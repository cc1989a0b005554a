import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { expirePassword } from '../server/admin/accounts.ts';
import { setState } from '../server/admin/state.ts';
import type { RunningServer } from '../server/open-server.ts';
import { accessOf, confirmGone, listSubscriptions } from './containers.ts';
import type { Session } from './session.ts';
import { janesSession, liveServer } from './testing/live-server.ts';

let server: RunningServer;
let session: Session;
beforeEach(async () => {
  server = await liveServer();
  session = janesSession(server.url);
});
afterEach(async () => {
  await session.close();
  await server.close();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error) => (isFailure(error) ? error.code : String(error)),
  );

it('a session tells who the account is', async () => {
  const user = await session.user();
  expect(user).toMatchObject({ uid: 'uid-jane', domainUid: 'demo.test', loginAtDomain: 'jane@demo.test' });
  expect(user.addresses).toContain('jane@demo.test');
});

it('a session that ended at the server is renewed within a call', async () => {
  await session.user();
  server.kernel.sessions.closeAll();
  expect(await codeOf(session.call({ method: 'GET', path: '/auth/ping' }))).toBe('none');
});

it('a wrong password, an expired one and maintenance each have their own code', async () => {
  const wrong = janesSession(server.url, 'wrong');
  expect(await codeOf(wrong.user())).toBe('LOGIN_REFUSED');
  await wrong.close();
  expirePassword(server.kernel, 'jane@demo.test');
  expect(await codeOf(session.user())).toBe('LOGIN_PASSWORD_EXPIRED');
  setState(server.kernel, 'CORE_STATE_MAINTENANCE');
  expect(await codeOf(session.user())).toBe('SERVER_MAINTENANCE');
});

it('maintenance in mid-run is told as such, not as a lost password', async () => {
  await session.user();
  setState(server.kernel, 'CORE_STATE_MAINTENANCE');
  expect(await codeOf(session.call({ method: 'GET', path: '/auth/ping' }))).toBe('SERVER_MAINTENANCE');
});

it('an aborted call ends as cancelled', async () => {
  const abort = new AbortController();
  abort.abort();
  expect(await codeOf(session.call({ method: 'GET', path: '/auth/ping', signal: abort.signal }))).toBe('CANCELLED');
});

it('the subscriptions of a new account are its calendar and books, with what it may do', async () => {
  const { containers, unreachable } = await listSubscriptions(session);
  expect(unreachable).toEqual([]);
  const rows = containers.map(({ uid, kind, mine, isDefault, offlineSync, access }) => ({
    uid,
    kind,
    mine,
    isDefault,
    offlineSync,
    write: access.write,
  }));
  expect(rows).toContainEqual({
    uid: 'calendar:Default:uid-jane',
    kind: 'calendar',
    mine: true,
    isDefault: true,
    offlineSync: true,
    write: true,
  });
  expect(rows).toContainEqual({
    uid: 'book:Contacts_uid-jane',
    kind: 'addressbook',
    mine: true,
    isDefault: true,
    offlineSync: true,
    write: true,
  });
  expect(rows).toContainEqual({
    uid: 'addressbook_demo.test',
    kind: 'addressbook',
    mine: false,
    isDefault: false,
    offlineSync: false,
    write: false,
  });
});

it('a container that does not exist is confirmed gone, one that does is not', async () => {
  expect(await confirmGone(session, ['calendar:Default:uid-john', 'calendar:none'])).toEqual(['calendar:none']);
});

it('verbs include others as BlueMind has it: Write without private details, Manage without reading', () => {
  expect(accessOf(['Write'])).toEqual({ read: true, write: true, readPrivate: false, manage: false });
  expect(accessOf(['All'])).toEqual({ read: true, write: true, readPrivate: true, manage: true });
  expect(accessOf(['Manage', 'Freebusy'])).toEqual({
    ...{ read: false, write: false, readPrivate: false },
    manage: true,
  });
});
