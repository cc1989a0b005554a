/**
 * The two trees of a data file: which blocks a node has (NBT), and where a block is (BBT). Every page says how far it is from the leaves,
 * and a child is one nearer than its parent: a tree that runs in circles does not fit and is damaged.
 * @source MS-PST 2.2.2.7.7
 */
import type { ByteSource } from '../byte-source.ts';
import { damagedFile } from '../failures.ts';
import { checksum } from './checksum.ts';
import { type Header, type Layout, PAGE, type PageRef, wordAt } from './layout.ts';

/** A node: its data, the nodes within it, and the folder it is in. Ids of 0: none. */
export type NodeEntry = { readonly nid: number; readonly data: number; readonly sub: number; readonly parent: number };
export type BlockEntry = { readonly offset: number; readonly length: number };

export type Trees = {
  /** Every node, ascending. */
  nodes(): Generator<NodeEntry>;
  node(nid: number): NodeEntry | undefined;
  block(bid: number): BlockEntry | undefined;
};

const TYPE = { blocks: 0x80, nodes: 0x81 } as const;
/** Real trees have three or four levels. */
const MOST_LEVELS = 8;
const KEPT_PAGES = 256;

type Page = { readonly view: DataView; readonly level: number; readonly count: number; readonly size: number };

export function openTrees(source: ByteSource, { layout, nodes, blocks }: Header): Trees {
  const kept = new Map<number, Page>();
  const page = (ref: PageRef, type: number): Page => {
    const known = kept.get(ref.offset);
    if (known !== undefined) return known;
    const read = readPage(source, ref, { layout, type });
    if (kept.size >= KEPT_PAGES) kept.clear();
    kept.set(ref.offset, read);
    return read;
  };
  const find = (root: PageRef, type: number, key: number): { page: Page; at: number } | undefined => {
    for (let ref = root, above = MOST_LEVELS; ; ) {
      const at = page(ref, type);
      if (at.level >= above) throw damagedFile('a tree in it runs in circles');
      const index = lastUpTo(at, key, layout);
      if (index < 0) return undefined;
      if (at.level === 0) {
        return keyAt(at, index, layout) === key ? { page: at, at: index * at.size } : undefined;
      }
      above = at.level;
      ref = childAt(at, index, layout);
    }
  };
  return {
    nodes: () => walk({ source, layout, page: (ref) => page(ref, TYPE.nodes) }, nodes),
    node: (nid) => {
      const found = find(nodes, TYPE.nodes, nid);
      return found && nodeAt(found.page, found.at, layout);
    },
    block: (bid) => {
      // The lowest bit is for the writer's use.
      const found = find(blocks, TYPE.blocks, bid - (bid % 2));
      if (found === undefined) return undefined;
      const from = found.at + layout.word;
      return {
        offset: wordAt(found.page.view, from, layout),
        length: found.page.view.getUint16(from + layout.word, true),
      };
    },
  };
}

type Walking = { readonly source: ByteSource; readonly layout: Layout; readonly page: (ref: PageRef) => Page };

/** Leaf by leaf. No page is met twice, so that shared ones cannot make a small file endless. */
function* walk({ source, layout, page }: Walking, root: PageRef): Generator<NodeEntry> {
  const met = new Set<number>();
  const open: { ref: PageRef; above: number }[] = [{ ref: root, above: MOST_LEVELS }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (met.has(next.ref.offset) || next.ref.offset > source.size) throw damagedFile('a tree in it runs in circles');
    met.add(next.ref.offset);
    const at = page(next.ref);
    if (at.level >= next.above) throw damagedFile('a tree in it runs in circles');
    if (at.level === 0) {
      for (let index = 0; index < at.count; index++) yield nodeAt(at, index * at.size, layout);
    } else {
      for (let index = at.count - 1; index >= 0; index--)
        open.push({ ref: childAt(at, index, layout), above: at.level });
    }
  }
}

function readPage(source: ByteSource, ref: PageRef, { layout, type }: { layout: Layout; type: number }): Page {
  const bytes = source.read(ref.offset, PAGE).slice();
  if (bytes.length < PAGE) throw damagedFile('it is cut off');
  const view = new DataView(bytes.buffer);
  const body = PAGE - layout.trailer;
  if (bytes[body] !== type || bytes[body + 1] !== type) throw damagedFile('a page of its index is not there');
  const told = view.getUint32(body + (layout.unicode ? 4 : 8), true);
  if (told !== 0 && told !== checksum(bytes.subarray(0, body))) throw damagedFile('a page of its index was changed');
  const tail = layout.unicode ? 488 : 496;
  const [count = 0, , size = 0, level = 0] = bytes.subarray(tail, tail + 4);
  const leaf = (type === TYPE.nodes ? 4 : 3) * layout.word;
  const least = level > 0 ? 3 * layout.word : leaf;
  if (size < least || count * size > tail) throw damagedFile('a page of its index does not fit');
  return { view, level, count, size };
}

function keyAt({ view, size }: Page, index: number, layout: Layout): number {
  return wordAt(view, index * size, layout);
}

function childAt({ view, size }: Page, index: number, layout: Layout): PageRef {
  const at = index * size + layout.word;
  return { bid: wordAt(view, at, layout), offset: wordAt(view, at + layout.word, layout) };
}

/** The last entry whose key is not above `key`; -1 when all are. */
function lastUpTo(page: Page, key: number, layout: Layout): number {
  let low = 0;
  let high = page.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyAt(page, middle, layout) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function nodeAt({ view }: Page, at: number, layout: Layout): NodeEntry {
  return {
    nid: view.getUint32(at, true),
    data: wordAt(view, at + layout.word, layout),
    sub: wordAt(view, at + 2 * layout.word, layout),
    parent: view.getUint32(at + 3 * layout.word, true),
  };
}
