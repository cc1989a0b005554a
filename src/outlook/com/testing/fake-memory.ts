/** Memory as Windows has it, for tests without Windows: blocks at invented addresses. */
import { must } from '../../../base/assert.ts';
import { VT } from '../variant.ts';
import { VARIANT_SIZE, type VariantMemory } from '../variant-layout.ts';

/** An object of the tests. */
export type Thing = { readonly thing: number };

const SIZES: Readonly<Record<number, number>> = { [VT.ui1]: 1, [VT.i4]: 4, [VT.variant]: VARIANT_SIZE };
/** A SAFEARRAY's own part before its bounds. @units bytes */
const HEADER = 24;

export function fakeMemory(): VariantMemory<Thing> {
  const blocks: { readonly start: bigint; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  let next = 0x7ff0_0000_0000n;
  const allocate = (length: number): bigint => {
    const start = next;
    blocks.push({ start, bytes: new Uint8Array(Math.max(length, 1)) });
    next += BigInt((length + 31) & ~15);
    return start;
  };
  const view = (address: bigint, length: number): DataView => {
    const block = blocks.findLast(({ start }) => start <= address);
    const { start, bytes } = must(block, 'an address outside');
    const offset = Number(address - start);
    if (offset + length > bytes.length) throw new Error(`${length} bytes from ${offset} on of ${bytes.length}`);
    return new DataView(bytes.buffer, offset, length);
  };
  return {
    view,
    text: (value) => {
      const content = Buffer.from(value, 'utf16le');
      const start = allocate(4 + content.length + 2);
      view(start, 4).setUint32(0, content.length, true);
      for (const [at, byte] of content.entries()) view(start, 4 + content.length).setUint8(4 + at, byte);
      return start + 4n;
    },
    readText: (address) => {
      const length = view(address - 4n, 4).getUint32(0, true);
      const { buffer, byteOffset } = view(address, length);
      return Buffer.from(buffer, byteOffset, length).toString('utf16le');
    },
    array: (of, lengths) => {
      const count = lengths.reduce((product, length) => product * length, 1);
      const array = allocate(HEADER + 8 * lengths.length);
      const elements = allocate(count * must(SIZES[of]));
      const header = view(array, HEADER + 8 * lengths.length);
      header.setUint16(0, lengths.length, true);
      header.setBigUint64(16, elements, true);
      for (const [at, length] of lengths.toReversed().entries()) header.setUint32(HEADER + 8 * at, length, true);
      return { array, elements };
    },
    pointer: ({ thing }) => BigInt(thing) + 1n,
    object: (pointer) => ({ thing: Number(pointer) - 1 }),
    cell: () => allocate(VARIANT_SIZE),
  };
}
