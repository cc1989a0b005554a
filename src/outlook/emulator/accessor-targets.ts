/** PropertyAccessor of items, folders and stores. */

import { fromHex } from '../../base/utf8.ts';
import type { DispatchObject } from './dispatch.ts';
import { fail } from './fault.ts';
import type { LiveItem } from './live-item.ts';
import { PROP, type PropKey, PT, type TypedValue, tag } from './property.ts';
import { ITEM_READ_ONLY, type PropertyTarget, propertyAccessor } from './property-accessor.ts';
import type { Session } from './session.ts';
import { deleteProperty, type Owner, readProperty, writeProperty } from './stored-properties.ts';
import { folderOwner, folderRow, storeOwner, storeRow } from './stores.ts';
import { definesUserProperty } from './user-property-definitions.ts';

/** An item's accessor: writes stay in memory until Save. */
export function itemAccessor(item: LiveItem): DispatchObject {
  return propertyAccessor(itemTarget(item));
}

/** What an item's accessor reads and writes; classes with rules of their own build on it. */
export function itemTarget(item: LiveItem): PropertyTarget {
  return {
    session: item.session,
    parent: () => item.object(),
    get: (key) => computed(item, key) ?? item.bag.get(key),
    set: (key, value) => {
      // A user property without a value yet can only be given one through UserProperties. @source VBA, SetProperty
      if (!item.bag.has(key) && definesUserProperty(item, key)) fail('FAILED');
      item.bag.set(key, value);
    },
    delete: (key) => item.bag.delete(key),
    readOnly: ITEM_READ_ONLY,
  };
}

/** A folder's accessor: writes are stored at once. */
export function folderAccessor({ session, folder }: { session: Session; folder: string }): DispatchObject {
  const row = folderRow(session, folder) ?? fail('OBJECT_DELETED');
  return rowAccessor(session, folderOwner(folder), () => session.objects.folder(folder), {
    [PROP.entryId]: binary(row.entry_id),
  });
}

/** A store's accessor; its display name is the root folder's name. */
export function storeAccessor({ session, store }: { session: Session; store: number }): DispatchObject {
  const row = storeRow(session, store);
  const owner = (key: PropKey) => (key === PROP.displayName ? folderOwner(row.root) : storeOwner(store));
  return propertyAccessor({
    session,
    parent: () => session.objects.store(store),
    get: (key) => (key === PROP.entryId ? binary(row.store_id) : readProperty(session.database, owner(key), key)),
    set: (key, value) => writeProperty(session.database, owner(key), key, value),
    delete: (key) => deleteProperty(session.database, owner(key), key),
    readOnly: [PROP.entryId],
  });
}

function rowAccessor(
  session: Session,
  owner: Owner,
  parent: () => DispatchObject,
  fixed: Readonly<Record<PropKey, TypedValue>>,
): DispatchObject {
  return propertyAccessor({
    session,
    parent,
    get: (key) => fixed[key] ?? readProperty(session.database, owner, key),
    set: (key, value) => writeProperty(session.database, owner, key, value),
    delete: (key) => deleteProperty(session.database, owner, key),
    readOnly: Object.keys(fixed),
  });
}

function computed(item: LiveItem, key: PropKey): TypedValue | undefined {
  if (item.number === 0) return undefined;
  if (key === PROP.entryId || key === tag(0x6670)) return binary(item.entryId);
  if (key === tag(0x0e09)) return binary(item.place.folder);
  return undefined;
}

function binary(hex: string): TypedValue {
  return { type: PT.BINARY, value: fromHex(hex) };
}
