/**
 * Dates as VT_DATE holds them: days since 1899-12-30 without a zone. The fraction counts away from zero on both sides, so that
 * -1.25 is 1899-12-29 06:00.
 * @source MS-OAUT 2.2.25
 */
import type { OutlookDate } from './program.ts';

const EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400;

/** @units days since 1899-12-30, as VT_DATE counts them */
export function oleDate({ date }: OutlookDate): number {
  const seconds = (Date.parse(`${date}Z`) - EPOCH) / 1000;
  if (seconds >= 0) return seconds / DAY;
  const day = Math.floor(seconds / DAY);
  return day - (seconds / DAY - day);
}

/** The date of a VT_DATE, rounded to the second. @param days days since 1899-12-30, as VT_DATE counts them */
export function dateOfOle(days: number): OutlookDate {
  const day = Math.trunc(days);
  const seconds = day * DAY + Math.round(Math.abs(days - day) * DAY);
  return { date: new Date(EPOCH + seconds * 1000).toISOString().slice(0, 19) };
}
