import type { DefaultReminder } from '../../../domain/calendar-settings.ts';
import { type CalendarOptions, OPTION } from '../../../outlook/model/calendar-options.ts';
import { type Field, patching } from '../../field.ts';
import { isFixed, numberOf, withNumberOf } from './stored.ts';

/** The longest that Outlook's own list offers: two weeks. @units minutes */
const LONGEST = 14 * 24 * 60;

/**
 * How long before its start a new appointment rings.
 * @units minutes
 * @loss no documented place says that new appointments do not ring at all: for "none", as for more than two weeks, Outlook keeps
 *   what it has
 * @source MS-OXOCFG 2.2.5.1.1 (piRemindDefault)
 */
export const reminder: Field<CalendarOptions, DefaultReminder | undefined> = patching({
  read: (options) => {
    const minutes = numberOf(options, OPTION.reminder);
    return minutes !== undefined && minutes >= 0 && minutes <= LONGEST ? minutes : undefined;
  },
  write: (options, minutes) =>
    !isHeld(minutes) || isFixed(options, OPTION.reminder) ? options : withNumberOf(options, OPTION.reminder, minutes),
  survives: (minutes) => (isHeld(minutes) ? minutes : undefined),
});

function isHeld(minutes: DefaultReminder | undefined): minutes is number {
  return typeof minutes === 'number' && minutes <= LONGEST;
}

/** @loss Outlook's reminder for whole days is fixed (18 hours): it says none, and takes none */
export const allDayReminder: Field<CalendarOptions, DefaultReminder | undefined> = {
  read: () => undefined,
  write: (options) => options,
  survives: () => undefined,
};
