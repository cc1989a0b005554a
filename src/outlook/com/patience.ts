/**
 * How long a busy Outlook is waited for: the user may have to answer a dialog, or Outlook is starting. COM asks the message filter
 * again and again; where it does not (the answer came from Outlook itself), each call is repeated as long.
 */

/** What waiting is left to, in milliseconds; undefined: long enough. */
export type Patience = {
  /** @param waited since the first refusal */
  readonly next: (waited: number) => number | undefined;
};

const FIRST = 100;
const LONGEST = 3200;

/** Waits twice as long each time. @param whole about how long in all; milliseconds */
export function patience(whole: number): Patience {
  return {
    next: (waited) => {
      if (waited >= whole) return undefined;
      // Doubling waits that began with the first have taken as long as the next one, but for the first.
      return Math.min(Math.max(FIRST, waited), LONGEST, Math.max(FIRST, whole - waited));
    },
  };
}

/** Half a minute. */
export const USUAL_PATIENCE = 30_000;
