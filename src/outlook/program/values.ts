import { isError, meaningOf } from './errors.ts';
import type { Handle, OutlookDate, OutlookValue } from './program.ts';

/** What a program returned, by handle. */
export type Values = Readonly<Record<Handle, OutlookValue>>;

/**
 * A value that cannot be what it should be: the item is damaged, or this way of reading does not reach it. Thrown while a
 * snapshot is put together and turned into `unreadable` by {@link file://./reading.ts}; never leaves this room.
 */
export class BadValue extends Error {}

/** Text; '' where the property is absent. @throws BadValue on an error other than absence, or on another type */
export function text(value: OutlookValue | undefined): string {
  if (isAbsent(value)) return '';
  if (typeof value !== 'string') throw bad('text', value);
  return value;
}

/** A number; `absent` where the property is absent. @throws BadValue */
export function number(value: OutlookValue | undefined, absent = 0): number {
  if (isAbsent(value)) return absent;
  if (typeof value !== 'number') throw bad('a number', value);
  return value;
}

/** A truth value; false where the property is absent. @throws BadValue */
export function flag(value: OutlookValue | undefined): boolean {
  if (isAbsent(value)) return false;
  if (typeof value !== 'boolean') throw bad('a truth value', value);
  return value;
}

/** Bytes; undefined where the property is absent. @throws BadValue */
export function bytes(value: OutlookValue | undefined): Uint8Array | undefined {
  if (isAbsent(value)) return undefined;
  if (!(value instanceof Uint8Array)) throw bad('bytes', value);
  return value;
}

/** A list of texts; empty where the property is absent. @throws BadValue */
export function texts(value: OutlookValue | undefined): readonly string[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value)) throw bad('a list', value);
  return value.map((entry: OutlookValue) => text(entry));
}

/** A list of bytes; empty where the property is absent. @throws BadValue */
export function bytesList(value: OutlookValue | undefined): readonly Uint8Array[] {
  return isAbsent(value) ? [] : list(value).map((entry) => bytes(entry) ?? NO_BYTES);
}

const NO_BYTES = new Uint8Array(0);

/** A list of values. @throws BadValue */
export function list(value: OutlookValue | undefined): readonly OutlookValue[] {
  if (!Array.isArray(value)) throw bad('a list', value);
  return value;
}

/** A date, `YYYY-MM-DDTHH:MM:SS` in whatever zone the property counts. @throws BadValue when it is absent or no date */
export function date(value: OutlookValue | undefined): string {
  if (!isDate(value)) throw bad('a date', value);
  return value.date;
}

/** Whether a value is a date. */
export function isDate(value: OutlookValue | undefined): value is OutlookDate {
  return typeof value === 'object' && value !== null && 'date' in value;
}

/** Whether a property is simply not there. */
export function isAbsent(value: OutlookValue | undefined): boolean {
  return value === undefined || value === null || (isError(value) && meaningOf(value.error) === 'absent');
}

function bad(wanted: string, value: OutlookValue | undefined): BadValue {
  const found = isError(value) ? `error 0x${(value.error >>> 0).toString(16).toUpperCase()}` : typeof value;
  return new BadValue(`${wanted} was expected, ${found} was found`);
}
