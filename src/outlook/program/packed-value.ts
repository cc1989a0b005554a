/**
 * Values as bytes, for programs that cross into another process as a whole ({@link file://./packed-program.ts} has the frame).
 * A value is one byte that says its kind, then (little-endian):
 *
 * | Kind | What follows |
 * | --- | --- |
 * | 0 null, 1 false, 2 true | nothing |
 * | 3 whole number | i32 |
 * | 4 number | f64 |
 * | 5 text | u32 length in UTF-16 code units, the code units |
 * | 6 date | f64, as VT_DATE has it |
 * | 7 error | u32, an HRESULT |
 * | 8 bytes | u32 length, the bytes |
 * | 9 list | u32 length, the values |
 * | 10 object | u16, its index in the list of objects that travels with the bytes |
 * | 11 slot | u16, the number of a handle; only where a step takes an argument |
 *
 * A table of two dimensions is a list of lists, the first dimension outside.
 */
import type { ByteReader, ByteWriter } from '../model/bytes.ts';
import { badStructure } from '../model/structure-failure.ts';
import { dateOfOle, oleDate } from './ole-date.ts';
import type { ObjectRef, OutlookValue } from './program.ts';

export const KIND = {
  null: 0,
  false: 1,
  true: 2,
  whole: 3,
  number: 4,
  text: 5,
  date: 6,
  error: 7,
  bytes: 8,
  list: 9,
  object: 10,
  slot: 11,
} as const;

/** Deeper than anything that Outlook answers; bytes that claim more are damaged. */
const DEEPEST = 32;

/** Writes a value; objects are added to `objects`. */
export function writeValue(write: ByteWriter, value: OutlookValue, objects: ObjectRef[]): void {
  if (value === null) write.u8(KIND.null);
  else if (typeof value === 'boolean') write.u8(value ? KIND.true : KIND.false);
  else if (typeof value === 'number') writeNumber(write, value);
  else if (typeof value === 'string') write.u8(KIND.text).u32(value.length).utf16(value);
  else if (value instanceof Uint8Array) write.u8(KIND.bytes).u32(value.length).bytes(value);
  else if (isList(value)) writeList(write, value, objects);
  else if ('date' in value) write.u8(KIND.date).f64(oleDate(value));
  else if ('error' in value) write.u8(KIND.error).u32(value.error >>> 0);
  else write.u8(KIND.object).u16(objects.push(value) - 1);
}

/** Reads a value. @throws Failure OUTLOOK_BAD_STRUCTURE */
export function readValue(read: ByteReader, objects: readonly ObjectRef[], depth = 0): OutlookValue {
  return readValueOf(read.u8(), read, objects, depth);
}

/** Reads the rest of a value whose kind was read. @throws Failure OUTLOOK_BAD_STRUCTURE */
export function readValueOf(kind: number, read: ByteReader, objects: readonly ObjectRef[], depth = 0): OutlookValue {
  switch (kind) {
    case KIND.null:
      return null;
    case KIND.false:
      return false;
    case KIND.true:
      return true;
    case KIND.whole:
      return read.i32();
    case KIND.number:
      return read.f64();
    case KIND.text:
      return read.utf16(read.u32());
    case KIND.date:
      return readDate(read.f64());
    case KIND.error:
      return { error: read.u32() };
    case KIND.bytes:
      return read.bytes(read.u32());
    case KIND.list:
      return readList(read, objects, depth);
    case KIND.object:
      return objects[read.u16()] ?? bad('an object is missing');
    default:
      return bad(`kind ${kind} is unknown`);
  }
}

/** What a packed structure that cannot be is reported as. */
export function bad(reason: string): never {
  throw badStructure('packed program', reason);
}

/** A number that is no date of the Gregorian calendar is damage. @source MS-OAUT 2.2.25: years 100 to 9999 */
function readDate(days: number): OutlookValue {
  return days > FIRST_DAY && days < LAST_DAY ? dateOfOle(days) : bad('a date is out of range');
}

const FIRST_DAY = -657_435;
const LAST_DAY = 2_958_466;

function writeNumber(write: ByteWriter, value: number): void {
  // -0 is no whole number: as one it would lose its sign.
  if (Object.is(value | 0, value)) write.u8(KIND.whole).i32(value);
  else write.u8(KIND.number).f64(value);
}

function writeList(write: ByteWriter, values: readonly OutlookValue[], objects: ObjectRef[]): void {
  write.u8(KIND.list).u32(values.length);
  for (const value of values) writeValue(write, value, objects);
}

function readList(read: ByteReader, objects: readonly ObjectRef[], depth: number): OutlookValue {
  const length = read.u32();
  if (depth >= DEEPEST || length > read.remaining()) return bad('a list is too long or too deep');
  return Array.from({ length }, () => readValue(read, objects, depth + 1));
}

function isList(value: OutlookValue): value is readonly OutlookValue[] {
  return Array.isArray(value);
}
