import fc from 'fast-check';
import { expect, it } from 'vitest';
import { atOnce, eachSliced, inSlices, sortedSlices } from './slices.ts';
import { SIDE_NAMES } from './state.ts';
import { bench } from './testing/bench.ts';

it('work in slices makes the same as work in one go, with a pause after each slice', async () => {
  const seen: number[] = [];
  let pauses = 0;
  const pause = async () => void pauses++;
  await inSlices(
    eachSliced([1, 2, 3, 4, 5], (value) => void seen.push(value), 2),
    pause,
  );
  expect([seen, pauses]).toEqual([[1, 2, 3, 4, 5], 2]);
  atOnce(eachSliced([6], (value) => void seen.push(value), 2));
  await inSlices(
    eachSliced([7], (value) => void seen.push(value), 1),
    undefined,
  );
  expect([seen, pauses]).toEqual([[1, 2, 3, 4, 5, 6, 7], 2]);
});

it('sorting in slices is stable sorting', () => {
  const value = fc.record({ rank: fc.nat(5), at: fc.nat() });
  const compare = (a: { rank: number }, b: { rank: number }) => a.rank - b.rank;
  const property = fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (values, run) => {
    expect(atOnce(sortedSlices(values, compare, run))).toEqual([...values].sort(compare));
  });
  fc.assert(property, { seed: Number(process.env['SEED'] ?? 1) });
});

it('items that meet again are linked with pauses in between', async () => {
  const b = bench();
  for (const side of SIDE_NAMES) for (let at = 0; at < 600; at++) b.add(side, { title: `title ${at}` }, `uid ${at}`);
  const links: number[] = [];
  await b.run({ pause: async () => void links.push(b.state.total()) });
  expect(links.at(-1)).toBe(600);
  expect(Math.max(...links.map((count, at) => count - (links[at - 1] ?? 0)))).toBeLessThanOrEqual(200);
});
