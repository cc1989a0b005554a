/**
 * The data of a node, block by block, and the nodes within a node. A node's data is one block, or a block that lists blocks (in one or
 * two levels); a block is read when it is asked for, so that an attachment that nobody wants costs nothing.
 * @source MS-PST 2.2.2.8
 */
import type { ByteSource } from '../byte-source.ts';
import { damagedFile } from '../failures.ts';
import { checksum } from './checksum.ts';
import { type Header, wordAt } from './layout.ts';
import { plainBytes } from './permutation.ts';
import type { Trees } from './trees.ts';

/** The data of a node, by its blocks. */
export type NodeData = {
  readonly blocks: number;
  block(index: number): Uint8Array;
  /** @throws IMPORT_DAMAGED when there are more than `most` bytes */
  all(most: number): Uint8Array;
};
/** A node inside of another one; see {@link NodeEntry}. */
export type SubNode = { readonly data: number; readonly sub: number };

export type Blocks = {
  data(bid: number): NodeData;
  subNodes(bid: number): ReadonlyMap<number, SubNode>;
};

/** Blocks of one node: 512 MB, and more than any property we read. */
const MOST_BLOCKS = 65_536;
/** Nodes within one node: attachments, recipients and long properties of one item. */
const MOST_SUB_NODES = 100_000;
/** The bit of a block id that says that the block lists others. */
const INTERNAL = 2;

export function openBlocks(source: ByteSource, header: Header, trees: Trees): Blocks {
  const { layout, compressible } = header;
  const raw = (bid: number): Uint8Array => {
    const entry = trees.block(bid);
    if (entry === undefined) throw damagedFile('a part of it is missing');
    const { offset, length } = entry;
    // A block ends in its trailer, at a multiple of 64 bytes.
    const whole = Math.ceil((length + layout.trailer) / 64) * 64;
    const bytes = source.read(offset, whole).slice();
    if (bytes.length < length) throw damagedFile('it is cut off');
    const data = bytes.subarray(0, length);
    if (bytes.length === whole) {
      const trailer = new DataView(bytes.buffer, whole - layout.trailer);
      const told = trailer.getUint32(layout.unicode ? 4 : 8, true);
      if (told !== 0 && told !== checksum(data)) throw damagedFile('a part of it was changed');
    }
    return data;
  };
  const listed = (bid: number): readonly number[] => {
    const bytes = raw(bid);
    const view = viewOf(bytes);
    if (bytes.length < 8 || bytes[0] !== 1) throw damagedFile('a list of its parts is not there');
    const count = view.getUint16(2, true);
    if (8 + count * layout.word > bytes.length) throw damagedFile('a list of its parts is cut off');
    const ids = Array.from({ length: count }, (_, index) => wordAt(view, 8 + index * layout.word, layout));
    if (bytes[1] === 1) return ids;
    if (bytes[1] !== 2) throw damagedFile('a list of its parts does not fit');
    const all: number[] = [];
    for (const id of ids) {
      const inner = raw(id);
      if (inner[1] !== 1) throw damagedFile('a list of its parts runs in circles');
      all.push(...listed(id));
      if (all.length > MOST_BLOCKS) throw damagedFile('a part of it is impossibly large');
    }
    return all;
  };
  return {
    data: (bid) => {
      if (bid === 0) return NO_DATA;
      const ids = (bid & INTERNAL) === 0 ? [bid] : listed(bid);
      const block = (index: number): Uint8Array => {
        const id = ids[index];
        if (id === undefined) throw damagedFile('a part of it is missing');
        return compressible ? plainBytes(raw(id)) : raw(id);
      };
      return { blocks: ids.length, block, all: (most) => joined(ids.length, block, most) };
    },
    subNodes: (bid) => {
      const found = new Map<number, SubNode>();
      if (bid !== 0) collect(bid, 1, found);
      return found;
    },
  };

  function collect(bid: number, level: number, found: Map<number, SubNode>): void {
    const bytes = raw(bid);
    const view = viewOf(bytes);
    const head = layout.unicode ? 8 : 4;
    if (bytes.length < head || bytes[0] !== 2 || (bytes[1] ?? 9) > level)
      throw damagedFile('a list of its parts is not there');
    const leaf = bytes[1] === 0;
    const size = (leaf ? 3 : 2) * layout.word;
    const count = view.getUint16(2, true);
    if (head + count * size > bytes.length) throw damagedFile('a list of its parts is cut off');
    for (let at = head; at < head + count * size; at += size) {
      const first = wordAt(view, at + layout.word, layout);
      if (!leaf) collect(first, level - 1, found);
      else found.set(view.getUint32(at, true), { data: first, sub: wordAt(view, at + 2 * layout.word, layout) });
      if (found.size > MOST_SUB_NODES) throw damagedFile('an item of it has impossibly many parts');
    }
  }
}

const NO_DATA: NodeData = {
  blocks: 0,
  block: () => {
    throw damagedFile('a part of it is missing');
  },
  all: () => new Uint8Array(0),
};

function joined(count: number, block: (index: number) => Uint8Array, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let index = 0; index < count; index++) {
    const part = block(index);
    length += part.length;
    if (length > most) throw damagedFile('a value in it is impossibly large');
    parts.push(part);
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
