import { unreachable } from '../base/assert.ts';
import { canonicalJson } from '../base/digest.ts';
import { type AnyShape, anyShape, type Shape } from './shape.ts';

/**
 * The canonical text of a value: equal for equal values, and only for them, whatever the order of members and keyed entries.
 * @param view `exact`, or only what a person sees of it (see {@link atom})
 */
export function textOf<T>(shape: Shape<T>, value: T, view: 'exact' | 'seen' = 'exact'): string {
  return write(anyShape(shape), value, view === 'seen');
}

/** Whether two values have the same canonical text. */
export function sameValue(shape: AnyShape, a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return write(shape, a, false) === write(shape, b, false);
}

/** Whether two values look the same to a person. */
export function seenAlike(shape: AnyShape, a: unknown, b: unknown): boolean {
  return a === b || write(shape, a, true) === write(shape, b, true);
}

/**
 * The entries of a keyed list by key, in the order of the list; a further entry of one key is `key#2`, `key#3`. A value that was
 * remembered before the list came into its type has none.
 */
export function byKey(key: (entry: unknown) => string, list: readonly unknown[] | undefined): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  const again = new Map<string, number>();
  for (const entry of list ?? []) {
    const own = key(entry);
    const nth = entries.has(own) ? (again.get(own) ?? 1) + 1 : 1;
    if (nth > 1) again.set(own, nth);
    entries.set(nth === 1 ? own : `${own}#${nth}`, entry);
  }
  return entries;
}

function write(shape: AnyShape, value: unknown, seen: boolean): string {
  if (value === undefined || value === null) return 'null';
  switch (shape.of) {
    case 'atom':
      return writeAtom(seen && shape.seen !== undefined ? shape.seen(value) : value);
    case 'record':
      return writeRecord(shape.fields, value as Readonly<Record<string, unknown>>, seen);
    case 'keyed':
      return writeKeyed(shape, value as readonly unknown[], seen);
    case 'optional':
      return write(shape.some, value, seen);
    default:
      return unreachable(shape);
  }
}

function writeAtom(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : canonicalJson(value);
}

/** Members that are absent are left out, so that a new optional member does not change every digest. */
function writeRecord(
  fields: Readonly<Record<string, AnyShape>>,
  value: Readonly<Record<string, unknown>>,
  seen: boolean,
): string {
  let text = '{';
  for (const name in fields) {
    const shape = fields[name];
    const member = value[name];
    if (shape === undefined || member === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}"${name}":${write(shape, member, seen)}`;
  }
  return `${text}}`;
}

function writeKeyed(shape: AnyShape & { readonly of: 'keyed' }, list: readonly unknown[], seen: boolean): string {
  const first = list[0];
  if (first === undefined) return '[]';
  if (list.length === 1) return `[${write(shape.entry, first, seen)}]`;
  const entries = list.map((entry) => ({ key: shape.key(entry), text: write(shape.entry, entry, seen) }));
  // Code unit order, not a locale's; a stable sort keeps the order of entries of one key, which counts.
  entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return `[${entries.map((entry) => entry.text).join(',')}]`;
}
