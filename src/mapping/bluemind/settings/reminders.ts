import type { DefaultReminder } from '../../../domain/calendar-settings.ts';
import { type Field, patching } from '../../field.ts';
import { type StoredSettings, withUserSetting } from './stored.ts';

/**
 * How long before its start a new event rings: seconds as text; '' for none.
 * @units minutes
 * @loss seconds that are no whole minutes are read as whole ones, and stay until the setting changes
 * @source BlueMind API 6.1
 */
function reminderIn(name: string): Field<StoredSettings, DefaultReminder | undefined> {
  return patching({
    read: ({ user }) => {
      const text = user[name]?.trim();
      if (text === undefined) return undefined;
      if (text === '') return 'none';
      return /^\d{1,9}$/.test(text) ? Math.round(Number(text) / 60) : undefined;
    },
    write: (stored, reminder) =>
      reminder === undefined ? stored : withUserSetting(stored, name, reminder === 'none' ? '' : String(reminder * 60)),
    survives: (reminder) => reminder,
  });
}

export const reminder = reminderIn('default_event_alert');
export const allDayReminder = reminderIn('default_allday_event_alert');
