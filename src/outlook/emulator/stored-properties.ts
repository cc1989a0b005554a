/**
 * How property values lie in the file: of each owner (an item, a part of one, a folder, a store) all of them as one JSON object in the
 * owner's row. What is read and written most is then one column of one row: a Save writes half the pages that a row for each value took.
 *
 * A text, a whole number and a yes or no lie as they are, bytes as `["base64"]`, everything else as `[type, value]`, bytes of a list
 * in hex.
 */
import type { Database } from '../../node/database.ts';
import { type PropKey, type PropType, PT, type TypedValue } from './property.ts';

type Stored = string | number | boolean | readonly [string] | readonly [number, StoredValue];
type StoredValue = string | number | null | readonly (string | number)[];
type Entry = readonly [PropKey, TypedValue];

/** Where an owner's properties are: `i12` an item, `p3` a part of one, `fABCD…` a folder, `s1` a store. */
export type Owner = `${keyof typeof ROWS}${string}`;

const ROWS = {
  i: statements('items', 'number'),
  p: statements('parts', 'number'),
  f: statements('folders', 'entry_id'),
  s: statements('stores', 'id'),
} as const;

function statements(table: string, id: string) {
  return {
    read: `SELECT contents FROM ${table} WHERE ${id} = ?`,
    write: `UPDATE ${table} SET contents = ? WHERE ${id} = ?`,
  };
}

function rowOf(owner: Owner): { readonly read: string; readonly write: string; readonly id: string } {
  return { ...ROWS[owner.charAt(0) as keyof typeof ROWS], id: owner.slice(1) };
}

/** All properties of `owner`; none when it is not there. */
export function readProperties(database: Database, owner: Owner): readonly Entry[] {
  const { read, id } = rowOf(owner);
  const [row] = database.rows<readonly [string]>(read, id);
  return row === undefined ? [] : propertiesIn(row[0]);
}

/** One property of `owner`. */
export function readProperty(database: Database, owner: Owner, key: PropKey): TypedValue | undefined {
  return readProperties(database, owner).find(([name]) => name === key)?.[1];
}

/** Writes one property of `owner`. */
export function writeProperty(database: Database, owner: Owner, key: PropKey, value: TypedValue): void {
  change(database, owner, (values) => values.set(key, value));
}

/** Removes one property of `owner`. */
export function deleteProperty(database: Database, owner: Owner, key: PropKey): void {
  change(database, owner, (values) => values.delete(key));
}

/** Makes the properties of `owner` exactly these. */
export function replaceProperties(database: Database, owner: Owner, values: readonly Entry[]): void {
  const { write, id } = rowOf(owner);
  database.run(write, contentsOf(values), id);
}

/** Read and written in one transaction: another process may write another property. */
function change(database: Database, owner: Owner, edit: (values: Map<PropKey, TypedValue>) => void): void {
  database.transaction(() => {
    const values = new Map(readProperties(database, owner));
    edit(values);
    replaceProperties(database, owner, [...values]);
  });
}

/** What an owner's row says of these properties. */
export function contentsOf(values: Iterable<Entry>): string {
  let text = '';
  for (const [key, value] of values) text += `${text === '' ? '{' : ','}${nameOf(key)}:${textOf(value)}`;
  return text === '' ? '{}' : `${text}}`;
}

/** The properties that an owner's row says. */
export function propertiesIn(contents: string): readonly Entry[] {
  const values = JSON.parse(contents) as Readonly<Record<string, Stored>>;
  const entries: Entry[] = [];
  for (const name in values) entries.push([keyOf(name), decoded(values[name] ?? '')]);
  return entries;
}

/** SQL that takes some properties out of `contents`, and the values to bind; what it gives is for {@link extracted}. */
export function extraction(keys: readonly PropKey[]): { readonly sql: string; readonly binds: readonly string[] } {
  if (keys.length === 0) return { sql: 'NULL', binds: [] };
  // Of one path it would give the bare value, of several a list.
  const paths = keys.length === 1 ? [...keys, ...keys] : keys;
  return { sql: `json_extract(contents, ${paths.map(() => '?').join(', ')})`, binds: paths.map(pathOf) };
}

/** Where `contents` has a property, for SQL. */
export function pathOf(key: PropKey): string {
  return `$.${nameOf(key)}`;
}

/** The values that {@link extraction} took, those that are there. */
export function extracted(keys: readonly PropKey[], list: string): ReadonlyMap<PropKey, TypedValue> {
  const values = JSON.parse(list) as readonly (Stored | null)[];
  const found = new Map<PropKey, TypedValue>();
  for (const [at, key] of keys.entries()) {
    const value = values[at];
    if (value !== null && value !== undefined) found.set(key, decoded(value));
  }
  return found;
}

/** Property sets have a letter in the file: they would be a third of it. The letters stay what they are. */
const SETS: readonly (readonly [string, string])[] = [
  ['{00062004-0000-0000-C000-000000000046}', 'A'],
  ['{00062002-0000-0000-C000-000000000046}', 'B'],
  ['{00062008-0000-0000-C000-000000000046}', 'C'],
  ['{6ED8DA90-450B-101B-98DA-00AA003F1305}', 'D'],
  ['{00020329-0000-0000-C000-000000000046}', 'E'],
  ['{00020386-0000-0000-C000-000000000046}', 'F'],
];
const LETTERS = new Map(SETS);
const SET_OF = new Map(SETS.map(([set, letter]) => [letter, set]));
/** A GUID with its braces. */
const SET_LENGTH = 38;

/** Keys to their names in the file, as JSON, and back; there are as many as an Outlook has properties. */
const names = new Map<PropKey, string>();
const keys = new Map<string, PropKey>();

function nameOf(key: PropKey): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const letter = key.startsWith('t:') ? undefined : LETTERS.get(key.slice(2, 2 + SET_LENGTH));
  const name = JSON.stringify(letter === undefined ? key : `${key.slice(0, 2)}${letter}${key.slice(2 + SET_LENGTH)}`);
  names.set(key, name);
  return name;
}

function keyOf(name: string): PropKey {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const set = name.startsWith('t:') || name.charAt(3) !== ':' ? undefined : SET_OF.get(name.charAt(2));
  const key = set === undefined ? name : `${name.slice(0, 2)}${set}${name.slice(3)}`;
  keys.set(name, key);
  return key;
}

function textOf({ type, value }: TypedValue): string {
  switch (type) {
    case PT.UNICODE:
    case PT.LONG:
    case PT.BOOLEAN:
      return JSON.stringify(value);
    case PT.BINARY:
      return `["${encoded(value as Uint8Array, 'base64')}"]`;
    case PT.MV_BINARY:
      return JSON.stringify([type, (value as readonly Uint8Array[]).map((bytes) => encoded(bytes, 'hex'))]);
    default:
      return `[${type},${JSON.stringify(value)}]`;
  }
}

function decoded(value: Stored): TypedValue {
  if (typeof value === 'string') return { type: PT.UNICODE, value };
  if (typeof value === 'number') return { type: PT.LONG, value };
  if (typeof value === 'boolean') return { type: PT.BOOLEAN, value };
  if (value.length === 1) return { type: PT.BINARY, value: bytesOf(value[0], 'base64') };
  const [type, of] = value as readonly [PropType, StoredValue];
  // As files of the first schema have them.
  if (type === PT.BINARY) return { type, value: bytesOf(String(of), 'hex') };
  if (type === PT.MV_BINARY) return { type, value: (of as readonly string[]).map((one) => bytesOf(one, 'hex')) };
  return { type, value: of ?? '' };
}

function encoded(bytes: Uint8Array, encoding: 'base64' | 'hex'): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(encoding);
}

function bytesOf(text: string, encoding: 'base64' | 'hex'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}
