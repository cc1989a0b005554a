/** Icons as Windows holds them. @source BITMAPINFOHEADER; "Icons", Windows Dev Center */
import type { Picture } from './drawing.ts';

/** 32 bits with opacity; the mask below it is empty, and its height counts both. */
export function iconBitmap({ width, height, pixels }: Picture): Buffer {
  const mask = Math.ceil(width / 32) * 4 * height;
  const colours = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const [red = 0, green = 0, blue = 0, opacity = 0] = pixels.subarray(from, from + 4);
      colours.set([blue, green, red, opacity], ((height - 1 - y) * width + x) * 4);
    }
  return Buffer.concat([infoHeader({ width, height: height * 2, bits: 32 }), colours, Buffer.alloc(mask)]);
}

/** Of a bitmap without a palette. @param bits of each pixel */
export function infoHeader({ width, height, bits }: { width: number; height: number; bits: number }): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(width, 4);
  header.writeInt32LE(height, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(bits, 14);
  return header;
}
