import type { Clock } from '../../base/clock.ts';

/**
 * Slows down who guesses passwords: after `free` failures of one account or one network address, each further attempt waits
 * twice as long as the one before, up to `longest`. A success forgets the account's failures.
 */
export type Throttle = {
  /** Waits as long as this account and this address have to. */
  wait(account: string, address: string): Promise<void>;
  failed(account: string, address: string): void;
  succeeded(account: string): void;
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
  return {
    async wait(account, address) {
      const worst = Math.max(...keys(account, address).map(countOf));
      if (worst <= THROTTLE.free) return;
      await clock.sleep(Math.min(THROTTLE.first * 2 ** Math.min(worst - THROTTLE.free - 1, 20), THROTTLE.longest));
    },
    failed(account, address) {
      for (const key of keys(account, address)) {
        const count = countOf(key) + 1;
        // Inserted again, so that the map stays in the order of the last failure and the oldest can be dropped.
        failures.delete(key);
        failures.set(key, { count, last: clock.now() });
      }
      for (const key of failures.keys()) {
        if (failures.size <= THROTTLE.remembered) break;
        failures.delete(key);
      }
    },
    succeeded: (account) => void failures.delete(`account:${account.toLowerCase()}`),
  };
}
