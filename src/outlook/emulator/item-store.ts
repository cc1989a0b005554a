/** Items in the file: opening, saving, copying, moving, deleting. Every change is one transaction and one journal row. */
import { LAST_OF_PST } from './events.ts';
import { fail } from './fault.ts';
import { LiveItem, type Part } from './live-item.ts';
import { PROP, PT } from './property.ts';
import { PropertyBag } from './property-bag.ts';
import {
  deleteProperties,
  deleteProperty,
  readProperties,
  readProperty,
  replaceProperties,
  writeProperties,
  writeProperty,
} from './property-rows.ts';
import type { Session } from './session.ts';
import { folderRow, newEntryId, type StoreRow, storeRow } from './stores.ts';
import { shift } from './zone-time.ts';

export type ItemRow = {
  readonly number: number;
  readonly entry_id: string;
  readonly store: number;
  readonly folder: string;
  readonly hidden: number;
  readonly version: number;
};

/** Where an item's properties lie. */
export function itemOwner(number: number): string {
  return `i${number}`;
}

/** The row of an item, by entry id. */
export function itemRow(session: Session, entryId: string): ItemRow | undefined {
  return session.database.get<ItemRow>('SELECT * FROM items WHERE entry_id = ?', entryId.toUpperCase());
}

/** An item of the file as a live one; the held one when somebody holds it. @throws NOT_FOUND, TOO_BIG */
export function openItem(session: Session, row: ItemRow): LiveItem {
  const held = session.held.get(row.entry_id);
  if (held !== undefined && session.switches.staleWhileHeld) return held;
  checkOpenItems(session, row);
  const properties = readProperties(session.database, itemOwner(row.number));
  const messageClass = properties.find(([key]) => key === PROP.messageClass)?.[1].value ?? 'IPM.Note';
  const place = { store: row.store, folder: row.folder };
  const item = new LiveItem(session, session.itemClasses.byMessageClass(String(messageClass)), place, row.hidden === 1);
  load(item, row, properties);
  return item;
}

/** Reads the item's contents again from the file. @throws OBJECT_DELETED when it is not there any more */
export function reloadItem(item: LiveItem): void {
  load(item, itemRow(item.session, item.entryId) ?? fail('OBJECT_DELETED'));
}

/** A new, unsaved item for `folder`. */
export function newItem(session: Session, messageClass: string, place: LiveItem['place'], hidden = false): LiveItem {
  const itemClass = session.itemClasses.byMessageClass(messageClass);
  const item = new LiveItem(session, itemClass, place, hidden);
  itemClass.start(item);
  item.bag.setText(PROP.messageClass, messageClass);
  return item;
}

/** Stores the item. @throws OBJECT_DELETED, OBJECT_CHANGED when another writer was first */
export function saveItem(item: LiveItem): void {
  const { session } = item;
  if (item.deleted) fail('OBJECT_DELETED');
  const isNew = item.number === 0;
  if (!isNew && !item.dirty && !session.switches.emptySaveBumps) return;
  session.database.transaction(() => {
    if (!isNew) checkVersion(item);
    item.itemClass.beforeSave?.(item);
    stamp(item);
    if (isNew) insert(item);
    else session.database.run('UPDATE items SET version = ? WHERE number = ?', ++item.version, item.number);
    const rang = !isNew && readProperty(session.database, itemOwner(item.number), PROP.reminderSet)?.value === true;
    writeContents(item, isNew);
    item.itemClass.afterSave?.(item);
    announceSave(item, isNew ? 'ItemAdd' : 'ItemChange');
    announceReminder(item, rang);
  });
  item.bag.markStored();
  item.partsDirty = false;
}

/** A stored copy of the item in `folder`; search key and custom properties stay, ids change. */
export function copyItem(item: LiveItem, place = item.place): LiveItem {
  const { session } = item;
  const copy = new LiveItem(session, item.itemClass, place, item.hidden);
  copy.bag.reset(item.bag.entries());
  copy.recipients.push(...item.recipients.map(copyPart));
  copy.attachments.push(...item.attachments.map(copyPart));
  session.database.transaction(() => {
    stamp(copy);
    insert(copy, item.bag.binary(PROP.searchKey));
    writeContents(copy, true);
    announceSave(copy, 'ItemAdd');
  });
  copy.bag.markStored();
  return copy;
}

/** Moves the stored item; the entry id changes by {@link movesKeepId}. */
export function moveItem(item: LiveItem, to: LiveItem['place']): void {
  const { session } = item;
  session.database.transaction(() => {
    if (item.deleted || itemRow(session, item.entryId) === undefined) fail('OBJECT_DELETED');
    const from = item.place;
    const target = storeRow(session, to.store);
    const keeps = from.store === to.store && movesKeepId(session, target);
    const entryId = keeps ? item.entryId : newEntryId(session, target);
    const { number } = item;
    session.database.run(
      'UPDATE items SET entry_id = ?, store = ?, folder = ?, version = version + 1 WHERE number = ?',
      entryId,
      to.store,
      to.folder,
      number,
    );
    item.version++;
    item.place = to;
    item.identify(entryId);
    if (!item.hidden) {
      announceRemoval(session, from);
      session.events.raise({ source: 'Items', about: to.folder, event: 'ItemAdd', argument: entryId });
    }
  });
}

/** Destroys the stored item. */
export function destroyItem(item: LiveItem): void {
  const { session, number } = item;
  session.database.transaction(() => {
    for (const part of session.database.all<{ number: number }>(
      'SELECT number FROM parts WHERE item = ?',
      itemOwner(number),
    )) {
      deleteProperties(session.database, `p${part.number}`);
    }
    session.database.run('DELETE FROM parts WHERE item = ?', itemOwner(number));
    deleteProperties(session.database, itemOwner(number));
    session.database.run('DELETE FROM items WHERE number = ?', number);
    if (!item.hidden) announceRemoval(session, item.place);
  });
  item.deleted = true;
}

/** Whether a move inside `store` keeps the entry id: the node id of a PST does, Exchange gives a new one. */
export function movesKeepId(session: Session, store: StoreRow): boolean {
  const { moveInStore } = session.switches;
  return moveInStore === 'byStore' ? store.kind !== 'exchange' : moveInStore === 'keep';
}

function load(
  item: LiveItem,
  row: ItemRow,
  properties = readProperties(item.session.database, itemOwner(row.number)),
): void {
  const { database } = item.session;
  item.number = row.number;
  item.version = row.version;
  item.entryId = row.entry_id;
  item.place = { store: row.store, folder: row.folder };
  item.bag.reset(properties);
  item.bag.markStored();
  item.recipients.splice(0);
  item.attachments.splice(0);
  for (const part of database.all<{ number: number; kind: string }>(
    'SELECT number, kind FROM parts WHERE item = ? ORDER BY kind, position',
    itemOwner(row.number),
  )) {
    const bag = new PropertyBag(readProperties(database, `p${part.number}`));
    (part.kind === 'recipient' ? item.recipients : item.attachments).push({ bag, number: part.number });
  }
  item.partsDirty = false;
}

function checkVersion(item: LiveItem): void {
  const row = itemRow(item.session, item.entryId) ?? fail('OBJECT_DELETED');
  if (row.version !== item.version) fail('OBJECT_CHANGED');
}

function checkOpenItems(session: Session, row: ItemRow): void {
  const limit = session.switches.openItemLimit;
  if (limit === 0 || storeRow(session, row.store).kind !== 'exchange') return;
  if (session.held.size >= limit) fail('TOO_BIG');
}

function stamp(item: LiveItem): void {
  const now = item.session.now();
  if (item.number === 0) item.bag.setTime(PROP.created, now);
  item.bag.setTime(PROP.modified, now);
}

function insert(item: LiveItem, searchKey = item.session.randomBytes()): void {
  const { session } = item;
  item.bag.setBinary(PROP.searchKey, searchKey);
  item.bag.setBinary(PROP.recordKey, session.randomBytes());
  const entryId = newEntryId(session, storeRow(session, item.place.store));
  item.version = 1;
  const written = session.database.run(
    'INSERT INTO items (entry_id, store, folder, hidden, version) VALUES (?, ?, ?, ?, 1)',
    entryId,
    item.place.store,
    item.place.folder,
    item.hidden ? 1 : 0,
  );
  item.number = written.id;
  item.identify(entryId);
}

function writeContents(item: LiveItem, isNew: boolean): void {
  const { database, switches } = item.session;
  const { set, removed } = item.bag.unstored();
  for (const key of removed) deleteProperty(database, itemOwner(item.number), key);
  writeProperties(database, itemOwner(item.number), set);
  if (switches.modificationDrift !== 0) {
    const value = shift(item.bag.time(PROP.modified) ?? item.session.now(), switches.modificationDrift);
    writeProperty(database, itemOwner(item.number), PROP.modified, { type: PT.SYSTIME, value });
  }
  if (isNew && item.recipients.length + item.attachments.length === 0) return;
  writeParts(item, 'recipient', item.recipients);
  writeParts(item, 'attachment', item.attachments);
}

function writeParts(item: LiveItem, kind: 'recipient' | 'attachment', parts: readonly Part[]): void {
  const { database } = item.session;
  const owner = itemOwner(item.number);
  const stored = database.all<{ number: number }>('SELECT number FROM parts WHERE item = ? AND kind = ?', owner, kind);
  for (const old of stored) deleteProperties(database, `p${old.number}`);
  if (stored.length > 0) database.run('DELETE FROM parts WHERE item = ? AND kind = ?', owner, kind);
  parts.forEach((part, position) => {
    const insert = 'INSERT INTO parts (item, kind, position) VALUES (?, ?, ?)';
    const { id: number } = database.run(insert, owner, kind, position);
    replaceProperties(database, `p${number}`, part.bag.entries());
    part.bag.dirty = false;
    part.number = number;
  });
}

function announceSave(item: LiveItem, event: 'ItemAdd' | 'ItemChange'): void {
  if (item.hidden) return;
  const { session } = item;
  const hint = { source: 'Items', about: item.place.folder, event, argument: item.entryId } as const;
  session.events.raise(hint);
  announceFolder(session, item.place.folder);
  if (event === 'ItemChange' && session.switches.doubledItemChange) session.events.raise(hint);
}

/** A folder counts as changed when something in it does. */
function announceFolder(session: Session, folder: string): void {
  const parent = folderRow(session, folder)?.parent;
  if (parent === null || parent === undefined) return;
  session.events.raise({ source: 'Folders', about: parent, event: 'FolderChange', argument: folder });
}

function announceReminder(item: LiveItem, before: boolean): void {
  const now = item.bag.bool(PROP.reminderSet);
  if (item.hidden || (!before && !now)) return;
  const event = now ? (before ? 'ReminderChange' : 'ReminderAdd') : 'ReminderRemove';
  item.session.events.raise({ source: 'Reminders', about: '', event, argument: item.entryId });
}

function announceRemoval(session: Session, from: LiveItem['place']): void {
  const left = session.database.get('SELECT 1 FROM items WHERE folder = ? AND hidden = 0 LIMIT 1', from.folder);
  const last = left === undefined && storeRow(session, from.store).kind === 'pst';
  session.events.raise({ source: 'Items', about: from.folder, event: 'ItemRemove', argument: last ? LAST_OF_PST : '' });
}

function copyPart(part: Part): Part {
  return { bag: new PropertyBag(part.bag.entries()), number: 0 };
}
