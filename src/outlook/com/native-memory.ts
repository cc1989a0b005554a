/** {@link VariantMemory} on Windows: BSTR and SAFEARRAY from oleaut32, and one block that calls take their room from. */
import type { ComObject } from './com-object.ts';
import { type Address, allocate, memoryAt, windows } from './native.ts';
import { VARIANT_SIZE, type VariantMemory } from './variant-layout.ts';

/** Room of the calls that are going on. A call has some VARIANTs; arrays and texts are not in here. @units bytes */
const BLOCK = 1 << 20;

/** Room in the block, as an offset for the view and as an address for Windows. */
export type Room = { readonly at: number; readonly address: Address };

export class NativeMemory implements VariantMemory<ComObject> {
  readonly #start: Address = allocate(BLOCK);
  readonly block: DataView = memoryAt(this.#start, BLOCK);
  readonly #bytes = new Uint8Array(this.block.buffer);
  readonly #objects: ObjectPort;
  #top = 0;
  #cells: Address[] = [];

  constructor(objects: ObjectPort) {
    this.#objects = objects;
  }

  /**
   * Gives room back when `work` is done, and clears the VARIANTs that references point at. Calls nest: while one waits for its answer,
   * others come in.
   */
  scope<T>(work: () => T): T {
    const [top, cells] = [this.#top, this.#cells];
    this.#cells = [];
    try {
      return work();
    } finally {
      for (const cell of this.#cells) windows().VariantClear(cell);
      this.#cells = cells;
      this.#top = top;
    }
  }

  /** Zeroed room for the time of the scope. @units bytes */
  take(length: number): Room {
    const at = this.#top;
    this.#top += (length + 15) & ~15;
    if (this.#top > BLOCK) throw new Error('bug: too many calls within calls');
    this.#bytes.fill(0, at, this.#top);
    return { at, address: this.#start + BigInt(at) };
  }

  view(address: Address, length: number): DataView {
    return memoryAt(address, length);
  }

  text(value: string): Address {
    return windows().SysAllocStringLen(value === '' ? null : Buffer.from(value, 'utf16le'), value.length);
  }

  readText(address: Address): string {
    if (address === 0n) return '';
    const length = memoryAt(address - 4n, 4).getUint32(0, true);
    if (length === 0) return '';
    const view = memoryAt(address, length);
    return Buffer.from(view.buffer, view.byteOffset, length).toString('utf16le');
  }

  array(of: number, lengths: readonly number[]): { readonly array: Address; readonly elements: Address } {
    const bounds = new Uint8Array(8 * lengths.length);
    const view = new DataView(bounds.buffer);
    for (const [index, length] of lengths.entries()) view.setUint32(8 * index, length, true);
    const array = windows().SafeArrayCreate(of, lengths.length, bounds);
    if (array === null) throw new Error('Windows has no memory left for an array');
    return { array, elements: memoryAt(array, 24).getBigUint64(16, true) };
  }

  pointer(object: ComObject): Address {
    return this.#objects.lend(object);
  }

  object(pointer: Address, unknown: boolean): ComObject | null {
    return this.#objects.take(pointer, unknown);
  }

  cell(): Address {
    const { address } = this.take(VARIANT_SIZE);
    this.#cells.push(address);
    return address;
  }
}

/** Counts references. */
export type ObjectPort = {
  /** The object's pointer, counted once more for whoever gets it. */
  lend(object: ComObject): Address;
  /** The object of a pointer, counted once more for us; null when it cannot be automated. */
  take(pointer: Address, unknown: boolean): ComObject | null;
};
