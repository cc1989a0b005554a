import { WEEK } from '../../../domain/calendar-settings.ts';
import type { Weekday } from '../../../domain/recurrence.ts';
import { type CalendarOptions, daysOfMask, OPTION, workDayMask } from '../../../outlook/model/calendar-options.ts';
import { withWorkDays, workDaysIn } from '../../../outlook/model/work-hours-xml.ts';
import { type Field, patching } from '../../field.ts';
import { isFixed, numberOf, withNumberOf } from './stored.ts';
import { numberOfDay, weekdayOf } from './week-day.ts';

/**
 * Working days: the hidden work-hours item where there is one, else a mask in the registry.
 * @loss days that a policy fixes stay
 */
export const workingDays: Field<CalendarOptions, readonly Weekday[] | undefined> = patching({
  read: (options) => {
    const hidden = isFixed(options, OPTION.workDays) ? undefined : options.workHours && workDaysIn(options.workHours);
    const mask = numberOf(options, OPTION.workDays);
    const days = hidden || (mask === undefined ? undefined : daysOfMask(mask));
    return days && WEEK.filter((day) => days.some((number) => weekdayOf(number) === day));
  },
  write: (options, days) => {
    if (days === undefined || isFixed(options, OPTION.workDays)) return options;
    const numbers = days.map(numberOfDay);
    const written = withNumberOf(options, OPTION.workDays, workDayMask(numbers));
    return written.workHours === undefined
      ? written
      : { ...written, workHours: withWorkDays(written.workHours, numbers) };
  },
  survives: (days) => days,
});
