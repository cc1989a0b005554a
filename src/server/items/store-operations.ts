import type { Static, TSchema } from 'typebox';
import { Uids } from '../../wire/common.ts';
import type { ContainerUpdatesResult } from '../../wire/container.ts';
import { type BodySpec, type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';
import type { StoredItem } from '../store/store.ts';
import { changeset } from './change-sets.ts';
import { type Collection, findItem, removeAllItems } from './collection.ts';
import {
  byIdOperations,
  changeLogOperations,
  countOperations,
  type ItemService,
  type WritableItemService,
} from './operations.ts';

/** What books, task lists and notes have in common. `ids`: whether `_itemIds` works. */
export function itemOperations<T>(items: WritableItemService<T>, options: { readonly ids: boolean }): Operation[] {
  return [
    ...readOperations(items),
    ...writeOperations(items),
    ...changeLogOperations(items, options),
    ...countOperations(items),
    ...byIdOperations(items),
  ];
}

/** What is read of items by their uids; unknown uids are left out, or 204. `at`: paths that are not the usual ones. */
export function readOperations<T>(
  items: WritableItemService<T>,
  at: { readonly one?: string; readonly uids?: string } = {},
): Operation[] {
  const { service, path } = items;
  return [
    oneOperation(items, at.one),
    multipleGetOperation(items),
    operation({
      service,
      name: 'allUids',
      method: 'GET',
      path: `${path}/${at.uids ?? '_all'}`,
      result: result(),
      run: (call) => call.kernel.store.items.uids(items.open(call, 'Read').container.id),
    }),
  ];
}

export function oneOperation<T>({ service, path, ...items }: Present<T>, at = '{uid}/complete'): Operation {
  return operation({
    service,
    name: 'getComplete',
    method: 'GET',
    path: `${path}/${at}`,
    result: result(),
    run: (call) => {
      const collection = items.open(call, 'Read');
      const item = findItem(collection, param(call, 'uid'));
      return item === undefined ? null : items.present(collection, [item])[0];
    },
  });
}

export function multipleGetOperation<T>({ service, path, ...items }: Present<T>): Operation {
  return operation({
    service,
    name: 'multipleGet',
    method: 'POST',
    path: `${path}/_mget`,
    body: json(Uids),
    result: result(),
    run: (call) => {
      const collection = items.open(call, 'Read');
      const found = call.kernel.store.items.byUids(collection.container.id, call.body ?? []);
      return items.present(collection, found);
    },
  });
}

/** The bare path of the container: every item. */
export function allOperation<T>({ service, path, ...items }: Present<T>): Operation {
  return operation({
    service,
    name: 'all',
    method: 'GET',
    path,
    result: result(),
    run: (call) => allItems(items, items.open(call, 'Read')),
  });
}

/** Every item of the container, as the caller may see it. */
export function allItems<T>(items: Pick<Present<T>, 'present'>, collection: Collection<T>) {
  return items.present(collection, collection.kernel.store.items.all(collection.container.id));
}

/** The items with one ICS uid, in any case. */
export function icsUidOperation<T>({ service, path, ...items }: Present<T>): Operation {
  return operation({
    service,
    name: 'getByIcsUid',
    method: 'GET',
    path: `${path}/_icsuid/{uid}`,
    result: result(),
    run: (call) => {
      const collection = items.open(call, 'Read');
      const found = call.kernel.store.items.byLookup(collection.container.id, param(call, 'uid').toLowerCase());
      return items.present(collection, found);
    },
  });
}

/** What reading needs of a service. */
type Present<T> = Pick<WritableItemService<T>, 'service' | 'path' | 'open' | 'present'>;
type Change<T, C> = (collection: Collection<T>, changes: C | null) => ContainerUpdatesResult;

/** `_mupdates`. `silent`: its outcome is not told. */
export function updatesOperation<T, S extends TSchema>(
  { service, path, open }: ItemService<T>,
  schema: S,
  change: Change<T, Static<S>>,
  silent = false,
): Operation {
  return operation({
    service,
    name: 'updates',
    method: 'PUT',
    path: `${path}/_mupdates`,
    body: json(schema),
    result: silent ? nothing : result(),
    run: (call) => change(open(call, 'Write'), call.body),
  });
}

/** `_sync`: the batch, whose refusals are not told, and then the change set: the trap of the original [MU6]. */
export function syncOperation<T, S extends TSchema>(
  { service, path, open }: ItemService<T>,
  schema: S,
  change: Change<T, Static<S>>,
  method: 'PUT' | 'POST' = 'POST',
): Operation {
  return operation({
    service,
    name: 'sync',
    method,
    path: `${path}/_sync`,
    query: ['since'],
    body: json(schema),
    result: result(),
    run: (call) => {
      const collection = open(call, 'Write');
      change(collection, call.body);
      return changeset(collection, longQuery(call, 'since'));
    },
  });
}

/** PUT, POST and DELETE of one item by its uid; these answer nothing. */
export function writeOperations<T>(items: WritableItemService<T>): Operation[] {
  const { service, path } = items;
  const body = json(items.schema) as BodySpec<T | null>;
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: `${path}/{uid}`,
      body,
      result: nothing,
      run: (call: Call<T | null>) =>
        void items.create(items.open(call, 'Write'), param(call, 'uid'), call.body, undefined),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: `${path}/{uid}`,
      body,
      result: nothing,
      run: (call: Call<T | null>) => void items.update(items.open(call, 'Write'), param(call, 'uid'), call.body),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${path}/{uid}`,
      result: nothing,
      run: (call) => items.remove(items.open(call, 'Write'), param(call, 'uid')),
    }),
  ];
}

/** `_reset`: needs Manage, and leaves one deletion per item in the change log. */
export function resetOperation<T>(items: ItemService<T>): Operation {
  return operation({
    service: items.service,
    name: 'reset',
    method: 'POST',
    path: `${items.path}/_reset`,
    result: nothing,
    run: (call) => removeAllItems(items.open(call, 'Manage')),
  });
}

/**
 * `_copy` and `_move` to another container of the same kind. Uids are kept; unknown ones are passed over; an uid that is taken
 * there refuses the whole call. `after`: what else goes with an item, such as its photo.
 */
export function transferOperations<T>(
  items: WritableItemService<T>,
  after: (to: Collection<T>, copy: StoredItem, from: StoredItem) => void = () => {},
): Operation[] {
  const { service, path } = items;
  const transfer = (call: Call<readonly string[] | null>, move: boolean) => {
    const { store } = call.kernel;
    const from = items.open(call, move ? 'Write' : 'Read');
    const to = items.open(
      { ...call, params: { ...call.params, containerUid: param(call, 'destContainerUid') } },
      'Write',
    );
    store.transaction(() => {
      for (const item of store.items.byUids(from.container.id, [...new Set(call.body ?? [])])) {
        const copy = items.create(to, item.uid, JSON.parse(item.value) as T, undefined);
        after(to, copy, item);
        if (move) items.remove(from, item.uid);
      }
    });
  };
  return [
    operation({
      service,
      name: 'copy',
      method: 'POST',
      path: `${path}/_copy/{destContainerUid}`,
      body: json(Uids),
      result: nothing,
      run: (call) => transfer(call, false),
    }),
    operation({
      service,
      name: 'move',
      method: 'POST',
      path: `${path}/_move/{destContainerUid}`,
      body: json(Uids),
      result: nothing,
      run: (call) => transfer(call, true),
    }),
  ];
}
