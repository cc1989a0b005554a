import { expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { retrying } from './retry.ts';

const BACKOFF = { attempts: 4, first: 100, longest: 300, patience: 5000 };

/** The waits between attempts that all fail in the same way, and how many attempts there were. */
async function waits(failure: Failure): Promise<{ attempts: number; slept: number[] }> {
  const slept: number[] = [];
  let attempts = 0;
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const work = async () => {
    attempts++;
    throw failure;
  };
  await expect(retrying(work, { backoff: BACKOFF, clock, random: () => 1 })).rejects.toBe(failure);
  return { attempts, slept };
}

it('waits twice as long each time, up to the longest', async () => {
  expect(await waits(new Failure('X', 'x', { retry: 'later' }))).toEqual({ attempts: 4, slept: [100, 200, 300] });
  expect(await waits(new Failure('X', 'x', { retry: 'never' }))).toEqual({ attempts: 1, slept: [] });
});

it('a wait that is asked for is kept to the second, and one beyond all patience is left to a later run', async () => {
  const asking = (after: number) => new Failure('X', 'x', { retry: 'later', after });
  expect(await waits(asking(5))).toEqual({ attempts: 4, slept: [5000, 5000, 5000] });
  expect(await waits(asking(6))).toEqual({ attempts: 1, slept: [] });
});
