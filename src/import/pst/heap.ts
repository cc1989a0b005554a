/**
 * The heap in a node's data, and the trees of short records in a heap (BTH). Values are found by an id that says the block and the
 * place in it; values that do not fit into a heap are nodes within the node.
 * @source MS-PST 2.3.1, 2.3.2
 */
import { damagedFile } from '../failures.ts';
import { type Blocks, type NodeData, type SubNode, viewOf } from './blocks.ts';

/** A node opened as a heap. */
export type Heap = {
  /** What the heap holds: {@link CLIENT}. */
  readonly client: number;
  readonly root: number;
  /** A value of the heap itself; nothing for id 0. */
  item(hid: number): Uint8Array;
  /** A value by its id, wherever it is. @param most bytes */
  value(hnid: number, most: number): Uint8Array;
  /** The data of the node that an id names; undefined when it names a value of the heap or no node. */
  node(hnid: number): NodeData | undefined;
  subNode(nid: number): SubNode | undefined;
};

export const CLIENT = { table: 0x7c, properties: 0xbc } as const;
const SIGNATURE = 0xec;
const TREE = 0xb5;
const MOST_RECORDS = 50_000;

export function openHeap(blocks: Blocks, node: SubNode): Heap {
  const data = blocks.data(node.data);
  const pages = new Map<number, Uint8Array>();
  const page = (index: number): Uint8Array => {
    const known = pages.get(index);
    if (known !== undefined) return known;
    const bytes = data.block(index);
    if (pages.size > 64) pages.clear();
    pages.set(index, bytes);
    return bytes;
  };
  const first = page(0);
  if (first.length < 12 || first[2] !== SIGNATURE) throw damagedFile('an item of it has no heap');
  let within: ReadonlyMap<number, SubNode> | undefined;
  const subNode = (nid: number) => {
    within ??= blocks.subNodes(node.sub);
    return within.get(nid);
  };
  const item = (hid: number): Uint8Array => (hid === 0 ? new Uint8Array(0) : allocated(page(hid >>> 16), hid));
  const nodeOf = (hnid: number): NodeData | undefined => {
    if (hnid === 0 || (hnid & 0x1f) === 0) return undefined;
    const found = subNode(hnid);
    return found === undefined ? undefined : blocks.data(found.data);
  };
  return {
    client: first[3] ?? 0,
    root: viewOf(first).getUint32(4, true),
    item,
    node: nodeOf,
    subNode,
    value: (hnid, most) => {
      if ((hnid & 0x1f) !== 0) return nodeOf(hnid)?.all(most) ?? new Uint8Array(0);
      return item(hnid);
    },
  };
}

/** The value at a place of a block, whose map of values is where its first two bytes say. */
function allocated(block: Uint8Array, hid: number): Uint8Array {
  const view = viewOf(block);
  const index = (hid >>> 5) & 0x7ff;
  const map = block.length < 2 ? 0 : view.getUint16(0, true);
  const at = map + 4 + (index - 1) * 2;
  if (map + 4 > block.length || index === 0 || index > view.getUint16(map, true) || at + 4 > block.length)
    throw damagedFile('an item of it names a value that is not there');
  const [from, to] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
  if (to < from || to > block.length) throw damagedFile('a value in it does not fit');
  return block.subarray(from, to);
}

export type TreeRecord = { readonly key: DataView; readonly data: DataView };

/** The records of a tree in a heap, ascending. @param at the id of its header */
export function* treeRecords(heap: Heap, at: number): Generator<TreeRecord> {
  const head = heap.item(at);
  if (head.length < 8 || head[0] !== TREE) throw damagedFile('a list in it is not there');
  const [, key = 0, data = 0, levels = 0] = head;
  if (key === 0 || levels > 8) throw damagedFile('a list in it does not fit');
  const root = viewOf(head).getUint32(4, true);
  yield* records(heap, { hid: root, levels }, { key, data, left: { count: MOST_RECORDS } });
}

type Size = { readonly key: number; readonly data: number; readonly left: { count: number } };

function* records(heap: Heap, { hid, levels }: { hid: number; levels: number }, size: Size): Generator<TreeRecord> {
  if (hid === 0) return;
  const bytes = heap.item(hid);
  const step = levels === 0 ? size.key + size.data : size.key + 4;
  for (let at = 0; at + step <= bytes.length; at += step) {
    size.left.count -= 1;
    if (size.left.count < 0) throw damagedFile('a list in it runs in circles');
    if (levels > 0) {
      const child = viewOf(bytes).getUint32(at + size.key, true);
      yield* records(heap, { hid: child, levels: levels - 1 }, size);
    } else {
      const whole = bytes.subarray(at, at + step);
      yield { key: viewOf(whole.subarray(0, size.key)), data: viewOf(whole.subarray(size.key)) };
    }
  }
}
