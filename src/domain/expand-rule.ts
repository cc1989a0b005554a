/**
 * Expands a recurrence rule into wall times (RFC 5545 3.3.10), in whole numbers and in bounded time.
 *
 * Ours, because mapping compares thousands of rules with what Outlook would make of them: a rule is walked day by day with O(1)
 * filters, it can be entered in the middle when it does not count, and work is counted, so that no rule can hang the program.
 * `rrule-temporal` and the corpus of recorded expansions are the second opinions in the tests.
 *
 * Readings where the RFC leaves room, as the majority of engines has them: ordinals of BYDAY count only in monthly and yearly
 * rules (elsewhere the weekday alone); a yearly ordinal counts in the month when BYMONTH is there; BYWEEKNO without BYDAY means
 * the whole week. A wall time that the zone skips stays in the list: it names the occurrence (see `instantOf` for its instant).
 */
import type { ByDay, Frequency, Recurrence, Weekday } from './recurrence.ts';
import { civilDate, DAY_SECONDS, dayNumber, daysInMonth, isLeapYear, weekdayOf } from './time-civil.ts';

/** The day part and clock part of a rule; `end` is the caller's, as wall seconds. */
export type RulePlan = {
  readonly rule: Recurrence;
  /** DTSTART. @units wall seconds */
  readonly start: number;
  /** Last possible occurrence, inclusive. @units wall seconds */
  readonly until: number;
  /** 0 = Monday; BlueMind knows no other, import does. */
  readonly weekStart?: number;
  /** Only the first start of each day is wanted. A rule that does not count then costs days, not starts. */
  readonly isFirstOfDay?: boolean;
};

/** Why an expansion stopped; `limit`: it did more work than allowed, and later occurrences are unknown. */
export type RuleExpansion = {
  readonly starts: readonly number[];
  readonly stopped: 'end' | 'window' | 'most' | 'limit';
};

/** Weekdays by number, 0 = Monday. */
export const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

// A period looked at costs one unit, a candidate one: far beyond any honest rule, below a tenth of a second.
const MOST_WORK = 600_000;
const LAST_DAY = dayNumber(9999, 12, 31);

/**
 * Occurrences of the rule with `from` ≤ start < `to`, ascending, at most `most`.
 * The start itself is an occurrence only where the rule makes it one.
 * @units wall seconds
 */
export function expandRule(plan: RulePlan, from: number, to: number, most: number): RuleExpansion {
  const { rule, start, until } = plan;
  const count = rule.end.kind === 'count' ? rule.end.count : Number.POSITIVE_INFINITY;
  const starts: number[] = [];
  let made = 0;
  if (count <= 0 || rule.interval < 1) return { starts, stopped: 'end' };
  const work = { left: MOST_WORK };
  for (const at of candidates(plan, count === Number.POSITIVE_INFINITY ? Math.max(from, start) : start, work)) {
    if (at < start) continue;
    if (at > until) return { starts, stopped: 'end' };
    if (at >= to) return { starts, stopped: 'window' };
    made++;
    if (at >= from) {
      const isAnother = plan.isFirstOfDay !== true || dayIn(at) !== dayIn(starts.at(-1));
      if (isAnother && starts.length >= most) return { starts, stopped: 'most' };
      if (isAnother) starts.push(at);
    }
    if (made >= count) return { starts, stopped: 'end' };
  }
  return { starts, stopped: work.left > 0 ? 'end' : 'limit' };
}

function dayIn(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / DAY_SECONDS);
}

type Work = { left: number };

/** What the rule makes from the period of `from` on, ascending, without regard to start and end; empty periods yield nothing. */
function* candidates(plan: RulePlan, from: number, work: Work): Generator<number> {
  const { rule } = plan;
  const clock = clockOf(plan);
  if (clock.length === 0 || work.left <= 0) return;
  const isSubDaily = rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY' || rule.frequency === 'SECONDLY';
  if (isSubDaily) yield* subDaily(plan, clock, from, work);
  else {
    for (const days of periods(plan, from, work)) {
      if (rule.bySetPos.length > 0) yield* picked(days, clock, rule.bySetPos, work);
      else
        for (const day of days)
          for (const time of clock) {
            if (work.left-- <= 0) return;
            yield day * DAY_SECONDS + time;
          }
      if (work.left <= 0) return;
    }
  }
}

/** Times of day by BYHOUR, BYMINUTE, BYSECOND. @units seconds after midnight, ascending */
function clockOf({ rule, start }: RulePlan): readonly number[] {
  const time = ((start % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  const rank = SUB_DAILY[rule.frequency] ?? 0;
  const every = (most: number) => Array.from({ length: most }, (_, i) => i);
  const hours = rule.byHour.length > 0 ? rule.byHour : rank > 0 ? every(24) : [Math.floor(time / 3600)];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : rank > 1 ? every(60) : [Math.floor(time / 60) % 60];
  const seconds = rule.bySecond.length > 0 ? rule.bySecond : rank > 2 ? every(60) : [time % 60];
  const valid = (values: readonly number[], end: number) =>
    [...new Set(values)].filter((value) => value >= 0 && value < end).sort((a, b) => a - b);
  return valid(hours, 24).flatMap((hour) =>
    valid(minutes, 60).flatMap((minute) => valid(seconds, 60).map((second) => hour * 3600 + minute * 60 + second)),
  );
}

const SUB_DAILY: Readonly<Partial<Record<Frequency, number>>> = { HOURLY: 1, MINUTELY: 2, SECONDLY: 3 };
const STEP: Readonly<Partial<Record<Frequency, number>>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 };

function* subDaily(plan: RulePlan, clock: readonly number[], from: number, work: Work): Generator<number> {
  const { rule, start } = plan;
  const isOneEnough = plan.isFirstOfDay === true && rule.end.kind !== 'count' && rule.bySetPos.length === 0;
  const step = STEP[rule.frequency] ?? 1;
  const matches = dayFilter(plan);
  // Periods are counted in steps of the wall clock from the start's own period.
  const origin = Math.floor(start / step);
  const inPhase = (at: number) => (Math.floor(at / step) - origin) % rule.interval === 0;
  for (let day = Math.floor(Math.max(from, start) / DAY_SECONDS); day <= LAST_DAY; day++) {
    if (work.left-- <= 0) return;
    if (!matches(day)) continue;
    let period: number[] = [];
    for (const time of clock) {
      if (work.left-- <= 0) return;
      const at = day * DAY_SECONDS + time;
      if (!inPhase(at)) continue;
      if (rule.bySetPos.length === 0) {
        yield at;
        if (isOneEnough && at >= Math.max(from, start)) break;
      } else {
        if (period.length > 0 && Math.floor((period[0] as number) / step) !== Math.floor(at / step)) {
          yield* chosen(period, rule.bySetPos);
          period = [];
        }
        period.push(at);
      }
    }
    yield* chosen(period, rule.bySetPos);
  }
}

function* picked(
  days: readonly number[],
  clock: readonly number[],
  positions: readonly number[],
  work: Work,
): Generator<number> {
  const total = days.length * clock.length;
  const indexes = new Set(positions.map((position) => (position > 0 ? position - 1 : total + position)));
  work.left -= indexes.size;
  for (const index of [...indexes].sort((a, b) => a - b)) {
    if (index < 0 || index >= total) continue;
    yield (days[Math.floor(index / clock.length)] as number) * DAY_SECONDS + (clock[index % clock.length] as number);
  }
}

function* chosen(period: readonly number[], positions: readonly number[]): Generator<number> {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : period.length + position));
  for (const [index, at] of period.entries()) if (indexes.includes(index)) yield at;
}

/** Day numbers of each period, ascending, from the period that holds `from`; periods are those of the start plus n × interval. */
function* periods(plan: RulePlan, from: number, work: Work): Generator<readonly number[]> {
  const { rule, start, weekStart = 0 } = plan;
  const first = Math.floor(start / DAY_SECONDS);
  const wanted = Math.floor(Math.max(from, start) / DAY_SECONDS);
  const daysOf = dayLister(plan);
  const periodOf = PERIOD_OF[rule.frequency as DayFrequency];
  const origin = periodOf(first, weekStart);
  const skipped = Math.max(0, Math.floor((periodOf(wanted, weekStart) - origin) / rule.interval));
  for (let period = origin + skipped * rule.interval; ; period += rule.interval) {
    const begin = PERIOD_DAYS[rule.frequency as DayFrequency](period, weekStart)[0];
    if (begin > LAST_DAY || work.left <= 0) return;
    const days = daysOf(period, work);
    if (days.length > 0) yield days;
  }
}

type DayLister = (period: number, work: Work) => readonly number[];

/** Lists the days of a period: by months where the rule allows it, which most rules do, else by looking at each day. */
function dayLister(plan: RulePlan): DayLister {
  const rule = completed(plan);
  const { weekStart = 0 } = plan;
  const isByMonths = rule.frequency === 'MONTHLY' || (rule.frequency === 'YEARLY' && rule.byMonth.length > 0);
  if (isByMonths && rule.byWeekNo.length === 0 && rule.byYearDay.length === 0) return monthLister(rule);
  const matches = dayFilter(plan);
  const bounds = PERIOD_DAYS[rule.frequency as DayFrequency];
  return (period, work) => {
    const [begin, end] = bounds(period, weekStart);
    const days: number[] = [];
    for (let day = begin; day < end; day++) {
      if (work.left-- <= 0) return days;
      if (matches(day)) days.push(day);
    }
    return days;
  };
}

function monthLister(rule: Recurrence): DayLister {
  const months = [...new Set(rule.byMonth)].filter((month) => month >= 1 && month <= 12).sort((a, b) => a - b);
  return (period, work) => {
    if (rule.frequency === 'YEARLY') return months.flatMap((month) => daysOfMonth(rule, period, month, work));
    const month = (period % 12) + 1;
    work.left--;
    if (rule.byMonth.length > 0 && !months.includes(month)) return [];
    return daysOfMonth(rule, Math.floor(period / 12), month, work);
  };
}

/** The days of a month by BYMONTHDAY and BYDAY. */
function daysOfMonth(rule: Recurrence, year: number, month: number, work: Work): readonly number[] {
  const length = daysInMonth(year, month);
  const begin = dayNumber(year, month, 1);
  const numbers = rule.byMonthDay
    .map((day) => (day > 0 ? day : length + day + 1))
    .filter((day) => day >= 1 && day <= length);
  const among = rule.byMonthDay.length > 0 ? [...new Set(numbers)].sort((a, b) => a - b) : ALL_DAYS.slice(0, length);
  work.left -= among.length + 1;
  const days = among.map((day) => begin + day - 1);
  if (rule.byDay.length === 0) return days;
  return days.filter((day) =>
    rule.byDay.some((entry) =>
      entry.offset === 0 ? WEEKDAYS[weekdayOf(day)] === entry.day : isOrdinal(day, begin, length, entry),
    ),
  );
}

const ALL_DAYS = Array.from({ length: 31 }, (_, i) => i + 1);

type DayFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** Number of the period that holds a day. */
const PERIOD_OF: Readonly<Record<DayFrequency, (day: number, weekStart: number) => number>> = {
  DAILY: (day) => day,
  WEEKLY: (day, weekStart) => Math.floor((day + 3 - weekStart) / 7),
  MONTHLY: (day) => civilDate(day).year * 12 + civilDate(day).month - 1,
  YEARLY: (day) => civilDate(day).year,
};

/** First day of a period and of the next one. */
const PERIOD_DAYS: Readonly<Record<DayFrequency, (period: number, weekStart: number) => readonly [number, number]>> = {
  DAILY: (period) => [period, period + 1],
  WEEKLY: (period, weekStart) => [period * 7 - 3 + weekStart, period * 7 + 4 + weekStart],
  MONTHLY: (period) => {
    const year = Math.floor(period / 12);
    const month = (period % 12) + 1;
    const begin = dayNumber(year, month, 1);
    return [begin, begin + daysInMonth(year, month)];
  },
  YEARLY: (year) => [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)],
};

/** Whether a day satisfies every BY… part about days, with what DTSTART implies where none is there. */
function dayFilter(plan: RulePlan): (day: number) => boolean {
  const { weekStart = 0 } = plan;
  const rule = completed(plan);
  const counts = rule.frequency === 'MONTHLY' || rule.frequency === 'YEARLY';
  const inMonth = rule.frequency === 'MONTHLY' || rule.byMonth.length > 0;
  const plainDays = new Set(
    rule.byDay.filter((entry) => !counts || entry.offset === 0).map((entry) => WEEKDAYS.indexOf(entry.day)),
  );
  const ordinals = counts ? rule.byDay.filter((entry) => entry.offset !== 0) : [];
  const months = new Set(rule.byMonth);
  const monthDays = new Set(rule.byMonthDay);
  const needsDate = months.size + monthDays.size + rule.byYearDay.length + ordinals.length > 0;
  return (day) => {
    if (rule.byDay.length > 0 && ordinals.length === 0 && !plainDays.has(weekdayOf(day))) return false;
    if (rule.byWeekNo.length > 0 && !inWeeks(day, rule.byWeekNo, weekStart)) return false;
    if (!needsDate) return true;
    const date = civilDate(day);
    const length = daysInMonth(date.year, date.month);
    if (months.size > 0 && !months.has(date.month)) return false;
    if (monthDays.size > 0 && !monthDays.has(date.day) && !monthDays.has(date.day - length - 1)) return false;
    if (rule.byYearDay.length > 0 && !inYear(day, date.year, rule.byYearDay)) return false;
    if (ordinals.length === 0) return true;
    const begin = inMonth ? day - date.day + 1 : dayNumber(date.year, 1, 1);
    const span = inMonth ? length : isLeapYear(date.year) ? 366 : 365;
    return plainDays.has(weekdayOf(day)) || ordinals.some((entry) => isOrdinal(day, begin, span, entry));
  };
}

/** What RFC 5545 takes from DTSTART where the rule says nothing about days. */
function completed({ rule, start }: RulePlan): Recurrence {
  const { byDay, byMonthDay, byYearDay, byWeekNo } = rule;
  if (byDay.length + byMonthDay.length + byYearDay.length + byWeekNo.length > 0) return rule;
  const first = Math.floor(start / DAY_SECONDS);
  const { month, day } = civilDate(first);
  switch (rule.frequency) {
    case 'YEARLY':
      return { ...rule, byMonth: rule.byMonth.length > 0 ? rule.byMonth : [month], byMonthDay: [day] };
    case 'MONTHLY':
      return { ...rule, byMonthDay: [day] };
    case 'WEEKLY':
      return { ...rule, byDay: [{ day: WEEKDAYS[weekdayOf(first)] as Weekday, offset: 0 }] };
    default:
      return rule;
  }
}

function isOrdinal(day: number, begin: number, span: number, { day: weekday, offset }: ByDay): boolean {
  if (WEEKDAYS[weekdayOf(day)] !== weekday) return false;
  const nth = Math.floor((day - begin) / 7) + 1;
  const fromEnd = -(Math.floor((begin + span - 1 - day) / 7) + 1);
  return offset === nth || offset === fromEnd;
}

function inYear(day: number, year: number, wanted: readonly number[]): boolean {
  const nth = day - dayNumber(year, 1, 1) + 1;
  return wanted.includes(nth) || wanted.includes(nth - (isLeapYear(year) ? 366 : 365) - 1);
}

/** Weeks begin on `weekStart`; week 1 is the first with at least four days in the year. */
function inWeeks(day: number, wanted: readonly number[], weekStart: number): boolean {
  const begin = day - ((weekdayOf(day) - weekStart + 7) % 7);
  const { year } = civilDate(begin + 3);
  const first = firstWeek(year, weekStart);
  const week = (begin - first) / 7 + 1;
  const weeks = (firstWeek(year + 1, weekStart) - first) / 7;
  return wanted.includes(week) || wanted.includes(week - weeks - 1);
}

function firstWeek(year: number, weekStart: number): number {
  const fourth = dayNumber(year, 1, 4);
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}
