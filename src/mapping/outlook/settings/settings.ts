import type { CalendarSettings } from '../../../domain/calendar-settings.ts';
import type { CalendarOptions } from '../../../outlook/model/calendar-options.ts';
import { compose, type Field } from '../../field.ts';
import { allDayReminder, reminder } from './reminders.ts';
import { shortestSlot } from './shortest-slot.ts';
import { weekStart } from './week-start.ts';
import { workingDays } from './working-days.ts';
import { workingHours } from './working-hours.ts';
import { zoneField } from './zone.ts';

/**
 * How a person's calendar is set up, as Outlook keeps it. What is not said is not written. Rules ST1 to ST9 of docs/mapping.md.
 * @param year of the rules of zones
 */
export function outlookSettings(year: number): Field<CalendarOptions, CalendarSettings> {
  return compose<CalendarOptions, CalendarSettings>({
    workingDays,
    hours: workingHours,
    shortestSlot,
    zone: zoneField(year),
    weekStart,
    reminder,
    allDayReminder,
  });
}
