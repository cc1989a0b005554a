import { APIKey } from '../../wire/auth.ts';
import { fault } from '../kernel/fault.ts';
import type { Call } from '../kernel/operation.ts';
import { nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { StoredKey } from '../store/store.ts';

/** IAPIKeys: long-lived keys, which work as session id and as password and do not end by lack of use. */
export function keyOperations(): Operation[] {
  const service = 'IAPIKeys';
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: '/auth/keys',
      query: ['displayName'],
      result: result(APIKey),
      run: (call) => save(call, call.kernel.newKey()),
    }),
    operation({
      service,
      name: 'store',
      method: 'PUT',
      path: '/auth/keys/{key}',
      query: ['displayName'],
      result: result(APIKey),
      run: (call) => store(call, param(call, 'key')),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: '/auth/keys/{sid}',
      result: nothing,
      run: (call) => call.kernel.store.sessions.removeKey(own(call).id),
    }),
    operation({
      service,
      name: 'list',
      method: 'GET',
      path: '/auth/keys',
      result: result(),
      run: ({ kernel, session }) => kernel.store.sessions.keysOf(session.user).map(told),
    }),
    operation({
      service,
      name: 'get',
      method: 'GET',
      path: '/auth/keys/{sid}',
      result: result(APIKey),
      run: (call) => told(own(call)),
    }),
  ];
}

/** A key chosen by the client must be as hard to guess as ours. */
function store(call: Call<unknown>, key: string): APIKey {
  if (key.length < 32) throw fault('INVALID_PARAMETER', 'A key must have at least 32 characters.');
  const known = call.kernel.store.sessions.key(key);
  if (known !== undefined && known.user !== call.session.user) throw fault('ALREADY_EXISTS', 'This key is taken.');
  return save(call, key);
}

function save({ kernel, session, query }: Call<unknown>, id: string): APIKey {
  const key = { id, displayName: query['displayName'] ?? '', user: session.user, domain: session.domain };
  kernel.store.sessions.saveKey(key);
  return told(key);
}

function own(call: Call<unknown>): StoredKey {
  const key = call.kernel.store.sessions.key(param(call, 'sid'));
  if (key === undefined || key.user !== call.session.user) throw fault('NOT_FOUND', 'There is no such key.');
  return key;
}

function told(key: StoredKey): APIKey {
  return { sid: key.id, displayName: key.displayName, subject: key.user, domainUid: key.domain };
}
