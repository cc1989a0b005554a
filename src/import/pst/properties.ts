/**
 * The properties of an item: a tree of ids, types and values in its node's heap. A value is read when it is asked for.
 * @source MS-PST 2.3.3; MS-OXCDATA 2.11.1 for the types
 */
import { toHex } from '../../base/utf8.ts';
import { damagedFile } from '../failures.ts';
import type { Blocks, SubNode } from './blocks.ts';
import { viewOf } from './blocks.ts';
import { CLIENT, type Heap, openHeap, treeRecords } from './heap.ts';
import { decodeText } from './text.ts';

/** Properties by their ids. A property that is absent, or of another type than is asked for, is undefined. */
export type Properties = {
  has(id: number): boolean;
  number(id: number): number | undefined;
  flag(id: number): boolean | undefined;
  text(id: number): string | undefined;
  texts(id: number): readonly string[] | undefined;
  /** A moment. @units milliseconds since 1970-01-01T00:00:00Z */
  time(id: number): number | undefined;
  bytes(id: number): Uint8Array | undefined;
  /** An array of binary values. */
  binaries(id: number): readonly Uint8Array[] | undefined;
  /** The node within this one that an object is: an attached message. */
  object(id: number): SubNode | undefined;
  /** A node within this one. */
  part(nid: number): SubNode | undefined;
};

/** Property types. */
export const PT = {
  int16: 0x02,
  int32: 0x03,
  bool: 0x0b,
  object: 0x0d,
  int64: 0x14,
  string8: 0x1e,
  unicode: 0x1f,
  time: 0x40,
  binary: 0x102,
  string8s: 0x101e,
  unicodes: 0x101f,
  binaries: 0x1102,
} as const;

/** The longest value that is read: a picture, a text. @units bytes */
const LONGEST = 32 * 1024 * 1024;
const MOST_VALUES = 10_000;

type Slot = { readonly type: number; readonly value: number };

/** @param codePage of narrow texts, where the item says none of its own */
export function openProperties(blocks: Blocks, node: SubNode, codePage: number): Properties {
  const heap = openHeap(blocks, node);
  if (heap.client !== CLIENT.properties) throw damagedFile('an item of it has no properties');
  const slots = new Map<number, Slot>();
  for (const { key, data } of treeRecords(heap, heap.root)) {
    if (key.byteLength < 2 || data.byteLength < 6) throw damagedFile('an item of it has no properties');
    slots.set(key.getUint16(0, true), { type: data.getUint16(0, true), value: data.getUint32(2, true) });
  }
  const number = (id: number): number | undefined => {
    const slot = slots.get(id);
    if (slot?.type === PT.int32) return slot.value | 0;
    return slot?.type === PT.int16 ? (slot.value << 16) >> 16 : undefined;
  };
  const own = number(MESSAGE_CODE_PAGE) ?? number(INTERNET_CODE_PAGE);
  const bytesOf = (slot: Slot) => heap.value(slot.value, LONGEST);
  const text = (id: number): string | undefined => {
    const slot = slots.get(id);
    const found = slot && textOf(slot.type, bytesOf, slot, own ?? codePage);
    return id === SUBJECT && found !== undefined ? withoutMark(found) : found;
  };
  return {
    has: (id) => slots.has(id),
    number,
    flag: (id) => (slots.get(id)?.type === PT.bool ? ((slots.get(id)?.value ?? 0) & 0xff) !== 0 : undefined),
    text,
    texts: (id) => manyTexts(slots.get(id), bytesOf, own ?? codePage),
    time: (id) => {
      const slot = slots.get(id);
      return slot?.type === PT.time ? timeOf(bytesOf(slot)) : undefined;
    },
    bytes: (id) => {
      const slot = slots.get(id);
      return slot?.type === PT.binary ? bytesOf(slot) : undefined;
    },
    binaries: (id) => {
      const slot = slots.get(id);
      return slot?.type === PT.binaries ? values(bytesOf(slot)) : undefined;
    },
    object: (id) => objectOf(heap, slots.get(id)),
    part: heap.subNode,
  };
}

const SUBJECT = 0x0037;

/** A subject may begin with a mark and the length of its prefix (`RE: `). @source MS-PST 2.5.3.1.1.1 */
function withoutMark(subject: string): string {
  return subject.charCodeAt(0) === 1 ? subject.slice(2) : subject;
}

const MESSAGE_CODE_PAGE = 0x3ffd;
const INTERNET_CODE_PAGE = 0x3fde;

function textOf(type: number, bytesOf: (slot: Slot) => Uint8Array, slot: Slot, codePage: number): string | undefined {
  if (type === PT.unicode) return decodeText(bytesOf(slot), 'utf-16le');
  return type === PT.string8 ? decodeText(bytesOf(slot), codePage) : undefined;
}

function manyTexts(
  slot: Slot | undefined,
  bytesOf: (slot: Slot) => Uint8Array,
  codePage: number,
): readonly string[] | undefined {
  if (slot?.type !== PT.unicodes && slot?.type !== PT.string8s) return undefined;
  const encoding = slot.type === PT.unicodes ? 'utf-16le' : codePage;
  return values(bytesOf(slot)).map((bytes) => decodeText(bytes, encoding));
}

/** An array of values of their own lengths: a count, where each begins, the values. @source MS-PST 2.3.3.4.2 */
function values(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length < 4) return [];
  const view = viewOf(bytes);
  const count = view.getUint32(0, true);
  if (count > MOST_VALUES || 4 + count * 4 > bytes.length) throw damagedFile('a list of values in it does not fit');
  return Array.from({ length: count }, (_, index) => {
    const from = view.getUint32(4 + index * 4, true);
    const to = index + 1 < count ? view.getUint32(8 + index * 4, true) : bytes.length;
    if (to < from || to > bytes.length) throw damagedFile('a list of values in it does not fit');
    return bytes.subarray(from, to);
  });
}

function objectOf(heap: Heap, slot: Slot | undefined): SubNode | undefined {
  if (slot?.type !== PT.object) return undefined;
  const bytes = heap.item(slot.value);
  return bytes.length < 4 ? undefined : heap.subNode(viewOf(bytes).getUint32(0, true));
}

const EPOCH = 11_644_473_600_000;
/** Outlook's calendar ends in 4500; dates of ours in 9999. */
const LATEST = Date.UTC(9900, 0, 1);

/** A FILETIME; undefined for one that is no date. */
export function timeOf(bytes: Uint8Array): number | undefined {
  if (bytes.length < 8) return undefined;
  const view = viewOf(bytes);
  const ticks = view.getUint32(4, true) * 0x1_0000_0000 + view.getUint32(0, true);
  const at = Math.round(ticks / 10_000) - EPOCH;
  return ticks === 0 || at > LATEST ? undefined : at;
}

/** A GUID as text, with braces. */
export function guidOf(bytes: Uint8Array): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = toHex(Uint8Array.from(order, (at) => bytes[at] ?? 0));
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}}`;
}
