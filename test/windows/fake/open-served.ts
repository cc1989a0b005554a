/** The emulator that a process serves as Outlook, and what its callers meet. */
import { systemClock } from '../../../src/node/system-clock.ts';
import { type Emulator, openEmulator } from '../../../src/outlook/emulator/open-emulator.ts';
import { arrangedEmulator } from '../../../src/outlook/emulator/testing/arranged-emulator.ts';
import { type TestClock, testClock, testRandom } from '../../../src/outlook/emulator/testing/world.ts';
import type { Arrangement } from '../../../src/outlook/testing/arrange.ts';

/** Calls that the message filter turns away. */
export type Busy = { left: number; answer: 'rejected' | 'retryLater' };

export type ServedEmulator = {
  readonly emulator: Emulator;
  /** Moves the time of an emulator in memory. */
  readonly clock: TestClock;
  readonly busy: Busy;
  /** Whatever may happen, but the end: that is the end of the process. */
  happen(arrangement: Arrangement): void;
  /** Everything but the items and the time is as it was at the beginning. */
  restore(): void;
};

/**
 * @param file where it keeps what it holds, at the time of the day; without one it is in memory, at a time of its own, and a mailbox
 * on Exchange, which alone counts what is open
 */
export function openServed(file?: string): ServedEmulator {
  const clock = testClock();
  const emulator =
    file === undefined
      ? openEmulator({ file: ':memory:', clock, random: testRandom(), profile: { storeKind: 'exchange' } })
      : openEmulator({ file, clock: systemClock, random: testRandom() });
  const arranged = arrangedEmulator(emulator, clock);
  const busy: Busy = { left: 0, answer: 'rejected' };
  return {
    ...{ emulator, clock, busy },
    happen: (arrangement) => {
      // A busy Outlook turns calls away before they arrive.
      if (arrangement.do === 'busy') Object.assign(busy, { left: arrangement.calls, answer: 'retryLater' });
      else arranged.happen(arrangement);
    },
    restore: () => {
      busy.left = 0;
      arranged.restore();
    },
  };
}
