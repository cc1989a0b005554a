import type { Appointment } from '../model/appointment.ts';
import type { RecurrencePattern } from '../model/recurrence-pattern.ts';
import type { AppointmentSnapshot } from '../model/snapshot.ts';
import { withoutIdleExceptions } from './idle-exceptions.ts';
import type { ItemPlace } from './item-place.ts';
import type { RecipientRow } from './read-recipients.ts';

/** A snapshot of an appointment, and what a write must know beyond it. */
export type AppointmentRead = {
  readonly snapshot: AppointmentSnapshot;
  /** The rows of the snapshot's recipients in Outlook's collection. */
  readonly recipients: readonly RecipientRow[];
  /** The recurrence with the exceptions that say nothing, which the snapshot leaves out. */
  readonly recurrence: RecurrencePattern | undefined;
};

/** What the first program told of an appointment. */
export type AppointmentBase = {
  readonly place: ItemPlace;
  readonly lastModified: string;
  readonly messageClass: string;
  readonly plain: Omit<Appointment, 'startZone' | 'endZone' | 'recipients' | 'recurrence'>;
  /** Windows ids; undefined when the item does not store its zones. */
  readonly startZone: string | undefined;
  readonly endZone: string | undefined;
  readonly recurrence:
    | { readonly kind: 'single' }
    | { readonly kind: 'tooLong' }
    | {
        readonly kind: 'known';
        readonly pattern: RecurrencePattern;
        /** Original starts of the exceptions that have a body of their own. */
        readonly withBody: readonly string[];
      };
};

/** What the second program of a read brought. */
export type AppointmentRest = {
  readonly startZone: string;
  readonly endZone: string;
  readonly recurrence: RecurrencePattern | undefined;
  readonly recipients: readonly RecipientRow[];
};

/** Both halves as one. */
export function completeRead(base: AppointmentBase, rest: AppointmentRest): AppointmentRead {
  const { recipients, recurrence, startZone, endZone } = rest;
  const value: Appointment = {
    ...base.plain,
    startZone,
    endZone,
    recipients: recipients.map((row) => row.recipient),
    recurrence: recurrence === undefined ? undefined : withoutIdleExceptions(recurrence, base.plain),
  };
  const { place, lastModified, messageClass } = base;
  return { snapshot: { entryId: place.entryId, lastModified, messageClass, value }, recipients, recurrence };
}
