/** Reading many items at once: only the properties that are asked for, in one query. */
import { fromHex } from '../../base/utf8.ts';
import { ENTRY_ID } from './columns.ts';
import type { RowTest, RowValues } from './filter-match.ts';
import type { ItemRow } from './item-store.ts';
import { type PropKey, PT, type TypedValue } from './property.ts';
import { decode } from './property-rows.ts';
import type { Session } from './session.ts';

/** An item as a row with the values that were asked for. */
export type LoadedRow = ItemRow & { readonly values: ReadonlyMap<PropKey, TypedValue> };
export type Order = { readonly key: PropKey; readonly descending: boolean };

/** The rows of a folder that pass every test, sorted; with the values of `keys`. */
export function loadRows(
  session: Session,
  folder: string,
  wanted: { hidden: boolean; keys: readonly PropKey[]; tests: readonly RowTest[]; order: Order | undefined },
): readonly LoadedRow[] {
  const rows = session.database.all<ItemRow>(
    'SELECT * FROM items WHERE folder = ? AND hidden = ? ORDER BY number',
    folder,
    wanted.hidden ? 1 : 0,
  );
  const keys = new Set([...wanted.keys, ...wanted.tests.flatMap((test) => test.keys)]);
  if (wanted.order !== undefined) keys.add(wanted.order.key);
  const values = valuesOf(session, folder, wanted.hidden, [...keys]);
  const loaded = rows.map((row) => ({ ...row, values: values.get(row.number) ?? NO_VALUES }));
  const passed = loaded.filter((row) => wanted.tests.every((test) => test.passes(valuesIn(row))));
  return wanted.order === undefined ? passed : sorted(passed, wanted.order);
}

/** The numbers of a folder's items that pass every test, sorted. */
export function listItems(
  session: Session,
  folder: string,
  wanted: { hidden: boolean; tests: readonly RowTest[]; order: Order | undefined },
): readonly number[] {
  if (wanted.order !== undefined || wanted.tests.some(({ keys }) => keys.length > 0)) {
    return loadRows(session, folder, { ...wanted, keys: [] }).map(({ number }) => number);
  }
  const sql = 'SELECT number FROM items WHERE folder = ? AND hidden = ? ORDER BY number';
  return session.database.rows<readonly [number]>(sql, folder, wanted.hidden ? 1 : 0).map(([number]) => number);
}

/** The items of these numbers, in this order, with the values of `keys`. */
export function loadNumbered(
  session: Session,
  numbers: readonly number[],
  keys: readonly PropKey[],
): readonly LoadedRow[] {
  const among = JSON.stringify(numbers);
  const rows = session.database.all<ItemRow>(
    'SELECT items.* FROM json_each(?) n CROSS JOIN items ON items.number = n.value ORDER BY n.key',
    among,
  );
  const stored = keys.filter((key) => key !== ENTRY_ID);
  const cells = session.database.all<Cell>(
    `SELECT n.value AS number, p.key, p.type, p.value FROM json_each(?) n CROSS JOIN properties p
       ON p.owner = 'i' || n.value AND p.key IN (${stored.map(() => '?').join(', ')})`,
    among,
    ...stored,
  );
  const values = byItem(cells);
  return rows.map((row) => ({ ...row, values: values.get(row.number) ?? NO_VALUES }));
}

const NO_VALUES: ReadonlyMap<PropKey, TypedValue> = new Map();

type Cell = {
  readonly number: number;
  readonly key: string;
  readonly type: number;
  readonly value: string | number | Uint8Array | null;
};

function byItem(cells: readonly Cell[]): ReadonlyMap<number, ReadonlyMap<PropKey, TypedValue>> {
  const items = new Map<number, Map<PropKey, TypedValue>>();
  for (const cell of cells) {
    const values = items.get(cell.number) ?? new Map<PropKey, TypedValue>();
    values.set(cell.key, decode(cell));
    items.set(cell.number, values);
  }
  return items;
}

/** A row's values, its entry id among them. */
export function valuesIn(row: LoadedRow): RowValues {
  return (key) => (key === ENTRY_ID ? { type: PT.BINARY, value: fromHex(row.entry_id) } : row.values.get(key));
}

function valuesOf(
  session: Session,
  folder: string,
  hidden: boolean,
  keys: readonly PropKey[],
): ReadonlyMap<number, ReadonlyMap<PropKey, TypedValue>> {
  const stored = keys.filter((key) => key !== ENTRY_ID);
  if (stored.length === 0) return new Map();
  const cells = session.database.all<Cell>(
    `SELECT i.number, p.key, p.type, p.value FROM items i JOIN properties p
       ON p.owner = 'i' || i.number AND p.key IN (${stored.map(() => '?').join(', ')})
     WHERE i.folder = ? AND i.hidden = ?`,
    ...stored,
    folder,
    hidden ? 1 : 0,
  );
  return byItem(cells);
}

function sorted(rows: readonly LoadedRow[], { key, descending }: Order): readonly LoadedRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a.values.get(key), b.values.get(key)) || a.number - b.number);
}

function compare(a: TypedValue | undefined, b: TypedValue | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 0 : 1) - (b === undefined ? 0 : 1);
  if (typeof a.value === 'number' && typeof b.value === 'number') return a.value - b.value;
  if (typeof a.value === 'boolean') return Number(a.value) - Number(b.value);
  return String(a.value).localeCompare(String(b.value), 'en', { sensitivity: 'base' });
}

/** Rows that are read again only when the file changed, by this process or another. */
export class FreshRows<R> {
  readonly #session: Session;
  #stamp = '';
  #rows: readonly R[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** The rows, read by `load` when they may have changed; `changed` hears the old and the new ones. */
  rows(load: () => readonly R[], changed?: (before: readonly R[], now: readonly R[]) => void): readonly R[] {
    const { database } = this.#session;
    const stamp = `${database.version()}.${database.get<{ changes: number }>('SELECT total_changes() AS changes')?.changes}`;
    if (stamp === this.#stamp) return this.#rows;
    const before = this.#rows;
    this.#rows = load();
    this.#stamp = stamp;
    changed?.(before, this.#rows);
    return this.#rows;
  }

  /** Reads again next time, whatever happened. */
  forget(): void {
    this.#stamp = '';
  }
}
