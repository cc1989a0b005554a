/** Pictures out of shapes: functions that tell whether a point lies inside. */

/** Red, green, blue, opacity; 0 to 255. */
export type Colour = readonly [number, number, number, number];
/** Coordinates from 0 to 1, y downwards. Later shapes lie above earlier ones. */
export type Shape = { readonly colour: Colour; readonly inside: (x: number, y: number) => boolean };

/** Red, green, blue, opacity of each pixel, row by row from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** A rectangle with round corners. */
export function rounded(left: number, top: number, right: number, bottom: number, radius: number): Shape['inside'] {
  return (x, y) => {
    if (x < left || x > right || y < top || y > bottom) return false;
    const dx = Math.max(left + radius - x, x - (right - radius), 0);
    const dy = Math.max(top + radius - y, y - (bottom - radius), 0);
    return Math.hypot(dx, dy) <= radius;
  };
}

/** Points in a pixel, each way. */
const FINE = 8;

/** Of any size: each pixel is the mean of 8 × 8 points. */
export function draw(shapes: readonly Shape[], width: number, height: number): Picture {
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
