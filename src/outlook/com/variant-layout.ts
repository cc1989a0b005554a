/**
 * VARIANT and SAFEARRAY in memory, 64 bits wide. What lies behind pointers (texts, arrays, objects) is made and read through
 * {@link VariantMemory}, so that this file needs no Windows.
 * @source MS-OAUT 2.2.29; wtypes.h, oaidl.h (tagVARIANT, tagDEC, tagSAFEARRAY)
 */
import { must } from '../../base/assert.ts';
import { dateOfOle, oleDate } from '../program/ole-date.ts';
import { scaled, scaleOf, unscaled } from './scaled-number.ts';
import { type Cell, type ElementType, type Typed, type TypedArray, VT } from './variant.ts';

/** @units bytes */
export const VARIANT_SIZE = 24;
/** Where the value lies in a VARIANT; DECIMAL alone begins at 0. */
const VALUE = 8;

/** What lies behind the pointers of a VARIANT. */
export type VariantMemory<O> = {
  /** Memory at an address. */
  view(address: bigint, length: number): DataView;
  /** A new BSTR, owned by the VARIANT that it is put into. */
  text(value: string): bigint;
  /** The text of a BSTR; '' for a null pointer. */
  readText(address: bigint): string;
  /** A new SAFEARRAY of zeroes, owned by the VARIANT that it is put into, and where its elements are. */
  array(of: number, lengths: readonly number[]): { readonly array: bigint; readonly elements: bigint };
  /** The pointer of an object, counted for the VARIANT that it is put into. */
  pointer(object: O): bigint;
  /** The object of a pointer, counted for us; null when an IUnknown is no IDispatch. */
  object(pointer: bigint, unknown: boolean): O | null;
  /** A cleared VARIANT that lives as long as the call. */
  cell(): bigint;
};

/** The element types by their numbers, and what they take. @units bytes */
const SIZES: Readonly<Record<ElementType, number>> = {
  i1: 1,
  ui1: 1,
  i2: 2,
  ui2: 2,
  bool: 2,
  i4: 4,
  ui4: 4,
  int: 4,
  uint: 4,
  r4: 4,
  error: 4,
  i8: 8,
  ui8: 8,
  r8: 8,
  cy: 8,
  date: 8,
  bstr: 8,
  dispatch: 8,
  unknown: 8,
  decimal: 16,
  variant: VARIANT_SIZE,
};
const TYPES = new Map((Object.keys(SIZES) as ElementType[]).map((type) => [VT[type] as number, type]));
const CY_SCALE = 4;

/** Writes a value into a cleared VARIANT at `at`. */
export function writeVariant<O>(memory: VariantMemory<O>, view: DataView, at: number, typed: Typed<O>): void {
  switch (typed.vt) {
    case 'empty':
    case 'null':
      view.setUint16(at, VT[typed.vt], true);
      return;
    case 'array':
      view.setUint16(at, VT.array | VT[typed.of], true);
      view.setBigUint64(at + VALUE, writeArray(memory, typed), true);
      return;
    case 'byRef':
      writeReference(memory, view, at, typed.cell);
      return;
    default:
      writeElement(memory, view, valueAt(at, typed.vt), typed);
      // After the value: a DECIMAL lies over the type.
      view.setUint16(at, VT[typed.vt], true);
  }
}

/** Reads a VARIANT, following references. */
export function readVariant<O>(memory: VariantMemory<O>, view: DataView, at: number): Typed<O> {
  const type = view.getUint16(at, true);
  if ((type & VT.byRef) !== 0) return readReference(memory, type & ~VT.byRef, view.getBigUint64(at + VALUE, true));
  if ((type & VT.array) !== 0) return readArray(memory, type & ~VT.array, view.getBigUint64(at + VALUE, true));
  if (type === VT.empty || type === VT.null) return { vt: type === VT.empty ? 'empty' : 'null' };
  const vt = typeOf(type);
  return readElement(memory, view, valueAt(at, vt), vt);
}

/**
 * Puts another value into an argument that was passed by reference. A value of another type than the reference is of is a bug of
 * the caller, as are arguments that are none.
 */
export function writeBack<O>(memory: VariantMemory<O>, view: DataView, at: number, typed: Typed<O>): void {
  const type = view.getUint16(at, true);
  const target = view.getBigUint64(at + VALUE, true);
  const inner = type & ~VT.byRef;
  if ((type & VT.byRef) === 0) throw new Error('bug: the argument was not passed by reference');
  if (inner === VT.variant) writeVariant(memory, memory.view(target, VARIANT_SIZE), 0, typed);
  else if (VT[typed.vt] === inner) writeElement(memory, memory.view(target, SIZES[typeOf(inner)]), 0, typed);
  else throw new Error(`bug: a value of type ${typed.vt} does not fit`);
}

function valueAt(at: number, vt: ElementType): number {
  return vt === 'decimal' ? at : at + VALUE;
}

function typeOf(type: number): ElementType {
  return must(TYPES.get(type), `a VARIANT of type ${type} is not known`);
}

function writeElement<O>(memory: VariantMemory<O>, view: DataView, at: number, typed: Typed<O>): void {
  switch (typed.vt) {
    case 'bool':
      view.setInt16(at, typed.value ? -1 : 0, true);
      return;
    case 'i1':
      view.setInt8(at, typed.value);
      return;
    case 'ui1':
      view.setUint8(at, typed.value);
      return;
    case 'i2':
      view.setInt16(at, typed.value, true);
      return;
    case 'ui2':
      view.setUint16(at, typed.value, true);
      return;
    case 'i4':
    case 'int':
      view.setInt32(at, typed.value, true);
      return;
    case 'ui4':
    case 'uint':
    case 'error':
      view.setUint32(at, typed.value, true);
      return;
    case 'r4':
      view.setFloat32(at, typed.value, true);
      return;
    case 'r8':
      view.setFloat64(at, typed.value, true);
      return;
    case 'i8':
      view.setBigInt64(at, typed.value, true);
      return;
    case 'ui8':
      view.setBigUint64(at, typed.value, true);
      return;
    case 'cy':
      view.setBigInt64(at, scaled(typed.value, CY_SCALE), true);
      return;
    case 'decimal':
      writeDecimal(view, at, typed.value);
      return;
    case 'date':
      view.setFloat64(at, oleDate(typed.value), true);
      return;
    case 'bstr':
      view.setBigUint64(at, memory.text(typed.value), true);
      return;
    case 'dispatch':
    case 'unknown':
      view.setBigUint64(at, typed.value === null ? 0n : memory.pointer(typed.value), true);
      return;
    default:
      throw new Error(`bug: ${typed.vt} is no element of an array`);
  }
}

function readElement<O>(memory: VariantMemory<O>, view: DataView, at: number, vt: ElementType): Typed<O> {
  switch (vt) {
    case 'bool':
      return { vt, value: view.getInt16(at, true) !== 0 };
    case 'i1':
      return { vt, value: view.getInt8(at) };
    case 'ui1':
      return { vt, value: view.getUint8(at) };
    case 'i2':
      return { vt, value: view.getInt16(at, true) };
    case 'ui2':
      return { vt, value: view.getUint16(at, true) };
    case 'i4':
    case 'int':
      return { vt, value: view.getInt32(at, true) };
    case 'ui4':
    case 'uint':
    case 'error':
      return { vt, value: view.getUint32(at, true) };
    case 'r4':
      return { vt, value: view.getFloat32(at, true) };
    case 'r8':
      return { vt, value: view.getFloat64(at, true) };
    case 'i8':
      return { vt, value: view.getBigInt64(at, true) };
    case 'ui8':
      return { vt, value: view.getBigUint64(at, true) };
    case 'cy':
      return { vt, value: unscaled(view.getBigInt64(at, true), CY_SCALE) };
    case 'decimal':
      return { vt, value: readDecimal(view, at) };
    case 'date':
      return { vt, value: dateOfOle(view.getFloat64(at, true)) };
    case 'bstr':
      return { vt, value: memory.readText(view.getBigUint64(at, true)) };
    case 'dispatch':
    case 'unknown': {
      const pointer = view.getBigUint64(at, true);
      return { vt, value: pointer === 0n ? null : memory.object(pointer, vt === 'unknown') };
    }
    case 'variant':
      return readVariant(memory, view, at);
  }
}

/** Scale (0 to 28), sign, 96 bits. */
function writeDecimal(view: DataView, at: number, text: string): void {
  const scale = scaleOf(text);
  const value = scaled(text, scale);
  const size = value < 0n ? -value : value;
  view.setUint16(at, 0, true);
  view.setUint8(at + 2, scale);
  view.setUint8(at + 3, value < 0n ? 0x80 : 0);
  view.setUint32(at + 4, Number(size >> 64n), true);
  view.setBigUint64(at + 8, size & 0xffff_ffff_ffff_ffffn, true);
}

function readDecimal(view: DataView, at: number): string {
  const size = (BigInt(view.getUint32(at + 4, true)) << 64n) | view.getBigUint64(at + 8, true);
  return unscaled(view.getUint8(at + 3) === 0 ? size : -size, view.getUint8(at + 2));
}

/** The reference points at the cell, or at the value in it: a cell is a VARIANT either way, so that it can be cleared. */
function writeReference<O>(memory: VariantMemory<O>, view: DataView, at: number, { value, variant }: Cell<O>): void {
  const cell = memory.cell();
  const inside = memory.view(cell, VARIANT_SIZE);
  writeVariant(memory, inside, 0, value);
  const type = inside.getUint16(0, true);
  view.setUint16(at, VT.byRef | (variant ? VT.variant : type), true);
  view.setBigUint64(at + VALUE, variant || type === VT.decimal ? cell : cell + BigInt(VALUE), true);
}

function readReference<O>(memory: VariantMemory<O>, type: number, target: bigint): Typed<O> {
  if (type === VT.variant) return readVariant(memory, memory.view(target, VARIANT_SIZE), 0);
  if ((type & VT.array) !== 0) {
    return readArray(memory, type & ~VT.array, memory.view(target, 8).getBigUint64(0, true));
  }
  const vt = typeOf(type);
  return readElement(memory, memory.view(target, SIZES[vt]), 0, vt);
}

function writeArray<O>(memory: VariantMemory<O>, { of, lengths, values }: TypedArray<O>): bigint {
  const { array, elements } = memory.array(VT[of], lengths);
  const count = lengths.reduce((product, length) => product * length, 1);
  if (count === 0) return array;
  const view = memory.view(elements, count * SIZES[of]);
  if (values instanceof Uint8Array) {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(values);
    return array;
  }
  const place = placesOf(lengths);
  for (const [index, value] of values.entries()) {
    const at = place(index) * SIZES[of];
    if (of === 'variant') writeVariant(memory, view, at, value);
    else writeElement(memory, view, at, value);
  }
  return array;
}

/** tagSAFEARRAY: dimensions u16 at 0, elements at 16, from 24 on length u32 and lower bound i32 of each, the last dimension first. */
function readArray<O>(memory: VariantMemory<O>, type: number, array: bigint): Typed<O> {
  const of = typeOf(type);
  if (array === 0n) return { vt: 'array', of, lengths: [0], values: of === 'ui1' ? new Uint8Array(0) : [] };
  const dimensions = memory.view(array, 2).getUint16(0, true);
  const header = memory.view(array, 24 + 8 * dimensions);
  const lengths = Array.from({ length: dimensions }, (_, at) => header.getUint32(24 + 8 * (dimensions - 1 - at), true));
  const count = lengths.reduce((product, length) => product * length, 1);
  if (count === 0) return { vt: 'array', of, lengths, values: of === 'ui1' ? new Uint8Array(0) : [] };
  const view = memory.view(header.getBigUint64(16, true), count * SIZES[of]);
  if (of === 'ui1' && dimensions === 1) {
    return { vt: 'array', of, lengths, values: new Uint8Array(view.buffer, view.byteOffset, count).slice() };
  }
  const place = placesOf(lengths);
  const values = Array.from({ length: count }, (_, index) => readElement(memory, view, place(index) * SIZES[of], of));
  return { vt: 'array', of, lengths, values };
}

/** In memory the first index varies fastest, in {@link TypedArray} the last. */
function placesOf(lengths: readonly number[]): (index: number) => number {
  if (lengths.length < 2) return (index) => index;
  return (index) => {
    let rest = index;
    let place = 0;
    for (let at = lengths.length - 1; at >= 0; at--) {
      const length = must(lengths[at]);
      const stride = lengths.slice(0, at).reduce((product, one) => product * one, 1);
      place += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
    return place;
  };
}
