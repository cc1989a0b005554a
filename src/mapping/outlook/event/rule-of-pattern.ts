/**
 * Outlook patterns → recurrence rules, always in the same words. Days that shorter months lack mean their last day in Outlook: "the last
 * there is of 28 to 31" says it to everybody (EC33, H5).
 */
import { unreachable } from '../../../base/assert.ts';
import { WEEKDAYS } from '../../../domain/expand-rule.ts';
import { type ByDay, NO_PARTS, type Recurrence, type SeriesEnd } from '../../../domain/recurrence.ts';
import type { Pattern, PatternEnd } from '../../../outlook/model/recurrence-pattern.ts';
import { maskBit } from './pattern-of-rule.ts';

/** @loss weeks that begin on another day than Monday, where it matters: the server has no other (see `recurrence.ts`) */
export function ruleOfPattern(pattern: Pattern, end: PatternEnd): Recurrence {
  return { ...NO_PARTS, ...partsOf(pattern), end: endOf(end) };
}

function endOf(end: PatternEnd): SeriesEnd {
  switch (end.kind) {
    case 'never':
      return { kind: 'never' };
    case 'count':
      return { kind: 'count', count: end.occurrences };
    case 'date':
      return { kind: 'untilDate', date: end.date };
    default:
      return unreachable(end);
  }
}

type Parts = Pick<Recurrence, 'frequency' | 'interval'> & Partial<Recurrence>;

function partsOf(pattern: Pattern): Parts {
  // Outlook's "every weekday" has the interval 0. @source outlook-calendar.md 4.4
  const interval = Math.max(1, pattern.interval);
  switch (pattern.type) {
    case 'daily':
      return { frequency: 'DAILY', interval };
    case 'weekly':
      return { frequency: 'WEEKLY', interval, byDay: daysOf(pattern.dayOfWeekMask, 0) };
    case 'monthly':
      return { frequency: 'MONTHLY', interval, ...dayPart(pattern.dayOfMonth) };
    case 'monthNth': {
      const day = dayMeant(pattern.dayOfWeekMask, pattern.instance);
      const part = day === undefined ? nthPart(pattern.dayOfWeekMask, pattern.instance) : dayPart(day);
      return { frequency: 'MONTHLY', interval, ...part };
    }
    case 'yearly':
      return yearlyParts(pattern.monthOfYear, interval, yearDayPart(pattern.monthOfYear, pattern.dayOfMonth));
    case 'yearNth': {
      const day = dayMeant(pattern.dayOfWeekMask, pattern.instance);
      const month = pattern.monthOfYear;
      return yearlyParts(
        month,
        interval,
        day === undefined ? nthPart(pattern.dayOfWeekMask, pattern.instance) : yearDayPart(month, day),
      );
    }
    default:
      return unreachable(pattern);
  }
}

function yearlyParts(month: number, interval: number, part: Partial<Recurrence>): Parts {
  return { frequency: 'YEARLY', interval, byMonth: [month], ...part };
}

/** "The second day" and "the last day" are days of the month like any other. */
function dayMeant(mask: number, instance: number): number | undefined {
  if (mask !== 127) return undefined;
  return instance === 5 ? 31 : instance;
}

function dayPart(day: number): Partial<Recurrence> {
  if (day <= 28) return { byMonthDay: [day] };
  return { byMonthDay: Array.from({ length: day - 27 }, (_, i) => 28 + i), bySetPos: [-1] };
}

/** Only February is shorter than some of its days: elsewhere a day that the month has needs no clamping. */
function yearDayPart(month: number, day: number): Partial<Recurrence> {
  const length = month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day <= length) return { byMonthDay: [day] };
  return month === 2 ? dayPart(29) : { byMonthDay: [length] };
}

function nthPart(mask: number, instance: number): Partial<Recurrence> {
  const position = instance === 5 ? -1 : instance;
  const days = daysOf(mask, 0);
  if (days.length === 1) return { byDay: daysOf(mask, position) };
  return { byDay: days, bySetPos: [position] };
}

function daysOf(mask: number, offset: number): readonly ByDay[] {
  return WEEKDAYS.flatMap((day, i) => ((mask & maskBit(i)) === 0 ? [] : [{ day, offset }]));
}
