import type { Weekday } from '../../../domain/recurrence.ts';
import { type Field, patching } from '../../field.ts';
import { type StoredSettings, withUserSetting } from './stored.ts';

const NAMES: Readonly<Record<string, Weekday>> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};
/** What the server's own pages offer. */
const OFFERED: Readonly<Partial<Record<Weekday, string>>> = { MO: 'monday', SU: 'sunday' };

/**
 * The first day of the week: `day_weekstart`, an English name.
 * @loss the server's pages offer Monday and Sunday; for another day the server keeps what it has
 * @source BlueMind API 6.1
 */
export const weekStart: Field<StoredSettings, Weekday | undefined> = patching({
  read: ({ user }) => NAMES[user['day_weekstart']?.trim().toLowerCase() ?? ''],
  write: (stored, day) => {
    const name = day && OFFERED[day];
    return name === undefined ? stored : withUserSetting(stored, 'day_weekstart', name);
  },
  survives: (day) => (day !== undefined && OFFERED[day] !== undefined ? day : undefined),
});
