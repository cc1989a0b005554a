/** The Items collection. @source outlook-objects.md section 3 */
import { bool, given, text } from './arguments.ts';
import { at, step } from './collection.ts';
import { BLOCKED_SORTS, builtInColumn } from './columns.ts';
import { folderTypeOfItem } from './default-folders.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { type RowTest, rowTest } from './filter-match.ts';
import { ItemEntries } from './item-entries.ts';
import { newItem, openItem } from './item-store.ts';
import { PROP, PT } from './property.ts';
import type { Order } from './rows.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import type { FolderRow } from './stores.ts';

type ItemsState = {
  readonly session: Session;
  readonly folder: string;
  readonly store: number;
  readonly itemType: number;
  readonly tests: readonly RowTest[];
  order: (Order & { readonly name: string }) | undefined;
  recurrences: boolean;
  entries: ItemEntries;
  cursor: number;
  /** The last Find, for FindNext. */
  sought: { readonly test: RowTest; next: number } | undefined;
};

/** The items of a folder: a new collection on each call. */
export function itemsObject(session: Session, folder: FolderRow): DispatchObject {
  return makeItems(session, {
    folder: folder.entry_id,
    store: folder.store,
    itemType: folder.item_type,
    tests: [],
    order: undefined,
    recurrences: false,
  });
}

function makeItems(
  session: Session,
  of: Pick<ItemsState, 'folder' | 'store' | 'itemType' | 'tests' | 'order' | 'recurrences'>,
): DispatchObject {
  const entries = new ItemEntries(session, of);
  return session.make(ITEMS_CLASS, { session, ...of, entries, cursor: -1, sought: undefined });
}

function refresh(self: ItemsState): void {
  self.entries = new ItemEntries(self.session, self);
  self.cursor = -1;
}

function item(self: ItemsState, key: DispatchValue | undefined): DispatchObject {
  if (typeof key === 'number') return (self.entries.at(key - 1) ?? fail('BAD_INDEX', '', 'INDEX')).open();
  const subject = text(key);
  const found = self.entries.stored([PROP.subject]).find((row) => row.values.get(PROP.subject)?.value === subject);
  return openItem(self.session, found ?? fail('NOT_FOUND')).object();
}

function add(self: ItemsState, type: DispatchValue | undefined): DispatchObject {
  const place = { store: self.store, folder: self.folder };
  if (!given(type)) return newItem(self.session, folderTypeOfItem(self.itemType).messageClass, place).object();
  if (typeof type === 'string') return newItem(self.session, type, place).object();
  const itemClass = self.session.itemClasses.byItemType(Number(type)) ?? fail('INVALID_ARGUMENT');
  return newItem(self.session, itemClass.messageClass, place).object();
}

function restrict(self: ItemsState, filter: string): DispatchObject {
  if (filter.trim() === '') fail('INVALID_ARGUMENT', 'filter');
  const test = rowTest(filter, { session: self.session, folder: self.folder, contentIndex: true });
  const { folder, store, itemType, tests, order, recurrences } = self;
  return makeItems(self.session, { folder, store, itemType, tests: [...tests, test], order, recurrences });
}

function find(self: ItemsState, filter: string): DispatchObject | null {
  if (filter.trim() === '') fail('INVALID_ARGUMENT', 'filter');
  const test = rowTest(filter, { session: self.session, folder: self.folder, contentIndex: false });
  self.sought = { test, next: 0 };
  return findNext(self);
}

function findNext(self: ItemsState): DispatchObject | null {
  if (self.sought === undefined) return null;
  const found = self.entries.next(self.sought.next, self.sought.test);
  if (found === undefined) return null;
  self.sought.next = found.index + 1;
  return found.entry.open();
}

/** "[Name]"; an empty name unsorts. */
function sort(self: ItemsState, property: string, descending: boolean): void {
  const name = property.trim().replace(/^\[(.*)\]$/, '$1');
  if (name === '') self.order = undefined;
  else {
    if (BLOCKED_SORTS.has(name.toLowerCase())) fail('FAILED', name);
    const found = builtInColumn(self.session, name) ?? fail('INVALID_ARGUMENT', name);
    const unsortable: readonly number[] = [PT.BINARY, PT.MV_UNICODE];
    if (unsortable.includes(found.column.type)) fail('FAILED', name);
    self.order = { key: found.column.key, descending, name: found.name };
  }
  refresh(self);
}

function stepTo(self: ItemsState, to: 'first' | 'next' | 'previous'): DispatchObject | null {
  self.cursor = { first: 0, next: self.cursor + 1, previous: self.cursor - 1 }[to];
  return self.entries.at(self.cursor)?.open() ?? null;
}

const ITEMS_MEMBERS: MemberTable<ItemsState> = {
  ...standardMembers<ItemsState>(16, ({ session, folder }) => session.objects.folder(folder)),
  // With recurrences the number is undefined: an endless series has no end.
  Count: { get: (self) => (self.entries.expanded ? 0x7fffffff : self.entries.stored([]).length) },
  Item: { call: (self, [key]) => item(self, key) },
  Add: { call: (self, [type]) => add(self, type) },
  Restrict: { call: (self, [filter]) => restrict(self, text(filter)) },
  Find: { call: (self, [filter]) => find(self, text(filter)) },
  FindNext: { call: findNext },
  Sort: {
    call: (self, [property, descending]) => {
      sort(self, text(property), given(descending) && bool(descending));
      return null;
    },
  },
  IncludeRecurrences: {
    get: (self) => self.recurrences,
    put: (self, value) => {
      self.recurrences = bool(value);
      refresh(self);
    },
  },
  Remove: {
    call: (self, [index]) => {
      const row = at(self.entries.stored([]), Number(index));
      openItem(self.session, row).object().invoke('call', 'Delete', []);
      return null;
    },
  },
  ResetColumns: { call: () => null },
  GetFirst: { call: (self) => stepTo(self, 'first') },
  GetNext: { call: (self) => stepTo(self, 'next') },
  GetPrevious: { call: (self) => stepTo(self, 'previous') },
  GetLast: {
    call: (self) => step(self, self.entries.stored([]), 'last', (row) => openItem(self.session, row).object()),
  },
};

const ITEMS_CLASS: ObjectClass<ItemsState> = { name: 'Items', members: ITEMS_MEMBERS };
