import { afterEach, expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import { type Part, supervise } from './supervise.ts';
import { type ManualClock, manualClock } from './testing/manual-clock.ts';

let stop = new AbortController();
afterEach(() => stop.abort());

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

function world(parts: (clock: ManualClock) => readonly Part[]) {
  stop = new AbortController();
  const clock = manualClock(0);
  const failures: string[] = [];
  const supervised = supervise(parts(clock), {
    ...{ clock, random: () => 1, signal: stop.signal, onChange: () => {} },
    onFailure: (part) => failures.push(`${part} ${clock.now() / 1000}`),
  });
  return { clock, failures, supervised };
}

it('a part that fails is started again after ever longer rests; the others do not notice', async () => {
  let beats = 0;
  const { clock, failures, supervised } = world((time) => [
    {
      name: 'push',
      run: async () => {
        throw new Failure('SERVER_UNREACHABLE', 'no', { retry: 'later' });
      },
    },
    {
      name: 'timer',
      run: async (signal) => {
        while (!signal.aborted) {
          beats++;
          await time.sleep(1000, signal).catch(() => undefined);
        }
      },
    },
  ]);
  await clock.pass(1_000_000);
  expect(failures.map((failure) => Number(failure.split(' ')[1]))).toEqual([
    0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811,
  ]);
  expect(beats).toBe(1001);
  expect(supervised.status()).toMatchObject([
    {
      name: 'push',
      state: 'rests',
      failures: 11,
      code: 'SERVER_UNREACHABLE',
      until: new Date(1_111_000).toISOString(),
    },
    { name: 'timer', state: 'works', failures: 0, code: null, until: null },
  ]);
});

it('what a part asks for is waited, a nudge ends the rest, and after a long time at work a failure counts as the first', async () => {
  const began: number[] = [];
  const { clock, supervised } = world((time) => [
    {
      name: 'push',
      run: async (signal) => {
        began.push(time.now() / 1000);
        if (began.length === 3) await time.sleep(700_000, signal);
        throw new Failure('SERVER_BUSY', 'wait', { retry: 'later', after: 100 });
      },
    },
  ]);
  await clock.pass(50_000);
  expect(began).toEqual([0]);
  await clock.pass(60_000);
  expect(began).toEqual([0, 100]);
  supervised.nudge();
  await clock.pass(0);
  expect(began).toEqual([0, 100, 110]);
  await clock.pass(710_000);
  expect(supervised.status()[0]?.failures).toBe(1);
});

it('a bug is a failure as any other, and so is a part that ends by itself', async () => {
  const { clock, failures, supervised } = world(() => [
    {
      name: 'outlook',
      run: async () => {
        throw new TypeError('undefined is not a function');
      },
    },
    { name: 'api', run: async () => {} },
  ]);
  await clock.pass(500);
  expect([failures, supervised.status().map(({ code }) => code)]).toEqual([
    ['outlook 0', 'api 0'],
    ['BUG', 'BUG'],
  ]);
});

it('the stop ends every part, those that rest too, and no part is started after it', async () => {
  let starts = 0;
  const { clock, supervised } = world(() => [
    { name: 'runs', run: untilAborted },
    {
      name: 'push',
      run: async () => {
        starts++;
        throw new Failure('X', 'no');
      },
    },
  ]);
  await clock.pass(500);
  stop.abort();
  await supervised.ended;
  expect(starts).toBe(1);
});
