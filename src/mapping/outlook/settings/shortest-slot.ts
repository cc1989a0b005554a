import { type CalendarOptions, TIME_SCALES } from '../../../outlook/model/calendar-options.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The time scale of the calendar's view, which is the shortest time that a click chooses, and the length of what it makes.
 * @units minutes
 * @loss Outlook has scales of 5 to 60 minutes; for any other its view stays as it is
 * @source learn.microsoft.com/office/vba/api/outlook.calendarview.dayweektimescale
 */
export const shortestSlot: Field<CalendarOptions, number | undefined> = patching({
  read: ({ timeScale }) => timeScale,
  write: (options, minutes) =>
    minutes === undefined || options.timeScale === undefined || !TIME_SCALES.includes(minutes)
      ? options
      : { ...options, timeScale: minutes },
  survives: (minutes) => (minutes !== undefined && TIME_SCALES.includes(minutes) ? minutes : undefined),
});
