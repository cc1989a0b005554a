import { type DispatchObject, type DispatchValue, stateOf } from './dispatch.ts';
import type { EventSource, Hint } from './events.ts';
import { fail } from './fault.ts';
import { itemRow, openItem } from './item-store.ts';
import type { Session } from './session.ts';

/** What an object's events are about. @throws NO_SUPPORT for a class without events */
export function eventSource(object: DispatchObject): { source: EventSource; about: string } {
  switch (object.className) {
    case 'Items':
    case 'Folder':
      return { source: object.className, about: stateOf<{ folder: string }>(object, object.className).folder };
    case 'Folders':
      return { source: 'Folders', about: stateOf<{ parent: string }>(object, 'Folders').parent };
    case 'Stores':
    case 'Application':
    case 'Reminders':
      return { source: object.className, about: '' };
    case 'SyncObject':
      return { source: 'SyncObject', about: stateOf<{ name: string }>(object, 'SyncObject').name };
    default:
      return fail('NO_SUPPORT', object.className);
  }
}

/** The arguments an event comes with: the item, folder or store it is about. */
export function argumentsOfHint(session: Session, hint: Hint): readonly DispatchValue[] {
  switch (hint.event) {
    case 'ItemAdd':
    case 'ItemChange': {
      const row = itemRow(session, hint.argument);
      return row === undefined ? [] : [openItem(session, row).object()];
    }
    case 'FolderAdd':
    case 'FolderChange':
      return [session.objects.folder(hint.argument)];
    case 'StoreAdd':
      return [session.objects.store(Number(hint.argument))];
    default:
      return hint.argument === '' || hint.event === 'ItemRemove' ? [] : [hint.argument];
  }
}
