/** Send/receive groups. @source outlook-objects.md section 10 */
import { pick } from './collection.ts';
import type { DispatchObject, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';

type SyncObjectsState = { readonly session: Session };
type SyncObjectState = { readonly session: Session; readonly name: string };

const ALL_ACCOUNTS = { en: 'All Accounts', fr: 'Tous les comptes', de: 'Alle Konten' } as const;

/** NameSpace.SyncObjects: may raise (no offline profile) or be empty. */
export function syncObjectsObject(session: Session): DispatchObject {
  if (session.switches.syncObjects === 'raises') fail('EXTENDED');
  return session.make(SYNC_OBJECTS, { session });
}

/** Starts the group of all accounts and returns at once. */
export function sendAndReceive(session: Session): void {
  start(session, ALL_ACCOUNTS[session.locale().language]);
}

function groups(session: Session): readonly string[] {
  const own = session.switches.syncObjects === 'empty' ? [] : [ALL_ACCOUNTS[session.locale().language]];
  return session.setting('application-folders') === undefined ? own : [...own, 'Application Folders'];
}

/** A group without accounts has nothing to do and never ends. */
function start(session: Session, name: string): void {
  const hint = { source: 'SyncObject', about: name, argument: '' } as const;
  session.events.raise({ ...hint, event: 'SyncStart' });
  if (session.setting('user.address') !== undefined) session.events.raise({ ...hint, event: 'SyncEnd' });
}

function syncObject(session: Session, name: string): DispatchObject {
  return session.make(SYNC_OBJECT, { session, name });
}

const SYNC_OBJECTS_MEMBERS: MemberTable<SyncObjectsState> = {
  ...standardMembers<SyncObjectsState>(73, ({ session }) => session.objects.namespace),
  Count: { get: ({ session }) => groups(session).length },
  Item: {
    call: ({ session }, [key]) => {
      const name = pick(groups(session), key, (group, wanted) => group === wanted);
      return syncObject(session, name ?? fail('NOT_FOUND'));
    },
  },
  // The only group that code can make.
  AppFolders: {
    get: ({ session }) => {
      session.putSetting('application-folders', 'yes');
      return syncObject(session, 'Application Folders');
    },
  },
};

const SYNC_OBJECTS: ObjectClass<SyncObjectsState> = { name: 'SyncObjects', members: SYNC_OBJECTS_MEMBERS };

const SYNC_OBJECT: ObjectClass<SyncObjectState> = {
  name: 'SyncObject',
  members: {
    ...standardMembers<SyncObjectState>(72, ({ session }) => syncObjectsObject(session)),
    Name: { get: ({ name }) => name },
    Start: {
      call: ({ session, name }) => {
        start(session, name);
        return null;
      },
    },
    Stop: { call: () => null },
  },
};
