import type { Clock } from '../../base/clock.ts';
import { debounce } from './debounce.ts';
import type { OutlookEvents } from './outlook-events.ts';
import type { Part } from './supervise.ts';

export type OutlookPartOptions = {
  readonly events: OutlookEvents;
  readonly clock: Clock;
  /** The user changed something, and has paused for a moment. */
  readonly onChanged: () => void;
  /** A Send/Receive ended. */
  readonly onSendReceive: () => void;
};

/** @units milliseconds */
const BEAT = 500;
const QUIET = 1500;
const LONGEST = 15_000;

/** Listens to Outlook. */
export function outlookPart({ events, clock, onChanged, onSendReceive }: OutlookPartOptions): Part {
  return {
    name: 'outlook',
    run: async (signal) => {
      const changes = debounce(clock, { quiet: QUIET, longest: LONGEST });
      let ended = false;
      const unlisten = events.listen((news) => {
        if (news === 'changed') changes.hint();
        else ended = true;
      });
      try {
        while (!signal.aborted) {
          events.poll();
          if (ended) onSendReceive();
          ended = false;
          if (changes.due()) onChanged();
          await clock.sleep(BEAT, signal).catch(() => undefined);
        }
      } finally {
        unlisten();
      }
    },
  };
}
