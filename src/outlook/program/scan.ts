/**
 * One Table read over a folder: what moved is told from entry ids, modification times and our tags, without opening an item.
 * The table is opened once and kept; its rows come in pages. What is not an item of ours is in the rows too: the caller
 * chooses by message class.
 */
import { toHex } from '../../base/utf8.ts';
import { TAG, tagSchemaName } from '../model/named-properties.ts';
import type { ObjectRef, OutlookValue, Program } from './program.ts';
import { ITEM } from './schema-names.ts';
import { script } from './script.ts';
import { isDate, list, type Values } from './values.ts';

/** One row of a folder. */
export type ScanRow = {
  /** '' when the table does not tell it: such a row can only be counted. */
  readonly entryId: string;
  /** UTC, `YYYY-MM-DDTHH:MM:SSZ`; undefined on damaged items. */
  readonly lastModified: string | undefined;
  readonly messageClass: string;
  /** The value of {@link TAG.token}; '' on items that carry none. */
  readonly token: string;
};

/** The columns, in the order in which rows hold them. `short` is for stores that refuse the column of long entry ids. */
export type ScanColumns = 'long' | 'short';

const TOKEN = tagSchemaName(TAG.token);
const COLUMNS = {
  long: [ITEM.entryId, ITEM.lastModified, ITEM.messageClass, TOKEN, ITEM.longEntryId],
  short: [ITEM.entryId, ITEM.lastModified, ITEM.messageClass, TOKEN],
} as const satisfies Record<ScanColumns, readonly string[]>;

/** Opens the table of a folder; returns `table` (an object, to be released by the caller) and `count`, the folder's item count. */
export function openScan(folder: ObjectRef, columns: ScanColumns): Program {
  return script('open scan', { folder }, (run) => {
    const table = run.open({ handle: 'folder', of: 'Folder' }, 'GetTable', 'Table');
    const tableColumns = run.object(table, 'Columns', 'Columns');
    run.call(tableColumns, 'RemoveAll');
    for (const column of COLUMNS[columns]) run.call(tableColumns, 'Add', column);
    const items = run.object({ handle: 'folder', of: 'Folder' }, 'Items', 'Items');
    return [table.handle, run.value(items, 'Count')];
  });
}

/** What {@link openScan} returned. */
export function openedScan(values: Values): { readonly table: ObjectRef; readonly count: number } {
  const table = values.GetTable;
  const count = values.Count;
  if (typeof table !== 'object' || table === null || !('object' in table) || typeof count !== 'number') {
    throw new Error('bug: an open scan returns a table and a count');
  }
  return { table, count };
}

/** The next page of at most `rows` rows; decode with {@link scannedRows}, an empty page is the end. */
export function scanPage(table: ObjectRef, rows: number): Program {
  return script('scan', { table }, (run) => [run.call({ handle: 'table', of: 'Table' }, 'GetArray', rows)]);
}

/** The rows of a page. @throws BadValue when it is no page */
export function scannedRows(values: Values, columns: ScanColumns): readonly ScanRow[] {
  const page = list(values.GetArray);
  const wanted = COLUMNS[columns].length;
  return asRows(page, wanted).map((cells) => ({
    entryId: entryId(cells[4]) || entryId(cells[0]),
    lastModified: isDate(cells[1]) ? `${cells[1].date}Z` : undefined,
    messageClass: typeof cells[2] === 'string' ? cells[2] : '',
    token: typeof cells[3] === 'string' ? cells[3] : '',
  }));
}

/**
 * Sources disagree on whether the array is [row][column] or [column][row]. The shape tells, unless a page is as long as it is
 * wide; then the first cells do: along the first column all are entry ids (bytes), along the first row the second is a date.
 * @source outlook-objects.md section 4 (GetArray)
 */
export function asRows(page: readonly OutlookValue[], columns: number): readonly (readonly OutlookValue[])[] {
  if (page.length === 0) return [];
  const outer = page.map((line) => list(line));
  const inner = outer[0]?.length ?? 0;
  if (inner === 0) return [];
  const byRow = outer.length !== columns || (inner === columns && !(outer[0]?.[1] instanceof Uint8Array));
  if (byRow) return outer;
  return Array.from({ length: inner }, (_, row) => outer.map((line) => line[row] ?? null));
}

/** The id in a cell; '' where there is none. */
export function entryId(cell: OutlookValue | undefined): string {
  if (cell instanceof Uint8Array) return toHex(cell);
  return typeof cell === 'string' ? cell : '';
}
