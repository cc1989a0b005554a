import { Uids } from '../../wire/common.ts';
import type { ContainerHierarchyNode, ContainerSubscriptionModel, ItemValue } from '../../wire/container.ts';
import { fullChangesetById } from '../items/change-sets.ts';
import { type Collection, findItem, itemValue, touchItem } from '../items/collection.ts';
import { changeLogOperations, type ItemService, readByIdOperations } from '../items/operations.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import type { StoredItem } from '../store/store.ts';
import { hierarchyOfOwner, subscriptionsOfOwner } from './container-life.ts';
import { localName } from './names.ts';
import { mustBeSelf } from './subscription-routes.ts';
import { subscriptionsOf } from './uids.ts';

type Named = { readonly name?: string | null | undefined };
type Own<T extends Named> = ItemService<T> & { readonly mget: string | undefined };

/** IOwnerSubscriptions and IContainersFlatHierarchy: what somebody subscribed to and owns, each with a change log. */
export function ownOperations(): Operation[] {
  const owner = (call: Call<unknown>) =>
    mustBeSelf(call, { owner: param(call, 'ownerUid'), domain: param(call, 'domainUid') });
  const subscriptions: Own<ContainerSubscriptionModel> = {
    service: 'IOwnerSubscriptions',
    path: '/containers/_subscriptions/{domainUid}/{ownerUid}',
    open: (call) => subscriptionsOfOwner(call, owner(call)),
    mget: '_mget',
  };
  const hierarchy: Own<ContainerHierarchyNode> = {
    service: 'IContainersFlatHierarchy',
    path: '/containers/_hierarchy/{domainUid}/{ownerUid}',
    open: (call) => hierarchyOfOwner(call, owner(call)),
    mget: undefined,
  };
  return [
    ...common(subscriptions),
    operation({
      service: subscriptions.service,
      name: 'fullChangesetById',
      method: 'GET',
      path: `${subscriptions.path}/_fullChangesetById`,
      query: ['since'],
      result: result(),
      run: (call) => fullChangesetById(subscriptions.open(call, 'Read'), longQuery(call, 'since')),
    }),
    ...common(hierarchy),
    operation({
      service: hierarchy.service,
      name: 'touch',
      method: 'GET',
      path: `${hierarchy.path}/{uid}/touch`,
      result: nothing,
      run: (call) => void touchItem(hierarchy.open(call, 'Write'), param(call, 'uid')),
    }),
    operation({
      service: 'IOwnerSubscriptionUids',
      name: 'identifier',
      method: 'GET',
      path: '/owner_subscriptions/uids/{uid}/{domain}/_subscription',
      result: { kind: 'string' },
      run: (call) => subscriptionsOf(param(call, 'uid'), param(call, 'domain')),
    }),
  ];
}

function common<T extends Named>(own: Own<T>): Operation[] {
  const { service, path } = own;
  const present = (collection: Collection<T>, items: readonly StoredItem[]): readonly ItemValue<T>[] =>
    items.map((item) => {
      const told = itemValue<T>(item);
      return { ...told, value: { ...told.value, name: localName(told.value.name ?? '', collection.session.lang) } };
    });
  const operations = [
    ...changeLogOperations(own, { ids: true }),
    ...readByIdOperations({ ...own, present }),
    operation({
      service,
      name: 'list',
      method: 'GET',
      path: `${path}/_list`,
      result: result(),
      run: (call) => {
        const collection = own.open(call, 'Read');
        return present(collection, call.kernel.store.items.all(collection.container.id));
      },
    }),
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path: `${path}/{uid}/complete`,
      result: result(),
      run: (call) => {
        const collection = own.open(call, 'Read');
        const item = findItem(collection, param(call, 'uid'));
        return item === undefined ? null : present(collection, [item])[0];
      },
    }),
  ];
  if (own.mget === undefined) return operations;
  const several = operation({
    service,
    name: 'getMultiple',
    method: 'POST',
    path: `${path}/${own.mget}`,
    body: json(Uids),
    result: result(),
    run: (call) => {
      const collection = own.open(call, 'Read');
      return present(collection, call.kernel.store.items.byUids(collection.container.id, call.body ?? []));
    },
  });
  return [...operations, several];
}
