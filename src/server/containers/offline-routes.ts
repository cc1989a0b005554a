import { IdRange } from '../../wire/container.ts';
import { fault } from '../kernel/fault.ts';
import { type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import { mustBeSelf } from './subscription-routes.ts';

/** Ids at once that a client may take ahead. */
const MOST = 10_000;

/**
 * IOfflineMgmt: item ids given out before the items exist. Clients read the answer as the first id of the range, as the last one
 * before it, or as its last one; twice as many ids are taken from the sequence, so that all three readings are safe. Rule [O1].
 */
export function offlineOperations(): Operation[] {
  return [
    operation({
      service: 'IOfflineMgmt',
      name: 'allocateOfflineIds',
      method: 'POST',
      path: '/offline/{domainUid}/{ownerUid}/_allocateOfflineIds',
      query: ['idCount'],
      result: result(IdRange),
      run: (call) => {
        mustBeSelf(call, { owner: param(call, 'ownerUid'), domain: param(call, 'domainUid') });
        const count = longQuery(call, 'idCount') ?? 0;
        if (count < 1 || count > MOST) throw fault('INVALID_PARAMETER', `idCount must be 1 to ${MOST}.`);
        const last = call.kernel.store.items.allocateIds(2 * count + 1);
        return { count, globalCounter: last - count };
      },
    }),
  ];
}
