import type { Reminder } from '../../../domain/reminder.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';

/**
 * Outlook's one reminder: the first of the server's that would show up on a screen. Mails are the server's to send.
 * While there is no reminder Outlook keeps the minutes of the last one; they are left alone.
 * @loss further reminders, mails, and those after the start; a sound is shown. All of them stay on the server.
 * @source MS-OXORMDR 2.2.1; outlook-calendar.md section 6
 */
export const reminders: Field<Appointment, readonly Reminder[]> = patching({
  read: (item) => (item.reminderSet ? [{ minutes: Math.max(0, item.reminderMinutes), action: 'display' }] : []),
  write: (item, value) => {
    const [first] = survives(value);
    return first === undefined
      ? { ...item, reminderSet: false }
      : { ...item, reminderSet: true, reminderMinutes: first.minutes };
  },
  survives,
});

function survives(value: readonly Reminder[]): readonly Reminder[] {
  const shown = value.filter(({ minutes, action }) => action !== 'email' && minutes >= 0);
  if (shown.length === 0) return [];
  return [{ minutes: Math.max(...shown.map(({ minutes }) => minutes)), action: 'display' }];
}
