/** Folder and Folders. @source outlook-objects.md section 2 */
import { bool, given, long, text } from './arguments.ts';
import { pick, step } from './collection.ts';
import { ADDABLE_TYPES, type FolderType, folderType, folderTypeOfItem } from './default-folders.ts';
import { type DispatchObject, type MemberTable, type ObjectClass, stateOf } from './dispatch.ts';
import { fail } from './fault.ts';
import { FOLDER_EXTRAS } from './folder-extras.ts';
import { copyFolder, deleteFolder, moveFolder } from './folder-moves.ts';
import { itemsObject } from './items.ts';
import { PROP, PT, tag } from './property.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { readProperty, writeProperty } from './stored-properties.ts';
import {
  addFolder,
  attachedStores,
  type FolderRow,
  folderOwner,
  folderRow,
  folderText,
  putFolderText,
  storeRow,
  subFolders,
} from './stores.ts';

export type FolderState = { readonly session: Session; readonly folder: string };
type FoldersState = { readonly session: Session; readonly parent: string; cursor: number };

/** A folder by entry id. */
export function folderObject(session: Session, folder: string): DispatchObject {
  return session.make(FOLDER_CLASS, { session, folder });
}

/** The folders below one; '' = the root folders of all stores. */
export function foldersObject(session: Session, parent: string): DispatchObject {
  return session.make(FOLDERS_CLASS, { session, parent, cursor: -1 });
}

/** The folder's row. @throws OBJECT_DELETED when it is gone */
export function rowOf({ session, folder }: FolderState): FolderRow {
  return folderRow(session, folder) ?? fail('OBJECT_DELETED');
}

/** PidTagAddressBookName stands in for what Outlook keeps in the profile. */
const ADDRESS_BOOK_NAME = tag(0x3680);
const SHOWN_AS_ADDRESS_BOOK = tag(0x3681);

function parentOf(self: FolderState): DispatchObject {
  const { parent } = rowOf(self);
  return parent === null ? self.session.objects.namespace : folderObject(self.session, parent);
}

/** `\\Store\A\B`; separators inside a name are escaped, so a path is for reading only. */
function pathOf(session: Session, row: FolderRow): string {
  const name = folderText(session, row.entry_id, PROP.displayName).replaceAll('%', '%25');
  const escaped = name.replaceAll('\\', '%5C').replaceAll('/', '%2F');
  const parent = row.parent === null ? undefined : folderRow(session, row.parent);
  return parent === undefined ? `\\\\${escaped}` : `${pathOf(session, parent)}\\${escaped}`;
}

function rename(self: FolderState, name: string): void {
  const row = rowOf(self);
  if (row.role !== null && storeRow(self.session, row.store).kind === 'exchange') fail('ACCESS_DENIED', 'Name');
  if (row.parent !== null) checkName(self.session, row.parent, name, self.folder);
  self.session.database.transaction(() => {
    putFolderText(self.session, self.folder, PROP.displayName, name);
    if (row.parent === null) return;
    self.session.events.raise({ source: 'Folders', about: row.parent, event: 'FolderChange', argument: self.folder });
  });
}

/** Siblings may not differ in case only. @throws COLLISION; INVALID_ARGUMENT for an empty name */
function checkName(session: Session, parent: string, name: string, except?: string): void {
  if (name === '') fail('INVALID_ARGUMENT');
  const taken = subFolders(session, parent).some(
    (row) => row.entry_id !== except && sameName(folderText(session, row.entry_id, PROP.displayName), name),
  );
  if (taken) fail('COLLISION');
}

function sameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en');
}

function flag(self: FolderState, key: string): boolean {
  return readProperty(self.session.database, folderOwner(self.folder), key)?.value === true;
}

const FOLDER_MEMBERS: MemberTable<FolderState> = {
  ...standardMembers<FolderState>(2, parentOf),
  EntryID: { get: (self) => rowOf(self).entry_id },
  StoreID: { get: (self) => storeRow(self.session, rowOf(self).store).store_id },
  Store: { get: (self) => self.session.objects.store(rowOf(self).store) },
  Name: {
    get: (self) => folderText(self.session, rowOf(self).entry_id, PROP.displayName),
    put: (self, value) => rename(self, text(value)),
  },
  FolderPath: { get: (self) => pathOf(self.session, rowOf(self)) },
  FullFolderPath: { get: (self) => pathOf(self.session, rowOf(self)) },
  Description: {
    get: (self) => folderText(self.session, rowOf(self).entry_id, PROP.comment),
    put: (self, value) => putFolderText(self.session, rowOf(self).entry_id, PROP.comment, text(value)),
  },
  DefaultItemType: { get: (self) => rowOf(self).item_type },
  DefaultMessageClass: { get: (self) => folderTypeOfItem(rowOf(self).item_type).messageClass },
  // A new collection each time: sinks on a dropped one go silent.
  Items: { get: (self) => itemsObject(self.session, rowOf(self)) },
  Folders: { get: (self) => foldersObject(self.session, rowOf(self).entry_id) },
  ShowAsOutlookAB: {
    get: (self) => flag(self, SHOWN_AS_ADDRESS_BOOK),
    put: (self, value) => putFlag(self, SHOWN_AS_ADDRESS_BOOK, bool(value)),
  },
  AddressBookName: {
    get: (self) => folderText(self.session, contactsOnly(self), ADDRESS_BOOK_NAME) || nameOf(self),
    put: (self, value) => putFolderText(self.session, contactsOnly(self), ADDRESS_BOOK_NAME, text(value)),
  },
  UnReadItemCount: { get: () => 0 },
  Delete: {
    call: (self) => {
      deleteFolder(self.session, rowOf(self));
      return null;
    },
  },
  MoveTo: {
    call: (self, [target]) => {
      moveFolder(self.session, rowOf(self), rowOf(stateOf<FolderState>(target, 'Folder')));
      return null;
    },
  },
  CopyTo: {
    call: (self, [target]) => {
      const made = copyFolder(self.session, rowOf(self), rowOf(stateOf<FolderState>(target, 'Folder')));
      return folderObject(self.session, made);
    },
  },
  ...FOLDER_EXTRAS,
};

const FOLDER_CLASS: ObjectClass<FolderState> = {
  name: 'Folder',
  guarded: ['PropertyAccessor', 'GetCalendarExporter'],
  members: FOLDER_MEMBERS,
};

function putFlag(self: FolderState, key: string, value: boolean): void {
  writeProperty(self.session.database, folderOwner(rowOf(self).entry_id), key, { type: PT.BOOLEAN, value });
}

function nameOf(self: FolderState): string {
  return folderText(self.session, self.folder, PROP.displayName);
}

function contactsOnly(self: FolderState): string {
  const row = rowOf(self);
  return row.item_type === 2 ? row.entry_id : fail('NO_SUPPORT');
}

function entriesOf({ session, parent }: FoldersState): readonly string[] {
  if (parent === '') return attachedStores(session).map((store) => store.root);
  return subFolders(session, parent).map((row) => row.entry_id);
}

function typeFor(session: Session, parent: FolderRow, type: number | undefined): FolderType {
  if (type === undefined) return folderTypeOfItem(parent.item_type);
  if (!ADDABLE_TYPES.includes(type)) fail('INVALID_ARGUMENT');
  return folderType(type) ?? fail('INVALID_ARGUMENT', `${session.locale().id}`);
}

const FOLDERS_CLASS: ObjectClass<FoldersState> = {
  name: 'Folders',
  members: {
    ...standardMembers<FoldersState>(15, ({ session, parent }) =>
      parent === '' ? session.objects.namespace : folderObject(session, parent),
    ),
    Count: { get: (self) => entriesOf(self).length },
    Item: {
      call: (self, [key]) => {
        const { session } = self;
        const named = (id: string, name: string) => sameName(folderText(session, id, PROP.displayName), name);
        return folderObject(session, pick(entriesOf(self), key, named) ?? fail('NOT_FOUND'));
      },
    },
    Add: {
      call: ({ session, parent }, [name, type]) => {
        const row = folderRow(session, parent) ?? fail('NO_SUPPORT');
        const folderKind = typeFor(session, row, given(type) ? long(type) : undefined);
        checkName(session, parent, text(name));
        const made = addFolder(session, {
          store: storeRow(session, row.store),
          parent,
          name: text(name),
          type: folderKind,
        });
        return folderObject(session, made.entry_id);
      },
    },
    Remove: {
      call: (self, [index]) => {
        const id = pick(entriesOf(self), long(index), () => false) ?? fail('NOT_FOUND');
        deleteFolder(self.session, folderRow(self.session, id) ?? fail('NOT_FOUND'));
        return null;
      },
    },
    GetFirst: { call: (self) => step(self, entriesOf(self), 'first', (id) => folderObject(self.session, id)) },
    GetNext: { call: (self) => step(self, entriesOf(self), 'next', (id) => folderObject(self.session, id)) },
    GetLast: { call: (self) => step(self, entriesOf(self), 'last', (id) => folderObject(self.session, id)) },
    GetPrevious: { call: (self) => step(self, entriesOf(self), 'previous', (id) => folderObject(self.session, id)) },
  },
};
