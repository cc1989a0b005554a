import type { LocalDate, Moment } from './time.ts';

export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';
export type Frequency = 'SECONDLY' | 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** A weekday with its ordinal: 0 = every one, 2 = the second, -1 = the last of the month or year. */
export type ByDay = { readonly day: Weekday; readonly offset: number };

/** Where a series ends. `moment` bounds are inclusive, as UNTIL is; a `date` bound includes the whole day. */
export type SeriesEnd =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'untilDate'; readonly date: LocalDate }
  | { readonly kind: 'untilMoment'; readonly moment: Moment };

/**
 * A recurrence rule with the parts of RFC 5545 3.3.10 that BlueMind stores (it has no WKST: weeks start on Monday).
 * An empty list means that the part is absent; `interval` is 1 or more.
 */
export type Recurrence = {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly end: SeriesEnd;
  readonly byDay: readonly ByDay[];
  readonly byMonthDay: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySecond: readonly number[];
};

/** A rule with nothing but its frequency: every part absent. */
export const NO_PARTS = {
  byDay: [],
  byMonthDay: [],
  byMonth: [],
  bySetPos: [],
  byYearDay: [],
  byWeekNo: [],
  byHour: [],
  byMinute: [],
  bySecond: [],
} as const satisfies Omit<Recurrence, 'frequency' | 'interval' | 'end'>;
