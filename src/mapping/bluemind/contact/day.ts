import type { LocalDate } from '../../../domain/time.ts';
import { DAY_SECONDS, dateOf, dayOf, isLocalDate } from '../../../domain/time-civil.ts';

const DAY = DAY_SECONDS * 1000;
const FIRST = dayOf('0001-01-01');
/** The server drops days from here on, Outlook's "no date" of 4501 among them. @source fact sheet 10.3 */
const END = dayOf('2200-01-01');

/** The day of a wire date. @units milliseconds since 1970 of midnight UTC */
export function readDay(milliseconds: number | null | undefined): LocalDate | undefined {
  if (milliseconds === null || milliseconds === undefined) return undefined;
  const day = Math.floor(milliseconds / DAY);
  return day >= FIRST && day < END ? dateOf(day) : undefined;
}

/** The wire date to store for `day` where `current` is stored now: as it is when it names the same day. */
export function putDay(current: number | null | undefined, day: LocalDate | undefined): number | null {
  const kept = keptDay(day);
  if (readDay(current) === kept) return current ?? null;
  return kept === undefined ? null : dayOf(kept) * DAY;
}

/** A day that the server keeps. */
export function keptDay(day: LocalDate | undefined): LocalDate | undefined {
  if (day === undefined || !isLocalDate(day)) return undefined;
  return dayOf(day) >= FIRST && dayOf(day) < END ? day : undefined;
}
