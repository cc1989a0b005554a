/** The master category list. @source outlook-objects.md section 9 */
import { toHex } from '../../base/utf8.ts';
import { given, long, text } from './arguments.ts';
import { pick } from './collection.ts';
import type { DispatchObject, DispatchValue, MemberTable, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { defaultStore, storeRow } from './stores.ts';

type CategoryRow = {
  readonly id: string;
  readonly name: string;
  readonly color: number;
  readonly shortcut: number;
};
type CategoriesState = { readonly session: Session; readonly store: number };
type CategoryState = { readonly session: Session; readonly id: string; readonly list: CategoriesState };

const SEPARATORS = /[;,\u061b\ufe54\uff1b]/;
/** OlCategoryColor 1 to 25. */
const COLORS = Array.from({ length: 25 }, (_, at) => at + 1);

/** The list of a store: an IMAP store answers the primary's. */
export function categoriesObject(session: Session, store?: number): DispatchObject {
  const primary = defaultStore(session).id;
  const own = store !== undefined && storeRow(session, store).kind !== 'imap' ? store : primary;
  return session.make(CATEGORIES, { session, store: own });
}

function rowsOf({ session, store }: CategoriesState): readonly CategoryRow[] {
  return session.database.all<CategoryRow>('SELECT * FROM categories WHERE store = ? ORDER BY number', store);
}

/** Names are unique whatever their case; separators cannot be part of one. @throws INVALID_ARGUMENT */
function checkName(list: CategoriesState, name: string, except?: string): void {
  if (name.trim() === '' || name.length > 255 || SEPARATORS.test(name)) fail('INVALID_ARGUMENT', name);
  const taken = rowsOf(list).some((row) => row.id !== except && row.name.toLowerCase() === name.toLowerCase());
  if (taken) fail('INVALID_ARGUMENT', name);
}

function add(list: CategoriesState, args: readonly DispatchValue[]): DispatchObject {
  const { session, store } = list;
  const name = text(args[0]);
  const color = given(args[1]) ? long(args[1]) : leastUsedColor(list);
  const shortcut = given(args[2]) ? long(args[2]) : 0;
  if (color < 0 || color > 25 || shortcut < 0 || shortcut > 11) fail('INVALID_ARGUMENT');
  return session.database.transaction(() => {
    checkName(list, name);
    if (shortcut !== 0) freeShortcut(list, shortcut);
    const id = guid(session);
    const number =
      session.database.get<{ next: number }>('SELECT COALESCE(MAX(number), 0) + 1 AS next FROM categories')?.next ?? 1;
    session.database.run(
      'INSERT INTO categories (id, store, name, color, shortcut, number) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      store,
      name,
      color,
      shortcut,
      number,
    );
    return categoryObject(list, id);
  });
}

/** The first of the colours that the fewest categories have. */
function leastUsedColor(list: CategoriesState): number {
  const uses = (color: number) => rowsOf(list).filter((row) => row.color === color).length;
  return COLORS.reduce((best, color) => (uses(color) < uses(best) ? color : best), 1);
}

/** A key that another category has is taken from it. */
function freeShortcut({ session, store }: CategoriesState, shortcut: number): void {
  session.database.run('UPDATE categories SET shortcut = 0 WHERE store = ? AND shortcut = ?', store, shortcut);
}

function guid(session: Session): string {
  const hex = toHex(session.randomBytes());
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
}

/** The indexer tells case apart, and knows ids too. */
function find(list: CategoriesState, key: DispatchValue | undefined): CategoryRow | undefined {
  return pick(rowsOf(list), key, (row, name) => row.name === name || row.id === name);
}

const CATEGORIES_MEMBERS: MemberTable<CategoriesState> = {
  ...standardMembers<CategoriesState>(153, ({ session }) => session.objects.namespace),
  Count: { get: (self) => rowsOf(self).length },
  Item: {
    call: (self, [key]) => {
      const row = find(self, key);
      return row === undefined ? null : categoryObject(self, row.id);
    },
  },
  Add: { call: add },
  Remove: {
    call: (self, [key]) => {
      const row = find(self, key) ?? fail('NOT_FOUND');
      self.session.database.run('DELETE FROM categories WHERE id = ?', row.id);
      return null;
    },
  },
};

const CATEGORIES: ObjectClass<CategoriesState> = { name: 'Categories', members: CATEGORIES_MEMBERS };

function categoryObject(list: CategoriesState, id: string): DispatchObject {
  return list.session.make(CATEGORY, { session: list.session, id, list });
}

/** @throws FAILED when the category was removed meanwhile */
function row({ session, id }: CategoryState): CategoryRow {
  return session.database.get<CategoryRow>('SELECT * FROM categories WHERE id = ?', id) ?? fail('FAILED');
}

function update(self: CategoryState, column: 'name' | 'color' | 'shortcut', value: string | number): void {
  row(self);
  self.session.database.run(`UPDATE categories SET ${column} = ? WHERE id = ?`, value, self.id);
}

const CATEGORY: ObjectClass<CategoryState> = {
  name: 'Category',
  members: {
    ...standardMembers<CategoryState>(152, ({ session, list }) => session.make(CATEGORIES, list)),
    CategoryID: { get: (self) => row(self).id },
    Name: {
      get: (self) => row(self).name,
      put: (self, value) => {
        checkName(self.list, text(value), self.id);
        update(self, 'name', text(value));
      },
    },
    Color: {
      get: (self) => row(self).color,
      put: (self, value) =>
        update(self, 'color', long(value) >= 0 && long(value) <= 25 ? long(value) : fail('INVALID_ARGUMENT')),
    },
    ShortcutKey: {
      get: (self) => row(self).shortcut,
      put: (self, value) => {
        if (long(value) !== 0) freeShortcut(self.list, long(value));
        update(self, 'shortcut', long(value));
      },
    },
  },
};
