import type { Clock } from '../base/clock.ts';
import type { Session } from '../bluemind/session.ts';
import type { Registry } from '../outlook/model/calendar-options.ts';
import type { Executor } from '../outlook/program/program.ts';
import type { Storage } from '../storage/open.ts';
import type { AccountRecord } from '../storage/records.ts';

/** What a run works with. */
export type Working = {
  readonly storage: Storage;
  readonly account: AccountRecord;
  readonly session: Session;
  readonly executor: Executor;
  /** The user's registry; undefined where Outlook's options cannot be reached: they are then left alone. */
  readonly registry?: Registry | undefined;
  readonly clock: Clock;
  readonly newId: () => string;
};
