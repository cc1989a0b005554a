/** Values in the wire form. What crosses has the types that programs have; the add-in makes VARIANTs of them. */
import { dateOfOle, oleDate } from '../../program/ole-date.ts';
import type { OutlookValue } from '../../program/program.ts';
import { TAG } from './wire.ts';
import { WireFault, type WireReader, type WireWriter } from './wire-bytes.ts';

export function writeValue(write: WireWriter, value: OutlookValue): void {
  if (value === null) write.u8(TAG.null);
  else if (typeof value === 'boolean') write.u8(value ? TAG.true : TAG.false);
  else if (typeof value === 'number') writeNumber(write, value);
  else if (typeof value === 'string') {
    write.u8(TAG.text);
    write.text(value);
  } else if (value instanceof Uint8Array) {
    write.u8(TAG.bytes);
    write.varint(value.length);
    write.bytes(value);
  } else if (isList(value)) {
    write.u8(TAG.list);
    write.varint(value.length);
    for (const entry of value) writeValue(write, entry);
  } else if ('date' in value) {
    write.u8(TAG.date);
    write.f64(oleDate(value));
  } else if ('error' in value) {
    write.u8(TAG.error);
    write.u32(value.error);
  } else {
    write.u8(TAG.object);
    write.u32(value.object);
  }
}

/** @throws WireFault */
export function readValue(read: WireReader): OutlookValue {
  const tag = read.u8();
  switch (tag) {
    case TAG.null:
      return null;
    case TAG.false:
      return false;
    case TAG.true:
      return true;
    case TAG.int:
      return unzigzag(read.varint());
    case TAG.double:
      return read.f64();
    case TAG.text:
      return read.text();
    case TAG.bytes:
      return read.bytes(read.varint());
    case TAG.date:
      return readDate(read.f64());
    case TAG.error:
      return { error: read.u32() };
    case TAG.object:
      return { object: read.u32() };
    case TAG.list:
      return readList(read);
    default:
      throw new WireFault(`a value of kind ${tag}`);
  }
}

function readList(read: WireReader): OutlookValue {
  const length = read.varint();
  if (length > read.left()) throw new WireFault('a list is longer than what follows');
  return Array.from({ length }, () => readValue(read));
}

/** An Automation date has the years 100 to 9999. @source MS-OAUT 2.2.25 */
function readDate(days: number): OutlookValue {
  if (!(days > -657_435 && days < 2_958_466)) throw new WireFault('a date is out of range');
  return dateOfOle(days);
}

function writeNumber(write: WireWriter, value: number): void {
  // -0 is no whole number: as one it would lose its sign.
  if (Object.is(value | 0, value)) {
    write.u8(TAG.int);
    write.varint((value << 1) ^ (value >> 31));
  } else {
    write.u8(TAG.double);
    write.f64(value);
  }
}

function unzigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}

function isList(value: OutlookValue): value is readonly OutlookValue[] {
  return Array.isArray(value);
}
