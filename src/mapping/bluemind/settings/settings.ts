import type { CalendarSettings } from '../../../domain/calendar-settings.ts';
import { compose, type Field } from '../../field.ts';
import { allDayReminder, reminder } from './reminders.ts';
import { shortestSlot } from './shortest-slot.ts';
import type { StoredSettings } from './stored.ts';
import { weekStart } from './week-start.ts';
import { workingDays } from './working-days.ts';
import { workingHours } from './working-hours.ts';
import { zone } from './zone.ts';

/** How a person's calendar is set up, as BlueMind keeps it. What is not said is not written. Rules ST1 to ST9 of docs/mapping.md. */
export const bluemindSettings: Field<StoredSettings, CalendarSettings> = compose<StoredSettings, CalendarSettings>({
  workingDays,
  hours: workingHours,
  shortestSlot,
  zone,
  weekStart,
  reminder,
  allDayReminder,
});
