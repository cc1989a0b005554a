/** The columns of a Table. @source outlook-objects.md section 4 */

import { must } from '../../base/assert.ts';
import { toHex } from '../../base/utf8.ts';
import { text } from './arguments.ts';
import { pick } from './collection.ts';
import { BLOCKED_COLUMNS, builtInColumn, defaultColumns, ENTRY_ID, LONG_TERM_ENTRY_ID } from './columns.ts';
import type { DispatchObject, DispatchValue, ObjectClass } from './dispatch.ts';
import { fail } from './fault.ts';
import { PROP, type PropKey, PT } from './property.ts';
import type { LoadedRow } from './rows.ts';
import { parseSchemaName, sameType } from './schema-name.ts';
import type { Session } from './session.ts';
import { standardMembers } from './standard-members.ts';
import { attachedStores, type StoreRow } from './stores.ts';
import type { EmulatorSwitches } from './switches.ts';
import { toDispatch } from './typed-value.ts';
import { NO_DATE, shift, toLocalTime } from './zone-time.ts';

/** `name` is the reference exactly as it was used to add the column; `by` decides how values look. */
export type TableColumn = {
  readonly name: string;
  readonly key: PropKey;
  readonly type: number | undefined;
  readonly by: 'name' | 'namespace';
};

/** What Columns needs of its table. */
export type ColumnsHost = {
  readonly session: Session;
  columns: readonly TableColumn[];
  readonly reset: () => void;
  readonly table: () => DispatchObject;
};

/** The columns a new table has. */
export function startColumns(session: Session, itemType: number, hidden: boolean): readonly TableColumn[] {
  return defaultColumns(itemType, hidden).flatMap((name) => {
    const found = builtInColumn(session, name);
    return found === undefined ? [] : [byName(found.name, found.column)];
  });
}

/** The Columns object of a table. */
export function columnsObject(host: ColumnsHost): DispatchObject {
  return host.session.make(COLUMNS, host);
}

/** Reads cells as a client sees them; zone and stores are looked up once for all of them. */
export function cellReader(session: Session): (row: LoadedRow, column: TableColumn) => DispatchValue {
  const { textCut, bodyColumn } = session.switches;
  const local = localTime(session);
  const stores = new Map(attachedStores(session).map((store) => [store.id, store]));
  return (row, column) => {
    if (column.key === ENTRY_ID || column.key === LONG_TERM_ENTRY_ID) {
      return entryIdCell(session, must(stores.get(row.store)), row, column);
    }
    const stored = row.values.get(column.key);
    const unfilled = column.key === PROP.body && bodyColumn === 'empty';
    if (stored === undefined || unfilled || (column.type !== undefined && !sameType(column.type, stored.type))) {
      return session.switches.missingCell === 'null' ? null : { error: session.errorNumber('NOT_FOUND') };
    }
    if (typeof stored.value === 'string' && stored.type === PT.UNICODE) {
      const end = column.key === PROP.body && bodyColumn === 'otherEnd' ? '\r\n' : '';
      return cutText(stored.value + end, textCut);
    }
    if (stored.value instanceof Uint8Array && column.by === 'namespace') return stored.value.slice(0, CUT);
    if (column.by === 'namespace') return toDispatch(stored);
    if (stored.type === PT.SYSTIME) return { date: local(String(stored.value)) };
    if (stored.value instanceof Uint8Array) return toHex(stored.value);
    return Array.isArray(stored.value) ? stored.value.join(', ') : toDispatch(stored);
  };
}

/** What a table shows of a text or of bytes. */
const CUT = 255;

/** The beginning of a text that a table shows: so many characters, or as many as fit into so many bytes. EO52 */
function cutText(text: string, how: EmulatorSwitches['textCut']): string {
  if (how === 'characters') return text.slice(0, CUT);
  if (how === 'utf16Bytes') return text.slice(0, Math.floor(CUT / 2));
  let [end, bytes] = [0, 0];
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > CUT) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** From UTC to what a date column added by its built-in name shows. EO101 */
function localTime(session: Session): (utc: string) => string {
  const { iana } = session.zone();
  if (session.switches.localColumns === 'rules') return (utc) => toLocalTime(utc, iana);
  const now = session.now();
  const offset = (Date.parse(`${toLocalTime(now, iana)}Z`) - Date.parse(`${now}Z`)) / 1000;
  return (utc) => (utc >= NO_DATE ? utc : shift(utc, offset));
}

/** Tables of an Exchange store may give short-term ids, which open the item but differ from its EntryID. */
function entryIdCell(session: Session, store: StoreRow, row: LoadedRow, column: TableColumn): DispatchValue {
  const { shortTermEntryIds, noLongTermEntryIds } = session.switches;
  const isShort = shortTermEntryIds && store.kind === 'exchange' && column.key === ENTRY_ID;
  if (column.key === LONG_TERM_ENTRY_ID && (noLongTermEntryIds || store.kind !== 'exchange')) return null;
  const hex = isShort ? `EF000000${store.uid.slice(0, 16)}${row.entry_id.slice(-8)}` : row.entry_id;
  return column.by === 'name' ? hex : new Uint8Array(Buffer.from(hex, 'hex'));
}

function byName(name: string, column: { key: PropKey; type: number }): TableColumn {
  return { name, key: column.key, type: column.type, by: 'name' };
}

function columnFor(session: Session, name: string): TableColumn {
  if (BLOCKED_COLUMNS.has(name.toLowerCase())) fail('FAILED', name);
  const builtIn = builtInColumn(session, name);
  if (builtIn?.column.key === PROP.body && session.switches.bodyColumn === 'refused') fail('FAILED', name);
  if (builtIn !== undefined) return byName(name, builtIn.column);
  const schema = parseSchemaName(name) ?? fail('INVALID_ARGUMENT', name);
  // A text name without its type is not a column.
  if (schema.form === 'string' && schema.type === undefined) fail('INVALID_ARGUMENT', name);
  return { name, key: schema.key, type: schema.type, by: 'namespace' };
}

const COLUMNS: ObjectClass<ColumnsHost> = {
  name: 'Columns',
  guarded: ['Add'],
  members: {
    ...standardMembers<ColumnsHost>(155, (self) => self.table()),
    Count: { get: (self) => self.columns.length },
    Item: {
      call: (self, [key]) => {
        const found = pick(self.columns, key, (column, name) => column.name === name);
        return found === undefined ? null : columnObject(self, found);
      },
    },
    Add: {
      call: (self, [name]) => {
        const column = columnFor(self.session, text(name));
        self.columns = [...self.columns, column];
        self.reset();
        return columnObject(self, column);
      },
    },
    Remove: {
      call: (self, [key]) => {
        const gone = pick(self.columns, key, (column, name) => column.name === name) ?? fail('INVALID_ARGUMENT');
        self.columns = self.columns.filter((column) => column !== gone);
        self.reset();
        return null;
      },
    },
    RemoveAll: {
      call: (self) => {
        self.columns = [];
        self.reset();
        return null;
      },
    },
  },
};

type ColumnState = { readonly session: Session; readonly column: TableColumn; readonly host: ColumnsHost };

function columnObject(host: ColumnsHost, column: TableColumn): DispatchObject {
  return host.session.make(COLUMN, { session: host.session, column, host });
}

const COLUMN: ObjectClass<ColumnState> = {
  name: 'Column',
  members: {
    ...standardMembers<ColumnState>(154, ({ host }) => columnsObject(host)),
    Name: { get: ({ column }) => column.name },
  },
};
