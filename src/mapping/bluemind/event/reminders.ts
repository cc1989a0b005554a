import type { Reminder } from '../../../domain/reminder.ts';
import type { VAlarm, VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';

const ACTIONS = { display: 'Display', email: 'Email', audio: 'Audio' } as const satisfies Record<
  Reminder['action'],
  NonNullable<VAlarm['action']>
>;

/**
 * The alarms. An alarm that stays keeps its texts, its repetition and its odd seconds; alarms without a trigger are left alone.
 * @loss two reminders of one kind and minute are one
 * @source bluemind-api.md 4.4, 10.2 rule 8
 */
export const reminders: Field<VEvent, readonly Reminder[]> = patching({
  read: (event) => distinct((event.alarm ?? []).flatMap(readAlarm)),
  write: (event, value) => {
    const known = (event.alarm ?? []).map((alarm) => ({ alarm, keys: readAlarm(alarm).map(keyOf) }));
    const written = distinct(value).flatMap((reminder) => {
      const same = known.filter(({ keys }) => keys.includes(keyOf(reminder)));
      return same.length > 0 ? same.map(({ alarm }) => alarm) : [newAlarm(reminder)];
    });
    return {
      ...event,
      alarm: [...written, ...known.filter(({ keys }) => keys.length === 0).map(({ alarm }) => alarm)],
    };
  },
  survives: distinct,
});

function readAlarm(alarm: VAlarm): readonly Reminder[] {
  if (alarm.trigger == null) return [];
  const action = alarm.action === 'Email' ? 'email' : alarm.action === 'Audio' ? 'audio' : 'display';
  // `+ 0`: a trigger at the start reads as 0, not as −0.
  return [{ minutes: Math.round(-alarm.trigger / 60) + 0, action }];
}

function newAlarm({ minutes, action }: Reminder): VAlarm {
  return {
    action: ACTIONS[action],
    trigger: -60 * minutes + 0,
    description: null,
    duration: 0,
    repeat: 0,
    summary: null,
  };
}

function keyOf(reminder: Reminder): string {
  return `${reminder.action}:${reminder.minutes}`;
}

function distinct(reminders: readonly Reminder[]): readonly Reminder[] {
  return [...new Map(reminders.map((reminder) => [keyOf(reminder), reminder])).values()];
}
