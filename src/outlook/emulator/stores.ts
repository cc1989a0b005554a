/** Stores and folders as rows of the file, and the entry ids of everything in them. */
import { toHex } from '../../base/utf8.ts';
import { FOLDER, type FolderType, folderName, folderType } from './default-folders.ts';
import { fail } from './fault.ts';
import { PROP, PT } from './property.ts';
import type { Session } from './session.ts';
import { type Owner, readProperty, writeProperty } from './stored-properties.ts';

export type StoreKind = 'pst' | 'imap' | 'exchange';
export type StoreRow = {
  readonly id: number;
  /** PidTagRecordKey of the store, 32 hex digits: part of every entry id in it. */
  readonly uid: string;
  readonly store_id: string;
  readonly kind: StoreKind;
  readonly file_path: string;
  readonly attached: number;
  readonly is_default: number;
  /** Entry id of the root folder. */
  readonly root: string;
};
export type FolderRow = {
  readonly entry_id: string;
  readonly store: number;
  readonly parent: string | null;
  /** OlDefaultFolders for a default folder. */
  readonly role: number | null;
  readonly item_type: number;
  readonly number: number;
};

/** Where a folder's and a store's properties lie. */
export function folderOwner(entryId: string): Owner {
  return `f${entryId}`;
}
export function storeOwner(id: number): Owner {
  return `s${id}`;
}

/** The store of this number. */
export function storeRow(session: Session, id: number): StoreRow {
  return session.stores().find((store) => store.id === id) ?? fail('NOT_FOUND');
}

/** Stores of the profile, in order. */
export function attachedStores(session: Session): readonly StoreRow[] {
  return session.stores().filter(({ attached }) => attached === 1);
}

/** The default delivery store. */
export function defaultStore(session: Session): StoreRow {
  return session.stores().find((store) => store.is_default === 1) ?? fail('NOT_FOUND');
}

/** The folder of this entry id. */
export function folderRow(session: Session, entryId: string): FolderRow | undefined {
  return session.database.get<FolderRow>(
    'SELECT entry_id, store, parent, role, item_type, number FROM folders WHERE entry_id = ?',
    entryId.toUpperCase(),
  );
}

/** The folders below one, in the order they were made. */
export function subFolders(session: Session, parent: string): readonly FolderRow[] {
  return session.database.all<FolderRow>(
    'SELECT entry_id, store, parent, role, item_type, number FROM folders WHERE parent = ? ORDER BY number',
    parent,
  );
}

/** A default folder of a store; made when `create`. */
export function defaultFolder(session: Session, store: StoreRow, role: number, create: boolean): FolderRow | undefined {
  const known = session.database.get<FolderRow>(
    'SELECT entry_id, store, parent, role, item_type, number FROM folders WHERE store = ? AND role = ?',
    store.id,
    role,
  );
  if (known !== undefined || !create) return known;
  const type = folderType(role);
  if (type === undefined) return undefined;
  return addFolder(session, {
    store,
    parent: store.root,
    name: folderName(role, session.locale().language),
    type,
    role,
  });
}

/** Makes a folder; the caller has checked name and parent. */
export function addFolder(
  session: Session,
  folder: { store: StoreRow; parent: string | undefined; name: string; type: FolderType; role?: number },
): FolderRow {
  return session.database.transaction(() => {
    const entryId = newEntryId(session, folder.store);
    session.database.run(
      'INSERT INTO folders (entry_id, store, parent, role, item_type, number) VALUES (?, ?, ?, ?, ?, ?)',
      entryId,
      folder.store.id,
      folder.parent ?? null,
      folder.role ?? null,
      folder.type.itemType,
      session.freshNumber(),
    );
    putFolderText(session, entryId, PROP.displayName, folder.name);
    putFolderText(session, entryId, PROP.containerClass, folder.type.containerClass);
    if (folder.parent !== undefined) {
      session.events.raise({ source: 'Folders', about: folder.parent, event: 'FolderAdd', argument: entryId });
    }
    return folderRow(session, entryId) ?? fail('FAILED');
  });
}

/** Makes a store with its root and the folders of `roles`. */
export function addStore(
  session: Session,
  store: { kind: StoreKind; name: string; filePath: string; isDefault: boolean; roles: readonly number[] },
): StoreRow {
  return session.database.transaction(() => {
    const uid = toHex(session.randomBytes());
    const storeId = `0000000038A1BB1005E5101AA1BB08002B2A56C2${uid}${toHex(new TextEncoder().encode(store.filePath))}`;
    const { id } = session.database.run(
      'INSERT INTO stores (uid, store_id, kind, file_path, attached, is_default, root) VALUES (?, ?, ?, ?, 1, ?, ?)',
      uid,
      storeId,
      store.kind,
      store.filePath,
      store.isDefault ? 1 : 0,
      '',
    );
    session.storesChanged();
    const type = { containerClass: '', itemType: 0, messageClass: 'IPM.Note' };
    const root = addFolder(session, { store: storeRow(session, id), parent: undefined, name: store.name, type });
    session.database.run('UPDATE stores SET root = ? WHERE id = ?', root.entry_id, id);
    session.storesChanged();
    for (const role of [FOLDER.deleted, ...store.roles.filter((r) => r !== FOLDER.deleted)]) {
      defaultFolder(session, storeRow(session, id), role, true);
    }
    return storeRow(session, id);
  });
}

/** A text property of a folder. */
export function folderText(session: Session, entryId: string, key: string): string {
  const value = readProperty(session.database, folderOwner(entryId), key)?.value;
  return typeof value === 'string' ? value : '';
}

/** Writes a text property of a folder; folders save at once. */
export function putFolderText(session: Session, entryId: string, key: string, value: string): void {
  writeProperty(session.database, folderOwner(entryId), key, { type: PT.UNICODE, value });
}

/** Whether `folder` is `ancestor` or lies below it. */
export function isWithin(session: Session, folder: string, ancestor: string): boolean {
  for (
    let at = folderRow(session, folder);
    at !== undefined;
    at = at.parent === null ? undefined : folderRow(session, at.parent)
  ) {
    if (at.entry_id === ancestor) return true;
  }
  return false;
}

/** Removes the rows of a folder that is empty. */
export function dropFolderRow(session: Session, entryId: string): void {
  session.database.run('DELETE FROM folder_fields WHERE folder = ?', entryId);
  session.database.run('DELETE FROM folders WHERE entry_id = ?', entryId);
}

/**
 * A new entry id: 4 flag bytes, the store's 16, and a 4-byte node number.
 * @source MS-PST 2.4.3.2
 */
export function newEntryId(session: Session, store: StoreRow): string {
  return `00000000${store.uid}${session.takeNumber().toString(16).toUpperCase().padStart(8, '0')}`;
}
