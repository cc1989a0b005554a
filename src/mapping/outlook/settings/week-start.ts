import type { Weekday } from '../../../domain/recurrence.ts';
import { type CalendarOptions, OPTION } from '../../../outlook/model/calendar-options.ts';
import { type Field, patching } from '../../field.ts';
import { isFixed, numberOf, withNumberOf } from './stored.ts';
import { numberOfDay, weekdayOf } from './week-day.ts';

/** The first day of the week. @loss a day that a policy fixes stays */
export const weekStart: Field<CalendarOptions, Weekday | undefined> = patching({
  read: (options) => weekdayOf(numberOf(options, OPTION.weekStart) ?? -1),
  write: (options, day) =>
    day === undefined || isFixed(options, OPTION.weekStart)
      ? options
      : withNumberOf(options, OPTION.weekStart, numberOfDay(day)),
  survives: (day) => day,
});
