import { type Field, patching } from '../../field.ts';
import type { StoredSettings } from './stored.ts';

/** What the server's own pages offer. @units minutes */
const OFFERED: readonly number[] = [60, 120, 720, 1440];

/**
 * The shortest time that can be booked. Only a calendar with settings of its own has one.
 * @units minutes
 * @loss where the calendar has no settings, or for a length that the server's pages do not offer, the server keeps what it has
 * @source BlueMind API 6.2
 */
export const shortestSlot: Field<StoredSettings, number | undefined> = patching({
  read: ({ calendar }) => calendar?.minDuration,
  write: (stored, minutes) =>
    stored.calendar === undefined || minutes === undefined || !OFFERED.includes(minutes)
      ? stored
      : { ...stored, calendar: { ...stored.calendar, minDuration: minutes } },
  survives: (minutes) => (minutes !== undefined && OFFERED.includes(minutes) ? minutes : undefined),
});
