/** Outlook's exports as comma-separated values: of contacts or of a calendar, told by their headings. */
import { digestText } from '../../base/digest.ts';
import { seriesKit } from '../../domain/content-kit.ts';
import { outlookContact } from '../../mapping/outlook/contact/contact.ts';
import { outlookEvent } from '../../mapping/outlook/event/event.ts';
import type { ByteSource } from '../byte-source.ts';
import { importFailure } from '../failures.ts';
import type { Found, ImportFile, ReadingContext } from '../found.ts';
import { PAUSE } from '../text-source.ts';
import { type Columns, columnsOf } from './headings.ts';
import { csvRecords } from './records.ts';
import { appointmentOfRow, type Cells, contactOfRow, type RowContext } from './rows.ts';
import { type DateOrder, orderTold } from './values.ts';

export function csvFile(source: ByteSource, context: ReadingContext): ImportFile {
  let done = 0;
  return {
    kind: 'csv',
    // Once to learn how its dates are written, once to read it.
    total: source.size * 2,
    done: () => done,
    found: function* () {
      const { columns, order } = yield* lookThrough(source, (bytes) => {
        done = bytes;
      });
      let first = true;
      for (const record of csvRecords(source)) {
        if (record === PAUSE) yield { kind: 'pause' };
        else {
          done = source.size + record.next;
          if (record.flaw !== undefined) yield refused(columns.kind, '', `row in line ${record.line} ${record.flaw}`);
          else if (!first) yield readRow(record.fields, columns, { order, zone: context.zone });
          first = false;
        }
      }
      done = source.size * 2;
    },
  };
}

type Looked = { readonly columns: Columns; readonly order: DateOrder };

/** @throws IMPORT_KIND_UNKNOWN when the headings are not Outlook's */
function* lookThrough(source: ByteSource, onProgress: (bytes: number) => void): Generator<Found, Looked> {
  let columns: Columns | undefined;
  let order: DateOrder | undefined;
  for (const record of csvRecords(source)) {
    if (record === PAUSE) {
      yield { kind: 'pause' };
      continue;
    }
    onProgress(record.next);
    if (columns === undefined) {
      columns = columnsOf(record.fields);
      if (columns === undefined) break;
    } else order ??= told(record.fields, columns);
  }
  if (columns === undefined)
    throw importFailure(
      'IMPORT_KIND_UNKNOWN',
      'The file is no export of Outlook: its first line does not have the headings of contacts or a calendar in English, French or German.',
    );
  return { columns, order: order ?? (columns.english ? 'monthFirst' : 'dayFirst') };
}

const DATES: ReadonlySet<string> = new Set(['startDate', 'endDate', 'birthday', 'anniversary']);

function told(fields: readonly string[], { columns }: Columns): DateOrder | undefined {
  for (const [at, column] of columns) {
    const order = DATES.has(column) ? orderTold(fields[at] ?? '') : undefined;
    if (order !== undefined) return order;
  }
  return undefined;
}

function readRow(fields: readonly string[], table: Columns, context: RowContext): Found {
  if (table.kind === 'contact') {
    const contact = contactOfRow(cellsOf(fields, table.columns), context);
    return typeof contact === 'string'
      ? refused('contact', '', contact)
      : { kind: 'card', card: outlookContact.read(contact), photo: undefined, from: '' };
  }
  const cell = cellsOf(fields, table.columns);
  const appointment = appointmentOfRow(cell, context);
  if (typeof appointment === 'string') return refused('event', cell('subject'), appointment);
  const series = outlookEvent.read(appointment, { zone: context.zone, ownAddress: '' });
  const uid = `import-${digestText(seriesKit.fingerprint(series))}`;
  return { kind: 'event', series: { ...series, uid }, from: '' };
}

function cellsOf<C extends string>(fields: readonly string[], columns: ReadonlyMap<number, C>): Cells<C> {
  const values = new Map<C, string>();
  for (const [at, column] of columns) values.set(column, fields[at] ?? '');
  return (column) => values.get(column) ?? '';
}

function refused(what: 'event' | 'contact', title: string, detail: string): Found {
  return { kind: 'refused', what, title, reason: 'invalid', detail, from: '' };
}
