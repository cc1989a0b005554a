import type { Clock } from '../../../base/clock.ts';
import { CANCELLED, Failure } from '../../../base/failure.ts';

/** A clock that goes on only when it is told to; who sleeps wakes in the order of time. */
export type ManualClock = Clock & {
  /** Lets `ms` milliseconds pass, and everything happen that they bring. */
  pass(ms: number): Promise<void>;
  /** Sets it, as a user does or a sleep of the computer: who sleeps does not notice. */
  set(ms: number): void;
};

type Sleeper = { readonly at: number; wake(): void };

export function manualClock(start = Date.UTC(2026, 2, 2, 9)): ManualClock {
  let shown = start;
  let passed = 0;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => shown,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const cancelled = () => {
          sleepers.delete(sleeper);
          reject(new Failure(CANCELLED, 'cancelled'));
        };
        const sleeper: Sleeper = {
          at: passed + ms,
          wake: () => {
            signal?.removeEventListener('abort', cancelled);
            resolve();
          },
        };
        if (signal?.aborted) return cancelled();
        signal?.addEventListener('abort', cancelled, { once: true });
        sleepers.add(sleeper);
      }),
    pass: async (ms) => {
      await settled();
      for (const until = passed + ms; ; ) {
        const [next] = [...sleepers].sort((a, b) => a.at - b.at);
        const at = Math.min(next?.at ?? until, until);
        shown += at - passed;
        passed = at;
        if (next === undefined || next.at > until) return;
        sleepers.delete(next);
        next.wake();
        await settled();
      }
    },
    set: (ms) => {
      shown = ms;
    },
  };
}

/** Everything that waits for nothing but its turn has had it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
