/**
 * One field of a mapping: how a value is read from a side's shape and written back into it.
 *
 * Two laws hold for every field, every shape `s` the side can hold and every value `v` (tested in `field.property.test.ts`):
 * 1. **untouched**: `write(s, read(s))` leaves `s` as it is (deep equal), whatever else `s` holds;
 * 2. **told loss**: `read(write(s, v))` equals `survives(v)`, and `survives(survives(v))` equals `survives(v)`.
 *
 * `write` is a patch: it returns `shape` with nothing changed but this field's own members, and keeps what the value cannot say.
 */
export type Field<S, V> = {
  readonly read: (shape: S) => V;
  readonly write: (shape: S, value: V) => S;
  /** What comes back after `value` was written and read: the field's loss, said in code. */
  readonly survives: (value: V) => V;
};

/** Whether two plain values are the same: members by name, lists in order, `undefined` like absent. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((entry, i) => isSame(entry, b[i]));
  }
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  const keys = Object.keys(left);
  return (
    keys.every((key) => isSame(left[key], right[key])) &&
    Object.keys(right).every((key) => key in left || right[key] === undefined)
  );
}

/**
 * A field that keeps the first law by construction: a value that the shape already says is not written.
 * So a shape in an unusual form (a list with doubles, an alarm of odd seconds) stays until the value itself changes.
 */
export function patching<S, V>(field: Field<NoInfer<S>, NoInfer<V>>): Field<S, V> {
  return { ...field, write: (shape, value) => (isSame(field.read(shape), value) ? shape : field.write(shape, value)) };
}

/** A field that loses nothing. */
export function lossless<S, V>(field: Omit<Field<S, V>, 'survives'>): Field<S, V> {
  return { ...field, survives: (value) => value };
}

/** Several fields as one: reads a record of their values, writes them in the order given. */
export function compose<S, T extends object>(fields: { readonly [K in keyof T]: Field<S, T[K]> }): Field<S, T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    read: (shape) => Object.fromEntries(names.map((name) => [name, fields[name].read(shape)])) as T,
    write: (shape, value) => names.reduce((written, name) => fields[name].write(written, value[name]), shape),
    survives: (value) => Object.fromEntries(names.map((name) => [name, fields[name].survives(value[name])])) as T,
  };
}
