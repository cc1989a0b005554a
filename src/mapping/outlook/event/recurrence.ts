/**
 * Which Outlook pattern shows a rule. A pattern is taken only when it makes the same days as the rule over the horizon (H5): proposals come
 * from `pattern-of-rule.ts`, the proof is the comparison here. Where no pattern does, `partial-series.ts` shows what it can.
 */

import { ruleStarts, untilOf } from '../../../domain/expand-series.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import type { When } from '../../../domain/time.ts';
import { DAY_SECONDS, dateOf, secondsOf } from '../../../domain/time-civil.ts';
import { dayOf as outlookDay } from '../../../outlook/model/day-number.ts';
import { lastOccurrence, occurrenceDays, type PatternRule } from '../../../outlook/model/expand-pattern.ts';
import type { PatternEnd, RecurrencePattern } from '../../../outlook/model/recurrence-pattern.ts';
import { patternsOfRule } from './pattern-of-rule.ts';
import { ruleOfPattern } from './rule-of-pattern.ts';

/** A recurrence without its deleted and modified occurrences. */
export type SeriesCore = Omit<RecurrencePattern, 'deleted' | 'exceptions'>;

/** Occurrences compared, and the years within which they must lie: enough for every leap year and week shape. */
const COMPARED = 120;
const HORIZON = 60 * 366 * DAY_SECONDS;
/** Outlook counts no further (EC28); a longer series ends by its date. */
const MOST_COUNTED = 999;
/** Beyond the deletions and occurrences that a partial series may have. */
const MOST_SAME = 900;
const EPOCH = outlookDay('1970-01-01');

/** How long an occurrence takes, and where weeks begin. `minutes` @units minutes */
export type SeriesFrame = { readonly minutes: number; readonly firstDayOfWeek: number };

/** The series that shows a rule exactly; undefined when Outlook has none. */
export function exactSeries(rule: Recurrence, when: When, frame: SeriesFrame): SeriesCore | undefined {
  const start = secondsOf(when.kind === 'date' ? when.start : when.start.wall);
  const endless: Recurrence = { ...rule, end: { kind: 'never' } };
  const { at, complete } = ruleStarts(endless, when, { from: start, to: start + HORIZON }, COMPARED);
  const days = at.map((second) => Math.floor(second / DAY_SECONDS));
  const [first] = days;
  if (first === undefined || !hasOneClock(at, start) || !isAscending(days) || overlaps(days, frame.minutes))
    return undefined;
  const firstDate = dateOf(first);
  for (const pattern of patternsOfRule(rule, firstDate)) {
    const endlessPattern: PatternRule = {
      pattern,
      firstDate,
      end: { kind: 'never' },
      firstDayOfWeek: frame.firstDayOfWeek,
    };
    if (!makesDays(endlessPattern, days, complete ? start + HORIZON : undefined)) continue;
    const end = endOf(rule, when, endlessPattern);
    if (end === undefined) continue;
    return {
      pattern,
      firstDate,
      end,
      firstDayOfWeek: frame.firstDayOfWeek,
      startMinutes: Math.floor((start % DAY_SECONDS) / 60),
      durationMinutes: frame.minutes,
    };
  }
  return undefined;
}

function hasOneClock(at: readonly number[], start: number): boolean {
  return at.every((second) => (second - start) % DAY_SECONDS === 0);
}

function isAscending(days: readonly number[]): boolean {
  return days.every((day, i) => i === 0 || day > (days[i - 1] ?? day));
}

/** Occurrences may not overlap. @source outlook-calendar.md 4.5 */
function overlaps(days: readonly number[], minutes: number): boolean {
  return days.some((day, i) => i > 0 && minutes > (day - (days[i - 1] ?? day)) * 1440);
}

/** Whether the pattern makes exactly these days; `until` set: and no more before that. @units wall seconds */
function makesDays(rule: PatternRule, days: readonly number[], until: number | undefined): boolean {
  const last = until === undefined ? (days.at(-1) ?? 0) : Math.floor(until / DAY_SECONDS);
  const made = occurrenceDays(rule, outlookDay(rule.firstDate), last + EPOCH, days.length + 1);
  return made.length === days.length && made.every((day, i) => day - EPOCH === days[i]);
}

function endOf(rule: Recurrence, when: When, pattern: PatternRule): PatternEnd | undefined {
  if (rule.end.kind === 'never') return { kind: 'never' };
  if (rule.end.kind === 'count') {
    const end: PatternEnd = { kind: 'count', occurrences: rule.end.count };
    if (rule.end.count <= MOST_COUNTED) return end;
    return byDate({ ...pattern, end });
  }
  const clock = secondsOf(when.kind === 'date' ? when.start : when.start.wall) % DAY_SECONDS;
  const day = Math.floor((untilOf(rule, when) - clock) / DAY_SECONDS);
  return byDate({ ...pattern, end: { kind: 'date', date: dateOf(day) } });
}

/** An end by date is the date of the last occurrence, as Outlook itself stores it. */
function byDate(pattern: PatternRule): PatternEnd | undefined {
  const date = lastOccurrence(pattern);
  return date === undefined ? undefined : { kind: 'date', date };
}

/** Whether two series make the same occurrences, whatever words they use. */
export function sameSeries(a: SeriesCore, b: SeriesCore): boolean {
  if (a.startMinutes !== b.startMinutes || a.durationMinutes !== b.durationMinutes || a.firstDate !== b.firstDate)
    return false;
  const list = (core: SeriesCore) =>
    occurrenceDays(core, outlookDay(core.firstDate), outlookDay(core.firstDate) + 60 * 366, MOST_SAME);
  const [left, right] = [list(a), list(b)];
  return left.length === right.length && left.every((day, i) => day === right[i]);
}

/** The rule that a series means. An end by date says the date. */
export function ruleOfSeries(series: SeriesCore): Recurrence {
  return ruleOfPattern(series.pattern, series.end);
}
