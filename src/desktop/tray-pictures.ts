import { type Colour, draw, type Picture, type Shape } from './drawing.ts';
import { BLUE, emblem, WHITE } from './emblem.ts';
import type { TrayState } from './tray.ts';

const GREY: Colour = [110, 116, 122, 255];
const ORANGE: Colour = [247, 99, 12, 255];
const GREEN: Colour = [16, 124, 16, 255];

/** The emblem as it stands; what differs is not told by colour alone: a dot while at work, a sign with an exclamation mark. */
const SHAPES = {
  inStep: emblem(BLUE),
  running: [...emblem(BLUE), disc(0.29, WHITE), disc(0.23, GREEN)],
  attention: [...emblem(BLUE), ...sign()],
  away: emblem(GREY),
} as const satisfies Record<TrayState, readonly Shape[]>;

/** @units pixels */
export function trayPicture(state: TrayState, size: number): Picture {
  return draw(SHAPES[state], size, size);
}

/** In the corner at the bottom right. */
function disc(radius: number, colour: Colour): Shape {
  return { colour, inside: (x, y) => Math.hypot(x - 0.7, y - 0.7) <= radius };
}

/** A triangle with an exclamation mark, in the same corner. */
function sign(): readonly Shape[] {
  const triangle = (top: number, half: number, colour: Colour): Shape => ({
    colour,
    inside: (x, y) => y >= top && y <= 1 && Math.abs(x - 0.66) <= (half * (y - top)) / (1 - top),
  });
  const mark = (from: number, to: number): Shape => ({
    colour: WHITE,
    inside: (x, y) => Math.abs(x - 0.66) <= 0.045 && y >= from && y <= to,
  });
  return [triangle(0.28, 0.42, WHITE), triangle(0.36, 0.34, ORANGE), mark(0.56, 0.78), mark(0.85, 0.94)];
}
