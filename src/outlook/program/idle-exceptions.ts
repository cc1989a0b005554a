import type { Appointment } from '../model/appointment.ts';
import type { OutlookException, RecurrencePattern } from '../model/recurrence-pattern.ts';
import { addMinutes } from './exception-order.ts';

/** The members of an exception that it inherits from its series when it does not say them. */
export type Inherited = Pick<
  Appointment,
  'subject' | 'location' | 'body' | 'allDay' | 'busyStatus' | 'reminderSet' | 'reminderMinutes' | 'meetingStatus'
>;

export const INHERITED = [
  'subject',
  'location',
  'body',
  'allDay',
  'busyStatus',
  'reminderSet',
  'reminderMinutes',
  'meetingStatus',
] as const satisfies readonly (keyof Inherited)[];

/**
 * A series without the exceptions that say nothing. Outlook cannot turn a modified occurrence back into a plain one; written
 * back to what its series says, it stays in the list of exceptions. It means nothing, so it is not shown to the mapping.
 */
export function withoutIdleExceptions(pattern: RecurrencePattern, series: Inherited): RecurrencePattern {
  return { ...pattern, exceptions: pattern.exceptions.filter((exception) => !isIdle(exception, pattern, series)) };
}

function isIdle(exception: OutlookException, pattern: RecurrencePattern, series: Inherited): boolean {
  return (
    exception.start === exception.originalStart &&
    exception.end === addMinutes(exception.start, pattern.durationMinutes) &&
    INHERITED.every((name) => exception[name] === undefined || exception[name] === series[name])
  );
}
