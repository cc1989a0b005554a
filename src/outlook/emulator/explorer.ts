/** The window, as far as a sync program looks at it. @source outlook-objects.md section 11 */

import { long } from './arguments.ts';
import { at } from './collection.ts';
import type { DispatchObject, ObjectClass } from './dispatch.ts';
import { stateOf } from './dispatch.ts';
import { fail } from './fault.ts';
import { itemRow, openItem } from './item-store.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';

type State = { readonly session: Session };

/** ActiveExplorer: Nothing without a window. */
export function activeExplorer(session: Session): DispatchObject | null {
  return session.setting('window.folder') === undefined ? null : session.make(EXPLORER, { session });
}

/** The user opens the window on a folder, with these items selected. */
export function showFolder(session: Session, folder: string, selected: readonly string[]): void {
  session.putSetting('window.folder', folder);
  session.putSetting('window.selection', JSON.stringify(selected));
}

function selection(session: Session): readonly string[] {
  return JSON.parse(session.setting('window.selection') ?? '[]') as string[];
}

const EXPLORER: ObjectClass<State> = {
  name: 'Explorer',
  members: {
    ...standardMembers<State>(34, ({ session }) => session.objects.application),
    CurrentFolder: {
      get: ({ session }) => session.objects.folder(session.setting('window.folder') ?? fail('NOT_FOUND')),
      put: ({ session }, value) => showFolder(session, stateOf<{ folder: string }>(value, 'Folder').folder, []),
    },
    Selection: { get: ({ session }) => session.make(SELECTION, { session }) },
  },
};

const SELECTION: ObjectClass<State> = {
  name: 'Selection',
  members: {
    ...standardMembers<State>(74, ({ session }) => session.make(EXPLORER, { session })),
    Count: { get: ({ session }) => selection(session).length },
    Item: {
      call: ({ session }, [index]) => {
        const row = itemRow(session, at(selection(session), long(index))) ?? fail('OBJECT_DELETED');
        return openItem(session, row).object();
      },
    },
  },
};
