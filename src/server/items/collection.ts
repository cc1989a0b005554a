import type { ItemDescriptor, ItemFlag, ItemValue, Verb } from '../../wire/container.ts';
import { ITEM_FLAGS } from '../../wire/container.ts';
import { mustBeAllowed, mustFind } from '../containers/verbs.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { loginAtDomain, type Session } from '../kernel/session.ts';
import type { ChangeKind, Container, StoredItem } from '../store/store.ts';

/**
 * Items of one container, for every kind of content: the one place that gives out versions, writes the change log and tells
 * the hub. Services check and rewrite values, then call this. Each write is a transaction of its own.
 */
export type ItemKind<T> = {
  /** The type of containers that hold it, `calendar`. */
  readonly type: string;
  /** Uids of items created by their id begin with this, `vevent-by-id`. */
  readonly byId: string;
  describe(value: T): {
    readonly displayName: string;
    /** A second key to find items by; compared in lower case. */
    readonly lookup?: string | undefined;
    /** @units epoch milliseconds around which the item matters most */
    readonly weight?: number | undefined;
  };
};

/** An open container: whose it is, who uses it, what it holds. */
export type Collection<T> = {
  readonly kernel: Kernel;
  readonly session: Session;
  readonly container: Container;
  readonly kind: ItemKind<T>;
};

/** Opens a container for somebody who holds one of `verbs`. @throws NOT_FOUND, PERMISSION_DENIED */
export function openCollection<T>(
  kind: ItemKind<T>,
  caller: { readonly kernel: Kernel; readonly session: Session },
  containerUid: string,
  ...verbs: readonly Verb[]
): Collection<T> {
  const { kernel, session } = caller;
  const container = mustFind(kernel, containerUid);
  if (container.type !== kind.type) throw fault('NOT_FOUND', `The container ${containerUid} is not a ${kind.type}.`);
  mustBeAllowed(kernel, session, container, ...verbs);
  return { kernel, session, container, kind };
}

/**
 * Stores a new item. `id`: one that was given out ahead.
 * @throws ALREADY_EXISTS when the uid is taken, or the id is taken or was never given out
 */
export function createItem<T>(
  collection: Collection<T>,
  uid: string,
  value: T,
  options: { readonly id?: number | undefined; readonly externalId?: string | undefined } = {},
): StoredItem {
  const { kernel, container, session } = collection;
  const { items } = kernel.store;
  const item = kernel.store.transaction(() => {
    if (items.byUid(container.id, uid) !== undefined) throw fault('ALREADY_EXISTS', `An item ${uid} exists already.`);
    if (options.id !== undefined && (!items.isAllocated(options.id) || items.isUsed(options.id)))
      throw fault('ALREADY_EXISTS', `The item id ${options.id} is taken, or was never given out.`);
    const now = kernel.clock.now();
    const created: StoredItem = {
      id: options.id ?? items.allocateIds(1),
      containerId: container.id,
      uid,
      version: kernel.store.containers.nextVersion(container.id),
      externalId: options.externalId,
      createdBy: session.user,
      updatedBy: session.user,
      created: now,
      updated: now,
      flags: 0,
      ...columnsOf(collection, value),
    };
    items.insert(created);
    record(collection, created, 'Created');
    return created;
  });
  announce(collection);
  return item;
}

/** Replaces the value of an item. @throws NOT_FOUND */
export function updateItem<T>(collection: Collection<T>, uid: string, value: T): StoredItem {
  const { kernel, container, session } = collection;
  const item = kernel.store.transaction(() => {
    const stored = mustFindItem(collection, uid);
    const updated: StoredItem = {
      ...stored,
      version: kernel.store.containers.nextVersion(container.id),
      updatedBy: session.user,
      updated: kernel.clock.now(),
      ...columnsOf(collection, value),
    };
    kernel.store.items.update(updated);
    record(collection, updated, 'Updated');
    return updated;
  });
  announce(collection);
  return item;
}

/** Removes an item. @throws NOT_FOUND */
export function removeItem<T>(collection: Collection<T>, uid: string): StoredItem {
  const { kernel, container } = collection;
  const item = kernel.store.transaction(() => {
    const stored = mustFindItem(collection, uid);
    const version = kernel.store.containers.nextVersion(container.id);
    kernel.store.items.remove(stored.id);
    record(collection, { ...stored, version }, 'Deleted');
    return { ...stored, version };
  });
  announce(collection);
  return item;
}

/** Gives an item a new version without changing it. @throws NOT_FOUND */
export function touchItem<T>(collection: Collection<T>, uid: string): StoredItem {
  const { kernel, container } = collection;
  const item = kernel.store.transaction(() => {
    const stored = mustFindItem(collection, uid);
    const version = kernel.store.containers.nextVersion(container.id);
    const touched = { ...stored, version, updatedBy: collection.session.user, updated: kernel.clock.now() };
    kernel.store.items.update(touched);
    record(collection, touched, 'Updated');
    return touched;
  });
  announce(collection);
  return item;
}

/** Removes every item: one deletion each in the change log. */
export function removeAllItems<T>(collection: Collection<T>): void {
  collection.kernel.store.transaction(() => {
    for (const uid of collection.kernel.store.items.uids(collection.container.id)) removeItem(collection, uid);
  });
}

export function findItem<T>(collection: Collection<T>, uid: string): StoredItem | undefined {
  return collection.kernel.store.items.byUid(collection.container.id, uid);
}

/** @throws NOT_FOUND */
export function mustFindItem<T>(collection: Collection<T>, uid: string): StoredItem {
  const stored = findItem(collection, uid);
  if (stored === undefined) throw fault('NOT_FOUND', `The item ${uid} does not exist.`);
  return stored;
}

/** The highest version given out in the container. */
export function versionOf<T>(collection: Collection<T>): number {
  return collection.kernel.store.containers.byUid(collection.container.uid)?.version ?? 0;
}

export function itemDescriptor(item: StoredItem): ItemDescriptor {
  return {
    uid: item.uid,
    internalId: item.id,
    version: item.version,
    displayName: item.displayName,
    externalId: item.externalId ?? null,
    createdBy: item.createdBy,
    updatedBy: item.updatedBy,
    created: item.created,
    updated: item.updated,
    flags: flagsOf(item.flags),
  };
}

/** An item as it is answered; `value` parsed from what is stored unless given. */
export function itemValue<T>(item: StoredItem, value: T = JSON.parse(item.value)): ItemValue<T> {
  return { value, ...itemDescriptor(item) };
}

/** Items as they are stored, where nothing of them depends on the caller. */
export function presentStored<T>(_: Collection<T>, items: readonly StoredItem[]): readonly ItemValue<T>[] {
  return items.map((item) => itemValue<T>(item));
}

export function flagsOf(bits: number): readonly ItemFlag[] {
  return ITEM_FLAGS.filter((_, index) => (bits & (1 << index)) !== 0);
}

function columnsOf<T>(
  collection: Collection<T>,
  value: T,
): Pick<StoredItem, 'displayName' | 'lookup' | 'weight' | 'value'> {
  const { displayName, lookup, weight } = collection.kind.describe(value);
  return {
    displayName,
    lookup: (lookup ?? '').toLowerCase(),
    weight: Math.trunc(weight ?? 0),
    value: JSON.stringify(value),
  };
}

function record<T>(collection: Collection<T>, item: StoredItem, kind: ChangeKind): void {
  const { kernel, session } = collection;
  kernel.store.changes.record({
    containerId: item.containerId,
    itemId: item.id,
    kind,
    version: item.version,
    itemUid: item.uid,
    externalId: item.externalId,
    author: session.user,
    origin: session.origin,
    date: kernel.clock.now(),
    weight: item.weight,
    flags: item.flags,
  });
}

/** Tells that items of the container changed. */
export function announce<T>(collection: Collection<T>): void {
  const { container, kernel, session } = collection;
  kernel.hub.changed({ type: container.type, containerUid: container.uid, loginAtDomain: loginAtDomain(session) });
}
