import { expectUnmoved, type Given, type ItemPlace, openItem } from './item-place.ts';
import type { Program } from './program.ts';
import { script } from './script.ts';

/**
 * Moves an item to Deleted Items, unless it changed since it was read. The user can take it back from there; nothing is sent.
 * @source outlook-calendar.md 1.5, 5.2
 */
export function deleteItem(given: Given, place: ItemPlace, lastModified: string): Program {
  return script('delete item', given, (run) => {
    // What is called here is the same for items of any class.
    const item = openItem(run, place, 'AppointmentItem');
    run.release(expectUnmoved(run, item, lastModified));
    run.call(item, 'Delete');
    return [];
  });
}
