/**
 * Recurrence rules → Outlook patterns that may mean the same. Whether one does is decided by expanding both (`recurrence.ts`); this file
 * only proposes, so a wrong proposal costs time and never data.
 */
import { WEEKDAYS } from '../../../domain/expand-rule.ts';
import type { ByDay, Recurrence } from '../../../domain/recurrence.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { civilDate, dayOf, weekdayOf } from '../../../domain/time-civil.ts';
import type { Pattern } from '../../../outlook/model/recurrence-pattern.ts';

/** Bit of a weekday, 0 = Monday, in Outlook's mask (Sunday 1 … Saturday 64). */
export function maskBit(weekday: number): number {
  return 1 << ((weekday + 1) % 7);
}

/** Limits of the interval. @source outlook-calendar.md 4.4 */
const MOST_DAYS = 999;
const MOST_WEEKS = 99;
const MOST_MONTHS = 99;

/** Patterns that a rule which begins on `first` may be, the likeliest first. */
export function patternsOfRule(rule: Recurrence, first: LocalDate): readonly Pattern[] {
  return [...direct(rule, first), ...guesses(rule, first)].filter(isWithinLimits);
}

function isWithinLimits(pattern: Pattern): boolean {
  const most = pattern.type === 'daily' ? MOST_DAYS : pattern.type === 'weekly' ? MOST_WEEKS : MOST_MONTHS;
  return Number.isInteger(pattern.interval) && pattern.interval >= 1 && pattern.interval <= most;
}

/** What the rule says, word for word. */
function direct(rule: Recurrence, first: LocalDate): readonly Pattern[] {
  const { interval, byDay, byMonth } = rule;
  const date = civilDate(dayOf(first));
  switch (rule.frequency) {
    case 'DAILY':
      return byDay.length > 0 ? [weekly(1, byDay, first)] : [{ type: 'daily', interval }];
    case 'WEEKLY':
      return [weekly(interval, byDay, first)];
    case 'MONTHLY':
      return monthly(rule, date.day).map((place): Pattern => ({ ...place, interval }));
    case 'YEARLY':
      return monthly(rule, date.day).map((place): Pattern => {
        const monthOfYear = byMonth[0] ?? date.month;
        return place.type === 'monthly'
          ? { type: 'yearly', interval, monthOfYear, dayOfMonth: place.dayOfMonth }
          : { type: 'yearNth', interval, monthOfYear, dayOfWeekMask: place.dayOfWeekMask, instance: place.instance };
      });
    default:
      return [];
  }
}

function weekly(interval: number, byDay: readonly ByDay[], first: LocalDate): Pattern {
  const days = byDay.length > 0 ? byDay.map(({ day }) => WEEKDAYS.indexOf(day)) : [weekdayOf(dayOf(first))];
  return { type: 'weekly', interval, dayOfWeekMask: days.reduce((mask, day) => mask | maskBit(day), 0) };
}

type Place =
  | { readonly type: 'monthly'; readonly dayOfMonth: number }
  | { readonly type: 'monthNth'; readonly dayOfWeekMask: number; readonly instance: number };

/** Which day of a month. */
function monthly({ byDay, byMonthDay, bySetPos }: Recurrence, ownDay: number): readonly Place[] {
  const [position] = bySetPos;
  if (byDay.length === 0 && byMonthDay.length === 0) return [{ type: 'monthly', dayOfMonth: ownDay }];
  if (byDay.length === 0) return dayPlaces(byMonthDay, position);
  if (byMonthDay.length > 0) return [];
  const mask = byDay.reduce((bits, { day }) => bits | maskBit(WEEKDAYS.indexOf(day)), 0);
  const [{ offset } = { offset: 0 }] = byDay;
  const nth = byDay.length === 1 && offset !== 0 ? offset : position;
  if (nth === undefined || bySetPos.length > 1) return [];
  // The nth of all days is a day of the month; the last is what Outlook's day 31 means.
  if (mask === ALL_DAYS && (nth > 0 || nth === -1)) return [{ type: 'monthly', dayOfMonth: nth === -1 ? 31 : nth }];
  const instance = nth === -1 ? 5 : nth;
  return instance >= 1 && instance <= 5 && nth !== 5 ? [{ type: 'monthNth', dayOfWeekMask: mask, instance }] : [];
}

const ALL_DAYS = 127;

/** One day, or "the last there is of 28 to 31": what a day that shorter months lack means in Outlook. */
function dayPlaces(days: readonly number[], position: number | undefined): readonly Place[] {
  if (days.length === 1 && days[0] === -1) return [{ type: 'monthly', dayOfMonth: 31 }];
  const isClamped = position === -1 && Math.min(...days) <= 28;
  if (days.length > 1 && !isClamped) return [];
  return [{ type: 'monthly', dayOfMonth: Math.max(...days) }];
}

/** What a rule in unusual words may come down to, from its first date: every 24 hours is daily, the first day of the year yearly. */
function guesses(rule: Recurrence, first: LocalDate): readonly Pattern[] {
  const { month, day } = civilDate(dayOf(first));
  const weekday = maskBit(weekdayOf(dayOf(first)));
  switch (rule.frequency) {
    case 'SECONDLY':
      return [{ type: 'daily', interval: rule.interval / 86_400 }];
    case 'MINUTELY':
      return [{ type: 'daily', interval: rule.interval / 1440 }];
    case 'HOURLY':
      return [{ type: 'daily', interval: rule.interval / 24 }];
    case 'DAILY':
    case 'WEEKLY':
      return [];
    case 'MONTHLY':
      return [
        { type: 'yearly', interval: 1, monthOfYear: month, dayOfMonth: day },
        { type: 'yearNth', interval: 1, monthOfYear: month, dayOfWeekMask: weekday, instance: Math.ceil(day / 7) },
      ];
    case 'YEARLY':
      return [
        { type: 'yearly', interval: rule.interval, monthOfYear: month, dayOfMonth: day },
        {
          type: 'weekly',
          interval: 1,
          dayOfWeekMask: rule.byDay.reduce((mask, entry) => mask | maskBit(WEEKDAYS.indexOf(entry.day)), 0) || weekday,
        },
        { type: 'daily', interval: 1 },
      ];
    default:
      return [];
  }
}
