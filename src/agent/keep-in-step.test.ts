import { expect, it } from 'vitest';
import type { Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { keepInStep } from './keep-in-step.ts';
import type { RunReport } from './summary.ts';

const REPORT: RunReport = { startedAt: 0, endedAt: 0, folders: [], notes: [] };

/** Steps through a minute of fake time; `hints` are the seconds at which something hints at a change. */
async function minute(
  hints: readonly number[],
  run: () => Promise<RunReport>,
): Promise<{ runs: number[]; failures: unknown[] }> {
  let now = 0;
  const abort = new AbortController();
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      if (now >= 60_000) abort.abort();
    },
  };
  const runs: number[] = [];
  const failures: unknown[] = [];
  await keepInStep({
    agent: {
      run: async () => {
        runs.push(now / 1000);
        return run();
      },
    },
    clock,
    signal: abort.signal,
    interval: 25_000,
    beat: 1000,
    hinted: () => hints.includes(now / 1000),
    run: {},
    onRun: () => {},
    onFailure: (error) => failures.push(error),
  });
  return { runs, failures };
}

it('[Y1] a run starts when the interval has passed, and [Y4] at once when something hints at a change', async () => {
  expect((await minute([], async () => REPORT)).runs).toEqual([25, 50]);
  expect((await minute([3, 40], async () => REPORT)).runs).toEqual([3, 28, 40]);
});

it('a refused login is not tried again within the minute, whatever hints there are', async () => {
  const refused = await minute([30, 40], async () => {
    throw new Failure('LOGIN_REFUSED', 'no');
  });
  expect(refused.runs).toEqual([25]);
});

it('[Y1] a failed run is reported and tried again; one of somebody else is no failure, and after it the own one follows', async () => {
  const failing = await minute([], async () => {
    throw new Failure('SERVER_UNREACHABLE', 'no');
  });
  expect([failing.runs, failing.failures.length]).toEqual([[25, 50], 2]);
  let others = 2;
  const busy = await minute([3], async () => {
    if (others-- > 0) throw new Failure('RUN_IN_PROGRESS', 'busy');
    return REPORT;
  });
  expect(busy).toEqual({ runs: [3, 4, 5, 30, 55], failures: [] });
});

it('a server that asks to be left alone is, whatever hints there are; who asks for a day is asked again after an hour', async () => {
  const told = (after: number) => async () => {
    throw new Failure('SERVER_BUSY', 'wait', { retry: 'later', after });
  };
  expect((await minute([5, 10, 20], told(12))).runs).toEqual([5, 20, 45]);
  expect((await minute([5, 10], told(86_400))).runs).toEqual([5]);
  const failure = { code: 'SERVER_BUSY', message: 'wait', retry: 'later', after: 12 } as const;
  const report = {
    pair: 'p',
    startedAt: 0,
    endedAt: 0,
    outcome: 'failed',
    failure,
    lines: [],
    recovered: 0,
    linked: 0,
  } as const;
  const folders = [{ name: 'Calendar', kind: 'calendar', report } as const];
  expect((await minute([5, 10, 20], async () => ({ ...REPORT, folders }))).runs).toEqual([5, 20, 45]);
});
