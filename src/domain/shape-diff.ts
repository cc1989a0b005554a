import { unreachable } from '../base/assert.ts';
import { type AnyShape, anyShape, type Shape } from './shape.ts';
import { byKey, sameValue } from './shape-text.ts';

/**
 * Names of the fields in which two values differ, sorted, each once: `location`, `name.family`, `attendees` (an entry of a
 * keyed list of whole values), `exceptions[2026-03-09T09:00:00].location` (a field of an entry), `exceptions[…]` (an entry
 * added or removed). Names only, never values.
 */
export function changedFieldsBy<T>(shape: Shape<T>, before: T, after: T): readonly string[] {
  const names = new Set<string>();
  diff(anyShape(shape), before, after, '', names);
  return [...names].sort();
}

/** The name of a member: `owner.name`, or the owner's where the member is inline. */
export function memberName(owner: string, name: string, shape: AnyShape): string {
  if (shape.inline) return owner;
  return owner === '' ? name : `${owner}.${name}`;
}

/** The name of an entry: the list's own name where entries are whole values, or not to be named. */
export function entryName(list: string, key: string, entry: AnyShape): string {
  return entry.of === 'atom' || entry.inline ? list : `${list}[${key}]`;
}

function diff(shape: AnyShape, before: unknown, after: unknown, name: string, names: Set<string>): void {
  if (sameValue(shape, before, after)) return;
  if (before === undefined || after === undefined) {
    names.add(name);
    return;
  }
  switch (shape.of) {
    case 'atom':
      names.add(name);
      break;
    case 'optional':
      diff(shape.some, before, after, name, names);
      break;
    case 'record':
      diffRecord(shape.fields, before as Members, after as Members, name, names);
      break;
    case 'keyed':
      diffKeyed(shape, before as readonly unknown[], after as readonly unknown[], name, names);
      break;
    default:
      unreachable(shape);
  }
}

type Members = Readonly<Record<string, unknown>>;

function diffRecord(
  fields: Readonly<Record<string, AnyShape>>,
  before: Members,
  after: Members,
  owner: string,
  names: Set<string>,
): void {
  for (const [name, shape] of Object.entries(fields)) {
    diff(shape, before[name], after[name], memberName(owner, name, shape), names);
  }
}

function diffKeyed(
  shape: AnyShape & { readonly of: 'keyed' },
  before: readonly unknown[],
  after: readonly unknown[],
  name: string,
  names: Set<string>,
): void {
  const old = byKey(shape.key, before);
  const now = byKey(shape.key, after);
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    diff(shape.entry, old.get(key), now.get(key), entryName(name, key, shape.entry), names);
  }
}
