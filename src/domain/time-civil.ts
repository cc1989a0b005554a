/**
 * Dates and wall times as numbers, in no zone: day numbers (days since 1970-01-01) and wall seconds (seconds since
 * 1970-01-01T00:00:00 on the wall clock). Proleptic Gregorian, years 0000 to 9999. Used where thousands of dates are compared;
 * what needs a zone goes through `zones.ts`.
 */
import { assert } from '../base/assert.ts';
import type { LocalDate, WallTime } from './time.ts';

/** Seconds of a day on the wall clock. */
export const DAY_SECONDS = 86_400;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/;

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** Whether `text` is a date that exists, `YYYY-MM-DD`. */
export function isLocalDate(text: string): text is LocalDate {
  const match = DATE.exec(text);
  return match !== null && Number(match[3]) >= 1 && Number(match[3]) <= daysInMonth(Number(match[1]), Number(match[2]));
}

/** Whether `text` is a wall time that exists, `YYYY-MM-DDTHH:MM:SS`. */
export function isWallTime(text: string): text is WallTime {
  const match = WALL.exec(text);
  if (match === null || !isLocalDate(text.slice(0, 10))) return false;
  return Number(match[4]) < 24 && Number(match[5]) < 60 && Number(match[6]) < 60;
}

/** Days of a month, 0 for a month that does not exist. @param month 1 to 12 */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Day number of a date. @source Euclidean affine functions, Neri and Schneider 2022: years start in March */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date of a day number. */
export function civilDate(dayNo: number): CivilDate {
  const z = dayNo + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Weekday of a day number, 0 = Monday … 6 = Sunday. */
export function weekdayOf(dayNo: number): number {
  return (((dayNo + 3) % 7) + 7) % 7;
}

/** Day number of `YYYY-MM-DD` (a longer text is read up to its date). */
export function dayOf(date: LocalDate | WallTime): number {
  return dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(dayNo: number): LocalDate {
  const { year, month, day } = civilDate(dayNo);
  assert(year >= 0 && year <= 9999, 'a date outside the years 0000 to 9999');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Wall seconds of a wall time; a bare date counts as its midnight. */
export function secondsOf(wall: WallTime | LocalDate): number {
  const day = dayOf(wall) * DAY_SECONDS;
  if (wall.length < 19) return day;
  return day + Number(wall.slice(11, 13)) * 3600 + Number(wall.slice(14, 16)) * 60 + Number(wall.slice(17, 19));
}

/** `YYYY-MM-DDTHH:MM:SS` of wall seconds. */
export function wallOf(seconds: number): WallTime {
  const day = Math.floor(seconds / DAY_SECONDS);
  const rest = seconds - day * DAY_SECONDS;
  return `${dateOf(day)}T${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** The date `days` later. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOf(dayOf(date) + days);
}

/** The wall time `seconds` later on the wall clock. */
export function addSeconds(wall: WallTime, seconds: number): WallTime {
  return wallOf(secondsOf(wall) + seconds);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
