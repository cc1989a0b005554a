import type { Handle, ObjectRef, OutlookDate } from './program.ts';
import { ITEM } from './schema-names.ts';
import type { Ref, Script } from './script.ts';

/** The handle of the kept MAPI session in every program that opens something by its id. */
export const SESSION: Ref<'NameSpace'> = { handle: 'session', of: 'NameSpace' };
/** The handle of the kept folder in programs that make items or tables. */
export const FOLDER: Ref<'Folder'> = { handle: 'folder', of: 'Folder' };

/** The folder's items for a new one: those that are kept open, or asked for. */
export function itemsOf(run: Script, given: Given): Ref<'Items'> {
  return 'items' in given ? { handle: 'items', of: 'Items' } : run.object(FOLDER, 'Items', 'Items');
}

export type Given = Readonly<Record<Handle, ObjectRef>>;

/** Where an item is. Without a store id Outlook looks into the default store only. */
export type ItemPlace = {
  /** @units upper-case hex */
  readonly entryId: string;
  /** @units upper-case hex */
  readonly storeId: string | undefined;
};

export type ItemClass = 'AppointmentItem' | 'ContactItem' | 'DistListItem';

/** Opens an item by its id. */
export function openItem<K extends ItemClass>(run: Script, place: ItemPlace, of: K): Ref<K> {
  const ids = place.storeId === undefined ? [place.entryId] : [place.entryId, place.storeId];
  return run.open(SESSION, 'GetItemFromID', of, ...ids);
}

/** A snapshot's `lastModified` (`…Z`) as PropertyAccessor gives it: UTC without a mark. */
export function modifiedAt(lastModified: string): OutlookDate {
  return { date: lastModified.replace('Z', '') };
}

/**
 * Stops the program as stale unless the item still is as it was read. The member LastModificationTime is local time and cannot
 * be compared; the property is UTC.
 * @returns the item's PropertyAccessor, which writes need anyway
 */
export function expectUnmoved<K extends ItemClass>(
  run: Script,
  item: Ref<K>,
  lastModified: string,
): Ref<'PropertyAccessor'> {
  const accessor = accessorOf(run, item);
  run.expect(run.call(accessor, 'GetProperty', ITEM.lastModified), modifiedAt(lastModified));
  return accessor;
}

export function accessorOf<K extends ItemClass>(run: Script, item: Ref<K>): Ref<'PropertyAccessor'> {
  const any = item as unknown as Ref<'AppointmentItem'>;
  return run.object(any, 'PropertyAccessor', 'PropertyAccessor');
}
