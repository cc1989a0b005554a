/**
 * A recurrence as the members of RecurrencePattern show it, and what each setter does to the others. Pure: a record in, a
 * record out. Setters refuse what Outlook refuses at once; {@link patternOfDraft} what it refuses at Save.
 * @source outlook-calendar.md sections 4.1 to 4.5
 */
import { unreachable } from '../../../base/assert.ts';
import { dayOf, weekdayOf } from '../../model/day-number.ts';
import { countOccurrences, firstOccurrence, lastOccurrence, occurrenceDays } from '../../model/expand-pattern.ts';
import type { Pattern, PatternEnd, RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { fail } from '../fault.ts';

/** OlRecurrenceType; 4 does not exist. */
export const RECURRENCE_TYPE = { daily: 0, weekly: 1, monthly: 2, monthNth: 3, yearly: 5, yearNth: 6 } as const;
export type RecurrenceType = (typeof RECURRENCE_TYPE)[keyof typeof RECURRENCE_TYPE];

/** Every member has a value, whatever the type: those that do not matter keep what they had. */
export type PatternDraft = {
  readonly type: RecurrenceType;
  /** @units days, weeks, months; months for yearly types too. 0 = Outlook's "every weekday" */
  readonly interval: number;
  readonly dayOfWeekMask: number;
  readonly dayOfMonth: number;
  readonly monthOfYear: number;
  readonly instance: number;
  /** `YYYY-MM-DD` */
  readonly startDate: string;
  /** @units minutes after midnight */
  readonly startMinutes: number;
  /** @units minutes */
  readonly durationMinutes: number;
  readonly end: PatternEnd;
  readonly firstDayOfWeek: number;
};

/** Limits of the family of Outlook's dialogs. @source outlook-calendar.md sections 4.4, 4.5 */
const MOST = { days: 999, weeks: 99, months: 99, occurrences: 999 } as const;
const DEFAULT_COUNT = 10;

/** What a new pattern on an item is: weekly on its weekday, without end. */
export function newDraft(when: {
  readonly startDate: string;
  readonly startMinutes: number;
  readonly durationMinutes: number;
  readonly firstDayOfWeek: number;
}): PatternDraft {
  const daily = {
    type: RECURRENCE_TYPE.daily,
    interval: 1,
    dayOfWeekMask: 0,
    dayOfMonth: 0,
    monthOfYear: 0,
    instance: 0,
    end: { kind: 'never' },
    ...when,
  } as const;
  return withType(daily, RECURRENCE_TYPE.weekly);
}

/** Another type takes day, month and weekday from the first date. EC32 */
export function withType(draft: PatternDraft, type: number): PatternDraft {
  if (type === draft.type) return draft;
  const day = dayOf(draft.startDate);
  const dayOfMonth = Number(draft.startDate.slice(8, 10));
  const own = {
    dayOfWeekMask: 1 << weekdayOf(day),
    dayOfMonth,
    monthOfYear: Number(draft.startDate.slice(5, 7)),
    instance: Math.min(5, Math.ceil(dayOfMonth / 7)),
  };
  const none = { dayOfWeekMask: 0, dayOfMonth: 0, monthOfYear: 0, instance: 0 };
  const { dayOfWeekMask, monthOfYear, instance } = own;
  switch (type) {
    case RECURRENCE_TYPE.daily:
      return { ...draft, ...none, type, interval: 1 };
    case RECURRENCE_TYPE.weekly:
      return { ...draft, ...none, type, interval: 1, dayOfWeekMask };
    case RECURRENCE_TYPE.monthly:
      return { ...draft, ...none, type, interval: 1, dayOfMonth };
    case RECURRENCE_TYPE.monthNth:
      return { ...draft, ...none, type, interval: 1, dayOfWeekMask, instance };
    case RECURRENCE_TYPE.yearly:
      return { ...draft, ...none, type, interval: 12, dayOfMonth, monthOfYear };
    case RECURRENCE_TYPE.yearNth:
      return { ...draft, ...none, type, interval: 12, dayOfWeekMask, instance, monthOfYear };
    default:
      return fail('INVALID_ARGUMENT', 'RecurrenceType');
  }
}

/** @param yearly how this Outlook counts the interval of yearly types. EC28, EC30 */
export function withInterval(draft: PatternDraft, value: number, yearly: 'months' | 'years'): PatternDraft {
  const years = isYearly(draft.type);
  const interval = years && yearly === 'years' ? value * 12 : value;
  const most = {
    0: MOST.days,
    1: MOST.weeks,
    2: MOST.months,
    3: MOST.months,
    5: MOST.months * 12,
    6: MOST.months * 12,
  };
  const valid = interval >= 1 && interval <= most[draft.type] && (!years || interval % 12 === 0);
  return valid ? { ...draft, interval } : fail('INVALID_ARGUMENT', 'Interval');
}

/** Interval as the member shows it. */
export function shownInterval(draft: PatternDraft, yearly: 'months' | 'years'): number {
  return isYearly(draft.type) && yearly === 'years' ? draft.interval / 12 : draft.interval;
}

export function withMask(draft: PatternDraft, dayOfWeekMask: number): PatternDraft {
  if (dayOfWeekMask < 1 || dayOfWeekMask > 127) fail('INVALID_ARGUMENT', 'DayOfWeekMask');
  return { ...draft, dayOfWeekMask };
}

export function withDayOfMonth(draft: PatternDraft, dayOfMonth: number): PatternDraft {
  if (dayOfMonth < 1 || dayOfMonth > 31) fail('INVALID_ARGUMENT', 'DayOfMonth');
  return { ...draft, dayOfMonth };
}

export function withMonthOfYear(draft: PatternDraft, monthOfYear: number): PatternDraft {
  if (monthOfYear < 1 || monthOfYear > 12) fail('INVALID_ARGUMENT', 'MonthOfYear');
  return { ...draft, monthOfYear };
}

/** @throws INVALID_ARGUMENT when the series would end by date before it starts */
export function withStartDate(draft: PatternDraft, startDate: string): PatternDraft {
  if (draft.end.kind === 'date' && draft.end.date < startDate) fail('INVALID_ARGUMENT', 'PatternStartDate');
  return { ...draft, startDate };
}

export function withEndDate(draft: PatternDraft, date: string): PatternDraft {
  if (date < draft.startDate) fail('INVALID_ARGUMENT', 'PatternEndDate');
  return { ...draft, end: { kind: 'date', date } };
}

export function withOccurrences(draft: PatternDraft, occurrences: number): PatternDraft {
  if (occurrences < 1 || occurrences > MOST.occurrences) fail('INVALID_ARGUMENT', 'Occurrences');
  return { ...draft, end: { kind: 'count', occurrences } };
}

/** EC29 */
export function withNoEnd(draft: PatternDraft, noEnd: boolean): PatternDraft {
  if (noEnd) return { ...draft, end: { kind: 'never' } };
  return draft.end.kind === 'never' ? withOccurrences(draft, DEFAULT_COUNT) : draft;
}

/** Keeps the length. @param startMinutes minutes after midnight */
export function withStartTime(draft: PatternDraft, startMinutes: number): PatternDraft {
  return { ...draft, startMinutes };
}

/** An end at or before the start is on the next day; the same time is no length for a timed one, a day for an all-day one. */
export function withEndTime(draft: PatternDraft, endMinutes: number): PatternDraft {
  const length = endMinutes - draft.startMinutes;
  const wholeDays = draft.durationMinutes > 0 && draft.durationMinutes % 1440 === 0;
  return { ...draft, durationMinutes: length < 0 || (length === 0 && wholeDays) ? length + 1440 : length };
}

export function withLength(draft: PatternDraft, durationMinutes: number): PatternDraft {
  if (durationMinutes < 0) fail('INVALID_ARGUMENT', 'Duration');
  return { ...draft, durationMinutes };
}

/** Occurrences and PatternEndDate are both filled for a series that ends. EC29 */
export function shownOccurrences(draft: PatternDraft): number {
  return countOccurrences(ruleOf(draft)) ?? 0;
}

/** `YYYY-MM-DD`; a far date for a series without end. @source PidLidClipEnd */
export function shownEndDate(draft: PatternDraft): string {
  if (draft.end.kind === 'never') return '4500-08-31';
  return draft.end.kind === 'date' ? draft.end.date : (lastOccurrence(ruleOf(draft)) ?? draft.startDate);
}

/** Whether a setter changed what decides where the occurrences lie: Outlook then forgets the exceptions. EC42 */
export function movesOccurrences(before: PatternDraft, after: PatternDraft): boolean {
  const fixed = (draft: PatternDraft) => JSON.stringify({ ...draft, end: undefined, firstDayOfWeek: undefined });
  return fixed(before) !== fixed(after);
}

/**
 * What Save makes of the draft.
 * @param overlaps whether occurrences may overlap
 * @throws EXCEPTION "Cannot save this item." when a member that the type needs is missing or out of range, when there is no
 * occurrence, or when occurrences overlap
 */
export function patternOfDraft(
  draft: PatternDraft,
  overlaps: boolean,
): Omit<RecurrencePattern, 'deleted' | 'exceptions'> {
  const pattern = ruleOf(draft).pattern;
  const needsMask = 'dayOfWeekMask' in pattern && pattern.dayOfWeekMask === 0;
  const needsInstance = 'instance' in pattern && (pattern.instance < 1 || pattern.instance > 5);
  const needsDay = 'dayOfMonth' in pattern && pattern.dayOfMonth === 0;
  const needsMonth = 'monthOfYear' in pattern && pattern.monthOfYear === 0;
  if (needsMask || needsInstance || needsDay || needsMonth) fail('EXCEPTION', '', 'CANNOT_SAVE');
  const rule = ruleOf(draft);
  const firstDate = firstOccurrence(rule) ?? fail('EXCEPTION', '', 'CANNOT_SAVE');
  if (!overlaps && draft.durationMinutes > 1440 * leastGap(rule)) fail('EXCEPTION', '', 'CANNOT_SAVE');
  const { startMinutes, durationMinutes } = draft;
  return { ...rule, firstDate, startMinutes, durationMinutes };
}

/** The draft that a stored series is shown as. */
export function draftOfPattern(stored: RecurrencePattern, everyWeekday: boolean): PatternDraft {
  const { pattern } = stored;
  const yearly = pattern.type === 'yearly' || pattern.type === 'yearNth';
  return {
    type: RECURRENCE_TYPE[pattern.type],
    interval: everyWeekday ? 0 : yearly ? pattern.interval * 12 : pattern.interval,
    dayOfWeekMask: 'dayOfWeekMask' in pattern ? pattern.dayOfWeekMask : 0,
    dayOfMonth: 'dayOfMonth' in pattern ? pattern.dayOfMonth : 0,
    monthOfYear: 'monthOfYear' in pattern ? pattern.monthOfYear : 0,
    instance: 'instance' in pattern ? pattern.instance : 0,
    startDate: stored.firstDate,
    startMinutes: stored.startMinutes,
    durationMinutes: stored.durationMinutes,
    end: stored.end,
    firstDayOfWeek: stored.firstDayOfWeek,
  };
}

function ruleOf(draft: PatternDraft) {
  const { startDate: firstDate, end, firstDayOfWeek } = draft;
  return { pattern: shapeOf(draft), firstDate, end, firstDayOfWeek };
}

function shapeOf(draft: PatternDraft): Pattern {
  const { dayOfWeekMask, dayOfMonth, monthOfYear, instance } = draft;
  const interval = Math.max(1, draft.interval);
  const years = Math.max(1, Math.round(interval / 12));
  switch (draft.type) {
    case RECURRENCE_TYPE.daily:
      return { type: 'daily', interval };
    case RECURRENCE_TYPE.weekly:
      return { type: 'weekly', interval, dayOfWeekMask };
    case RECURRENCE_TYPE.monthly:
      return { type: 'monthly', interval, dayOfMonth };
    case RECURRENCE_TYPE.monthNth:
      return { type: 'monthNth', interval, dayOfWeekMask, instance };
    case RECURRENCE_TYPE.yearly:
      return { type: 'yearly', interval: years, monthOfYear, dayOfMonth };
    case RECURRENCE_TYPE.yearNth:
      return { type: 'yearNth', interval: years, monthOfYear, dayOfWeekMask, instance };
    default:
      return unreachable(draft.type);
  }
}

/** Enough occurrences to meet every gap that a week or the short months make. */
const LOOK_AHEAD = 60;

/** @units days between the two occurrences that are nearest to each other, as far as one looks ahead */
function leastGap(rule: ReturnType<typeof ruleOf>): number {
  const first = dayOf(rule.firstDate);
  const days = occurrenceDays(rule, first, first + 40_000, LOOK_AHEAD);
  return days
    .slice(1)
    .reduce((least, day, index) => Math.min(least, day - (days[index] ?? 0)), Number.POSITIVE_INFINITY);
}

function isYearly(type: RecurrenceType): boolean {
  return type === RECURRENCE_TYPE.yearly || type === RECURRENCE_TYPE.yearNth;
}
