import { APPLICATION_MEMBERS } from './application-members.ts';
import { long, text } from './arguments.ts';
import type { DispatchObject, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { newItem } from './item-store.ts';
import type { Session } from './session.ts';
import { defaultFolder, defaultStore } from './stores.ts';

/** The Application object. @source outlook-objects.md section 1.1 */
export function applicationObject(session: Session): DispatchObject {
  return session.make(APPLICATION, { session });
}

export type ApplicationState = { readonly session: Session };

/** Default folder of each OlItemType. */
const FOLDER_OF_TYPE: Readonly<Record<number, number>> = { 0: 16, 1: 9, 2: 10, 3: 13, 4: 11, 5: 12, 6: 6, 7: 10 };

const APPLICATION: ObjectClass<ApplicationState> = {
  name: 'Application',
  members: {
    Application: { get: ({ session }) => session.objects.application },
    Class: { get: () => 0 },
    Name: { get: () => 'Outlook' },
    Session: { get: ({ session }) => session.objects.namespace },
    Version: { get: ({ session }) => `${session.switches.version}.0.0.17928` },
    ProductCode: { get: () => '{90160000-000F-0000-1000-0000000FF1CE}' },
    DefaultProfileName: { get: ({ session }) => session.setting('profile') ?? '' },
    IsTrusted: { get: ({ session }) => session.switches.inProcess },
    GetNamespace: {
      call: ({ session }, [type]) => (text(type) === 'MAPI' ? session.objects.namespace : fail('INVALID_ARGUMENT')),
    },
    CreateItem: { call: ({ session }, [type]) => createItem(session, long(type)) },
    Quit: {
      call: ({ session }) => {
        session.events.raise({ source: 'Application', about: '', event: 'Quit', argument: '' });
        session.closed = true;
        return null;
      },
    },
    ...APPLICATION_MEMBERS,
  },
};

/** An unsaved item that Save puts into the default folder of its type. */
function createItem(session: Session, itemType: number): DispatchObject {
  const itemClass = session.itemClasses.byItemType(itemType) ?? fail('INVALID_ARGUMENT');
  const store = defaultStore(session);
  const folder = defaultFolder(session, store, FOLDER_OF_TYPE[itemType] ?? 6, true) ?? fail('NOT_FOUND');
  return newItem(session, itemClass.messageClass, { store: store.id, folder: folder.entry_id }).object();
}
