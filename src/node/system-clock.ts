import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { CANCELLED, Failure, throwIfCancelled } from '../base/failure.ts';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignalLike) =>
    new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      const cancel = () => {
        clearTimeout(timer);
        reject(new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now' }));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      }, ms);
      signal?.addEventListener('abort', cancel, { once: true });
    }),
};
