/** Items in the file: opening, saving, copying, moving, deleting. Every change is one transaction and one journal row. */
import { type Hint, LAST_OF_PST } from './events.ts';
import { fail } from './fault.ts';
import { LiveItem, type Part } from './live-item.ts';
import { PROP, PT } from './property.ts';
import { PropertyBag } from './property-bag.ts';
import type { Session } from './session.ts';
import { contentsOf, type Owner, propertiesIn, readProperties } from './stored-properties.ts';
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

/** The columns of an {@link ItemRow}: all but what the item says. */
export const ITEM_COLUMNS = 'number, entry_id, store, folder, hidden, version';

/** Where an item's properties lie. */
export function itemOwner(number: number): Owner {
  return `i${number}`;
}

/** The row of an item, by entry id. */
export function itemRow(session: Session, entryId: string): ItemRow | undefined {
  return session.database.get<ItemRow>(BY_ENTRY_ID, entryId.toUpperCase());
}

const BY_ENTRY_ID = `SELECT ${ITEM_COLUMNS} FROM items WHERE entry_id = ?`;

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
    else session.database.run(UPDATE, ++item.version, contentsToStore(item), item.number);
    writeParts(item);
    item.itemClass.afterSave?.(item);
    session.events.raise(...saved(item, isNew ? 'ItemAdd' : 'ItemChange'), ...reminderMoved(item));
  });
  item.markStored();
}

const UPDATE = 'UPDATE items SET version = ?, contents = ? WHERE number = ?';

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
    writeParts(copy);
    session.events.raise(...saved(copy, 'ItemAdd'));
  });
  copy.markStored();
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
    session.database.run('DELETE FROM parts WHERE item = ?', itemOwner(number));
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
  item.number = row.number;
  item.version = row.version;
  item.entryId = row.entry_id;
  item.place = { store: row.store, folder: row.folder };
  item.bag.reset(properties);
  item.recipients.splice(0);
  item.attachments.splice(0);
  const sql = 'SELECT number, kind, contents FROM parts WHERE item = ? ORDER BY kind, position';
  for (const part of item.session.database.all<PartRow>(sql, itemOwner(row.number))) {
    const bag = new PropertyBag(propertiesIn(part.contents));
    (part.kind === 'recipient' ? item.recipients : item.attachments).push({ bag, number: part.number });
  }
  item.markStored();
}

type PartRow = { readonly number: number; readonly kind: string; readonly contents: string };

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
    'INSERT INTO items (entry_id, store, folder, hidden, version, contents) VALUES (?, ?, ?, ?, 1, ?)',
    entryId,
    item.place.store,
    item.place.folder,
    item.hidden ? 1 : 0,
    contentsToStore(item),
  );
  item.number = written.id;
  item.identify(entryId);
}

function contentsToStore({ bag, session }: LiveItem): string {
  const { modificationDrift } = session.switches;
  if (modificationDrift === 0) return contentsOf(bag.entries());
  const value = shift(bag.time(PROP.modified) ?? session.now(), modificationDrift);
  return contentsOf(new Map([...bag.entries(), [PROP.modified, { type: PT.SYSTIME, value }]]));
}

/** Recipients and attachments, when they are not what lies in the file. */
function writeParts(item: LiveItem): void {
  if (item.partsStored) return;
  const { database } = item.session;
  database.run('DELETE FROM parts WHERE item = ?', itemOwner(item.number));
  for (const [kind, parts] of [
    ['recipient', item.recipients],
    ['attachment', item.attachments],
  ] as const) {
    for (const [position, part] of parts.entries()) {
      const values = [itemOwner(item.number), kind, position, contentsOf(part.bag.entries())] as const;
      part.number = database.run(
        'INSERT INTO parts (item, kind, position, contents) VALUES (?, ?, ?, ?)',
        ...values,
      ).id;
      part.bag.dirty = false;
    }
  }
}

function saved(item: LiveItem, event: 'ItemAdd' | 'ItemChange'): readonly Hint[] {
  if (item.hidden) return [];
  const { session } = item;
  const hint = { source: 'Items', about: item.place.folder, event, argument: item.entryId } as const;
  const hints: Hint[] = [hint, ...folderChanged(session, item.place.folder)];
  if (event === 'ItemChange' && session.switches.doubledItemChange) hints.push(hint);
  return hints;
}

/** A folder counts as changed when something in it does. */
function folderChanged(session: Session, folder: string): readonly Hint[] {
  const parent = folderRow(session, folder)?.parent;
  if (parent === null || parent === undefined) return [];
  return [{ source: 'Folders', about: parent, event: 'FolderChange', argument: folder }];
}

function reminderMoved(item: LiveItem): readonly Hint[] {
  const [before, now] = [item.rings, item.bag.bool(PROP.reminderSet)];
  if (item.hidden || (!before && !now)) return [];
  const event = now ? (before ? 'ReminderChange' : 'ReminderAdd') : 'ReminderRemove';
  return [{ source: 'Reminders', about: '', event, argument: item.entryId }];
}

function announceRemoval(session: Session, from: LiveItem['place']): void {
  const left = session.database.get('SELECT 1 FROM items WHERE folder = ? AND hidden = 0 LIMIT 1', from.folder);
  const last = left === undefined && storeRow(session, from.store).kind === 'pst';
  session.events.raise({ source: 'Items', about: from.folder, event: 'ItemRemove', argument: last ? LAST_OF_PST : '' });
}

function copyPart(part: Part): Part {
  return { bag: new PropertyBag(part.bag.entries()), number: 0 };
}
