import type { Clock } from '../../base/clock.ts';

/**
 * Slows down who guesses passwords: after `free` failures of one account or one network address, each further attempt waits
 * twice as long as the one before, up to `longest`. A success forgets the account's failures.
 */
export type Throttle = {
  /** Counts an attempt, and waits as long as those before it ask for: attempts made at once wait for each other. */
  attempt(account: string, address: string): Promise<void>;
  /** The attempt was none of a guesser: forgets those of the account, and takes this one back from the address. */
  succeeded(account: string, address: string): void;
};

/** `longest`, `forget` @units milliseconds */
export const THROTTLE = { free: 5, first: 500, longest: 8_000, forget: 15 * 60_000, remembered: 10_000 } as const;

export function newThrottle(clock: Clock): Throttle {
  const failures = new Map<string, { count: number; last: number }>();
  const keys = (account: string, address: string) => [`account:${account.toLowerCase()}`, `address:${address}`];
  const countOf = (key: string): number => {
    const known = failures.get(key);
    return known === undefined || clock.now() - known.last > THROTTLE.forget ? 0 : known.count;
  };
  const count = (key: string, change: 1 | -1) => {
    const now = countOf(key) + change;
    // Inserted again, so that the map stays in the order of the last attempt and the oldest can be dropped.
    failures.delete(key);
    if (now > 0) failures.set(key, { count: now, last: clock.now() });
  };
  return {
    async attempt(account, address) {
      const worst = Math.max(...keys(account, address).map(countOf));
      for (const key of keys(account, address)) count(key, 1);
      for (const key of failures.keys()) {
        if (failures.size <= THROTTLE.remembered) break;
        failures.delete(key);
      }
      if (worst <= THROTTLE.free) return;
      await clock.sleep(Math.min(THROTTLE.first * 2 ** Math.min(worst - THROTTLE.free - 1, 20), THROTTLE.longest));
    },
    succeeded(account, address) {
      const [ofAccount = '', ofAddress = ''] = keys(account, address);
      failures.delete(ofAccount);
      count(ofAddress, -1);
    },
  };
}
