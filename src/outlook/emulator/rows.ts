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
  const loaded = rows.map((row) => ({ ...row, values: values.get(row.number) ?? new Map<PropKey, TypedValue>() }));
  const passed = loaded.filter((row) => wanted.tests.every((test) => test.passes(valuesIn(row))));
  return wanted.order === undefined ? passed : sorted(passed, wanted.order);
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
  const byItem = new Map<number, Map<PropKey, TypedValue>>();
  const stored = keys.filter((key) => key !== ENTRY_ID);
  if (stored.length === 0) return byItem;
  const cells = session.database.all<{
    number: number;
    key: string;
    type: number;
    value: string | number | Uint8Array | null;
  }>(
    `SELECT i.number, p.key, p.type, p.value FROM items i JOIN properties p
       ON p.owner = 'i' || i.number AND p.key IN (${stored.map(() => '?').join(', ')})
     WHERE i.folder = ? AND i.hidden = ?`,
    ...stored,
    folder,
    hidden ? 1 : 0,
  );
  for (const cell of cells) {
    const values = byItem.get(cell.number) ?? new Map<PropKey, TypedValue>();
    values.set(cell.key, decode(cell));
    byItem.set(cell.number, values);
  }
  return byItem;
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
