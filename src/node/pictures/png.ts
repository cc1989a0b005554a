import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Picture } from './picture.ts';

/**
 * PNG, read and written: every colour type and depth of the standard; interlaced pictures too.
 * @source ISO/IEC 15948 (PNG, second edition)
 */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** Writes a picture with 8 bits per channel. */
export function writePng({ width, height, rgba }: Picture): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) rows.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named) >>> 0);
  return Buffer.concat([length, named, sum]);
}

type Header = {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly color: number;
  readonly interlaced: boolean;
};

/** Samples per pixel by colour type: grey, -, RGB, palette, grey with alpha, -, RGBA. */
const CHANNELS = [1, 0, 3, 1, 2, 0, 4] as const;

/** Reads a PNG of at most `mostPixels`. @throws a plain Error on anything else */
export function readPng(bytes: Uint8Array, mostPixels: number): Picture {
  const chunks = chunksOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const header = readHeader(chunks);
  if (header.width * header.height > mostPixels) throw new Error('too many pixels');
  const channels = CHANNELS[header.color] ?? 0;
  if (channels === 0 || ![1, 2, 4, 8, 16].includes(header.depth)) throw new Error('unknown kind of PNG');
  const bitsPerPixel = channels * header.depth;
  const passes = header.interlaced ? ADAM7 : [WHOLE];
  const rowBytes = (width: number) => Math.ceil((width * bitsPerPixel) / 8);
  const sizes = passes.map(([x, y, dx, dy]) => ({
    width: Math.max(0, Math.ceil((header.width - x) / dx)),
    height: Math.max(0, Math.ceil((header.height - y) / dy)),
  }));
  const total = sizes.reduce((sum, { width, height }) => sum + (width === 0 ? 0 : (rowBytes(width) + 1) * height), 0);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ content }) => content));
  const raw = inflateSync(packed, { maxOutputLength: total + 1 });
  const rgba = new Uint8Array(header.width * header.height * 4);
  const colors = { header, channels, palette: find(chunks, 'PLTE'), transparency: find(chunks, 'tRNS') };
  let at = 0;
  passes.forEach(([x0, y0, dx, dy], index) => {
    const { width = 0, height = 0 } = sizes[index] ?? {};
    if (width === 0) return;
    const lines = unfilter(raw.subarray(at), {
      rowBytes: rowBytes(width),
      height,
      pixel: Math.max(1, bitsPerPixel >> 3),
    });
    at += (rowBytes(width) + 1) * height;
    // What cameras and programs write nearly always needs no reckoning: it is there as it is wanted.
    if (header.color === 6 && header.depth === 8 && !header.interlaced) {
      rgba.set(lines);
      return;
    }
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const to = ((y0 + y * dy) * header.width + x0 + x * dx) * 4;
        rgba.set(pixelAt(lines, y * rowBytes(width), x, colors), to);
      }
  });
  return { width: header.width, height: header.height, rgba };
}

/** First column, first row, and the steps between columns and rows. */
type Pass = readonly [number, number, number, number];
const WHOLE: Pass = [0, 0, 1, 1];
const ADAM7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

type Chunk = { readonly type: string; readonly content: Buffer };

function chunksOf(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) throw new Error('a chunk is cut off');
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), content: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function find(chunks: readonly Chunk[], type: string): Buffer {
  return chunks.find((one) => one.type === type)?.content ?? Buffer.alloc(0);
}

function readHeader(chunks: readonly Chunk[]): Header {
  const header = find(chunks, 'IHDR');
  if (header.length < 13) throw new Error('no header');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (width === 0 || height === 0) throw new Error('no pixels');
  return { width, height, depth: header[8] ?? 0, color: header[9] ?? 0, interlaced: header[12] === 1 };
}

/** Takes the five filters off the rows of one pass; in the result rows follow each other without a filter byte. */
function unfilter(
  raw: Uint8Array,
  { rowBytes, height, pixel }: { readonly rowBytes: number; readonly height: number; readonly pixel: number },
): Uint8Array {
  const lines = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1);
    const to = y * rowBytes;
    lines.set(raw.subarray(from + 1, from + 1 + rowBytes), to);
    const filter = raw[from] ?? 0;
    if (filter === 0) continue;
    for (let i = 0; i < rowBytes; i++) {
      const left = i >= pixel ? (lines[to + i - pixel] ?? 0) : 0;
      const up = y > 0 ? (lines[to + i - rowBytes] ?? 0) : 0;
      const corner = i >= pixel && y > 0 ? (lines[to + i - rowBytes - pixel] ?? 0) : 0;
      lines[to + i] = (lines[to + i] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return lines;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const guess = left + up - corner;
      const a = Math.abs(guess - left);
      const b = Math.abs(guess - up);
      const c = Math.abs(guess - corner);
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      return 0;
  }
}

type Colors = {
  readonly header: Header;
  readonly channels: number;
  readonly palette: Buffer;
  readonly transparency: Buffer;
};

/** The four bytes of one pixel. */
function pixelAt(lines: Uint8Array, row: number, x: number, colors: Colors): readonly number[] {
  const { header, channels, palette, transparency } = colors;
  const sample = (channel: number) => sampleAt(lines, row, x * channels + channel, header.depth);
  const scale = (value: number) =>
    header.depth === 16 ? value >> 8 : Math.round((value * 255) / (2 ** header.depth - 1));
  const clear = (...values: number[]) =>
    transparency.length >= values.length * 2 &&
    values.every((value, index) => transparency.readUInt16BE(index * 2) === value)
      ? 0
      : 255;
  switch (header.color) {
    case 3: {
      const index = sample(0);
      const at = index * 3;
      return [palette[at] ?? 0, palette[at + 1] ?? 0, palette[at + 2] ?? 0, transparency[index] ?? 255];
    }
    case 0: {
      const grey = sample(0);
      return [scale(grey), scale(grey), scale(grey), clear(grey)];
    }
    case 4:
      return [scale(sample(0)), scale(sample(0)), scale(sample(0)), scale(sample(1))];
    case 2: {
      const [red, green, blue] = [sample(0), sample(1), sample(2)];
      return [scale(red), scale(green), scale(blue), clear(red, green, blue)];
    }
    default:
      return [scale(sample(0)), scale(sample(1)), scale(sample(2)), scale(sample(3))];
  }
}

function sampleAt(lines: Uint8Array, row: number, index: number, depth: number): number {
  if (depth === 16) return ((lines[row + index * 2] ?? 0) << 8) | (lines[row + index * 2 + 1] ?? 0);
  const bit = index * depth;
  const byte = lines[row + (bit >> 3)] ?? 0;
  return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}
