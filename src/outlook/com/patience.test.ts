import { expect, it } from 'vitest';
import { patience } from './patience.ts';

function waitsOf(whole: number): readonly number[] {
  const { next } = patience(whole);
  const waits: number[] = [];
  for (let waited = 0; ; ) {
    const wait = next(waited);
    if (wait === undefined) return waits;
    waits.push(wait);
    waited += wait;
  }
}

it('waits grow, none is longer than a user would notice, and they end when patience does', () => {
  const waits = waitsOf(30_000);
  expect(waits.slice(0, 6)).toEqual([100, 100, 200, 400, 800, 1600]);
  expect(Math.max(...waits)).toBe(3200);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(30_000);
});

it('COM takes nothing below a tenth of a second for a wait', () => {
  expect(Math.min(...waitsOf(1050))).toBe(100);
  expect(waitsOf(0)).toEqual([]);
});
