import { decode } from 'jpeg-js';
import { isPng, readPng } from './png.ts';

/** A picture as it is in memory: four bytes per pixel, red, green, blue and how opaque it is, row by row. */
export type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** Larger pictures are not read: while one is, every other call waits. */
const MOST_PIXELS = 10_000_000;

/** The picture in PNG or JPEG bytes, or `undefined` when they are none that can be read. */
export function readPicture(bytes: Uint8Array): Picture | undefined {
  try {
    if (isPng(bytes)) return readPng(bytes, MOST_PIXELS);
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
    const options = { useTArray: true, maxResolutionInMP: MOST_PIXELS / 1_000_000, maxMemoryUsageInMB: 256 } as const;
    const { width, height, data } = decode(bytes, options);
    return { width, height, rgba: data };
  } catch {
    return undefined;
  }
}

/** The picture smaller, each new pixel the mean of those it covers; never larger. */
export function shrink(picture: Picture, width: number, height: number): Picture {
  if (width >= picture.width && height >= picture.height) return picture;
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const columns = span(x, width, picture.width);
      const rows = span(y, height, picture.height);
      rgba.set(mean(picture, columns, rows), (y * width + x) * 4);
    }
  return { width, height, rgba };
}

/** The largest size with the proportions of `picture` inside a square. */
export function sizeWithin(picture: Picture, side: number): { readonly width: number; readonly height: number } {
  const factor = Math.min(1, side / Math.max(picture.width, picture.height));
  return {
    width: Math.max(1, Math.round(picture.width * factor)),
    height: Math.max(1, Math.round(picture.height * factor)),
  };
}

/** Which of `from` pixels the one at `index` of `to` covers: first, and first behind the last. */
function span(index: number, to: number, from: number): readonly [number, number] {
  const first = Math.floor((index * from) / to);
  return [first, Math.max(first + 1, Math.floor(((index + 1) * from) / to))];
}

type Span = readonly [number, number];

/** The mean colour, weighted by how opaque each pixel is, so that what cannot be seen does not tint the rest. */
function mean({ width, rgba }: Picture, [left, right]: Span, [top, bottom]: Span): readonly number[] {
  let [red, green, blue, opaque] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const at = (y * width + x) * 4;
      const alpha = rgba[at + 3] ?? 0;
      red += (rgba[at] ?? 0) * alpha;
      green += (rgba[at + 1] ?? 0) * alpha;
      blue += (rgba[at + 2] ?? 0) * alpha;
      opaque += alpha;
    }
  const pixels = (right - left) * (bottom - top);
  const of = (sum: number) => (opaque === 0 ? 0 : Math.round(sum / opaque));
  return [of(red), of(green), of(blue), Math.round(opaque / pixels)];
}
