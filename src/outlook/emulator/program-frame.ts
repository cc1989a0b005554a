import type { Handle } from '../program/program.ts';
import { type DispatchObject, type DispatchValue, isDispatchObject } from './dispatch.ts';

/**
 * The handles of one running program. Objects that steps returned belong to the frame and are given back when their handle is
 * released, overwritten or out of scope, and at the end; `given` ones belong to the caller and are not.
 */
export class ProgramFrame {
  readonly #values: Map<Handle, DispatchValue>;
  readonly #owned = new Set<DispatchObject>();
  readonly #drop: (object: DispatchObject) => void;

  constructor(given: readonly (readonly [Handle, DispatchValue])[], drop: (object: DispatchObject) => void) {
    this.#values = new Map(given);
    this.#drop = drop;
  }

  has(name: Handle): boolean {
    return this.#values.has(name);
  }

  value(name: Handle): DispatchValue {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`bug: the program has no handle ${name}`);
    return value;
  }

  set(name: Handle, value: DispatchValue): void {
    this.#disown(this.#values.get(name));
    this.#values.set(name, value);
    for (const object of objectsIn(value)) this.#owned.add(object);
  }

  /** The value, no longer given back by the frame. */
  keep(name: Handle): DispatchValue {
    const value = this.value(name);
    for (const object of objectsIn(value)) this.#owned.delete(object);
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
    for (const object of this.#owned) this.#drop(object);
    this.#owned.clear();
  }

  #disown(value: DispatchValue | undefined): void {
    for (const object of objectsIn(value)) {
      if (this.#owned.delete(object)) this.#drop(object);
    }
  }
}

function objectsIn(value: DispatchValue | undefined): readonly DispatchObject[] {
  if (isDispatchObject(value)) return [value];
  return Array.isArray(value) ? (value as readonly DispatchValue[]).flatMap((entry) => objectsIn(entry)) : [];
}
