import { type ItemPlace, openItem } from './item-place.ts';
import type { Part } from './reading.ts';
import { text } from './values.ts';

/** Where an item is now, and what it is. */
export type Located = { readonly folderId: string; readonly messageClass: string };

/**
 * Finds an item by its id: an id may still open an item that was moved, to Deleted Items above all.
 * @source outlook-objects.md 3.3
 */
export function locate(place: ItemPlace): Part<Located> {
  return (run) => {
    // What is asked for here is the same for items of any class.
    const item = openItem(run, place, 'AppointmentItem');
    const messageClass = run.value(item, 'MessageClass');
    const folderId = run.value(run.object(item, 'Parent', 'Folder'), 'EntryID');
    return {
      wanted: [messageClass, folderId],
      decode: (values) => ({
        kind: 'value',
        value: { folderId: text(values[folderId]), messageClass: text(values[messageClass]) },
      }),
    };
  };
}

/** The long-term id of an item, for tables that tell only short ones. */
export function longEntryId(place: ItemPlace): Part<string> {
  return (run) => {
    const id = run.value(openItem(run, place, 'AppointmentItem'), 'EntryID');
    return { wanted: [id], decode: (values) => ({ kind: 'value', value: text(values[id]) }) };
  };
}

/** Whether an entry id is a short-term one, good for this session only. @source outlook-objects.md 3.3 */
export function isShortTerm(entryId: string): boolean {
  return entryId.startsWith('EF');
}
