/**
 * The members of a distribution list as they are stored: parallel lists of entry ids and one-off ids with a checksum, or, when a
 * list would pass 15,000 bytes, a stream. @source outlook-objects.md section 7; MS-OXOCNTC 2.2.2.2
 */
import type { LiveItem } from './live-item.ts';
import { named, PSETID, PT } from './property.ts';

/** `entryId`: one-off or wrapped id; `oneOff`: name, type and address as they were when the member was added. */
export type StoredMember = { readonly entryId: Uint8Array; readonly oneOff: Uint8Array };

/** Bytes from which on the multi-valued form is not used. */
const MOST_BYTES = 15_000;
const MEMBERS = named(PSETID.address, 0x8055);
const ONE_OFFS = named(PSETID.address, 0x8054);
const CHECKSUM = named(PSETID.address, 0x804c);
const STREAM = named(PSETID.address, 0x8064);

/** The members; the stream's when there is one. */
export function storedMembers({ bag }: LiveItem): readonly StoredMember[] {
  const stream = bag.binary(STREAM);
  if (stream !== undefined) return parseStream(stream);
  const entryIds = (bag.get(MEMBERS)?.value ?? []) as readonly Uint8Array[];
  const oneOffs = (bag.get(ONE_OFFS)?.value ?? []) as readonly Uint8Array[];
  return entryIds.map((entryId, at) => ({ entryId, oneOff: oneOffs[at] ?? entryId }));
}

/** Replaces the members. */
export function putStoredMembers({ bag }: LiveItem, members: readonly StoredMember[]): void {
  const entryIds = members.map(({ entryId }) => entryId);
  const oneOffs = members.map(({ oneOff }) => oneOff);
  const keys = [MEMBERS, ONE_OFFS, CHECKSUM, STREAM];
  for (const key of keys) bag.delete(key);
  bag.dirty = true;
  if (members.length === 0) return;
  if (bytesIn(entryIds) >= MOST_BYTES || bytesIn(oneOffs) >= MOST_BYTES) {
    bag.setBinary(STREAM, makeStream(members));
    return;
  }
  bag.set(MEMBERS, { type: PT.MV_BINARY, value: entryIds });
  bag.set(ONE_OFFS, { type: PT.MV_BINARY, value: oneOffs });
  bag.setLong(CHECKSUM, checksum(entryIds) | 0);
}

/** CRC-32 (polynomial 0xEDB88320, seed 0) over all bytes of all entry ids. @source MS-OXOCNTC 3.1.5.11 */
export function checksum(entryIds: readonly Uint8Array[]): number {
  let crc = 0;
  for (const bytes of entryIds) {
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
  }
  return crc >>> 0;
}

function makeStream(members: readonly StoredMember[]): Uint8Array {
  const head = Buffer.alloc(28);
  head.writeUInt16LE(1, 0);
  head.writeUInt32LE(0x000c0000, 4);
  head.writeUInt32LE(members.length, 12);
  head.writeUInt32LE(bytesIn(members.map(({ entryId }) => entryId)), 16);
  head.writeUInt32LE(bytesIn(members.map(({ oneOff }) => oneOff)), 20);
  const entries = members.flatMap(({ entryId, oneOff }) => [
    size(entryId),
    entryId,
    size(oneOff),
    oneOff,
    Buffer.alloc(4),
  ]);
  return new Uint8Array(Buffer.concat([head, ...entries, Buffer.alloc(8)]));
}

function parseStream(stream: Uint8Array): readonly StoredMember[] {
  const bytes = Buffer.from(stream);
  let at = 28;
  const next = () => {
    const length = bytes.readUInt32LE(at);
    at += 4 + length;
    return new Uint8Array(bytes.subarray(at - length, at));
  };
  return Array.from({ length: bytes.readUInt32LE(12) }, () => {
    const [entryId, oneOff] = [next(), next()];
    next();
    return { entryId, oneOff };
  });
}

function size(bytes: Uint8Array): Uint8Array {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(bytes.length);
  return four;
}

function bytesIn(values: readonly Uint8Array[]): number {
  return values.reduce((sum, value) => sum + value.length, 0);
}
