/** Our icon and the installer's pictures, drawn: the emblem, white on blue. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Colour, draw, type Picture } from '../../src/desktop/drawing.ts';
import { arrows, BLUE, emblem, WHITE } from '../../src/desktop/emblem.ts';
import { bitmapOf, icoOf } from './pictures-files.ts';

const DEEP: Colour = [11, 74, 130, 255];

/** Sizes at which Windows shows icons at its usual scales. */
const SIZES = [16, 20, 24, 32, 40, 48, 64, 256];

/** Writes `connector.ico` and the installer's bitmaps. */
export function buildPictures(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  write('connector.ico', icoOf(SIZES.map((size) => draw(emblem(BLUE), size, size))));
  write('welcome.bmp', bitmapOf(welcome(164, 314)));
  write('header.bmp', bitmapOf(header(150, 57)));
}

/** The tall picture of the first and last page. */
function welcome(width: number, height: number): Picture {
  const ground = sheet(width, height, (y) => mix(BLUE, DEEP, y));
  return over(ground, draw(arrows(WHITE), 128, 128), { left: 18, top: 40 });
}

/** The small picture on top of the other pages: white, as the page's head is. */
function header(width: number, height: number): Picture {
  const ground = sheet(width, height, () => WHITE);
  return over(ground, draw(emblem(BLUE), 48, 48), { left: width - 54, top: 4 });
}

function sheet(width: number, height: number, colourAt: (y: number) => Colour): Picture {
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) pixels.set(colourAt(Math.floor(at / width) / height), at * 4);
  return { width, height, pixels };
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const between = (index: 0 | 1 | 2) => Math.round(from[index] * (1 - share) + to[index] * share);
  return [between(0), between(1), between(2), 255];
}

function over(ground: Picture, picture: Picture, at: { readonly left: number; readonly top: number }): Picture {
  const pixels = ground.pixels.slice();
  for (let from = 0; from < picture.width * picture.height; from++) {
    const x = at.left + (from % picture.width);
    const y = at.top + Math.floor(from / picture.width);
    const to = (y * ground.width + x) * 4;
    const share = (picture.pixels[from * 4 + 3] ?? 0) / 255;
    for (let index = 0; index < 3; index++) {
      const below = pixels[to + index] ?? 0;
      pixels[to + index] = Math.round(below * (1 - share) + (picture.pixels[from * 4 + index] ?? 0) * share);
    }
  }
  return { ...ground, pixels };
}
