/**
 * Dates as day numbers: days since 1601-01-01, the epoch of Outlook's recurrence structures. Plain proleptic Gregorian
 * arithmetic; a wall time is a day number and minutes, no zone involved.
 */

/** @units days since 1601-01-01 */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;
const EPOCH_MS = Date.UTC(1601, 0, 1);

/** `YYYY-MM-DD` (or the date part of a wall time) → day number. */
export function dayOf(date: string): DayNumber {
  // Expanding a series asks for its first date thousands of times.
  if (date !== last.date) {
    const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
    last = { date, day: (Date.UTC(year, month - 1, day) - EPOCH_MS) / MS_PER_DAY };
  }
  return last.day;
}

let last: { readonly date: string; readonly day: DayNumber } = { date: '1601-01-01', day: 0 };

/** Day number → `YYYY-MM-DD`. */
export function dateOf(day: DayNumber): string {
  return new Date(EPOCH_MS + day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Minutes since 1601-01-01T00:00 → `YYYY-MM-DDTHH:MM:SS`. */
export function wallOf(minutes: number): string {
  return `${new Date(EPOCH_MS + minutes * 60_000).toISOString().slice(0, 16)}:00`;
}

/** `YYYY-MM-DDTHH:MM:SS` → minutes since 1601-01-01T00:00; seconds are cut. */
export function minutesOf(wall: string): number {
  return (Date.parse(`${wall.slice(0, 16)}:00Z`) - EPOCH_MS) / 60_000;
}

/** 0 = Sunday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 1) % 7) + 7) % 7;
}

/** Months since January 1601. */
export function monthIndexOf(day: DayNumber): number {
  const date = new Date(EPOCH_MS + day * MS_PER_DAY);
  return (date.getUTCFullYear() - 1601) * 12 + date.getUTCMonth();
}

/** The first day of a month, counted from January 1601. */
export function firstDayOfMonth(monthIndex: number): DayNumber {
  const year = Math.floor(monthIndex / 12);
  return (Date.UTC(1601 + year, monthIndex - year * 12, 1) - EPOCH_MS) / MS_PER_DAY;
}

/** @units days */
export function lengthOfMonth(monthIndex: number): number {
  return firstDayOfMonth(monthIndex + 1) - firstDayOfMonth(monthIndex);
}
