import type { WorkingHours } from '../../../domain/calendar-settings.ts';
import { type Field, patching } from '../../field.ts';
import { type StoredSettings, withSetting } from './stored.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** What the server's own pages offer: half hours. */
const STEP = 30;

/**
 * Start and end of the working day: `work_hours_start` and `work_hours_end`, decimal hours; both 0 mean the whole day.
 * @loss the user's settings know half hours: the day is made longer to the next one, never shorter
 * @source BlueMind API 6.1; calendar settings (6.2) are milliseconds since midnight, kept to the minute
 */
export const workingHours: Field<StoredSettings, WorkingHours | undefined> = patching({
  read: ({ user, calendar }) =>
    calendar === undefined
      ? hoursOf(minutesOf(user['work_hours_start']), minutesOf(user['work_hours_end']))
      : hoursOf(Math.floor(calendar.dayStart / MINUTE), Math.floor(calendar.dayEnd / MINUTE)),
  write: (stored, hours) => {
    if (hours === undefined) return stored;
    const user = hours.start === 0 && hours.end === DAY ? { start: 0, end: 0 } : halfHours(hours);
    return withSetting(
      stored,
      { dayStart: hours.start * MINUTE, dayEnd: hours.end * MINUTE },
      { work_hours_start: String(user.start / 60), work_hours_end: String(user.end / 60) },
    );
  },
  survives: (hours) => hours && halfHours(hours),
});

function hoursOf(start: number | undefined, end: number | undefined): WorkingHours | undefined {
  if (start === undefined || end === undefined) return undefined;
  if (start === 0 && end === 0) return { start: 0, end: DAY };
  return start < end && end <= DAY ? { start, end } : undefined;
}

/** @units minutes of a text in hours */
function minutesOf(text: string | undefined): number | undefined {
  const hours = Number(text);
  return text === undefined || text.trim() === '' || !(hours >= 0) ? undefined : Math.round(hours * 60);
}

function halfHours({ start, end }: WorkingHours): WorkingHours {
  return { start: Math.floor(start / STEP) * STEP, end: Math.ceil(end / STEP) * STEP };
}
