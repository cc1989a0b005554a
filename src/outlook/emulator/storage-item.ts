/** Hidden items for a program's own settings: Folder.GetStorage. @source outlook-objects.md section 2 */
import { given, long, text } from './arguments.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { destroyItem, ITEM_COLUMNS, type ItemRow, itemRow, newItem, openItem } from './item-store.ts';
import type { LiveItem } from './live-item.ts';
import { PROP } from './property.ts';
import type { Session } from './session.ts';
import { pathOf } from './stored-properties.ts';
import { type FolderRow, storeRow } from './stores.ts';

/** What a storage item takes over from items; it has no MessageClass. */
const TAKEN = [
  'Application',
  'Session',
  'Parent',
  'EntryID',
  'Subject',
  'Body',
  'Save',
  'CreationTime',
  'LastModificationTime',
  'Size',
  'PropertyAccessor',
  'UserProperties',
  'Attachments',
] as const;

/** The newest hidden item of a subject or message class, made when there is none; by entry id only one that is there. */
export function getStorage(session: Session, folder: FolderRow, args: readonly DispatchValue[]): DispatchObject {
  if (storeRow(session, folder.store).kind === 'imap') fail('NO_SUPPORT');
  const identifier = text(args[0]);
  const type = given(args[1]) ? long(args[1]) : 0;
  if (type === 1) {
    const row = itemRow(session, identifier);
    return storageObject(openItem(session, row?.hidden === 1 ? row : fail('NOT_FOUND')));
  }
  if (type !== 0 && type !== 2) fail('INVALID_ARGUMENT');
  const known = newest(session, folder, type === 2 ? PROP.messageClass : PROP.subject, identifier);
  return storageObject(known === undefined ? make(session, folder, type, identifier) : openItem(session, known));
}

function newest(session: Session, folder: FolderRow, key: string, value: string): ItemRow | undefined {
  return session.database.get<ItemRow>(
    `SELECT ${ITEM_COLUMNS} FROM items WHERE folder = ? AND hidden = 1 AND json_extract(contents, ?) = ?
       ORDER BY json_extract(contents, ?) DESC, number DESC LIMIT 1`,
    folder.entry_id,
    pathOf(key),
    value,
    pathOf(PROP.modified),
  );
}

function make(session: Session, folder: FolderRow, type: number, identifier: string): LiveItem {
  const messageClass = type === 2 ? identifier : 'IPM.Storage';
  const item = newItem(session, messageClass, { store: folder.store, folder: folder.entry_id }, true);
  item.bag.setText(PROP.subject, type === 0 ? identifier : '');
  return item;
}

function storageObject(item: LiveItem): DispatchObject {
  const all = item.itemClass.objectClass.members;
  const taken: MemberTable<LiveItem> = Object.fromEntries(TAKEN.map((name) => [name, all[name] ?? {}]));
  const members: MemberTable<LiveItem> = {
    ...taken,
    Class: { get: () => 113 },
    Delete: {
      call: (self) => {
        if (self.number !== 0) destroyItem(self);
        return null;
      },
    },
  };
  const storage: ObjectClass<LiveItem> = {
    name: 'StorageItem',
    guarded: ['Body', 'PropertyAccessor'],
    members,
    retained: (self) => self.retain(),
    released: (self) => self.release(),
  };
  return item.session.make(storage, item);
}
