import { type Field, isSame } from '../field.ts';

/** A field that reads and writes some members of `T`. */
export type Part<S, T> = {
  readonly read: (shape: S) => Partial<T>;
  readonly write: (shape: S, value: T) => S;
  readonly survives: (value: T) => Partial<T>;
};

/**
 * The parts of a value as one field. A part is written only when one of its members changed, told from what was read, so that an
 * edit touches nothing else.
 * @param normal the normal form of a whole value, where members depend on each other
 * @param meant what is written for a value, where that is not its normal form
 */
export function joinParts<S, T extends object>(
  parts: readonly Part<S, T>[],
  normal: (value: T) => T,
  meant: (value: T) => T = normal,
): Field<S, T> {
  const read = (shape: S) => normal(joined(parts.map((part) => part.read(shape))));
  return {
    read,
    survives: (value) => {
      const whole = normal(value);
      return normal(joined(parts.map((part) => part.survives(whole))));
    },
    write: (shape, value) => {
      const before = read(shape);
      const after = meant(value);
      return parts.reduce((written, part) => {
        const names = Object.keys(part.survives(after)) as (keyof T)[];
        return names.every((name) => isSame(before[name], after[name])) ? written : part.write(written, after);
      }, shape);
    },
  };
}

function joined<T extends object>(parts: readonly Partial<T>[]): T {
  return Object.assign({}, ...parts) as T;
}
