import { type PropKey, PT, type TypedValue } from './property.ts';

/** The properties of one object in memory: the single truth that members, PropertyAccessor and UserProperties read and write. */
export class PropertyBag {
  #values: Map<PropKey, TypedValue>;
  /** Whether something was written since the bag was loaded or saved; writing the same value counts, as in Outlook. */
  dirty = false;

  constructor(values: Iterable<readonly [PropKey, TypedValue]> = []) {
    this.#values = new Map(values);
  }

  get(key: PropKey): TypedValue | undefined {
    return this.#values.get(key);
  }

  set(key: PropKey, value: TypedValue): void {
    this.#values.set(key, value);
    this.dirty = true;
  }

  delete(key: PropKey): void {
    this.dirty = this.#values.delete(key) || this.dirty;
  }

  has(key: PropKey): boolean {
    return this.#values.has(key);
  }

  entries(): Iterable<readonly [PropKey, TypedValue]> {
    return this.#values;
  }

  /** Replaces everything; the bag is clean afterwards. */
  reset(values: Iterable<readonly [PropKey, TypedValue]>): void {
    this.#values = new Map(values);
    this.dirty = false;
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
