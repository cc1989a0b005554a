/** @units milliseconds that a program which runs for months has for its own end once it was told to stop */
export const STOP_LIMIT = 2000;

export type StopLimit = (overdue: () => void) => void;

/**
 * Ends the process when it has not ended by itself so long after the signal: whoever shuts the computer down does not wait. Only once
 * `overdue` was given, which is called before: a short command may take the time that its batch needs. What is cut off here the next
 * run completes, as after a power cut.
 */
export function stopLimit(signal: AbortSignal, quit: () => void, milliseconds = STOP_LIMIT): StopLimit {
  let overdue: (() => void) | undefined;
  signal.addEventListener(
    'abort',
    () => {
      setTimeout(() => {
        if (overdue === undefined) return;
        overdue();
        quit();
      }, milliseconds).unref();
    },
    { once: true },
  );
  return (tell) => {
    overdue = tell;
  };
}
