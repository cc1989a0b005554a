/** Picture files as Windows takes them: icons and bitmaps. @source "Icons", Windows Dev Center; BITMAPINFOHEADER; RFC 2083 (PNG) */
import { crc32, deflateSync } from 'node:zlib';
import type { Picture } from '../../src/desktop/drawing.ts';
import { iconBitmap, infoHeader } from '../../src/desktop/icon-bitmap.ts';

/** An icon of several sizes: bitmaps, and PNG from 64 pixels on, where Windows takes it everywhere. */
export function icoOf(pictures: readonly Picture[]): Uint8Array {
  const images = pictures.map((picture) => (picture.width >= 64 ? pngOf(picture) : iconBitmap(picture)));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { width, height }] of pictures.entries()) {
    const at = 6 + 16 * index;
    const size = images[index]?.length ?? 0;
    // 256 is written as 0.
    head.writeUInt8(width % 256, at);
    head.writeUInt8(height % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(size, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += size;
  }
  return Buffer.concat([head, ...images]);
}

/** A bitmap file of 24 bits; opacity is left out. */
export function bitmapOf({ width, height, pixels }: Picture): Uint8Array {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  infoHeader({ width, height, bits: 24 }).copy(file, 14);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = 54 + (height - 1 - y) * row + x * 3;
      for (let index = 0; index < 3; index++) file[to + index] = pixels[from + 2 - index] ?? 0;
    }
  return file;
}

function pngOf({ width, height, pixels }: Picture): Buffer {
  const chunk = (type: string, content: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
