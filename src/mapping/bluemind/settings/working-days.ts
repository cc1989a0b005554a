import { WEEK } from '../../../domain/calendar-settings.ts';
import type { Weekday } from '../../../domain/recurrence.ts';
import { type Field, patching } from '../../field.ts';
import { type StoredSettings, withSetting } from './stored.ts';

const NAMES: Readonly<Record<Weekday, string>> = {
  MO: 'mon',
  TU: 'tue',
  WE: 'wed',
  TH: 'thu',
  FR: 'fri',
  SA: 'sat',
  SU: 'sun',
};

/** Working days: `working_days`, a comma list of English short names. No day at all is a list of none. @source BlueMind API 6 */
export const workingDays: Field<StoredSettings, readonly Weekday[] | undefined> = patching({
  read: ({ user, calendar }) => {
    if (calendar !== undefined) return WEEK.filter((day) => calendar.workingDays.includes(day));
    const names = user['working_days']?.toLowerCase().split(',');
    return names && WEEK.filter((day) => names.some((name) => name.trim() === NAMES[day]));
  },
  write: (stored, days) =>
    days === undefined
      ? stored
      : withSetting(stored, { workingDays: [...days] }, { working_days: days.map((day) => NAMES[day]).join(',') }),
  survives: (days) => days,
});
