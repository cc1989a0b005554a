import { given, long, text } from './arguments.ts';
import type { DispatchObject, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { foldersObject } from './folder.ts';
import { itemRow, openItem } from './item-store.ts';
import { NAMESPACE_MEMBERS } from './namespace-members.ts';
import type { Session } from './session.ts';
import { storesObject } from './store.ts';
import { attachedStores, defaultFolder, defaultStore, folderRow, type StoreRow } from './stores.ts';

/** The NameSpace object: the session. @source outlook-objects.md sections 1, 3.3 */
export function namespaceObject(session: Session): DispatchObject {
  return session.make(NAMESPACE, { session });
}

export type NamespaceState = { readonly session: Session };

const NAMESPACE: ObjectClass<NamespaceState> = {
  name: 'NameSpace',
  guarded: ['CurrentUser', 'GetAddressEntryFromID', 'GetRecipientFromID', 'SelectNamesDialog'],
  members: {
    Application: { get: ({ session }) => session.objects.application },
    Class: { get: () => 1 },
    Parent: { get: ({ session }) => session.objects.application },
    Session: { get: ({ session }) => session.objects.namespace },
    Type: { get: () => 'MAPI' },
    CurrentProfileName: { get: ({ session }) => session.setting('profile') ?? '' },
    Offline: { get: () => false },
    ExchangeConnectionMode: { get: ({ session }) => (defaultStore(session).kind === 'exchange' ? 700 : 0) },
    ExchangeMailboxServerVersion: { get: () => '' },
    // A session exists as soon as there is an Application: both change nothing.
    Logon: { call: () => null },
    Logoff: { call: () => null },
    Stores: { get: ({ session }) => storesObject(session) },
    DefaultStore: { get: ({ session }) => session.objects.store(defaultStore(session).id) },
    Folders: { get: ({ session }) => foldersObject(session, '') },
    GetDefaultFolder: {
      call: ({ session }, [type]) => {
        const row = defaultFolder(session, defaultStore(session), long(type), true) ?? fail('NOT_FOUND');
        return session.objects.folder(row.entry_id);
      },
    },
    GetItemFromID: {
      call: ({ session }, [id, store]) => openItem(session, findItem(session, text(id), store)).object(),
    },
    GetFolderFromID: {
      call: ({ session }, [id, store]) => {
        const row = folderRow(session, checkEntryId(text(id))) ?? fail('NOT_FOUND');
        if (given(store) && storeById(session, text(store)).id !== row.store) fail('NOT_FOUND');
        return session.objects.folder(row.entry_id);
      },
    },
    GetStoreFromID: { call: ({ session }, [id]) => session.objects.store(storeById(session, text(id)).id) },
    CompareEntryIDs: { call: (_, [a, b]) => text(a).toUpperCase() === text(b).toUpperCase() },
    ...NAMESPACE_MEMBERS,
  },
};

/** Without a store id only the default store is searched. @source VBA how-to, working with EntryIDs and StoreIDs */
function findItem(session: Session, id: string, store: unknown) {
  const entryId = longTermEntryId(session, checkEntryId(id));
  const expected = typeof store === 'string' && store !== '' ? storeById(session, store) : defaultStore(session);
  const row = itemRow(session, entryId);
  if (row === undefined || row.store !== expected.id) return fail('NOT_FOUND');
  return row;
}

/** Short-term ids of table rows (first byte 0xEF) still open their item. */
function longTermEntryId(session: Session, entryId: string): string {
  if (!entryId.startsWith('EF')) return entryId;
  const node = entryId.slice(-8);
  const store = attachedStores(session).find(({ uid }) => uid.startsWith(entryId.slice(8, 24))) ?? fail('NOT_FOUND');
  return `00000000${store.uid}${node}`;
}

function checkEntryId(id: string): string {
  const entryId = id.toUpperCase();
  const wellFormed = /^[0-9A-F]+$/.test(entryId) && (entryId.length === 48 || entryId.startsWith('EF'));
  return wellFormed ? entryId : fail('INVALID_ENTRY_ID');
}

function storeById(session: Session, storeId: string): StoreRow {
  return attachedStores(session).find((store) => store.store_id === storeId.toUpperCase()) ?? fail('NOT_FOUND');
}
