/**
 * What an Items collection goes through: stored items, or, with IncludeRecurrences over an ascending sort by Start, every
 * occurrence of every series between them. A collection that was sorted by Start and expanded once stays what it was asked to be.
 * @source outlook-objects.md section 3.1
 */
import { SERIES_END } from './columns.ts';
import type { DispatchObject } from './dispatch.ts';
import type { RowTest, RowValues } from './filter-match.ts';
import type { Occurrence } from './item-class.ts';
import { openItem } from './item-store.ts';
import { PROP, type PropKey, PT, type TypedValue } from './property.ts';
import { FreshRows, type LoadedRow, loadRows, type Order, valuesIn } from './rows.ts';
import type { Session } from './session.ts';

export type Entry = { readonly values: RowValues; readonly open: () => DispatchObject };

type Scope = {
  readonly folder: string;
  readonly tests: readonly RowTest[];
  readonly order: (Order & { readonly name: string }) | undefined;
  readonly recurrences: boolean;
};

/** Occurrences that fail the filter in a row before an endless series counts as exhausted. */
const PATIENCE = 5000;

export class ItemEntries {
  readonly #session: Session;
  readonly #scope: Scope;
  readonly #fresh: FreshRows<LoadedRow>;
  #walk: { readonly pulled: Entry[]; readonly rest: Iterator<Entry> } | undefined;

  constructor(session: Session, scope: Scope) {
    this.#session = session;
    this.#scope = { ...scope };
    this.#fresh = new FreshRows(session);
  }

  /** Whether occurrences are walked: only over an ascending sort by Start. */
  get expanded(): boolean {
    const { recurrences, order } = this.#scope;
    return recurrences && order?.name === 'Start' && !order.descending;
  }

  /** The stored items that pass, in order. */
  stored(keys: readonly PropKey[]): readonly LoadedRow[] {
    const { folder, tests, order } = this.#scope;
    const load = () => loadRows(this.#session, folder, { hidden: false, keys, tests, order });
    return keys.length === 0 ? this.#fresh.rows(load) : load();
  }

  /** The entry at a 0-based index. */
  at(index: number): Entry | undefined {
    if (!this.expanded) {
      const row = this.stored([])[index];
      return row === undefined ? undefined : this.#storedEntry(row);
    }
    return this.#pull(index);
  }

  /** The first entry from `from` on that also passes `test`. */
  next(from: number, test: RowTest): { readonly entry: Entry; readonly index: number } | undefined {
    const rows = this.expanded ? undefined : this.stored(test.keys).map((row) => this.#storedEntry(row));
    for (let index = from; index < from + PATIENCE; index++) {
      const entry = rows === undefined ? this.#pull(index) : rows[index];
      if (entry === undefined) return undefined;
      if (test.passes(entry.values)) return { entry, index };
    }
    return undefined;
  }

  #storedEntry(row: LoadedRow): Entry {
    return { values: valuesIn(row), open: () => openItem(this.#session, row).object() };
  }

  #pull(index: number): Entry | undefined {
    this.#walk ??= { pulled: [], rest: this.#occurrences() };
    const { pulled, rest } = this.#walk;
    while (pulled.length <= index) {
      const next = rest.next();
      if (next.done === true) return undefined;
      pulled.push(next.value);
    }
    return pulled[index];
  }

  /** All occurrences of all items that pass the filter, by start. */
  *#occurrences(): Generator<Entry> {
    const { folder, tests } = this.#scope;
    const keys = [SERIES_END.start, SERIES_END.end, PROP.messageClass, ...tests.flatMap((test) => test.keys)];
    const rows = loadRows(this.#session, folder, { hidden: false, keys, tests: [], order: undefined });
    const series = rows.map((row) => ({ row, rest: this.#occurrencesOf(row)[Symbol.iterator]() }));
    const heads = series.map(({ row, rest }) => ({ row, rest, head: rest.next() }));
    for (let missed = 0; missed < PATIENCE; ) {
      const live = heads.filter(({ head }) => head.done !== true);
      const [first] = live.sort((a, b) => (startOf(a.head.value) < startOf(b.head.value) ? -1 : 1));
      if (first === undefined) return;
      const occurrence = first.head.value as Occurrence;
      first.head = first.rest.next();
      const values = occurrenceValues(first.row, occurrence);
      if (tests.every((test) => test.passes(values))) {
        missed = 0;
        yield { values, open: occurrence.open };
      } else missed++;
    }
  }

  #occurrencesOf(row: LoadedRow): Iterable<Occurrence> {
    const item = openItem(this.#session, row);
    if (item.itemClass.occurrences !== undefined) return item.itemClass.occurrences(item);
    const values = valuesIn(row);
    const [start, end] = [values(SERIES_END.start)?.value, values(SERIES_END.end)?.value];
    return [{ start: String(start ?? ''), end: String(end ?? ''), open: () => item.object() }];
  }
}

function startOf(occurrence: Occurrence | undefined): string {
  return occurrence?.start ?? '';
}

/** The series' values with the occurrence's own start and end. */
function occurrenceValues(row: LoadedRow, { start, end }: Occurrence): RowValues {
  const time = (value: string): TypedValue => ({ type: PT.SYSTIME, value });
  return (key) => {
    if (key === SERIES_END.start) return time(start);
    if (key === SERIES_END.end) return time(end);
    return key === SERIES_END.recurring ? { type: PT.BOOLEAN, value: false } : valuesIn(row)(key);
  };
}
