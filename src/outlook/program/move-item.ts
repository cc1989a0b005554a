import { expectUnmoved, type Given, type ItemPlace, openItem } from './item-place.ts';
import type { Program } from './program.ts';
import { script } from './script.ts';

/**
 * Moves an item into the folder that is given, unless it changed since it was read. Outlook may give it another entry id there; nothing is sent.
 * @source outlook-calendar.md 1.5
 */
export function moveItem(given: Given, place: ItemPlace, lastModified: string): Program {
  return script('move item', given, (run) => {
    // What is called here is the same for items of any class.
    const item = openItem(run, place, 'AppointmentItem');
    run.release(expectUnmoved(run, item, lastModified));
    run.call(item, 'Move', { handle: 'folder', of: 'Folder' });
    return [];
  });
}
