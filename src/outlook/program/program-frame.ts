import type { Handle, ValueWith } from './program.ts';

/** The live objects of an executor. */
export type LiveObjects<O> = {
  isObject(value: ValueWith<O> | undefined): value is O;
  /** Gives a reference back. */
  drop(object: O): void;
};

/**
 * The handles of one running program. Objects that steps returned belong to the frame and are given back when their handle is
 * released, overwritten or out of scope, and at the end; `given` ones belong to the caller and are not.
 */
export class ProgramFrame<O> {
  readonly #values: Map<Handle, ValueWith<O>>;
  readonly #owned = new Set<O>();
  readonly #objects: LiveObjects<O>;

  constructor(given: readonly (readonly [Handle, ValueWith<O>])[], objects: LiveObjects<O>) {
    this.#values = new Map(given);
    this.#objects = objects;
  }

  has(name: Handle): boolean {
    return this.#values.has(name);
  }

  value(name: Handle): ValueWith<O> {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`bug: the program has no handle ${name}`);
    return value;
  }

  set(name: Handle, value: ValueWith<O>): void {
    this.#disown(this.#values.get(name));
    this.#values.set(name, value);
    for (const object of this.#in(value)) this.#owned.add(object);
  }

  /** The value, no longer given back by the frame. */
  keep(name: Handle): ValueWith<O> {
    const value = this.value(name);
    for (const object of this.#in(value)) this.#owned.delete(object);
    return value;
  }

  release(name: Handle): void {
    this.#disown(this.#values.get(name));
    this.#values.delete(name);
  }

  /** Forgets handles of a finished round. */
  clear(names: readonly Handle[]): void {
    for (const name of names) this.release(name);
  }

  end(): void {
    for (const object of this.#owned) this.#objects.drop(object);
    this.#owned.clear();
  }

  #disown(value: ValueWith<O> | undefined): void {
    for (const object of this.#in(value)) {
      if (this.#owned.delete(object)) this.#objects.drop(object);
    }
  }

  #in(value: ValueWith<O> | undefined): readonly O[] {
    if (this.#objects.isObject(value)) return [value];
    return Array.isArray(value) ? (value as readonly ValueWith<O>[]).flatMap((entry) => this.#in(entry)) : [];
  }
}
