/** What may happen to Outlook (`outlook/testing/arrange.ts`), brought about in an emulator. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, unreachable } from '../../../base/assert.ts';
import type { Arrange, Arrangement } from '../../testing/arrange.ts';
import { APPT } from '../appointment/appointment-props.ts';
import { itemOwner, itemRow } from '../item-store.ts';
import type { LocaleId } from '../locale.ts';
import type { Emulator } from '../open-emulator.ts';
import { PT } from '../property.ts';
import type { Session } from '../session.ts';
import { writeProperty } from '../stored-properties.ts';
import type { EmulatorSwitches } from '../switches.ts';
import type { TestClock } from './world.ts';

export type ArrangedEmulator = {
  happen(arrangement: Arrangement): void;
  /** Everything but the items and the time is as it was at the beginning. */
  restore(): void;
};

/** For the contract in this process. @param folder for files that Outlook reads */
export function arrangeOf(emulator: Emulator & { readonly clock: TestClock }, folder: string): Arrange {
  return {
    happen: async (arrangement) => happen(emulator, emulator.clock, arrangement),
    file: async (name) => {
      writeFileSync(join(folder, name), 'hello');
      return join(folder, name);
    },
  };
}

/** For a process that serves it. */
export function arrangedEmulator(emulator: Emulator, clock: TestClock): ArrangedEmulator {
  const { switches } = emulator.session;
  const locale = must(emulator.session.setting('locale')) as LocaleId;
  return {
    happen: (arrangement) => happen(emulator, clock, arrangement),
    restore: () => {
      emulator.set(switches);
      emulator.relocate({ locale });
    },
  };
}

function happen(emulator: Emulator, clock: TestClock, arrangement: Arrangement): void {
  switch (arrangement.do) {
    case 'damage':
      emulator.damage(arrangement.entryId, [arrangement.what === 'globalId' ? APPT.globalId : APPT.start]);
      return;
    case 'recurrence':
      storeRecurrence(emulator.session, arrangement);
      return;
    case 'guard':
      emulator.set(arrangement.answer === 'deny' ? { guard: 'deny', inProcess: false } : { guard: 'allow' });
      return;
    case 'quit':
      emulator.quit();
      return;
    case 'language':
      emulator.relocate({ locale: arrangement.locale });
      return;
    case 'wait':
      clock.advance(arrangement.minutes * 60_000);
      return;
    default:
      emulator.set(switchesOf(arrangement));
  }
}

type Switched = Extract<
  Arrangement,
  { do: 'busy' | 'chaoticErrors' | 'openItems' | 'omittedExceptions' | 'lateModification' }
>;

function switchesOf(arrangement: Switched): Partial<EmulatorSwitches> {
  switch (arrangement.do) {
    case 'busy':
      return { busyCalls: arrangement.calls };
    case 'chaoticErrors':
      return { chaoticHresults: true };
    case 'openItems':
      return { openItemLimit: arrangement.most };
    case 'omittedExceptions':
      return { omittedExceptions: arrangement.count };
    case 'lateModification':
      return { modificationDrift: -arrangement.seconds };
    default:
      return unreachable(arrangement);
  }
}

function storeRecurrence(session: Session, { entryId, bytes }: Extract<Arrangement, { do: 'recurrence' }>): void {
  const { number } = must(itemRow(session, entryId));
  writeProperty(session.database, itemOwner(number), APPT.recurrence, { type: PT.BINARY, value: bytes });
}
