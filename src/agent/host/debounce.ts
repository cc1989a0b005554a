import type { Clock } from '../../base/clock.ts';

/** Many hints in a row as one, when they have ceased for a moment or have gone on for long. */
export type Debounce = {
  hint(): void;
  /** Whether it is time; asked with every beat. */
  due(): boolean;
};

export function debounce(
  clock: Pick<Clock, 'now'>,
  /** @units milliseconds */
  { quiet, longest }: { readonly quiet: number; readonly longest: number },
): Debounce {
  let first: number | undefined;
  let last = 0;
  return {
    hint: () => {
      last = clock.now();
      first ??= last;
    },
    due: () => {
      if (first === undefined) return false;
      const now = clock.now();
      // A clock that was set back says nothing about how long it has been quiet: better early than never.
      if (now >= last && now - last < quiet && now - first < longest) return false;
      first = undefined;
      return true;
    },
  };
}
