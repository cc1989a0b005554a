/** Reading many items at once: only the properties that are asked for, in one query. */
import { fromHex } from '../../base/utf8.ts';
import type { Bind } from '../../node/database.ts';
import { ENTRY_ID } from './columns.ts';
import type { RowTest, RowValues } from './filter-match.ts';
import { ITEM_COLUMNS, type ItemRow } from './item-store.ts';
import { type PropKey, PT, type TypedValue } from './property.ts';
import type { Session } from './session.ts';
import { extracted, extraction } from './stored-properties.ts';

/** An item as a row with the values that were asked for. */
export type LoadedRow = ItemRow & { readonly values: ReadonlyMap<PropKey, TypedValue> };
export type Order = { readonly key: PropKey; readonly descending: boolean };

/** The rows of a folder that pass every test, sorted; with the values of `keys`. */
export function loadRows(
  session: Session,
  folder: string,
  wanted: { hidden: boolean; keys: readonly PropKey[]; tests: readonly RowTest[]; order: Order | undefined },
): readonly LoadedRow[] {
  const keys = new Set([...wanted.keys, ...wanted.tests.flatMap((test) => test.keys)]);
  if (wanted.order !== undefined) keys.add(wanted.order.key);
  const rows = rowsWith(session, [...keys], 'FROM items WHERE folder = ? AND hidden = ? ORDER BY number', [
    folder,
    wanted.hidden ? 1 : 0,
  ]);
  const passed = rows.filter((row) => wanted.tests.every((test) => test.passes(valuesIn(row))));
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
  const from = 'FROM json_each(?) n CROSS JOIN items ON items.number = n.value ORDER BY n.key';
  return rowsWith(session, keys, from, [JSON.stringify(numbers)]);
}

type FoundRow = ItemRow & { readonly found: string | null };

/** Rows with the values of `keys`, of which only those are taken out of an item's contents. */
function rowsWith(
  session: Session,
  keys: readonly PropKey[],
  from: string,
  binds: readonly Bind[],
): readonly LoadedRow[] {
  const stored = keys.filter((key) => key !== ENTRY_ID);
  const { sql, binds: paths } = extraction(stored);
  return session.database
    .all<FoundRow>(`SELECT ${ITEM_COLUMNS}, ${sql} AS found ${from}`, ...paths, ...binds)
    .map(({ found, ...row }) => ({ ...row, values: found === null ? NO_VALUES : extracted(stored, found) }));
}

const NO_VALUES: ReadonlyMap<PropKey, TypedValue> = new Map();

/** A row's values, its entry id among them. */
export function valuesIn(row: LoadedRow): RowValues {
  return (key) => (key === ENTRY_ID ? { type: PT.BINARY, value: fromHex(row.entry_id) } : row.values.get(key));
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
