/**
 * The occurrences of a series under Outlook's rules, which differ from iCalendar's: days 29 to 31 mean the last day of a
 * shorter month instead of skipping it, and weeks begin where the series says.
 *
 * A rule is a row of periods (days, weeks, months or years, `interval` apart, the first one holding `firstDate`), and each
 * period but the first holds the same number of occurrences. So any occurrence is found by arithmetic, and the work is
 * bounded by what is asked for, whatever the pattern says.
 */
import { unreachable } from '../../base/assert.ts';
import {
  type DayNumber,
  dateOf,
  dayOf,
  firstDayOfMonth,
  lengthOfMonth,
  monthIndexOf,
  wallOf,
  weekdayOf,
} from './day-number.ts';
import type { Pattern, RecurrencePattern } from './recurrence-pattern.ts';

/** What of a series decides when it occurs. */
export type PatternRule = Pick<RecurrencePattern, 'pattern' | 'firstDate' | 'end' | 'firstDayOfWeek'>;

/** Nothing occurs later: Outlook's "no end". */
const LAST_DAY = dayOf('4500-12-31');

/**
 * The original starts of the occurrences in a window, ascending: what the rule says, deleted and modified ones included.
 * @param window `from` and `to` are both inclusive; `most` bounds the number of results
 * @units wall times `YYYY-MM-DDTHH:MM:SS` in the series' zone
 */
export function occurrencesOf(
  pattern: RecurrencePattern,
  window: { readonly from: string; readonly to: string; readonly most: number },
): readonly string[] {
  return occurrenceDays(pattern, dayOf(window.from), dayOf(window.to), window.most).map((day) =>
    wallOf(day * 1440 + pattern.startMinutes),
  );
}

/** The days of the occurrences between two days, both inclusive. */
export function occurrenceDays(rule: PatternRule, from: DayNumber, to: DayNumber, most: number): DayNumber[] {
  const found: DayNumber[] = [];
  const last = Math.min(to, lastDay(rule));
  if (daysOf(rule, 1).length === 0)
    return daysOf(rule, 0)
      .filter((day) => day >= from && day <= last)
      .slice(0, most);
  for (let period = Math.max(0, periodOf(rule, from)); found.length < most; period++) {
    const start = periodStart(rule, period);
    if (start > last) break;
    for (const day of daysOf(rule, period, start)) {
      if (day >= from && day <= last && found.length < most) found.push(day);
    }
  }
  return found;
}

/** Whether the rule has an occurrence on that date. */
export function occursOn(rule: PatternRule, date: string): boolean {
  const day = dayOf(date);
  return occurrenceDays(rule, day, day, 1).length > 0;
}

/** The first date of the series, undefined when it has none (its end lies before its start). */
export function firstOccurrence(rule: PatternRule): string | undefined {
  const [day] = occurrenceDays(rule, dayOf(rule.firstDate), LAST_DAY, 1);
  return day === undefined ? undefined : dateOf(day);
}

/** The last date of the series; undefined for one without end and for one without occurrences. */
export function lastOccurrence(rule: PatternRule): string | undefined {
  if (rule.end.kind === 'never') return undefined;
  const count = countOccurrences(rule);
  return count === undefined || count === 0 ? undefined : dateOf(nthDay(rule, count));
}

/** How many occurrences the series has, deleted ones included; undefined = no end. */
export function countOccurrences(rule: PatternRule): number | undefined {
  switch (rule.end.kind) {
    case 'never':
      return undefined;
    case 'count':
      return Math.max(0, rule.end.occurrences);
    case 'date': {
      const last = Math.min(dayOf(rule.end.date), LAST_DAY);
      const period = periodOf(rule, last);
      return period < 0 ? 0 : countBefore(rule, period) + daysOf(rule, period).filter((day) => day <= last).length;
    }
    default:
      return unreachable(rule.end);
  }
}

function lastDay(rule: PatternRule): DayNumber {
  switch (rule.end.kind) {
    case 'never':
      return LAST_DAY;
    case 'date':
      return Math.min(dayOf(rule.end.date), LAST_DAY);
    case 'count':
      return rule.end.occurrences < 1
        ? Number.NEGATIVE_INFINITY
        : Math.min(nthDay(rule, rule.end.occurrences), LAST_DAY);
    default:
      return unreachable(rule.end);
  }
}

/** The day of the nth occurrence, 1 = the first, as if the series had no end. */
function nthDay(rule: PatternRule, nth: number): DayNumber {
  const first = daysOf(rule, 0);
  if (nth <= first.length) return first[nth - 1] ?? LAST_DAY;
  const each = daysOf(rule, 1).length;
  if (each === 0) return LAST_DAY;
  const rest = nth - first.length - 1;
  const period = 1 + Math.floor(rest / each);
  return periodStart(rule, period) > LAST_DAY ? LAST_DAY : (daysOf(rule, period)[rest % each] ?? LAST_DAY);
}

function countBefore(rule: PatternRule, period: number): number {
  return period === 0 ? 0 : daysOf(rule, 0).length + (period - 1) * daysOf(rule, 1).length;
}

/** The period that holds `day` or is the last one begun before it; negative before the series. */
function periodOf(rule: PatternRule, day: DayNumber): number {
  return Math.floor((unitOf(rule, day) - unitOf(rule, dayOf(rule.firstDate))) / stepOf(rule.pattern));
}

/** Days, weeks, months or years counted from some fixed point. */
function unitOf(rule: PatternRule, day: DayNumber): number {
  switch (rule.pattern.type) {
    case 'daily':
      return day;
    case 'weekly':
      return Math.floor((day + 1 - rule.firstDayOfWeek) / 7);
    case 'monthly':
    case 'monthNth':
      return monthIndexOf(day);
    case 'yearly':
    case 'yearNth':
      return Math.floor(monthIndexOf(day) / 12);
    default:
      return unreachable(rule.pattern);
  }
}

/** An interval of 0, as Outlook's "every weekday" has it, counts as 1. */
function stepOf(pattern: Pattern): number {
  return Math.max(1, pattern.interval);
}

/** The first day of a period, whether or not something occurs on it. */
function periodStart(rule: PatternRule, period: number): DayNumber {
  const unit = unitOf(rule, dayOf(rule.firstDate)) + period * stepOf(rule.pattern);
  switch (rule.pattern.type) {
    case 'daily':
      return unit;
    case 'weekly':
      return unit * 7 - 1 + rule.firstDayOfWeek;
    case 'monthly':
    case 'monthNth':
      return unit > MOST_MONTHS ? Number.POSITIVE_INFINITY : firstDayOfMonth(unit);
    case 'yearly':
    case 'yearNth':
      return unit * 12 > MOST_MONTHS ? Number.POSITIVE_INFINITY : firstDayOfMonth(unit * 12);
    default:
      return unreachable(rule.pattern);
  }
}

/** Months beyond the last day that any series reaches; keeps date arithmetic within the calendar. */
const MOST_MONTHS = 12 * 3000;

/** The days of a period on which something occurs, ascending, none before the first date. */
function daysOf(rule: PatternRule, period: number, start = periodStart(rule, period)): DayNumber[] {
  const days = start > LAST_DAY ? [] : daysFrom(rule.pattern, start);
  const first = dayOf(rule.firstDate);
  return period === 0 ? days.filter((day) => day >= first) : days;
}

function daysFrom(pattern: Pattern, start: DayNumber): DayNumber[] {
  switch (pattern.type) {
    case 'daily':
      return [start];
    case 'weekly':
      return [0, 1, 2, 3, 4, 5, 6].map((n) => start + n).filter((day) => inMask(pattern.dayOfWeekMask, day));
    case 'monthly':
      return [clampedDay(monthIndexOf(start), pattern.dayOfMonth)];
    case 'monthNth':
      return nthOfMonth(monthIndexOf(start), pattern.dayOfWeekMask, pattern.instance);
    case 'yearly':
      return [clampedDay(monthIndexOf(start) + pattern.monthOfYear - 1, pattern.dayOfMonth)];
    case 'yearNth':
      return nthOfMonth(monthIndexOf(start) + pattern.monthOfYear - 1, pattern.dayOfWeekMask, pattern.instance);
    default:
      return unreachable(pattern);
  }
}

/** @source MS-OXOCAL 2.2.1.44.1: a day that the month lacks is its last day */
function clampedDay(monthIndex: number, dayOfMonth: number): DayNumber {
  return firstDayOfMonth(monthIndex) + Math.min(Math.max(1, dayOfMonth), lengthOfMonth(monthIndex)) - 1;
}

function nthOfMonth(monthIndex: number, mask: number, instance: number): DayNumber[] {
  const first = firstDayOfMonth(monthIndex);
  const last = first + lengthOfMonth(monthIndex) - 1;
  if (instance >= 5) {
    for (let day = last; day > last - 7; day--) if (inMask(mask, day)) return [day];
    return [];
  }
  let left = instance;
  for (let day = first; day <= last; day++) if (inMask(mask, day) && --left === 0) return [day];
  return [];
}

function inMask(mask: number, day: DayNumber): boolean {
  return (mask & (1 << weekdayOf(day))) !== 0;
}
