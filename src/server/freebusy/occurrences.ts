import { expandRule } from '../../domain/expand-rule.ts';
import type { Recurrence, SeriesEnd, Weekday } from '../../domain/recurrence.ts';
import { secondsOf, wallOf } from '../../domain/time-civil.ts';
import { instantOf } from '../../domain/zones.ts';
import type { RRule, VEvent, VEventSeries } from '../../wire/calendar.ts';
import { instantOfPoint, type Point, readPoint } from '../calendars/point.ts';

/** An event as it takes place. @units epoch milliseconds */
export type Occurrence = { readonly event: VEvent; readonly start: number; readonly end: number };

export type Window = { readonly from: number; readonly to: number };

/** Occurrences of one series that one answer may hold. */
const MOST = 2_000;
const DAY = 86_400_000;

/** What of a series takes place in a window; floating times and days are those of `home`. */
export function occurrencesOf(series: VEventSeries, window: Window, home: string): readonly Occurrence[] {
  const exceptions = (series.occurrences ?? []).flatMap((event) => {
    const when = event.dtstart ? placed(event, readPoint(event.dtstart), home) : undefined;
    return when === undefined ? [] : [when];
  });
  const replaced = new Set(
    (series.occurrences ?? []).flatMap(({ recurid }) => (recurid ? [inHome(readPoint(recurid), home)] : [])),
  );
  const regular = series.main ? mainOccurrences(series.main, window, home) : [];
  return [...regular.filter(({ start }) => !replaced.has(start)), ...exceptions].filter(
    ({ start, end }) => start < window.to && end > window.from,
  );
}

function mainOccurrences(event: VEvent, window: Window, home: string): readonly Occurrence[] {
  if (!event.dtstart) return [];
  const first = readPoint(event.dtstart);
  const single = placed(event, first, home);
  if (!event.rrule?.frequency) return [single];
  const length = single.end - single.start;
  const rule = ruleOf(event.rrule);
  const start = secondsOf(first.kind === 'date' ? first.day : first.wall);
  const until = untilOf(event.rrule, first);
  const wallWindow = {
    from: Math.floor((window.from - length) / 1000) - 86_400,
    to: Math.ceil(window.to / 1000) + 86_400,
  };
  const { starts } = expandRule({ rule, start, until }, wallWindow.from, wallWindow.to, MOST);
  const excluded = new Set((event.exdate ?? []).map((date) => inHome(readPoint(date), home)));
  const added = (event.rdate ?? []).map((date) => inHome(readPoint(date), home));
  const zone = first.kind === 'time' ? (first.zone ?? home) : home;
  return [...new Set([...starts.map((wall) => instantOf(wallOf(wall), zone)), ...added])]
    .filter((at) => !excluded.has(at))
    .map((at) => ({ event, start: at, end: at + length }));
}

function placed(event: VEvent, start: Point, home: string): Occurrence {
  const from = inHome(start, home);
  const to = event.dtend ? inHome(readPoint(event.dtend), home) : from + (start.kind === 'date' ? DAY : 0);
  return { event, start: from, end: Math.max(from, to) };
}

/** The instant of a point, days and floating times being those of `home`. */
function inHome(point: Point, home: string): number {
  if (point.kind === 'date') return instantOf(`${point.day}T00:00:00`, home);
  return point.zone === undefined && point.offset === undefined ? instantOf(point.wall, home) : instantOfPoint(point);
}

/** The last start that a rule allows, on the wall clock of its first one. */
function untilOf(rule: RRule, first: Point): number {
  if (!rule.until) return Number.POSITIVE_INFINITY;
  const until = readPoint(rule.until);
  if (until.kind === 'date') return secondsOf(until.day) + 86_399;
  const shift = first.kind === 'time' ? secondsOf(first.wall) - Math.floor(instantOfPoint(first) / 1000) : 0;
  return Math.floor(instantOfPoint(until) / 1000) + shift;
}

function ruleOf(rule: RRule): Recurrence {
  const numbers = (list: RRule['byHour']) => (list ?? []).filter((value) => typeof value === 'number');
  const end: SeriesEnd = rule.count ? { kind: 'count', count: rule.count } : { kind: 'never' };
  return {
    frequency: rule.frequency ?? 'DAILY',
    interval: Math.max(1, rule.interval ?? 1),
    end,
    byDay: (rule.byDay ?? []).map(({ day, offset }) => ({ day: day as Weekday, offset: offset ?? 0 })),
    byMonthDay: numbers(rule.byMonthDay),
    byMonth: numbers(rule.byMonth),
    bySetPos: numbers(rule.bySetPos),
    byYearDay: numbers(rule.byYearDay),
    byWeekNo: numbers(rule.byWeekNo),
    byHour: numbers(rule.byHour),
    byMinute: numbers(rule.byMinute),
    bySecond: numbers(rule.bySecond),
  };
}
