/** Reading and writing Outlook's little-endian structures. A read beyond the end is a damaged structure, never an exception of the runtime. */
import { badStructure } from './structure-failure.ts';

export type ByteReader = {
  /** @units bytes from the start */
  position(): number;
  /** @units bytes */
  remaining(): number;
  u8(): number;
  u16(): number;
  u32(): number;
  i32(): number;
  bytes(length: number): Uint8Array;
  /** UTF-16 text. @units `length` in code units */
  utf16(length: number): string;
};

/** @param structure what is read, in words, for the failure */
export function byteReader(source: Uint8Array, structure: string): ByteReader {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const take = (length: number): number => {
    if (length > source.length - at) throw badStructure(structure, `it ends after ${source.length} bytes`);
    at += length;
    return at - length;
  };
  return {
    position: () => at,
    remaining: () => source.length - at,
    u8: () => view.getUint8(take(1)),
    u16: () => view.getUint16(take(2), true),
    u32: () => view.getUint32(take(4), true),
    i32: () => view.getInt32(take(4), true),
    bytes: (length) => {
      const from = take(length);
      return source.slice(from, from + length);
    },
    utf16: (length) => {
      const from = take(length * 2);
      let text = '';
      for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint16(from + 2 * i, true));
      return text;
    },
  };
}

export type ByteWriter = {
  u8(value: number): ByteWriter;
  u16(value: number): ByteWriter;
  u32(value: number): ByteWriter;
  i32(value: number): ByteWriter;
  bytes(value: Uint8Array): ByteWriter;
  utf16(value: string): ByteWriter;
  done(): Uint8Array;
};

export function byteWriter(): ByteWriter {
  const out: number[] = [];
  const put = (value: number, length: number): ByteWriter => {
    for (let i = 0; i < length; i++) out.push((value >>> (8 * i)) & 0xff);
    return writer;
  };
  const writer: ByteWriter = {
    u8: (value) => put(value, 1),
    u16: (value) => put(value, 2),
    u32: (value) => put(value, 4),
    i32: (value) => put(value, 4),
    bytes: (value) => {
      for (const byte of value) out.push(byte);
      return writer;
    },
    utf16: (value) => {
      for (let i = 0; i < value.length; i++) put(value.charCodeAt(i), 2);
      return writer;
    },
    done: () => Uint8Array.from(out),
  };
  return writer;
}
