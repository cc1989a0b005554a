/**
 * Our icon and the installer's pictures, drawn: two arrows that chase each other around a day of the calendar, white on blue. Shapes are
 * functions that tell whether a point lies inside; each pixel is the mean of 8 × 8 points.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bitmapOf, icoOf, type Picture } from './pictures-files.ts';

/** Red, green, blue, opacity; 0 to 255. */
type Colour = readonly [number, number, number, number];
/** Coordinates from 0 to 1, y downwards. Later shapes lie above earlier ones. */
type Shape = { readonly colour: Colour; readonly inside: (x: number, y: number) => boolean };

const BLUE: Colour = [15, 108, 189, 255];
const DEEP: Colour = [11, 74, 130, 255];
const WHITE: Colour = [255, 255, 255, 255];

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

/** The emblem on its rounded square. */
function emblem(ground: Colour): readonly Shape[] {
  return [{ colour: ground, inside: rounded(0.02, 0.02, 0.98, 0.98, 0.2) }, ...arrows(WHITE)];
}

/** Two arcs with arrow heads, and the day in the middle. */
function arrows(colour: Colour): readonly Shape[] {
  const [outer, inner, head] = [0.36, 0.255, 0.135];
  const middle = (outer + inner) / 2;
  const arc = (from: number, to: number) => (x: number, y: number) => {
    const radius = Math.hypot(x - 0.5, y - 0.5);
    const turn = (Math.atan2(y - 0.5, x - 0.5) / Math.PI + 2) % 2;
    return radius <= outer && radius >= inner && turn >= from && turn <= to;
  };
  const tip = (at: number): Shape => {
    const angle = at * Math.PI;
    const [cx, cy] = [0.5 + middle * Math.cos(angle), 0.5 + middle * Math.sin(angle)];
    const [forward, across] = [angle + Math.PI / 2, angle];
    const inside = (x: number, y: number) => {
      const along = (x - cx) * Math.cos(forward) + (y - cy) * Math.sin(forward);
      const aside = Math.abs((x - cx) * Math.cos(across) + (y - cy) * Math.sin(across));
      return along >= 0 && along <= head * 1.3 && aside <= head * (1 - along / (head * 1.3));
    };
    return { colour, inside };
  };
  return [
    { colour, inside: arc(0.12, 0.8) },
    { colour, inside: arc(1.12, 1.8) },
    tip(0.79),
    tip(1.79),
    { colour, inside: rounded(0.41, 0.41, 0.59, 0.59, 0.04) },
  ];
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

function rounded(left: number, top: number, right: number, bottom: number, radius: number): Shape['inside'] {
  return (x, y) => {
    if (x < left || x > right || y < top || y > bottom) return false;
    const dx = Math.max(left + radius - x, x - (right - radius), 0);
    const dy = Math.max(top + radius - y, y - (bottom - radius), 0);
    return Math.hypot(dx, dy) <= radius;
  };
}

/** Points in a pixel, each way. */
const FINE = 8;

function draw(shapes: readonly Shape[], width: number, height: number): Picture {
  const pixels = new Uint8Array(width * height * 4);
  const topFirst = shapes.toReversed();
  for (let at = 0; at < width * height; at++) {
    const sum = [0, 0, 0, 0];
    for (let point = 0; point < FINE * FINE; point++) {
      const x = ((at % width) + ((point % FINE) + 0.5) / FINE) / width;
      const y = (Math.floor(at / width) + (Math.floor(point / FINE) + 0.5) / FINE) / height;
      const [red, green, blue, opacity] = topFirst.find(({ inside }) => inside(x, y))?.colour ?? [0, 0, 0, 0];
      // Colours count by their opacity, so that edges do not darken.
      for (const [index, value] of [red * opacity, green * opacity, blue * opacity, opacity].entries())
        sum[index] = (sum[index] ?? 0) + value;
    }
    const [red = 0, green = 0, blue = 0, opacity = 0] = sum;
    const part = opacity === 0 ? 1 : opacity;
    pixels.set([red / part, green / part, blue / part, opacity / FINE ** 2].map(Math.round), at * 4);
  }
  return { width, height, pixels };
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
