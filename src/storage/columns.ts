import type { Row } from '../node/database.ts';

/** A column that is never NULL. */
export function text(value: Row[string] | undefined): string {
  return String(value);
}

/** A column that may be NULL. */
export function maybe(value: Row[string] | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
