import { canonicalJson } from '../../base/digest.ts';
import type { Field } from '../field.ts';

/** A field that reads and writes some members of `T`. */
export type Part<S, T> = {
  readonly read: (shape: S) => Partial<T>;
  readonly write: (shape: S, value: T) => S;
  readonly survives: (value: T) => Partial<T>;
};

/** A field of some members that leaves the shape alone when it already says them. */
export function patching<S, V extends object>(field: Field<S, V>): Field<S, V> {
  const says = (shape: S, value: V) => {
    const said = field.read(shape);
    return (Object.keys(said) as (keyof V)[]).every((name) => same(said[name], value[name]));
  };
  return { ...field, write: (shape, value) => (says(shape, value) ? shape : field.write(shape, value)) };
}

/**
 * The parts of a value as one field. A part is written only when one of its members changed, told from what was read, so that an
 * edit touches nothing else.
 * @param normal the normal form of a whole value, where members depend on each other
 */
export function joinParts<S, T extends object>(parts: readonly Part<S, T>[], normal: (value: T) => T): Field<S, T> {
  const read = (shape: S) => normal(joined(parts.map((part) => part.read(shape))));
  return {
    read,
    survives: (value) => {
      const whole = normal(value);
      return normal(joined(parts.map((part) => part.survives(whole))));
    },
    write: (shape, value) => {
      const before = read(shape);
      const after = normal(value);
      return parts.reduce((written, part) => {
        const names = Object.keys(part.survives(after)) as (keyof T)[];
        return names.every((name) => same(before[name], after[name])) ? written : part.write(written, after);
      }, shape);
    },
  };
}

/** Whether two plain values are equal, in whatever order their members were written. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

function joined<T extends object>(parts: readonly Partial<T>[]): T {
  return Object.assign({}, ...parts) as T;
}
