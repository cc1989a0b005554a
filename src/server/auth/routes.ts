import { must } from '../../base/assert.ts';
import { AuthUser, LoginResponse } from '../../wire/auth.ts';
import { findUser } from '../admin/accounts.ts';
import { fault } from '../kernel/fault.ts';
import type { Call } from '../kernel/operation.ts';
import { nothing, type Operation, operation, result, string, textBody } from '../kernel/operation.ts';
import { booleanQuery } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import { answer, authUser, logIn, recognise } from './login.ts';

/** IAuthentication: sessions. HTTP is 200 whatever the login's outcome. */
export function authOperations(): Operation[] {
  const service = 'IAuthentication';
  const login = (call: Call<string | null>, interactive: boolean) =>
    logIn(call.kernel, {
      login: call.query['login'] ?? '',
      password: call.body ?? '',
      origin: call.query['origin'] ?? '',
      interactive,
      address: call.address,
    });
  return [
    operation({
      service,
      name: 'login',
      method: 'POST',
      path: '/auth/login',
      query: ['login', 'origin'],
      body: textBody,
      result: result(LoginResponse),
      anonymous: true,
      run: (call) => login(call, false),
    }),
    operation({
      service,
      name: 'loginWithParams',
      method: 'POST',
      path: '/auth/loginWithParams',
      query: ['login', 'origin', 'interactive'],
      body: textBody,
      result: result(LoginResponse),
      anonymous: true,
      run: (call) => login(call, booleanQuery(call, 'interactive')),
    }),
    operation({
      service,
      name: 'validate',
      method: 'POST',
      path: '/auth/validate',
      query: ['login', 'origin'],
      body: textBody,
      result: string,
      anonymous: true,
      run: async (call) => {
        const attempt = { login: call.query['login'] ?? '', password: call.body ?? '', address: call.address };
        return attempt.login === '' || attempt.password === '' ? 'NONE' : (await recognise(call.kernel, attempt)).kind;
      },
    }),
    operation({
      service,
      name: 'ping',
      method: 'GET',
      path: '/auth/ping',
      result: nothing,
      evenExpired: true,
      run: () => {},
    }),
    operation({
      service,
      name: 'logout',
      method: 'POST',
      path: '/auth/logout',
      result: nothing,
      evenExpired: true,
      run: (call) => call.kernel.sessions.close(call.session.id),
    }),
    operation({
      service,
      name: 'su',
      method: 'POST',
      path: '/auth/_su',
      query: ['login'],
      result: result(LoginResponse),
      run: (call) => become(call, false),
    }),
    operation({
      service,
      name: 'suWithParams',
      method: 'POST',
      path: '/auth/_suWithParams',
      query: ['login', 'interactive'],
      result: result(LoginResponse),
      run: (call) => become(call, booleanQuery(call, 'interactive')),
    }),
    operation({
      service,
      name: 'getCurrentUser',
      method: 'GET',
      path: '/auth',
      result: result(AuthUser),
      evenExpired: true,
      run: ({ kernel, session }) =>
        authUser(kernel, must(kernel.store.people.entry(session.domain, session.user)), session),
    }),
  ];
}

function become(call: Call<unknown>, interactive: boolean): LoginResponse {
  const { kernel, session, query } = call;
  if (!isManager(session)) throw fault('PERMISSION_DENIED', 'Only an administrator may act for somebody else.');
  const entry = findUser(kernel, query['login'] ?? '');
  if (entry === undefined) return { status: 'Bad', message: null, authKey: null, latd: null, authUser: null };
  const opened = kernel.sessions.open(entry, { origin: session.origin, interactive, expired: false });
  return answer(kernel, entry, opened, 'Ok');
}
