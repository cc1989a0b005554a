/** Table and Row. @source outlook-objects.md section 4 */
import { toHex } from '../../base/utf8.ts';
import { bool, given, long, text } from './arguments.ts';
import { at } from './collection.ts';
import { builtInColumn } from './columns.ts';
import { type DispatchObject, type DispatchValue, isDate, type MemberTable, type ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { type RowTest, rowTest } from './filter-match.ts';
import { PT } from './property.ts';
import { FreshRows, type LoadedRow, listItems, loadNumbered, loadRows, type Order, valuesIn } from './rows.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { type FolderRow, folderRow } from './stores.ts';
import { type ColumnsHost, cellReader, columnsObject, startColumns, type TableColumn } from './table-columns.ts';

type TableState = ColumnsHost & {
  readonly folder: string;
  readonly hidden: boolean;
  readonly tests: readonly RowTest[];
  order: Order | undefined;
  /** Index of the row that comes next. */
  next: number;
  /** The last FindRow's filter, for FindNextRow. */
  sought: RowTest | undefined;
  readonly fresh: FreshRows<number>;
};

/** Folder.GetTable. @throws what a bad filter throws */
export function tableObject(session: Session, folder: FolderRow, filter: string, hidden: boolean): DispatchObject {
  const test = rowTest(filter, { session, folder: folder.entry_id, contentIndex: true });
  return makeTable(session, folder, {
    hidden,
    tests: [test],
    columns: startColumns(session, folder.item_type, hidden),
  });
}

function makeTable(
  session: Session,
  folder: FolderRow,
  of: { hidden: boolean; tests: readonly RowTest[]; columns: readonly TableColumn[] },
): DispatchObject {
  const state: TableState = {
    session,
    folder: folder.entry_id,
    ...of,
    order: undefined,
    next: 0,
    sought: undefined,
    fresh: new FreshRows<number>(session),
    reset: () => {
      state.next = 0;
      state.fresh.forget();
    },
    table: () => object,
  };
  const object = session.make(TABLE, state);
  return object;
}

/** The numbers of its rows as they are now: a table follows what is added and deleted, and keeps its place. */
function rowsOf(self: TableState): readonly number[] {
  const { session, folder, hidden, tests, order } = self;
  const load = () => listItems(session, folder, { hidden, tests, order });
  return self.fresh.rows(load, (before, now) => {
    // After the last of the rows already given that is still there.
    const given = new Set(before.slice(0, self.next));
    self.next = now.findLastIndex((row) => given.has(row)) + 1;
  });
}

/** The next rows, at most so many: values are read for these alone, a folder may hold many thousands. */
function take(self: TableState, most: number): readonly LoadedRow[] {
  const numbers = rowsOf(self).slice(self.next, self.next + Math.max(0, most));
  self.next += numbers.length;
  const keys = self.columns.map((column) => column.key);
  return loadNumbered(self.session, numbers, keys);
}

function nextRow(self: TableState): DispatchObject | null {
  const [row] = take(self, 1);
  return row === undefined ? null : rowObject(self, row);
}

function getArray(self: TableState, most: number): DispatchValue {
  const rows = take(self, most);
  const read = cellReader(self.session);
  const cells = rows.map((row) => self.columns.map((column) => read(row, column)));
  if (self.session.switches.arrayOrder === 'rowColumn' || cells.length === 0) return cells;
  return self.columns.map((_, column) => cells.map((row) => row[column] ?? null));
}

function find(self: TableState, from: number): DispatchObject | null {
  const test = self.sought;
  if (test === undefined) return null;
  const keys = [...self.columns.map((column) => column.key), ...test.keys];
  const rows = loadRows(self.session, self.folder, { hidden: self.hidden, keys, tests: self.tests, order: self.order });
  const index = rows.findIndex((row, position) => position >= from && test.passes(valuesIn(row)));
  const found = rows[index];
  if (found === undefined) return null;
  rowsOf(self);
  self.next = index + 1;
  return rowObject(self, found);
}

/** Blank, invalid and ci_ filters raise; a property that nothing has finds nothing. */
function findRow(self: TableState, filter: string): DispatchObject | null {
  if (filter.trim() === '') fail('INVALID_ARGUMENT', 'filter');
  self.sought = rowTest(filter, { session: self.session, folder: self.folder, contentIndex: false });
  return find(self, 0);
}

/** By built-in name only; nothing binary or multi-valued. */
function sort(self: TableState, name: string, descending: boolean): void {
  const column = builtInColumn(self.session, name)?.column ?? fail('INVALID_ARGUMENT', name);
  const unsortable: readonly number[] = [PT.BINARY, PT.MV_BINARY, PT.MV_UNICODE, PT.MV_LONG];
  if (unsortable.includes(column.type)) fail('INVALID_ARGUMENT', name);
  self.order = { key: column.key, descending };
  self.reset();
}

function restrict(self: TableState, filter: string): DispatchObject {
  const { session, folder, hidden, tests, columns } = self;
  const test = rowTest(filter.trim(), { session, folder, contentIndex: true });
  return makeTable(session, folderRow(session, folder) ?? fail('OBJECT_DELETED'), {
    hidden,
    tests: [...tests, test],
    columns,
  });
}

const TABLE_MEMBERS: MemberTable<TableState> = {
  ...standardMembers<TableState>(120, ({ session, folder }) => session.objects.folder(folder)),
  Columns: { get: (self) => columnsObject(self) },
  EndOfTable: { get: (self) => self.next >= rowsOf(self).length },
  GetNextRow: { call: nextRow },
  GetArray: { call: (self, [most]) => getArray(self, long(most)) },
  GetRowCount: { call: (self) => (self.session.switches.rowCountRaises ? fail('FAILED') : rowsOf(self).length) },
  MoveToStart: {
    call: (self) => {
      self.next = 0;
      return null;
    },
  },
  FindRow: { call: (self, [filter]) => findRow(self, text(filter)) },
  FindNextRow: { call: (self) => find(self, self.next) },
  Sort: {
    call: (self, [name, descending]) => {
      sort(self, text(name), given(descending) && bool(descending));
      return null;
    },
  },
  Restrict: { call: (self, [filter]) => restrict(self, text(filter)) },
};

const TABLE: ObjectClass<TableState> = { name: 'Table', members: TABLE_MEMBERS };

type RowState = {
  readonly session: Session;
  readonly table: TableState;
  readonly row: LoadedRow;
  readonly columns: readonly TableColumn[];
};

function rowObject(table: TableState, row: LoadedRow): DispatchObject {
  return table.session.make(ROW, { session: table.session, table, row, columns: table.columns });
}

/** The same reference as the column was added with, or a 1-based index. */
function rowItem({ session, row, columns }: RowState, key: DispatchValue | undefined): DispatchValue {
  const column = typeof key === 'number' ? at(columns, key) : columns.find(({ name }) => name === key);
  return cellReader(session)(row, column ?? fail('INVALID_ARGUMENT', String(key)));
}

function rowDate(self: RowState, key: DispatchValue | undefined): string {
  const value = rowItem(self, key);
  return isDate(value) ? value.date : fail('TYPE_MISMATCH', 'date');
}

const ROW: ObjectClass<RowState> = {
  name: 'Row',
  members: {
    ...standardMembers<RowState>(121, ({ table }) => table.table()),
    Item: { call: (self, [key]) => rowItem(self, key) },
    GetValues: {
      call: ({ session, row, columns }) => {
        const read = cellReader(session);
        return columns.map((column) => read(row, column));
      },
    },
    BinaryToString: {
      call: (self, [key]) => {
        const value = rowItem(self, key);
        return value instanceof Uint8Array && value.length > 0 ? toHex(value) : fail('TYPE_MISMATCH', 'bytes');
      },
    },
    UTCToLocalTime: { call: (self, [key]) => ({ date: self.session.toLocal(rowDate(self, key)) }) },
    LocalTimeToUTC: { call: (self, [key]) => ({ date: self.session.toUtc(rowDate(self, key)) }) },
  },
};
