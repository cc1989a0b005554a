/**
 * VARIANTs as values: each with the type it has on the wire, so that nothing is lost on the way, and the plain values of programs
 * made of them and the other way round.
 * @source MS-OAUT 2.2.7, 2.2.29
 */
import { unreachable } from '../../base/assert.ts';
import type { OutlookDate, ValueWith } from '../program/program.ts';

/** VARTYPE numbers. */
export const VT = {
  empty: 0,
  null: 1,
  i2: 2,
  i4: 3,
  r4: 4,
  r8: 5,
  cy: 6,
  date: 7,
  bstr: 8,
  dispatch: 9,
  error: 10,
  bool: 11,
  variant: 12,
  unknown: 13,
  decimal: 14,
  i1: 16,
  ui1: 17,
  ui2: 18,
  ui4: 19,
  i8: 20,
  ui8: 21,
  int: 22,
  uint: 23,
  array: 0x2000,
  byRef: 0x4000,
} as const;

/** DISP_E_PARAMNOTFOUND: the error that stands for an argument left out. */
export const MISSING = 0x80020004;

/** A value and its type. `O` is what stands for an object: a live handle in the apartment, anything in tests. */
export type Typed<O> =
  | { readonly vt: 'empty' | 'null' }
  | { readonly vt: 'bool'; readonly value: boolean }
  | { readonly vt: 'i1' | 'i2' | 'i4' | 'int' | 'ui1' | 'ui2' | 'ui4' | 'uint' | 'r4' | 'r8'; readonly value: number }
  | { readonly vt: 'i8' | 'ui8'; readonly value: bigint }
  /** Decimal text: `-12.5`; CY has four digits after the point. */
  | { readonly vt: 'cy' | 'decimal'; readonly value: string }
  | { readonly vt: 'date'; readonly value: OutlookDate }
  | { readonly vt: 'bstr'; readonly value: string }
  | { readonly vt: 'error'; readonly value: number }
  | { readonly vt: 'dispatch' | 'unknown'; readonly value: O | null }
  | TypedArray<O>
  | { readonly vt: 'byRef'; readonly cell: Cell<O> };

/** A SAFEARRAY; the values in the order of their indices, the last index varying fastest. Lower bounds are not kept: all are 0. */
export type TypedArray<O> = {
  readonly vt: 'array';
  readonly of: ElementType;
  readonly lengths: readonly number[];
  /** Bytes for `ui1`, values of the type `of` otherwise; anything for `variant`. */
  readonly values: Uint8Array | readonly Typed<O>[];
};

export type ElementType = Exclude<keyof typeof VT, 'empty' | 'null' | 'array' | 'byRef'>;

/** An argument passed by reference; the call may put another value into it. `variant`: of any type, otherwise of its own, and no array. */
export type Cell<O> = { value: Typed<O>; readonly variant: boolean };

/** Tells live objects from the records of plain values. */
export type IsObject<O> = (value: unknown) => value is O;

/** The type in which a plain value is sent, as Visual Basic would: a list is an array of VARIANT. `null` is an argument left out. */
export function typedOf<O extends object>(value: ValueWith<O>, isObject: IsObject<O>): Typed<O> {
  if (value === null) return { vt: 'error', value: MISSING };
  if (typeof value === 'string') return { vt: 'bstr', value };
  if (typeof value === 'boolean') return { vt: 'bool', value };
  if (typeof value === 'number') return Object.is(value | 0, value) ? { vt: 'i4', value } : { vt: 'r8', value };
  if (value instanceof Uint8Array) return { vt: 'array', of: 'ui1', lengths: [value.length], values: value };
  if (isObject(value)) return { vt: 'dispatch', value };
  if (isList(value)) {
    const values = value.map((entry) => typedOf(entry, isObject));
    return { vt: 'array', of: 'variant', lengths: [values.length], values };
  }
  return 'date' in value ? { vt: 'date', value } : { vt: 'error', value: value.error };
}

/**
 * The plain value of a typed one. An array of two dimensions is a list of lists, the first index outside; Empty, Null, Nothing and
 * what was left out are `null`.
 * @loss digits of I8, CY and DECIMAL beyond the sixteenth
 */
export function plainOf<O>(typed: Typed<O>): ValueWith<O> {
  switch (typed.vt) {
    case 'empty':
    case 'null':
      return null;
    case 'i8':
    case 'ui8':
    case 'cy':
    case 'decimal':
      return Number(typed.value);
    case 'error':
      return typed.value === MISSING ? null : { error: typed.value };
    case 'array':
      return listOf(typed);
    case 'byRef':
      return plainOf(typed.cell.value);
    case 'bool':
    case 'i1':
    case 'i2':
    case 'i4':
    case 'int':
    case 'ui1':
    case 'ui2':
    case 'ui4':
    case 'uint':
    case 'r4':
    case 'r8':
    case 'date':
    case 'bstr':
    case 'dispatch':
    case 'unknown':
      return typed.value;
    default:
      return unreachable(typed);
  }
}

/** A list of lists of the same length as an array of two dimensions; what is no such table stays a list. */
export function tableOf<O extends object>(rows: ValueWith<O>, isObject: IsObject<O>): Typed<O> {
  const typed = typedOf(rows, isObject);
  if (typed.vt !== 'array' || typed.values instanceof Uint8Array) return typed;
  const lines = typed.values.filter((line) => line.vt === 'array' && !(line.values instanceof Uint8Array));
  const width = lines[0]?.vt === 'array' ? lines[0].values.length : 0;
  const even = lines.every((line) => line.vt === 'array' && line.values.length === width);
  if (lines.length < typed.values.length || !even) return typed;
  const values = lines.flatMap((line) =>
    line.vt === 'array' && !(line.values instanceof Uint8Array) ? line.values : [],
  );
  return { vt: 'array', of: 'variant', lengths: [lines.length, width], values };
}

function listOf<O>({ lengths, values }: TypedArray<O>): ValueWith<O> {
  if (values instanceof Uint8Array) return values;
  const plain = values.map((value) => plainOf(value));
  return lengths.slice(1).reduceRight<readonly ValueWith<O>[]>((list, length) => chunks(list, length), plain);
}

function chunks<T>(list: readonly T[], length: number): readonly T[][] {
  const count = length === 0 ? 0 : Math.ceil(list.length / length);
  return Array.from({ length: count }, (_, at) => list.slice(at * length, (at + 1) * length));
}

function isList<O>(value: ValueWith<O>): value is readonly ValueWith<O>[] {
  return Array.isArray(value);
}
