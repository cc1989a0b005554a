import type { AbortSignalLike, Clock } from './clock.ts';
import { type Failure, isFailure, throwIfCancelled } from './failure.ts';

/** How often and how long to try again; every length in milliseconds. */
export type Backoff = {
  readonly attempts: number;
  readonly first: number;
  readonly longest: number;
  /** The longest wait that a failure may ask for here; who asks for more is left alone until a later run. */
  readonly patience: number;
};

/**
 * Runs `work` until it succeeds, fails with something not worth repeating, or `backoff.attempts` is used up.
 * Waits `first`, then twice as long each time up to `longest`; a failure's own `after` (seconds) wins.
 * @param random 0 up to 1: spreads each wait over 50 to 100 % of its length
 */
export async function retrying<T>(
  work: () => Promise<T>,
  options: {
    backoff: Backoff;
    clock: Clock;
    random: () => number;
    signal?: AbortSignalLike | undefined;
    /** Which failures that could be repeated may be; all unless told. */
    again?: (failure: Failure) => boolean;
  },
): Promise<T> {
  const { backoff, clock, random, signal, again = () => true } = options;
  for (let attempt = 1; ; attempt++) {
    throwIfCancelled(signal);
    try {
      return await work();
    } catch (error) {
      if (!isFailure(error) || error.retry !== 'later' || attempt >= backoff.attempts || !again(error)) throw error;
      const asked = error.after === undefined ? undefined : error.after * 1000;
      if (asked !== undefined && asked > backoff.patience) throw error;
      const wait = Math.min(backoff.first * 2 ** (attempt - 1), backoff.longest);
      await clock.sleep(asked ?? wait * (0.5 + random() / 2), signal);
    }
  }
}
