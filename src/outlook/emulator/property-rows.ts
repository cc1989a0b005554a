/** How property values lie in the file: one row for each property of an owner. */
import type { Bind, Database } from '../../node/database.ts';
import { type PropKey, type PropType, PT, type TypedValue } from './property.ts';

type PropertyRow = { readonly key: string; readonly type: number; readonly value: Stored };
type Stored = string | number | Uint8Array | null;

/** All properties of `owner`. */
export function readProperties(database: Database, owner: string): readonly (readonly [PropKey, TypedValue])[] {
  const rows = database.rows<readonly [string, number, Stored]>(READ_ALL, owner);
  return rows.map(([key, type, value]) => [key, decode({ type, value })] as const);
}

const READ_ALL = 'SELECT key, type, value FROM properties WHERE owner = ?';

/** One property of `owner`. */
export function readProperty(database: Database, owner: string, key: PropKey): TypedValue | undefined {
  const row = database.get<PropertyRow>(
    'SELECT key, type, value FROM properties WHERE owner = ? AND key = ?',
    owner,
    key,
  );
  return row === undefined ? undefined : decode(row);
}

/** Writes one property of `owner`. */
export function writeProperty(database: Database, owner: string, key: PropKey, value: TypedValue): void {
  database.run(
    'INSERT OR REPLACE INTO properties (owner, key, type, value) VALUES (?, ?, ?, ?)',
    owner,
    key,
    value.type,
    encode(value),
  );
}

/** Makes the properties of `owner` exactly these. */
export function replaceProperties(
  database: Database,
  owner: string,
  values: readonly (readonly [PropKey, TypedValue])[],
): void {
  deleteProperties(database, owner);
  writeProperties(database, owner, values);
}

/** So many rows one statement writes at most: most of what writing one costs is the call. */
const AT_ONCE = 64;
const WRITE_SEVERAL = Array.from({ length: AT_ONCE + 1 }, (_, rows) => {
  const places = Array.from({ length: rows }, () => '(?, ?, ?, ?)').join(', ');
  return `INSERT OR REPLACE INTO properties (owner, key, type, value) VALUES ${places}`;
});

/** Writes properties of `owner`. */
export function writeProperties(
  database: Database,
  owner: string,
  values: readonly (readonly [PropKey, TypedValue])[],
): void {
  for (let from = 0; from < values.length; from += AT_ONCE) {
    const several = values.slice(from, from + AT_ONCE);
    const binds: Bind[] = [];
    for (const [key, value] of several) binds.push(owner, key, value.type, encode(value));
    database.run(WRITE_SEVERAL[several.length] ?? '', ...binds);
  }
}

/** Removes one property of `owner`. */
export function deleteProperty(database: Database, owner: string, key: PropKey): void {
  database.run('DELETE FROM properties WHERE owner = ? AND key = ?', owner, key);
}

/** Removes all properties of `owner`. */
export function deleteProperties(database: Database, owner: string): void {
  database.run('DELETE FROM properties WHERE owner = ?', owner);
}

/** A value as it lies in a row. */
export function encode({ type, value }: TypedValue): string | number | Uint8Array {
  if (type === PT.MV_BINARY)
    return JSON.stringify((value as readonly Uint8Array[]).map((b) => Buffer.from(b).toString('hex')));
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'object' && !(value instanceof Uint8Array)) return JSON.stringify(value);
  return value;
}

/** A row's value. */
export function decode(row: {
  readonly type: number;
  readonly value: string | number | Uint8Array | null;
}): TypedValue {
  const type = row.type as PropType;
  const value = row.value ?? '';
  if (type === PT.BOOLEAN) return { type, value: value === 1 };
  if (type === PT.BINARY) return { type, value: value instanceof Uint8Array ? value : new Uint8Array(0) };
  if (type === PT.MV_BINARY) {
    return {
      type,
      value: (JSON.parse(String(value)) as string[]).map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
    };
  }
  if (type === PT.MV_LONG || type === PT.MV_UNICODE)
    return { type, value: JSON.parse(String(value)) as (string | number)[] };
  return { type, value };
}
