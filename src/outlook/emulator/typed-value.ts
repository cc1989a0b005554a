/** Between stored values and what crosses the border. PropertyAccessor's dates are UTC, untouched. */
import { type DispatchValue, isDate } from './dispatch.ts';
import { fail } from './fault.ts';
import { type PropType, PT, type TypedValue } from './property.ts';

/** A stored value as PropertyAccessor and namespace columns give it. */
export function toDispatch({ type, value }: TypedValue): DispatchValue {
  if (type === PT.SYSTIME) return { date: String(value) };
  return value as DispatchValue;
}

/** A value with the type it has by itself: what a new string-named property takes. @throws TYPE_MISMATCH */
export function fromDispatch(value: DispatchValue): TypedValue {
  if (typeof value === 'string') return { type: PT.UNICODE, value };
  if (typeof value === 'boolean') return { type: PT.BOOLEAN, value };
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff
      ? { type: PT.LONG, value }
      : { type: PT.DOUBLE, value };
  }
  if (value instanceof Uint8Array) return { type: PT.BINARY, value };
  if (isDate(value)) return { type: PT.SYSTIME, value: value.date };
  if (Array.isArray(value)) return listFromDispatch(value as readonly DispatchValue[]);
  return fail('TYPE_MISMATCH', 'value');
}

/** A value as `type`, without coercion beyond widening of numbers. @throws TYPE_MISMATCH */
export function asType(value: DispatchValue, type: PropType): TypedValue {
  const own = fromDispatch(value);
  if (own.type === type) return own;
  const numeric: readonly number[] = [PT.I2, PT.LONG, PT.DOUBLE, PT.I8];
  if (numeric.includes(own.type) && numeric.includes(type)) {
    if (type !== PT.DOUBLE && !Number.isInteger(own.value)) return fail('TYPE_MISMATCH', 'number');
    return { type, value: own.value };
  }
  return fail('TYPE_MISMATCH', 'value');
}

/** A value as `type`, coerced where it can be: the string namespace does that for a property that exists. @throws TYPE_MISMATCH */
export function coerced(value: DispatchValue, type: PropType): TypedValue {
  if (type === PT.UNICODE && (typeof value === 'number' || typeof value === 'boolean'))
    return { type, value: String(value) };
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if ((type === PT.LONG || type === PT.DOUBLE) && Number.isFinite(number)) return asType(number, type);
  return asType(value, type);
}

function listFromDispatch(values: readonly DispatchValue[]): TypedValue {
  if (values.every((entry) => entry instanceof Uint8Array))
    return { type: values.length === 0 ? PT.MV_UNICODE : PT.MV_BINARY, value: values as readonly Uint8Array[] };
  if (values.every((entry) => typeof entry === 'string'))
    return { type: PT.MV_UNICODE, value: values as readonly string[] };
  if (values.every((entry) => typeof entry === 'number'))
    return { type: PT.MV_LONG, value: values as readonly number[] };
  return fail('TYPE_MISMATCH', 'list');
}
