/** Reading arguments the way Outlook coerces them; a value that cannot be understood is TYPE_MISMATCH. */
import type { DispatchValue } from './dispatch.ts';
import { isDate } from './dispatch.ts';
import { fail } from './fault.ts';

/** A text; a null string is "", numbers and Booleans become their text. */
export function text(value: DispatchValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return fail('TYPE_MISMATCH', 'text');
}

/** A whole number (VT_I4); numeric text is understood, a Boolean is 0 or -1. */
export function long(value: DispatchValue | undefined): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'boolean') return number ? -1 : 0;
  if (typeof number !== 'number' || !Number.isFinite(number)) return fail('TYPE_MISMATCH', 'number');
  return Math.round(number);
}

/** A Boolean; numbers other than 0 are True, as are the texts "True" and "-1". */
export function bool(value: DispatchValue | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string' && /^(true|-1|1)$/i.test(value)) return true;
  if (typeof value === 'string' && /^(false|0)$/i.test(value)) return false;
  return fail('TYPE_MISMATCH', 'Boolean');
}

/** A date, `YYYY-MM-DDTHH:MM:SS` without a zone. */
export function date(value: DispatchValue | undefined): string {
  if (isDate(value)) return value.date;
  return fail('TYPE_MISMATCH', 'date');
}

/** An argument that was given at all. */
export function given(value: DispatchValue | undefined): value is Exclude<DispatchValue, null> {
  return value !== null && value !== undefined;
}

/** A list of values. */
export function list(value: DispatchValue | undefined): readonly DispatchValue[] {
  if (Array.isArray(value)) return value as readonly DispatchValue[];
  return fail('INVALID_ARGUMENT');
}
