import { Uids } from '../../wire/common.ts';
import { type BodySpec, type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { StoredItem } from '../store/store.ts';
import { type Collection, findItem, type ItemKind, openCollection, removeAllItems } from './collection.ts';
import type { WritableItemService } from './operations.ts';

/** `{uid}/complete`, `_mget` and `_all`: what exists, as the caller may see it; unknown uids are left out, or 204. */
export function readOperations<T>(items: WritableItemService<T>): Operation[] {
  const { service, path } = items;
  return [
    operation({
      service,
      name: 'getComplete',
      method: 'GET',
      path: `${path}/{uid}/complete`,
      result: result(),
      run: (call) => {
        const collection = items.open(call, 'Read');
        const item = findItem(collection, param(call, 'uid'));
        return item === undefined ? null : items.present(collection, [item])[0];
      },
    }),
    operation({
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
    }),
    operation({
      service,
      name: 'allUids',
      method: 'GET',
      path: `${path}/_all`,
      result: result(),
      run: (call) => call.kernel.store.items.uids(items.open(call, 'Read').container.id),
    }),
  ];
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
export function resetOperation<T>(items: WritableItemService<T>, kind: ItemKind<T>): Operation {
  return operation({
    service: items.service,
    name: 'reset',
    method: 'POST',
    path: `${items.path}/_reset`,
    result: nothing,
    run: (call) => {
      items.open(call, 'Read');
      removeAllItems(openCollection(kind, call, param(call, 'containerUid'), 'Manage'));
    },
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
