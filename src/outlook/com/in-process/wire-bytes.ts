/** Bytes of the wire form, written and read; little-endian, counts and indexes as LEB128 of at most 32 bits. */

export type WireWriter = {
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  f64(value: number): void;
  varint(value: number): void;
  bytes(value: Uint8Array): void;
  /** UTF-16 code units, whatever they are: the number of units, the units. */
  text(value: string): void;
  done(): Uint8Array;
};

export function wireWriter(): WireWriter {
  let out = Buffer.alloc(1024);
  let at = 0;
  const room = (count: number): number => {
    if (at + count > out.length) {
      const larger = Buffer.alloc(Math.max(out.length * 2, at + count));
      out.copy(larger, 0, 0, at);
      out = larger;
    }
    at += count;
    return at - count;
  };
  const self: WireWriter = {
    // First the room, which may be another buffer, then the bytes.
    u8: (value) => {
      const from = room(1);
      out.writeUInt8(value, from);
    },
    u16: (value) => {
      const from = room(2);
      out.writeUInt16LE(value, from);
    },
    u32: (value) => {
      const from = room(4);
      out.writeUInt32LE(value >>> 0, from);
    },
    f64: (value) => {
      const from = room(8);
      out.writeDoubleLE(value, from);
    },
    varint: (value) => {
      let rest = value >>> 0;
      while (rest >= 0x80) {
        self.u8((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      self.u8(rest);
    },
    bytes: (value) => {
      const from = room(value.length);
      out.set(value, from);
    },
    text: (value) => {
      self.varint(value.length);
      const from = room(2 * value.length);
      out.write(value, from, 'utf16le');
    },
    done: () => new Uint8Array(out.subarray(0, at)),
  };
  return self;
}

/** Bytes that are not in the wire form. */
export class WireFault extends Error {}

export type WireReader = {
  u8(): number;
  u16(): number;
  u32(): number;
  f64(): number;
  varint(): number;
  bytes(count: number): Uint8Array;
  text(): string;
  /** The byte that {@link u8} reads next. */
  next(): number;
  /** @units bytes */
  left(): number;
};

/** Every method throws a {@link WireFault} beyond the end. */
export function wireReader(source: Uint8Array): WireReader {
  const from = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const take = (count: number): number => {
    if (count > from.length - at) throw new WireFault(`the bytes end after ${from.length}`);
    at += count;
    return at - count;
  };
  const self: WireReader = {
    u8: () => from.readUInt8(take(1)),
    u16: () => from.readUInt16LE(take(2)),
    u32: () => from.readUInt32LE(take(4)),
    f64: () => from.readDoubleLE(take(8)),
    varint: () => {
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = self.u8();
        if (shift === 28 && byte > 0x0f) break;
        value = (value | ((byte & 0x7f) << shift)) >>> 0;
        if ((byte & 0x80) === 0) return value;
      }
      throw new WireFault('a number is longer than 32 bits');
    },
    bytes: (count) => {
      const start = take(count);
      return new Uint8Array(from.subarray(start, start + count));
    },
    text: () => {
      const count = 2 * self.varint();
      const start = take(count);
      return from.toString('utf16le', start, start + count);
    },
    next: () => {
      const byte = self.u8();
      at--;
      return byte;
    },
    left: () => from.length - at,
  };
  return self;
}
