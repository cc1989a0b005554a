import { type PropKey, PT, type TypedValue } from './property.ts';

/** The properties of one object in memory: the single truth that members, PropertyAccessor and UserProperties read and write. */
export class PropertyBag {
  #values: Map<PropKey, TypedValue>;
  /** Whether something was written since the bag was loaded or saved; writing the same value counts, as in Outlook. */
  dirty = false;
  /** What lies in the file; undefined while nothing does. The very values until one is written: most bags are only read. */
  #stored: ReadonlyMap<PropKey, TypedValue> | undefined;

  constructor(values: Iterable<readonly [PropKey, TypedValue]> = []) {
    this.#values = new Map(values);
  }

  get(key: PropKey): TypedValue | undefined {
    return this.#values.get(key);
  }

  set(key: PropKey, value: TypedValue): void {
    this.#own();
    this.#values.set(key, value);
    this.dirty = true;
  }

  delete(key: PropKey): void {
    this.#own();
    this.dirty = this.#values.delete(key) || this.dirty;
  }

  has(key: PropKey): boolean {
    return this.#values.has(key);
  }

  entries(): readonly (readonly [PropKey, TypedValue])[] {
    return [...this.#values.entries()];
  }

  /** Replaces everything; the bag is clean afterwards. */
  reset(values: Iterable<readonly [PropKey, TypedValue]>): void {
    this.#values = new Map(values);
    this.dirty = false;
  }

  /** The file holds what the bag holds. */
  markStored(): void {
    this.#stored = this.#values;
    this.dirty = false;
  }

  /** Before something is written: values of its own. */
  #own(): void {
    if (this.#stored === this.#values) this.#values = new Map(this.#values);
  }

  /** What the file lacks of the bag, and what it has too much. */
  unstored(): { readonly set: readonly (readonly [PropKey, TypedValue])[]; readonly removed: readonly PropKey[] } {
    const stored = this.#stored;
    if (stored === undefined) return { set: this.entries(), removed: [] };
    if (stored === this.#values) return { set: [], removed: [] };
    const set: [PropKey, TypedValue][] = [];
    for (const [key, now] of this.#values) {
      const was = stored.get(key);
      if (was !== now && (was?.type !== now.type || was.value !== now.value)) set.push([key, now]);
    }
    const removed: PropKey[] = [];
    for (const key of stored.keys()) if (!this.#values.has(key)) removed.push(key);
    return { set, removed };
  }

  text(key: PropKey): string {
    const value = this.#values.get(key)?.value;
    return typeof value === 'string' ? value : '';
  }

  long(key: PropKey, absent = 0): number {
    const value = this.#values.get(key)?.value;
    return typeof value === 'number' ? value : absent;
  }

  bool(key: PropKey): boolean {
    return this.#values.get(key)?.value === true;
  }

  /** @units UTC, `YYYY-MM-DDTHH:MM:SS` */
  time(key: PropKey): string | undefined {
    const value = this.#values.get(key);
    return value?.type === PT.SYSTIME ? (value.value as string) : undefined;
  }

  binary(key: PropKey): Uint8Array | undefined {
    const value = this.#values.get(key)?.value;
    return value instanceof Uint8Array ? value : undefined;
  }

  texts(key: PropKey): readonly string[] {
    const value = this.#values.get(key);
    return value?.type === PT.MV_UNICODE ? (value.value as readonly string[]) : [];
  }

  setText(key: PropKey, value: string): void {
    this.set(key, { type: PT.UNICODE, value });
  }

  setLong(key: PropKey, value: number): void {
    this.set(key, { type: PT.LONG, value });
  }

  setBool(key: PropKey, value: boolean): void {
    this.set(key, { type: PT.BOOLEAN, value });
  }

  /** @units UTC, `YYYY-MM-DDTHH:MM:SS` */
  setTime(key: PropKey, value: string): void {
    this.set(key, { type: PT.SYSTIME, value });
  }

  setBinary(key: PropKey, value: Uint8Array): void {
    this.set(key, { type: PT.BINARY, value });
  }

  setTexts(key: PropKey, value: readonly string[]): void {
    if (value.length === 0) this.delete(key);
    else this.set(key, { type: PT.MV_UNICODE, value });
    this.dirty = true;
  }
}
