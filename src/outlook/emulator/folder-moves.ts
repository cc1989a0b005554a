/** Deleting, moving and copying folders with everything in them. */
import { FOLDER, folderTypeOfItem } from './default-folders.ts';
import { fail } from './fault.ts';
import { copyItem, destroyItem, ITEM_COLUMNS, type ItemRow, moveItem, openItem } from './item-store.ts';
import { PROP } from './property.ts';
import type { Session } from './session.ts';
import { readProperties, replaceProperties } from './stored-properties.ts';
import {
  addFolder,
  defaultFolder,
  dropFolderRow,
  type FolderRow,
  folderOwner,
  folderText,
  isWithin,
  putFolderText,
  storeRow,
  subFolders,
} from './stores.ts';

/** To Deleted Items with everything in it; below Deleted Items for good. @throws ACCESS_DENIED for a default folder or a root */
export function deleteFolder(session: Session, row: FolderRow): void {
  if (row.role !== null || row.parent === null) fail('ACCESS_DENIED', 'Delete');
  const deleted = defaultFolder(session, storeRow(session, row.store), FOLDER.deleted, true) ?? fail('NOT_FOUND');
  const forGood = isWithin(session, row.entry_id, deleted.entry_id);
  askToMove(session, row, forGood ? undefined : deleted.entry_id);
  session.database.transaction(() => {
    if (forGood) purge(session, row);
    else relocateFolder(session, row, deleted);
  });
}

/** Moves the folder. Inside a store it keeps its entry ids; another store gives it and its items new ones. */
export function moveFolder(session: Session, row: FolderRow, to: FolderRow): void {
  if (row.role !== null || row.parent === null) fail('ACCESS_DENIED', 'MoveTo');
  if (isWithin(session, to.entry_id, row.entry_id)) fail('INVALID_ARGUMENT');
  askToMove(session, row, to.entry_id);
  session.database.transaction(() => {
    if (row.store === to.store) {
      relocateFolder(session, row, to);
      return;
    }
    transplant(session, row, to, (item, place) => moveItem(openItem(session, item), place));
    purge(session, row);
  });
}

/** Copies the folder with everything in it. @returns the copy's entry id */
export function copyFolder(session: Session, row: FolderRow, to: FolderRow): string {
  return session.database.transaction(() =>
    transplant(session, row, to, (item, place) => copyItem(openItem(session, item), place)),
  );
}

function askToMove(session: Session, row: FolderRow, to: string | undefined): void {
  const target = to === undefined ? null : session.objects.folder(to);
  const about = row.entry_id;
  const cancelled = session.events.asksToCancel({ source: 'Folder', about, event: 'BeforeFolderMove' }, [target]);
  if (cancelled) fail('ABORTED');
}

function relocateFolder(session: Session, row: FolderRow, to: FolderRow): void {
  const name = folderText(session, row.entry_id, PROP.displayName);
  const taken = new Set(
    subFolders(session, to.entry_id).map((other) => nameKey(folderText(session, other.entry_id, PROP.displayName))),
  );
  let free = name;
  for (let suffix = 1; taken.has(nameKey(free)); suffix++) free = `${name}${suffix}`;
  putFolderText(session, row.entry_id, PROP.displayName, free);
  session.database.run('UPDATE folders SET parent = ? WHERE entry_id = ?', to.entry_id, row.entry_id);
  if (row.parent !== null) {
    session.events.raise({ source: 'Folders', about: row.parent, event: 'FolderRemove', argument: '' });
  }
  session.events.raise({ source: 'Folders', about: to.entry_id, event: 'FolderAdd', argument: row.entry_id });
}

function nameKey(name: string): string {
  return name.toLocaleLowerCase('en');
}

function purge(session: Session, row: FolderRow): void {
  for (const child of subFolders(session, row.entry_id)) purge(session, child);
  for (const item of itemsIn(session, row)) destroyItem(openItem(session, item));
  dropFolderRow(session, row.entry_id);
  if (row.parent !== null) {
    session.events.raise({ source: 'Folders', about: row.parent, event: 'FolderRemove', argument: '' });
  }
}

function transplant(
  session: Session,
  row: FolderRow,
  to: FolderRow,
  carry: (item: ItemRow, place: { store: number; folder: string }) => void,
): string {
  const made = addFolder(session, {
    store: storeRow(session, to.store),
    parent: to.entry_id,
    name: folderText(session, row.entry_id, PROP.displayName),
    type: folderTypeOfItem(row.item_type),
  });
  replaceProperties(
    session.database,
    folderOwner(made.entry_id),
    readProperties(session.database, folderOwner(row.entry_id)),
  );
  for (const item of itemsIn(session, row)) carry(item, { store: to.store, folder: made.entry_id });
  for (const child of subFolders(session, row.entry_id)) transplant(session, child, made, carry);
  return made.entry_id;
}

function itemsIn(session: Session, row: FolderRow): readonly ItemRow[] {
  return session.database.all<ItemRow>(`SELECT ${ITEM_COLUMNS} FROM items WHERE folder = ?`, row.entry_id);
}
