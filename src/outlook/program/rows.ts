/**
 * What a table tells of many items at once that are about to be read: texts, and times in the zone of Windows. It is no snapshot:
 * a reader takes from a row only what cannot be otherwise on the item (`row-times.ts`, `side-row-texts.ts`), while the item's
 * modification time is the row's, and asks the item for the rest.
 * @source outlook-objects.md section 4
 */
import type { Handle, ObjectRef, Outcome, OutlookValue, Program } from './program.ts';
import { asRows, entryId } from './scan.ts';
import { APPOINTMENT, ITEM } from './schema-names.ts';
import { APPLICATION, script } from './script.ts';
import { isAbsent, isDate, type Values } from './values.ts';
import { zoneKeyFrom } from './zone-key.ts';

/** Members that a row can stand for, each a call less. By their built-in names times are in the zone of Windows. */
export type RowMember = 'Body' | 'Start' | 'End';

/** One row. What its table does not tell is undefined. */
export type RowFacts = {
  readonly entryId: string;
  /** UTC, `YYYY-MM-DDTHH:MM:SSZ` */
  readonly lastModified: string;
  /** Cut where it is long; '' where the item has none. */
  readonly body: string | undefined;
  /** `YYYY-MM-DDTHH:MM:SS` in the zone of Windows; undefined where the item's own zone is, or may be, another. */
  readonly times: RowTimes | undefined;
};

export type RowTimes = { readonly start: string; readonly end: string };

/** What a part may use of the row of its item. */
export type RowView = {
  readonly lastModified: string;
  readonly times: RowTimes | undefined;
  /** The item's text; undefined where the item is to be asked. Called as the steps are written. */
  readonly body: () => string | undefined;
  /** Hears the text of an item that was asked and has not changed since its row was read. */
  readonly asked: (body: string) => void;
};

/** An open table of rows. */
export type RowTable = {
  readonly table: ObjectRef;
  readonly columns: readonly string[];
  /** The Windows id of the zone that the times are in; undefined where Outlook does not tell. */
  readonly zone: string | undefined;
};

/** The columns that `members` take. Every row begins with an id and a date, by which {@link asRows} tells rows from columns. */
export function rowColumns(members: readonly RowMember[]): readonly string[] {
  const zone = members.includes('Start') ? [APPOINTMENT.startZone] : [];
  return [ITEM.entryId, ITEM.lastModified, ITEM.longEntryId, ...members, ...zone];
}

/** Opens a table of these columns; see {@link openedRows}. */
export function openRows(folder: ObjectRef, columns: readonly string[]): Program {
  return script('open rows', { folder }, (run) => {
    const table = run.open({ handle: 'folder', of: 'Folder' }, 'GetTable', 'Table');
    const tableColumns = run.object(table, 'Columns', 'Columns');
    run.call(tableColumns, 'RemoveAll');
    for (const column of columns) run.call(tableColumns, 'Add', column);
    if (!columns.includes(APPOINTMENT.startZone)) return [table.handle];
    const zones = run.optional.object(APPLICATION, 'TimeZones', 'TimeZones');
    const current = run.optional.object(zones, 'CurrentTimeZone', 'TimeZone');
    return [table.handle, run.part(ZONE).optional.value(current, 'ID')];
  });
}

const ZONE: Handle = 'zone:';

/** What {@link openRows} returned, which the caller releases. */
export function openedRows(values: Values, columns: readonly string[]): RowTable {
  const table = values.GetTable;
  if (typeof table !== 'object' || table === null || !('object' in table)) throw new Error('bug: rows are of a table');
  const zone = values[`${ZONE}ID`];
  return { table, columns, zone: typeof zone === 'string' && zone !== '' ? zone : undefined };
}

/** The column that a table refused; undefined when that is not why the program failed, or nothing is left without it. */
export function refusedColumn(program: Program, outcome: Extract<Outcome, { kind: 'failed' }>): string | undefined {
  const step = program.steps[outcome.step];
  const column = step?.do === 'call' && step.member === 'Add' ? step.args?.[0] : undefined;
  const needed: readonly string[] = [ITEM.entryId, ITEM.lastModified];
  return typeof column === 'string' && !needed.includes(column) ? column : undefined;
}

/** The next rows, at most so many. */
export function rowPage(table: ObjectRef, rows: number): Program {
  return script('read rows', { table }, (run) => [run.call({ handle: 'table', of: 'Table' }, 'GetArray', rows)]);
}

/** The rows of a page, but for damaged ones; undefined at the end. */
export function rowsOf(values: Values, { columns, zone }: RowTable): readonly RowFacts[] | undefined {
  const page = values.GetArray;
  if (!Array.isArray(page)) return undefined;
  const rows = asRows(page as readonly OutlookValue[], columns.length);
  return rows.length === 0 ? undefined : rows.flatMap((cells) => factsOf(cells, columns, zone));
}

function factsOf(cells: readonly OutlookValue[], columns: readonly string[], zone: string | undefined): RowFacts[] {
  const cell = (column: string): OutlookValue | undefined => {
    const at = columns.indexOf(column);
    return at < 0 ? undefined : (cells[at] ?? null);
  };
  const lastModified = cell(ITEM.lastModified);
  if (!isDate(lastModified)) return [];
  return [
    {
      entryId: entryId(cell(ITEM.longEntryId)) || entryId(cell(ITEM.entryId)),
      lastModified: `${lastModified.date}Z`,
      body: textOf(cell('Body')),
      times: zone === undefined ? undefined : timesOf(cell, zone),
    },
  ];
}

/** A column that is there and says nothing is a text that is not. */
function textOf(cell: OutlookValue | undefined): string | undefined {
  if (typeof cell === 'string') return cell;
  return cell !== undefined && isAbsent(cell) ? '' : undefined;
}

/** The name of the item's zone stands within what a table shows of its definition, however little that is. */
function timesOf(cell: (column: string) => OutlookValue | undefined, zone: string): RowTimes | undefined {
  const [start, end, definition] = [cell('Start'), cell('End'), cell(APPOINTMENT.startZone)];
  if (!isDate(start) || !isDate(end) || !(definition instanceof Uint8Array)) return undefined;
  return zoneKeyFrom(definition) === zone ? { start: start.date, end: end.date } : undefined;
}
