/** The Items collection. @source outlook-objects.md section 3 */
import { given, text } from './arguments.ts';
import { at, step } from './collection.ts';
import { folderTypeOfItem } from './default-folders.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { type ItemRow, newItem, openItem } from './item-store.ts';
import { PROP } from './property.ts';
import { readProperty } from './property-rows.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import type { FolderRow } from './stores.ts';

export type ItemsState = {
  readonly session: Session;
  readonly folder: string;
  readonly store: number;
  readonly itemType: number;
  cursor: number;
};

/** The items of a folder: a new collection on each call. */
export function itemsObject(session: Session, folder: FolderRow): DispatchObject {
  return session.make(ITEMS_CLASS, {
    session,
    folder: folder.entry_id,
    store: folder.store,
    itemType: folder.item_type,
    cursor: -1,
  });
}

function rowsOf(self: ItemsState): readonly ItemRow[] {
  return self.session.database.all<ItemRow>(
    'SELECT * FROM items WHERE folder = ? AND hidden = 0 ORDER BY number',
    self.folder,
  );
}

function item(self: ItemsState, key: DispatchValue | undefined): DispatchObject {
  if (typeof key === 'number') return openItem(self.session, at(rowsOf(self), key)).object();
  const subject = text(key);
  const found = rowsOf(self).find((row) => subjectOf(self.session, row) === subject);
  return openItem(self.session, found ?? fail('NOT_FOUND')).object();
}

function subjectOf(session: Session, row: ItemRow): unknown {
  return readProperty(session.database, `i${row.number}`, PROP.subject)?.value;
}

function add(self: ItemsState, type: DispatchValue | undefined): DispatchObject {
  const place = { store: self.store, folder: self.folder };
  if (!given(type)) return newItem(self.session, folderTypeOfItem(self.itemType).messageClass, place).object();
  if (typeof type === 'string') return newItem(self.session, type, place).object();
  const itemClass = self.session.itemClasses.byItemType(Number(type)) ?? fail('INVALID_ARGUMENT');
  return newItem(self.session, itemClass.messageClass, place).object();
}

const ITEMS_MEMBERS: MemberTable<ItemsState> = {
  ...standardMembers<ItemsState>(16, ({ session, folder }) => session.objects.folder(folder)),
  Count: { get: (self) => rowsOf(self).length },
  Item: { call: (self, [key]) => item(self, key) },
  Add: { call: (self, [type]) => add(self, type) },
  GetFirst: { call: (self) => step(self, rowsOf(self), 'first', (row) => openItem(self.session, row).object()) },
  GetNext: { call: (self) => step(self, rowsOf(self), 'next', (row) => openItem(self.session, row).object()) },
  GetLast: { call: (self) => step(self, rowsOf(self), 'last', (row) => openItem(self.session, row).object()) },
  GetPrevious: { call: (self) => step(self, rowsOf(self), 'previous', (row) => openItem(self.session, row).object()) },
};

const ITEMS_CLASS: ObjectClass<ItemsState> = { name: 'Items', members: ITEMS_MEMBERS };
