/** What the connector is known by: two arrows that chase each other around a day of the calendar, white on blue. */
import { type Colour, rounded, type Shape } from './drawing.ts';

export const BLUE: Colour = [15, 108, 189, 255];
export const WHITE: Colour = [255, 255, 255, 255];

/** The emblem on its rounded square. */
export function emblem(ground: Colour): readonly Shape[] {
  return [{ colour: ground, inside: rounded(0.02, 0.02, 0.98, 0.98, 0.2) }, ...arrows(WHITE)];
}

/** Two arcs with arrow heads, and the day in the middle. */
export function arrows(colour: Colour): readonly Shape[] {
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
