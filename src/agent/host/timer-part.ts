import type { Clock } from '../../base/clock.ts';
import type { Part } from './supervise.ts';

export type TimerOptions = {
  readonly clock: Clock;
  /** @units milliseconds between the end of one run and the next that nothing else causes; asked anew with every beat */
  readonly interval: () => number;
  /** Nothing has caused a run for as long as the interval. */
  readonly onTime: () => void;
  /** The computer slept, or somebody set the clock: whatever was known of the network and of both sides is old. */
  readonly onJump: () => void;
};

/** A part that also tells when it would be time. */
export type Timer = Part & {
  /** A run ended: counted from now. */
  restart(): void;
  /** @units milliseconds since 1970-01-01T00:00:00Z, while nothing else causes a run */
  next(): number;
};

/** @units milliseconds */
const BEAT = 2000;
/** More than a busy machine is ever late. @units milliseconds */
const JUMP = 30_000;

/**
 * Counts the time between runs in beats and not by the clock, so that neither a sleep nor a clock that is set makes it wait for ever or
 * run at once and again; it tells such a jump instead.
 */
export function timerPart({ clock, interval, onTime, onJump }: TimerOptions): Timer {
  let passed = 0;
  return {
    name: 'timer',
    restart: () => {
      passed = 0;
    },
    next: () => clock.now() + Math.max(0, interval() - passed),
    run: async (signal) => {
      let last = clock.now();
      while (!signal.aborted) {
        await clock.sleep(BEAT, signal).catch(() => undefined);
        if (signal.aborted) return;
        const beat = clock.now() - last;
        last = clock.now();
        if (beat < 0 || beat > JUMP) {
          onJump();
          continue;
        }
        passed += beat;
        if (passed < interval()) continue;
        passed = 0;
        onTime();
      }
    },
  };
}
