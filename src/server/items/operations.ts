import { type TSchema, Type } from 'typebox';
import {
  type Ack,
  type Count,
  ITEM_FLAGS,
  ItemFlagFilter,
  type ItemValue,
  SortDescriptor,
} from '../../wire/container.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { longParam, longQuery, param } from '../kernel/parameters.ts';
import type { StoredItem } from '../store/store.ts';
import { changeset, changesetById, filteredChangesetById, fits, itemChangelog } from './change-sets.ts';
import { type Collection, mustFindItem, versionOf } from './collection.ts';

/** What a call may need on a container. */
export type Access = 'Read' | 'Write' | 'Manage';

/** What the operations that all item services share need to know of one of them. */
export type ItemService<T> = {
  /** The interface of the contract, `ICalendar`. */
  readonly service: string;
  /** Below `/api`, `/calendars/{containerUid}`. */
  readonly path: string;
  /** Opens the container of the call. @throws NOT_FOUND, PERMISSION_DENIED */
  open(call: Call<unknown>, verb: Access): Collection<T>;
};

/** What by-id operations need beside; `create` and `update` check and rewrite. */
export type WritableItemService<T> = ItemService<T> & {
  readonly schema: TSchema;
  create(collection: Collection<T>, uid: string, value: T | null, id: number | undefined): StoredItem;
  update(collection: Collection<T>, uid: string, value: T | null): StoredItem;
  remove(collection: Collection<T>, uid: string): void;
  /** Items as this caller may see them, in the given order; what he may not see is left out. */
  present(collection: Collection<T>, items: readonly StoredItem[]): readonly ItemValue<T>[];
};

/** `_changeset?since=`, by uids. */
export function changesetOperation<T>({ service, path, open }: ItemService<T>): Operation {
  return operation({
    service,
    name: 'changeset',
    method: 'GET',
    path: `${path}/_changeset`,
    query: ['since'],
    result: result(),
    run: (call) => changeset(open(call, 'Read'), longQuery(call, 'since')),
  });
}

/** `_changeset` and its kin, `_version`, `_itemIds` and the history of an item. `ids`: whether `_itemIds` works for this service. */
export function changeLogOperations<T>(items: ItemService<T>, options: { readonly ids: boolean }): Operation[] {
  const { service, path } = items;
  const read = (call: Call<unknown>) => items.open(call, 'Read');
  return [
    operation({
      service,
      name: 'itemChangelog',
      method: 'GET',
      path: `${path}/{uid}/_itemchangelog`,
      body: json(Type.Integer()),
      result: result(),
      run: (call) => itemChangelog(read(call), param(call, 'uid'), call.body ?? 0),
    }),
    changesetOperation(items),
    operation({
      service,
      name: 'changesetById',
      method: 'GET',
      path: `${path}/_changesetById`,
      query: ['since'],
      result: result(),
      run: (call) => changesetById(read(call), longQuery(call, 'since')),
    }),
    operation({
      service,
      name: 'filteredChangesetById',
      method: 'POST',
      path: `${path}/_filteredChangesetById`,
      query: ['since'],
      body: json(ItemFlagFilter),
      result: result(),
      run: (call) => filteredChangesetById(read(call), longQuery(call, 'since'), call.body),
    }),
    operation({
      service,
      name: 'getVersion',
      method: 'GET',
      path: `${path}/_version`,
      result: result(),
      run: (call) => versionOf(read(call)),
    }),
    operation({
      service,
      name: 'allIds',
      method: 'GET',
      path: `${path}/_itemIds`,
      query: ['filter', 'knownContainerVersion', 'limit', 'offset'],
      result: result(),
      run: (call) => {
        if (!options.ids) throw bareFault('The listing of ids is not implemented for this kind of container.');
        return allIds(read(call), call);
      },
    }),
  ];
}

/** `_count` and `_sorted`. */
export function countOperations<T>(items: ItemService<T>): Operation[] {
  const { service, path } = items;
  const all = (collection: Collection<T>) => collection.kernel.store.items.all(collection.container.id);
  return [
    operation({
      service,
      name: 'count',
      method: 'POST',
      path: `${path}/_count`,
      body: json(ItemFlagFilter),
      result: result(),
      run: (call): Count => ({
        total: all(items.open(call, 'Read')).filter((item) => fits(item.flags, call.body)).length,
      }),
    }),
    operation({
      service,
      name: 'sortedIds',
      method: 'POST',
      path: `${path}/_sorted`,
      body: json(SortDescriptor),
      result: result(),
      run: (call) => sorted(all(items.open(call, 'Read')), call.body),
    }),
  ];
}

/** Writing and reading by numeric id; these never notify anybody. */
export function byIdOperations<T>(items: WritableItemService<T>): Operation[] {
  const { service, path } = items;
  const body = json(items.schema as TSchema & { static: T });
  return [
    operation({
      service,
      name: 'updateById',
      method: 'POST',
      path: `${path}/id/{id}`,
      body,
      result: result(),
      run: (call) => {
        const collection = items.open(call, 'Write');
        const uid = mustFindById(collection, longParam(call, 'id')).uid;
        return ack(items.update(collection, uid, call.body as T | null));
      },
    }),
    operation({
      service,
      name: 'createById',
      method: 'PUT',
      path: `${path}/id/{id}`,
      body,
      result: result(),
      run: (call) => {
        const collection = items.open(call, 'Write');
        const id = longParam(call, 'id');
        return ack(items.create(collection, `${collection.kind.byId}:${id}`, call.body as T | null, id));
      },
    }),
    operation({
      service,
      name: 'deleteById',
      method: 'DELETE',
      path: `${path}/id/{id}`,
      result: nothing,
      run: (call) => {
        const collection = items.open(call, 'Write');
        items.remove(collection, mustFindById(collection, longParam(call, 'id')).uid);
      },
    }),
    operation({
      service,
      name: 'multipleDeleteById',
      method: 'DELETE',
      path: `${path}/_multipleDelete`,
      body: json(Type.Array(Type.Integer())),
      result: nothing,
      run: (call) => {
        const collection = items.open(call, 'Write');
        const { store } = collection.kernel;
        store.transaction(() => {
          for (const item of store.items.byIds(collection.container.id, call.body ?? []))
            items.remove(collection, item.uid);
        });
      },
    }),
    ...readByIdOperations(items),
  ];
}

/** `completeById` and `_mgetById`. */
export function readByIdOperations<T>(items: ItemService<T> & Pick<WritableItemService<T>, 'present'>): Operation[] {
  const { service, path } = items;
  const find = (collection: Collection<T>, ids: readonly number[]) =>
    items.present(collection, collection.kernel.store.items.byIds(collection.container.id, ids));
  return [
    operation({
      service,
      name: 'getCompleteById',
      method: 'GET',
      path: `${path}/{id}/completeById`,
      result: result(),
      run: (call) => find(items.open(call, 'Read'), [longParam(call, 'id')])[0],
    }),
    operation({
      service,
      name: 'multipleGetById',
      method: 'POST',
      path: `${path}/_mgetById`,
      body: json(Type.Array(Type.Integer())),
      result: result(),
      run: (call) => find(items.open(call, 'Read'), call.body ?? []),
    }),
  ];
}

function ack(item: StoredItem): Ack {
  return { version: item.version, timestamp: item.updated };
}

function mustFindById<T>(collection: Collection<T>, id: number): StoredItem {
  const item = collection.kernel.store.items.byId(collection.container.id, id);
  if (item === undefined) throw fault('NOT_FOUND', `The item ${id} does not exist.`);
  return mustFindItem(collection, item.uid);
}

/** `filter` is a list of flags, each one with `-` or `!` before it when it must not be there. */
function allIds<T>(collection: Collection<T>, call: Call<unknown>): { values: readonly number[]; total: number } {
  const words = (call.query['filter'] ?? '').split(/[\s,+]+/).filter((word) => word !== '');
  const named = (list: readonly string[]) => ITEM_FLAGS.filter((flag) => list.includes(flag.toLowerCase()));
  const denied = words.filter((word) => /^[-!]/.test(word)).map((word) => word.slice(1).toLowerCase());
  const filter = { must: named(words.map((word) => word.toLowerCase())), mustNot: named(denied) };
  const ids = collection.kernel.store.items
    .all(collection.container.id)
    .filter((item) => fits(item.flags, filter))
    .map((item) => item.id);
  const offset = longQuery(call, 'offset') ?? 0;
  const limit = longQuery(call, 'limit') ?? ids.length;
  return { values: ids.slice(offset, offset + limit), total: ids.length };
}

const COLUMNS: Readonly<Record<string, (item: StoredItem) => number | string>> = {
  id: (item) => item.id,
  created: (item) => item.created,
  updated: (item) => item.updated,
  displayname: (item) => item.displayName,
  version: (item) => item.version,
};

function sorted(items: readonly StoredItem[], order: SortDescriptor | null): readonly number[] {
  const fields = (order?.fields ?? []).flatMap((field) => {
    const column = COLUMNS[(field.column ?? '').toLowerCase()];
    return column === undefined ? [] : [{ column, sign: field.dir === 'Desc' ? -1 : 1 }];
  });
  const compare = (a: StoredItem, b: StoredItem): number => {
    for (const { column, sign } of fields) {
      const [left, right] = [column(a), column(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.id - b.id;
  };
  return items
    .filter((item) => fits(item.flags, order?.filter ?? null))
    .sort(compare)
    .map((item) => item.id);
}
