/**
 * A table in a node's heap: the recipients of an item, its attachments. Rows of fixed width, whose longer values are elsewhere.
 * @source MS-PST 2.3.4
 */
import { damagedFile } from '../failures.ts';
import { type Blocks, type SubNode, viewOf } from './blocks.ts';
import { CLIENT, type Heap, openHeap } from './heap.ts';
import { PT } from './properties.ts';
import { decodeText } from './text.ts';

/** A row; a value that is absent, or of another type than is asked for, is undefined. */
export type Row = {
  /** The node of what the row speaks of, where it is one. */
  readonly id: number;
  number(id: number): number | undefined;
  text(id: number): string | undefined;
};

type Column = { readonly type: number; readonly at: number; readonly size: number; readonly bit: number };

const LONGEST = 64 * 1024;

/** @param most rows; a table with more is damaged */
export function readTable(
  blocks: Blocks,
  node: SubNode,
  { codePage, most }: { codePage: number; most: number },
): Row[] {
  const heap = openHeap(blocks, node);
  const info = heap.item(heap.root);
  if (heap.client !== CLIENT.table || info.length < 22 || info[0] !== CLIENT.table)
    throw damagedFile('a table in it is not there');
  const view = viewOf(info);
  const count = info[1] ?? 0;
  const [bits, width] = [view.getUint16(6, true), view.getUint16(8, true)];
  if (22 + count * 8 > info.length || width <= bits || bits < 4) throw damagedFile('a table in it does not fit');
  const columns = new Map<number, Column>();
  for (let at = 22; at < 22 + count * 8; at += 8) {
    const column = {
      type: view.getUint16(at, true),
      at: view.getUint16(at + 4, true),
      size: info[at + 6] ?? 0,
      bit: info[at + 7] ?? 0,
    };
    columns.set(view.getUint16(at + 2, true), column);
  }
  const rows: Row[] = [];
  for (const bytes of rowBytes(heap, view.getUint32(14, true), width)) {
    if (rows.length >= most) throw damagedFile('a table in it is impossibly long');
    rows.push(rowOf(heap, columns, { bytes, bits, codePage }));
  }
  return rows;
}

/** Rows lie in one value of the heap, or in the blocks of a node of their own, where none crosses from one block into the next. */
function* rowBytes(heap: Heap, hnid: number, width: number): Generator<Uint8Array> {
  const node = heap.node(hnid);
  const count = node === undefined ? 1 : node.blocks;
  for (let index = 0; index < count; index++) {
    const bytes = node === undefined ? heap.value(hnid, LONGEST) : node.block(index);
    for (let at = 0; at + width <= bytes.length; at += width) yield bytes.subarray(at, at + width);
  }
}

type RowBytes = { readonly bytes: Uint8Array; readonly bits: number; readonly codePage: number };

function rowOf(heap: Heap, columns: ReadonlyMap<number, Column>, { bytes, bits, codePage }: RowBytes): Row {
  const view = viewOf(bytes);
  const cell = (id: number): Column | undefined => {
    const column = columns.get(id);
    if (column === undefined || column.at + column.size > bytes.length) return undefined;
    const isThere = ((bytes[bits + (column.bit >>> 3)] ?? 0) & (0x80 >>> (column.bit & 7))) !== 0;
    return isThere ? column : undefined;
  };
  return {
    id: view.getUint32(0, true),
    number: (id) => {
      const column = cell(id);
      if (column?.type === PT.int32 && column.size === 4) return view.getInt32(column.at, true);
      return undefined;
    },
    text: (id) => {
      const column = cell(id);
      if (column === undefined || column.size !== 4) return undefined;
      const value = () => heap.value(view.getUint32(column.at, true), LONGEST);
      if (column.type === PT.unicode) return decodeText(value(), 'utf-16le');
      return column.type === PT.string8 ? decodeText(value(), codePage) : undefined;
    },
  };
}
