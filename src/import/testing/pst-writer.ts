/**
 * Writes Outlook data files for tests: Unicode and ANSI, with and without compressible encryption, of any size. Only what readers need: no
 * allocation maps, no search folders. That other programs read them too is shown in docs/import.md.
 * @source MS-PST 2.2, 2.3, 2.4
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { byteWriter } from '../../outlook/model/bytes.ts';
import { checksum } from '../pst/checksum.ts';
import { plainBytes } from '../pst/permutation.ts';

/** `unchecked`: without checksums, so that damage reaches the readers of what it damages. */
/** `flat`: its trees have one level, which is all that `readpst` understands. */
export type PstForm = {
  readonly unicode: boolean;
  readonly compressible: boolean;
  readonly unchecked?: boolean;
  readonly flat?: boolean;
};

/** Where the bytes go. */
export type Sink = { write(bytes: Uint8Array, at: number): void; close(): void };

export function fileSink(path: string): Sink {
  const handle = openSync(path, 'w');
  return {
    write: (bytes, at) => void writeSync(handle, bytes, 0, bytes.length, at),
    close: () => closeSync(handle),
  };
}

export function memorySink(): Sink & { bytes(): Uint8Array } {
  let all = new Uint8Array(1 << 16);
  let length = 0;
  return {
    write: (bytes, at) => {
      if (at + bytes.length > all.length) {
        const grown = new Uint8Array(Math.max(all.length * 2, at + bytes.length));
        grown.set(all);
        all = grown;
      }
      all.set(bytes, at);
      length = Math.max(length, at + bytes.length);
    },
    bytes: () => all.slice(0, length),
    close: () => undefined,
  };
}

export type Blocks = {
  readonly form: PstForm;
  /** Data of any length. @returns its id; 0 for none */
  data(bytes: Uint8Array): number;
  /** A list of the nodes within a node. */
  subNodes(entries: readonly SubEntry[]): number;
  node(nid: number, data: number, sub: number, parent: number): void;
  finish(): void;
};
export type SubEntry = { readonly nid: number; readonly data: number; readonly sub: number };

const WRITTEN = (() => {
  const plain = plainBytes(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const table = new Uint8Array(256);
  plain.forEach((byte, written) => {
    table[byte] = written;
  });
  return table;
})();

const FIRST_BLOCK = 0x4800;
/** Data of a block with its trailer. @units bytes */
const MOST_DATA = 8176;

/** @param password the checksum that Outlook compares a password with; 0 for none is written by the caller */
export function openBlocks(sink: Sink, form: PstForm): Blocks {
  const { unicode, compressible, unchecked = false } = form;
  const sum = (bytes: Uint8Array) => (unchecked ? 0 : checksum(bytes));
  const word = unicode ? 8 : 4;
  const most = unicode ? MOST_DATA : 8180;
  const blocks: { bid: number; offset: number; length: number }[] = [];
  const nodes: { nid: number; data: number; sub: number; parent: number }[] = [];
  let next = 1;
  let at = FIRST_BLOCK;
  const put = (to: ReturnType<typeof byteWriter>, value: number) => {
    to.u32(value % 0x1_0000_0000);
    return unicode ? to.u32(Math.floor(value / 0x1_0000_0000)) : to;
  };
  const block = (bytes: Uint8Array, internal: boolean): number => {
    const bid = next * 4 + (internal ? 2 : 0);
    next += 1;
    const written = compressible && !internal ? bytes.map((byte) => WRITTEN[byte] ?? 0) : bytes;
    const trailer = unicode ? 16 : 12;
    const whole = Math.ceil((bytes.length + trailer) / 64) * 64;
    const padded = new Uint8Array(whole);
    padded.set(written);
    const end = byteWriter().u16(bytes.length).u16(signature(at, bid));
    if (unicode) put(end.u32(sum(written)), bid);
    else end.u32(bid).u32(sum(written));
    padded.set(end.done(), whole - trailer);
    sink.write(padded, at);
    blocks.push({ bid, offset: at, length: bytes.length });
    at += whole;
    return bid;
  };
  const list = (ids: readonly number[], level: number, total: number): number => {
    const to = byteWriter().u8(1).u8(level).u16(ids.length).u32(total);
    for (const id of ids) put(to, id);
    return block(to.done(), true);
  };
  const tree = (rows: readonly { readonly key: number; readonly bytes: Uint8Array }[], type: number) => {
    const perPage = (size: number) => Math.floor((unicode ? 488 : 496) / size);
    let level = 0;
    let entries = rows;
    for (;;) {
      const size = entries[0]?.bytes.length ?? 3 * word;
      const pages: { key: number; bytes: Uint8Array }[] = [];
      for (let from = 0; from < Math.max(1, entries.length); from += perPage(size)) {
        const part = entries.slice(from, from + perPage(size));
        const bid = next * 4 + 2;
        next += 1;
        at = Math.ceil(at / 512) * 512;
        sink.write(page(part, { type, level, size, bid, at }), at);
        const ref = byteWriter();
        put(put(put(ref, part[0]?.key ?? 0), bid), at);
        pages.push({ key: part[0]?.key ?? 0, bytes: ref.done() });
        if (pages.length === 1 && from + perPage(size) >= entries.length) {
          const root = { bid, offset: at };
          at += 512;
          return root;
        }
        at += 512;
      }
      entries = pages;
      level += 1;
    }
  };
  const page = (
    part: readonly { readonly bytes: Uint8Array }[],
    { type, level, size, bid, at: here }: { type: number; level: number; size: number; bid: number; at: number },
  ): Uint8Array => {
    const bytes = new Uint8Array(512);
    part.forEach((entry, index) => {
      bytes.set(entry.bytes, index * size);
    });
    const tail = unicode ? 488 : 496;
    bytes.set([part.length, Math.floor(tail / size), size, level], tail);
    const body = unicode ? 496 : 500;
    const crc = sum(bytes.subarray(0, body));
    const end = byteWriter().u8(type).u8(type).u16(signature(here, bid));
    if (unicode) put(end.u32(crc), bid);
    else end.u32(bid).u32(crc);
    bytes.set(end.done(), body);
    return bytes;
  };
  return {
    form,
    data: (bytes) => {
      if (bytes.length === 0) return 0;
      if (bytes.length <= most) return block(bytes, false);
      const ids: number[] = [];
      for (let from = 0; from < bytes.length; from += most) ids.push(block(bytes.subarray(from, from + most), false));
      const perList = Math.floor((most - 8) / word);
      if (ids.length <= perList) return list(ids, 1, bytes.length);
      const lists: number[] = [];
      for (let from = 0; from < ids.length; from += perList) {
        const part = ids.slice(from, from + perList);
        lists.push(list(part, 1, Math.min(bytes.length - from * most, part.length * most)));
      }
      return list(lists, 2, bytes.length);
    },
    subNodes: (entries) => {
      if (entries.length === 0) return 0;
      const to = byteWriter().u8(2).u8(0).u16(entries.length);
      if (unicode) to.u32(0);
      for (const { nid, data, sub } of [...entries].sort((a, b) => a.nid - b.nid)) put(put(put(to, nid), data), sub);
      return block(to.done(), true);
    },
    node: (nid, data, sub, parent) => void nodes.push({ nid, data, sub, parent }),
    finish: () => {
      const ordered = [...nodes].sort((a, b) => a.nid - b.nid);
      const nodeRows = ordered.map(({ nid, data, sub, parent }) => {
        const to = put(put(put(byteWriter(), nid), data), sub).u32(parent);
        return { key: nid, bytes: (unicode ? to.u32(0) : to).done() };
      });
      const blockRows = [...blocks]
        .sort((a, b) => a.bid - b.bid)
        .map(({ bid, offset, length }) => {
          const to = put(put(byteWriter(), bid), offset).u16(length).u16(2);
          return { key: bid, bytes: (unicode ? to.u32(0) : to).done() };
        });
      const roots = { nodes: tree(nodeRows, 0x81), blocks: tree(blockRows, 0x80) };
      sink.write(headerOf(form, { ...roots, end: at, next }), 0);
      sink.close();
    },
  };
}

function signature(at: number, bid: number): number {
  const mixed = ((at % 0x1_0000_0000) ^ (bid % 0x1_0000_0000)) >>> 0;
  return (mixed >>> 16) ^ (mixed & 0xffff);
}

type Root = { readonly bid: number; readonly offset: number };
type Ends = { readonly nodes: Root; readonly blocks: Root; readonly end: number; readonly next: number };

function headerOf({ unicode, compressible }: PstForm, { nodes, blocks, end, next }: Ends): Uint8Array {
  const bytes = new Uint8Array(unicode ? 564 : 512);
  const view = new DataView(bytes.buffer);
  bytes.set([0x21, 0x42, 0x44, 0x4e, 0, 0, 0, 0, 0x53, 0x4d], 0);
  view.setUint16(10, unicode ? 23 : 14, true);
  view.setUint16(12, 19, true);
  bytes[14] = 1;
  bytes[15] = 1;
  const put = (at: number, value: number) => {
    view.setUint32(at, value % 0x1_0000_0000, true);
    if (unicode) view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
  };
  const root = unicode ? 180 : 164;
  const word = unicode ? 8 : 4;
  put(unicode ? 32 : 28, next * 4);
  put(root + 4, end);
  put(root + 4 + 4 * word, nodes.bid);
  put(root + 4 + 5 * word, nodes.offset);
  put(root + 4 + 6 * word, blocks.bid);
  put(root + 4 + 7 * word, blocks.offset);
  bytes[root + 4 + 8 * word] = 0;
  const sentinel = unicode ? 512 : 460;
  bytes[sentinel] = 0x80;
  bytes[sentinel + 1] = compressible ? 1 : 0;
  view.setUint32(4, checksum(bytes.subarray(8, 8 + 471)), true);
  if (unicode) view.setUint32(524, checksum(bytes.subarray(8, 8 + 516)), true);
  return bytes;
}
