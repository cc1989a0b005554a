/** Items in data files for tests: properties by schema names, recipients and attachments, in folders. */

import { must } from '../../base/assert.ts';
import { encodeUtf8, fromHex } from '../../base/utf8.ts';
import { byteWriter } from '../../outlook/model/bytes.ts';
import { encodeWindows1252 } from '../../outlook/model/windows-1252.ts';
import { PT } from '../pst/properties.ts';
import { type Blocks, openBlocks, type PstForm, type Sink, type SubEntry } from './pst-writer.ts';

/** A value by the schema name of its property; bytes where the type of the name is binary. */
export type Values = Readonly<Record<string, Value>>;
export type Value =
  | string
  | number
  | boolean
  | Uint8Array
  | readonly string[]
  | readonly Uint8Array[]
  | { readonly time: number };
/** @param message attached instead of data */
export type Attachment = { readonly values: Values; readonly message?: Values };
export type NewItem = {
  readonly values: Values;
  readonly recipients?: readonly Values[];
  readonly attachments?: readonly Attachment[];
};

export type PstBuilder = {
  readonly blocks: Blocks;
  /** @returns its node */
  folder(name: string, parent?: number): number;
  item(folder: number, item: NewItem): number;
  finish(): void;
};

const NID = { store: 0x21, names: 0x61, root: 0x122 } as const;
const RECIPIENTS = 0x692;
const ATTACHMENTS = 0x671;
const DELETED = 0x35e3;
const SUBTREE = 0x35e0;

/** @param deleted the name of the folder that is *Deleted Items* @param password whether Outlook would ask for one */
export function buildPst(sink: Sink, form: PstForm, { deleted = '', password = false } = {}): PstBuilder {
  const blocks = openBlocks(sink, form);
  const names: string[] = [];
  let nextIndex = 0x400;
  let bin = 0;
  const idOf = (schema: string) => propertyId(schema, names);
  const nodeOf = (values: readonly Property[], sub: readonly SubEntry[] = []) => properties(blocks, values, sub);
  const folder = (name: string, parent: number = NID.root) => {
    const nid = nextIndex++ * 32 + 2;
    const { data, sub } = nodeOf([
      { id: 0x3001, type: PT.unicode, value: name },
      // Other readers know a folder by its counts.
      { id: 0x3602, type: PT.int32, value: 1 },
      { id: 0x360a, type: PT.bool, value: false },
    ]);
    blocks.node(nid, data, sub, parent);
    if (name === deleted) bin = nid;
    return nid;
  };
  const root = nodeOf([{ id: 0x3001, type: PT.unicode, value: '' }]);
  blocks.node(NID.root, root.data, root.sub, NID.root);
  return {
    blocks,
    folder,
    item: (parent, { values, recipients = [], attachments = [] }) => {
      const nid = nextIndex++ * 32 + 4;
      const within: SubEntry[] = [];
      if (recipients.length > 0) within.push({ nid: RECIPIENTS, ...table(blocks, recipients, idOf) });
      const parts = attachments.map(({ values: own, message }, at) => {
        const part = nextIndex++ * 32 + 5;
        const inner: SubEntry[] = [];
        const extra: Property[] = [];
        if (message !== undefined) {
          const object = nextIndex++ * 32 + 4;
          inner.push({ nid: object, ...nodeOf(listed(message, idOf)) });
          extra.push({ id: 0x3701, type: PT.object, value: object });
        }
        within.push({ nid: part, ...nodeOf([...listed(own, idOf), ...extra], inner) });
        return { [tag('67F20003')]: at, row: part };
      });
      if (parts.length > 0) within.push({ nid: ATTACHMENTS, ...table(blocks, parts, idOf) });
      const { data, sub } = nodeOf(listed(values, idOf), within);
      blocks.node(nid, data, sub, parent);
      return nid;
    },
    finish: () => {
      const entry = (node: number) => {
        const id = new Uint8Array(24);
        new DataView(id.buffer).setUint32(20, node, true);
        return id;
      };
      const store = nodeOf([
        { id: 0x3001, type: PT.unicode, value: 'Store' },
        { id: DELETED, type: PT.binary, value: entry(bin) },
        { id: SUBTREE, type: PT.binary, value: entry(NID.root) },
        ...(password ? [{ id: 0x67ff, type: PT.int32, value: 0x12345678 }] : []),
      ]);
      blocks.node(NID.store, store.data, store.sub, 0);
      const map = nodeOf(nameMap(names));
      blocks.node(NID.names, map.data, map.sub, 0);
      blocks.finish();
    },
  };
}

export function tag(idAndType: string): string {
  return `http://schemas.microsoft.com/mapi/proptag/0x${idAndType}`;
}

type Property = { readonly id: number; readonly type: number; readonly value: Value };

function listed(values: Values, idOf: (schema: string) => number): Property[] {
  return Object.entries(values).flatMap(([schema, value]) =>
    schema === 'row' ? [] : [{ id: idOf(schema), type: typeOf(schema), value }],
  );
}

function typeOf(schema: string): number {
  return Number.parseInt(schema.slice(-4), 16);
}

/** Named ones get the next free number. */
function propertyId(schema: string, names: string[]): number {
  const plain = /\/proptag\/0x([0-9A-F]{4})/.exec(schema);
  if (plain !== null) return Number.parseInt(must(plain[1]), 16);
  const name = schema.replace(/^.*\/(id|string)\//, '$1/').replace(/(\/0x)?[0-9A-F]{4}$|\/0x[0-9A-F]{8}$/, '');
  const known = names.indexOf(name);
  return 0x8000 + (known >= 0 ? known : names.push(name) - 1);
}

/** @source MS-PST 2.4.7 */
function nameMap(names: readonly string[]): Property[] {
  const sets: string[] = [];
  const [entries, strings, guids] = [byteWriter(), byteWriter(), byteWriter()];
  let length = 0;
  names.forEach((name, index) => {
    const [kind = '', set = '', rest = ''] = name.split('/');
    if (!sets.includes(set)) sets.push(set);
    const where = (sets.indexOf(set) + 3) * 2;
    if (kind === 'id') entries.u32(Number.parseInt(rest, 16)).u16(where);
    else {
      entries.u32(length).u16(where + 1);
      strings.u32(rest.length * 2).utf16(rest);
      length += 4 + rest.length * 2;
      while (length % 4 !== 0) {
        strings.u8(0);
        length += 1;
      }
    }
    entries.u16(index);
  });
  for (const set of sets) guids.bytes(guidBytes(set));
  return [
    { id: 1, type: PT.int32, value: 251 },
    { id: 2, type: PT.binary, value: guids.done() },
    { id: 3, type: PT.binary, value: entries.done() },
    { id: 4, type: PT.binary, value: strings.done() },
  ];
}

function guidBytes(text: string): Uint8Array {
  const bytes = fromHex(text.replace(/[{}-]/g, ''));
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15], (at) => bytes[at] ?? 0);
}

/** A heap in one block; what is longer is a node of its own. */
function openHeap(blocks: Blocks) {
  const values: Uint8Array[] = [];
  const nodes: SubEntry[] = [];
  let next = 1;
  return {
    nodes,
    add: (bytes: Uint8Array): number => {
      if (bytes.length === 0) return 0;
      if (bytes.length <= 300) return values.push(bytes) << 5;
      const nid = next++ * 32 + 0x1f;
      nodes.push({ nid, data: blocks.data(bytes), sub: 0 });
      return nid;
    },
    /** @param own values of fixed places, first in the heap */
    done: (client: number, root: number): Uint8Array => {
      const body = byteWriter().u16(0).u8(0xec).u8(client).u32(root).u32(0);
      const places: number[] = [12];
      for (const value of values) {
        body.bytes(value);
        places.push(must(places.at(-1)) + value.length);
      }
      const end = must(places.at(-1));
      if (end % 2 === 1) body.u8(0);
      const map = end + (end % 2);
      body.u16(values.length).u16(0);
      for (const place of places) body.u16(place);
      const bytes = body.done();
      new DataView(bytes.buffer).setUint16(0, map, true);
      return bytes;
    },
  };
}

const LONG_FIXED = new Set<number>([PT.time, PT.int64]);

function properties(
  blocks: Blocks,
  list: readonly Property[],
  sub: readonly SubEntry[],
): { data: number; sub: number } {
  const heap = openHeap(blocks);
  const rows = [...list].sort((a, b) => a.id - b.id);
  const cells = rows.map(({ type, value }) => {
    if (type === PT.int32 || type === PT.int16) return Number(value) >>> 0;
    if (type === PT.bool) return value === true ? 1 : 0;
    if (type === PT.object) return heap.add(byteWriter().u32(Number(value)).u32(0).done());
    return heap.add(LONG_FIXED.has(type) ? timeBytes(value) : bytesOf(value, typeIn(type, blocks)));
  });
  const records = byteWriter();
  rows.forEach(({ id, type }, at) => {
    records.u16(id).u16(typeIn(type, blocks)).u32(must(cells[at]));
  });
  const recordBytes = records.done();
  // The records are one value of the heap, whatever their length.
  const tree = treeOver(heap, recordBytes, { key: 2, data: 6, flat: blocks.form.flat });
  const data = blocks.data(heap.done(0xbc, tree));
  return { data, sub: blocks.subNodes([...heap.nodes, ...sub]) };
}

type HeapBuilder = ReturnType<typeof openHeap>;

/** A tree of one or two levels, whose leaves fit into the heap. */
function treeOver(heap: HeapBuilder, records: Uint8Array, { key, data, flat = false }: TreeForm): number {
  const head = (levels: number, top: number) =>
    heap.add(byteWriter().u8(0xb5).u8(key).u8(data).u8(levels).u32(top).done());
  if (flat) return head(0, heap.add(records));
  const size = key + data;
  const perLeaf = Math.floor(296 / size) * size;
  const index = byteWriter();
  for (let from = 0; from < records.length; from += perLeaf) {
    const leaf = records.slice(from, from + perLeaf);
    index.bytes(leaf.subarray(0, key)).u32(heap.add(leaf));
  }
  return head(1, heap.add(index.done()));
}

/** Sizes of a record. @units bytes */
type TreeForm = { readonly key: number; readonly data: number; readonly flat?: boolean | undefined };

/** ANSI files have narrow texts. */
function typeIn(type: number, { form }: Blocks): number {
  if (form.unicode) return type;
  return type === PT.unicode ? PT.string8 : type === PT.unicodes ? PT.string8s : type;
}

function timeBytes(value: Value): Uint8Array {
  const { time } = value as { readonly time: number };
  const ticks = (BigInt(time) + 11_644_473_600_000n) * 10_000n;
  return byteWriter()
    .u32(Number(ticks & 0xffffffffn))
    .u32(Number(ticks >> 32n))
    .done();
}

function bytesOf(value: Value, type: number): Uint8Array {
  if (typeof value === 'string') return textBytes(value, type === PT.unicode);
  if (value instanceof Uint8Array) return value;
  const parts = (value as readonly (string | Uint8Array)[]).map((part) =>
    typeof part === 'string' ? textBytes(part, type === PT.unicodes) : part,
  );
  const to = byteWriter().u32(parts.length);
  let at = 4 + parts.length * 4;
  for (const part of parts) {
    to.u32(at);
    at += part.length;
  }
  for (const part of parts) to.bytes(part);
  return to.done();
}

function textBytes(text: string, wide: boolean): Uint8Array {
  if (!wide) return encodeWindows1252(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return bytes;
}

/** @source MS-PST 2.3.4; every column is four bytes wide here */
function table(
  blocks: Blocks,
  rows: readonly (Values & { readonly row?: number })[],
  idOf: (schema: string) => number,
): { data: number; sub: number } {
  const heap = openHeap(blocks);
  const schemas = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== 'row');
  const width = 8 + schemas.length * 4;
  const marks = Math.ceil((schemas.length + 2) / 8);
  const cells = byteWriter();
  rows.forEach((row, at) => {
    cells.u32(row.row ?? at).u32(0);
    for (const schema of schemas) {
      const value = row[schema];
      const type = typeIn(typeOf(schema), blocks);
      cells.u32(value === undefined ? 0 : type === PT.int32 ? Number(value) >>> 0 : heap.add(bytesOf(value, type)));
    }
    const present = [true, true, ...schemas.map((schema) => row[schema] !== undefined)];
    for (let byte = 0; byte < marks; byte++)
      cells.u8(present.slice(byte * 8, byte * 8 + 8).reduce((sum, is, bit) => sum | (is ? 0x80 >> bit : 0), 0));
  });
  const rowIndex = byteWriter();
  rows.forEach((row, at) => {
    rowIndex.u32(row.row ?? at);
    if (blocks.form.unicode) rowIndex.u32(at);
    else rowIndex.u16(at);
  });
  const index = treeOver(heap, rowIndex.done(), { key: 4, data: blocks.form.unicode ? 4 : 2 });
  const matrix = heap.add(cells.done());
  const info = byteWriter()
    .u8(0x7c)
    .u8(schemas.length + 2);
  info
    .u16(width)
    .u16(width)
    .u16(width)
    .u16(width + marks);
  info.u32(index).u32(matrix).u32(0);
  info.u16(PT.int32).u16(0x67f2).u16(0).u8(4).u8(0);
  info.u16(PT.int32).u16(0x67f3).u16(4).u8(4).u8(1);
  schemas.forEach((schema, at) => {
    info
      .u16(typeIn(typeOf(schema), blocks))
      .u16(idOf(schema))
      .u16(8 + at * 4)
      .u8(4)
      .u8(at + 2);
  });
  const data = blocks.data(heap.done(0x7c, heap.add(info.done())));
  return { data, sub: blocks.subNodes(heap.nodes) };
}

/** Bytes that stand for a text, for tests of sizes. */
export function filler(length: number): Uint8Array {
  return encodeUtf8('filler '.repeat(Math.ceil(length / 7))).slice(0, length);
}
