import type { Weekday } from '../../../domain/recurrence.ts';

/** Outlook counts the days of the week from Sunday. */
const FROM_SUNDAY: readonly Weekday[] = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export function weekdayOf(number: number): Weekday | undefined {
  return FROM_SUNDAY[number];
}

export function numberOfDay(day: Weekday): number {
  return FROM_SUNDAY.indexOf(day);
}
