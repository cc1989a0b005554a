/**
 * Whether Outlook is there: the connector works with the one that the user has started, and lets go of it when the user closes it. As
 * long as anybody holds one of its objects, a closed Outlook stays in memory without a window.
 */
import type { Clock } from '../../base/clock.ts';
import { isFailure } from '../../base/failure.ts';
import type { OutlookThread } from './outlook-thread.ts';

export type PresenceOptions = {
  readonly thread: Pick<OutlookThread, 'connect' | 'executor' | 'listen' | 'onGone'>;
  readonly clock: Clock;
  /** Whether Outlook is started when it does not run: once, at the beginning. */
  readonly start?: boolean;
  /** How often a closed Outlook is looked for. @units milliseconds */
  readonly interval?: number;
  /** Outlook is there, and programs can run. */
  readonly came: () => void;
  /** It was closed, or is gone. What it gave out is of no use any more. */
  readonly went: (why: 'quit' | 'gone') => void;
};

export type Presence = {
  isThere(): boolean;
  /** Resolves when Outlook was looked for once. */
  readonly looked: Promise<void>;
  close(): Promise<void>;
};

/** A look costs nothing that can be measured, and a user who has just started Outlook waits for nothing else. */
const INTERVAL = 3000;

/** Watches from now on, until closed. */
export function watchPresence(options: PresenceOptions): Presence {
  const { thread, clock, interval = INTERVAL } = options;
  let there = false;
  let start = options.start ?? false;
  let tellLooked: () => void = () => undefined;
  const looked = new Promise<void>((resolve) => {
    tellLooked = resolve;
  });
  const closing = new AbortController();

  /** Resolves when it went. */
  const stay = async (): Promise<'quit' | 'gone' | 'closing'> => {
    const stops: (() => void)[] = [];
    const ended = new Promise<'quit' | 'gone' | 'closing'>((resolve) => {
      stops.push(thread.onGone(() => resolve('gone')));
      const closed = () => resolve('closing');
      closing.signal.addEventListener('abort', closed, { once: true });
      stops.push(() => closing.signal.removeEventListener('abort', closed));
      thread
        .listen('application', 'Application', (event) => {
          if (event === 'Quit') resolve('quit');
        })
        // An Outlook that is just going does not take listeners.
        .catch(() => resolve('gone'));
    });
    if (closing.signal.aborted) return 'closing';
    there = true;
    tellLooked();
    options.came();
    const why = await ended;
    for (const stop of stops) stop();
    there = false;
    if (why !== 'closing') options.went(why);
    await thread.executor.close();
    return why;
  };
  const look = async (): Promise<boolean> => {
    try {
      return await thread.connect({ start });
    } catch (error) {
      if (!isFailure(error)) throw error;
      return false;
    } finally {
      start = false;
    }
  };
  const watch = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      if (await look()) await stay();
      tellLooked();
      // Also after it went: for a moment a closed Outlook can still be found.
      if (!closing.signal.aborted) await pause(clock, interval, closing.signal);
    }
  };
  const watching = watch();
  return {
    isThere: () => there,
    looked,
    close: async () => {
      closing.abort();
      await watching;
    },
  };
}

async function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
