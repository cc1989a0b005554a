/**
 * A series that no pattern makes, shown as well as Outlook can: the simplest pattern that holds its days, with the days that are too many
 * deleted, and with occurrences at another hour than most as exceptions. A part of a long one: from a date on, and as far as a few
 * hundred deletions and a few dozen exceptions go. Always the same for the same truth, so that reading can tell what the user did to it.
 *
 * As time goes by a later part is due ({@link PartialSeries.due}): at any moment half a year to come is shown, or all there is; a month of
 * one that takes place at ever other hours.
 */

import { ruleDays } from '../../../domain/expand-series.ts';
import type { LocalDate, WallTime, When, ZoneId } from '../../../domain/time.ts';
import { addDays, DAY_SECONDS, dateOf, dayOf, secondsOf, wallOf, weekdayOf } from '../../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../../domain/zones.ts';
import { dayOf as outlookDay } from '../../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../../outlook/model/expand-pattern.ts';
import type { OutlookException, Pattern } from '../../../outlook/model/recurrence-pattern.ts';
import { maskBit } from './pattern-of-rule.ts';
import type { SeriesCore } from './recurrence.ts';
import { shownZone } from './shown-zone.ts';
import type { Truth } from './simplified-tag.ts';
import { shownWall } from './when.ts';

export type PartialTruth = NonNullable<Truth['partial']>;

export type PartialSeries = {
  readonly core: SeriesCore;
  /** Dates of the pattern on which nothing takes place. */
  readonly fillers: readonly LocalDate[];
  /** Occurrences at another hour than the pattern's. */
  readonly shifted: readonly OutlookException[];
  /** What is shown on a date: the name of its occurrence. Of several on one day the first is shown. */
  readonly names: ReadonlyMap<LocalDate, string>;
  /** From this date on a later part has to be shown; undefined when there is none. */
  readonly due: LocalDate | undefined;
  /** It ends early, because its hours change too often: then little of what is past should be shown. */
  readonly isTight: boolean;
};

const MOST_FILLERS = 400;
const MOST_SHOWN = 400;
/**
 * Occurrences at another hour. With MOST_FILLERS deletions they take 3,700 of the 4,088 bytes in which PropertyAccessor gives a recurrence: a longer one
 * is read by its members, which takes seconds, and cannot be read at all in a foreign zone (EC39).
 * @source [MS-OXOCAL] 2.2.1.44: 4 bytes a deletion, 34 a moved occurrence
 */
const MOST_SHIFTED = 60;
const YEARS = 5 * 366 * DAY_SECONDS;
/** Where the next five years have nothing, the first occurrence of these is shown. */
const MORE_YEARS = 60 * 366 * DAY_SECONDS;
/** How much of what is to come is shown at least. @units days */
const AHEAD = 183;
/** A later part is not shown more often than this. @units days */
const LEAST = 30;
/** How much of what is to come is shown at least of a series at ever other hours. @units days */
const AHEAD_TIGHT = 30;
const EPOCH = outlookDay('1970-01-01');

/** Nothing when nothing takes place in the window. */
export function partialSeries(
  truth: PartialTruth,
  zone: ZoneId | undefined,
  firstDayOfWeek: number,
): PartialSeries | undefined {
  const { found: occurrences, next } = shownOccurrences(truth, zone);
  const { count, minutes } = usualHour([...occurrences.values()], zone);
  const isTight = count < occurrences.size;
  const shown = seriesOfDays([...occurrences.keys()].slice(0, count).map(dayOf), firstDayOfWeek);
  if (shown === undefined) return undefined;
  const { pattern, days, fillers } = shown;
  const kept = [...occurrences].slice(0, days.length);
  const [firstDate = ''] = occurrences.keys();
  const core: SeriesCore = {
    pattern,
    firstDate,
    end: { kind: 'date', date: dateOf(days.at(-1) ?? 0) },
    startMinutes: minutes,
    durationMinutes: Math.min(truth.minutes, leastGap(days) * 1440),
    firstDayOfWeek,
  };
  const shifted = kept.flatMap(([date, occurrence], i) =>
    shiftedOf(date, occurrence.wall, kept[i + 1]?.[1].wall, core),
  );
  const hidden = [...occurrences.keys()][days.length] ?? next;
  return {
    core,
    fillers: fillers.map(dateOf),
    shifted,
    names: new Map(kept.map(([date, { name }]) => [date, name])),
    due: hidden && dueOn(truth.from, hidden, isTight),
    isTight,
  };
}

/**
 * As many occurrences as need few enough exceptions, and the hour that most of them have. In a zone that Outlook does not know the first
 * occurrence is what the item's start is made of, so there its hour counts.
 */
function usualHour(
  occurrences: readonly ShownOccurrence[],
  zone: ZoneId | undefined,
): { readonly count: number; readonly minutes: number } {
  const isFirst = zone !== undefined && shownZone(zone) === undefined;
  const often = new Map<number, number>();
  let [usual] = occurrences.map(({ wall }) => minutesOf(wall));
  for (const [at, { wall }] of occurrences.entries()) {
    const minutes = minutesOf(wall);
    often.set(minutes, (often.get(minutes) ?? 0) + 1);
    const next: number = isFirst || times(often, minutes) <= times(often, usual) ? (usual ?? minutes) : minutes;
    if (at + 1 - times(often, next) > MOST_SHIFTED) return { count: at, minutes: usual ?? 0 };
    usual = next;
  }
  return { count: occurrences.length, minutes: usual ?? 0 };
}

function times(often: ReadonlyMap<number, number>, minutes: number | undefined): number {
  return (minutes === undefined ? undefined : often.get(minutes)) ?? 0;
}

/** @param hidden the first date that may have an occurrence that is not shown */
function dueOn(from: LocalDate, hidden: LocalDate, isTight: boolean): LocalDate {
  if (isTight) return dateOf(Math.max(dayOf(hidden) - AHEAD_TIGHT, dayOf(from) + PAST_DAYS_TIGHT + 1));
  return dateOf(Math.max(dayOf(hidden) - AHEAD, dayOf(from) + PAST_DAYS + LEAST));
}

/** The least distance of two days. @units days */
export function leastGap(days: readonly number[]): number {
  return days.reduce(
    (least, day, i) => (i === 0 ? least : Math.min(least, day - (days[i - 1] ?? day))),
    Number.POSITIVE_INFINITY,
  );
}

function minutesOf(wall: string): number {
  return wall.length > 10 ? Math.floor((secondsOf(wall) % DAY_SECONDS) / 60) : 0;
}

type ShownOccurrence = { readonly name: string; readonly wall: string };

/** The first occurrence of each day, by date, ascending. `next`: when there may be further ones. */
function shownOccurrences(
  truth: PartialTruth,
  zone: ZoneId | undefined,
): { readonly found: ReadonlyMap<LocalDate, ShownOccurrence>; readonly next: LocalDate | undefined } {
  const isDate = truth.start.length === 10;
  const when: When = isDate
    ? { kind: 'date', start: truth.start, end: addDays(truth.start, 1) }
    : { kind: 'time', start: { wall: truth.start, zone }, end: { wall: truth.start, zone } };
  const from = secondsOf(truth.from);
  const within = { from, to: from + YEARS };
  const toCome = truth.added.map(secondsOf).filter((at) => at >= from);
  const soon = toCome.filter((at) => at < within.to);
  const near = ruleDays(truth.rule, when, within, MOST_SHOWN + 1);
  const isEmpty = near.at.length + soon.length === 0;
  const ruled = isEmpty ? ruleDays(truth.rule, when, { from, to: from + MORE_YEARS }, 1) : near;
  const added = isEmpty && ruled.at.length === 0 ? toCome.sort((a, b) => a - b).slice(0, 1) : soon;
  const found = new Map<LocalDate, ShownOccurrence>();
  for (const at of [...ruled.at, ...added].sort((a, b) => a - b)) {
    const name = isDate ? wallOf(at).slice(0, 10) : settle(wallOf(at), zone);
    const wall = isDate ? name : shownWall({ wall: name, zone });
    const date = wall.slice(0, 10);
    if (found.has(date)) continue;
    if (found.size === MOST_SHOWN) return { found, next: date };
    found.set(date, { name, wall });
  }
  const isAll = ruled.stopped === 'end' && added.length === toCome.length;
  const next = ruled.stopped === 'window' || ruled.stopped === 'end' ? dateOf(within.to / DAY_SECONDS) : undefined;
  return { found, next: isAll ? undefined : (next ?? [...found.keys()].at(-1)) };
}

function settle(wall: WallTime, zone: ZoneId | undefined): WallTime {
  return zone === undefined ? wall : wallAt(instantOf(wall, zone), zone);
}

/** A pattern, its days that are wanted, and those that are not. @units day numbers */
export type Shown = {
  readonly pattern: Pattern;
  readonly days: readonly number[];
  readonly fillers: readonly number[];
};

/** A pattern that holds as many of the days as few enough deletions allow. @param days ascending day numbers */
export function seriesOfDays(days: readonly number[], firstDayOfWeek: number): Shown | undefined {
  if (days.length === 0) return undefined;
  // One day always fits, and a further one never needs fewer deletions.
  let [fits, fitsNot] = [1, days.length + 1];
  while (fitsNot - fits > 1) {
    const count = Math.floor((fits + fitsNot) / 2);
    if (simplest(days.slice(0, count)).made - count <= MOST_FILLERS) fits = count;
    else fitsNot = count;
  }
  const wanted = days.slice(0, fits);
  const { pattern } = simplest(wanted);
  return { pattern, days: wanted, fillers: fillersOf(pattern, wanted, firstDayOfWeek) };
}

/** The pattern that holds these days with the fewest others, and how many it makes; none that depends on where weeks begin. */
function simplest(days: readonly number[]): { readonly pattern: Pattern; readonly made: number } {
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const weekdays = new Set(days.map(weekdayOf));
  const dayOfWeekMask = [...weekdays].reduce((bits, weekday) => bits | maskBit(weekday), 0);
  const interval = divisor(days.map((day) => day - first));
  const weekly = [...weekdays].reduce((sum, weekday) => sum + countOf(weekday, first, last), 0);
  const daily = Math.floor((last - first) / interval) + 1;
  return daily < weekly
    ? { pattern: { type: 'daily', interval }, made: daily }
    : { pattern: { type: 'weekly', interval: 1, dayOfWeekMask }, made: weekly };
}

/** How often a weekday comes between two days, both inclusive. */
function countOf(weekday: number, first: number, last: number): number {
  const ahead = (weekday - weekdayOf(first) + 7) % 7;
  return first + ahead > last ? 0 : Math.floor((last - first - ahead) / 7) + 1;
}

/** The days of a pattern that are not wanted. */
function fillersOf(pattern: Pattern, days: readonly number[], firstDayOfWeek: number): readonly number[] {
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const rule = { pattern, firstDate: dateOf(first), end: { kind: 'never' } as const, firstDayOfWeek };
  const wanted = new Set(days);
  return occurrenceDays(rule, first + EPOCH, last + EPOCH, days.length + MOST_FILLERS)
    .map((day) => day - EPOCH)
    .filter((day) => !wanted.has(day));
}

/** The greatest common divisor of the distances that Outlook takes as an interval of days; 1 for a single day. */
function divisor(distances: readonly number[]): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  const greatest = distances.reduce(common, 0);
  for (let interval = Math.min(999, greatest); interval > 1; interval--) if (greatest % interval === 0) return interval;
  return 1;
}

/** @param next when the occurrence after it begins: it ends there at the latest, as Outlook wants it (EM12) */
function shiftedOf(
  date: LocalDate,
  wall: string,
  next: string | undefined,
  core: SeriesCore,
): readonly OutlookException[] {
  const minutes = minutesOf(wall);
  if (minutes === core.startMinutes) return [];
  const at = (offset: number) => wallOf(secondsOf(date) + offset * 60);
  const end = at(minutes + core.durationMinutes);
  const fits = next === undefined || next >= end;
  return [{ originalStart: at(core.startMinutes), start: at(minutes), end: fits ? end : next }];
}

/** Where a series begins to be shown: a while before now, or at its own start. `isTight`: see {@link PartialSeries}. */
export function shownFrom(start: LocalDate | WallTime, now: number | undefined, isTight = false): LocalDate {
  const own = start.slice(0, 10);
  if (now === undefined) return own;
  const recent = Math.floor(now / 1000 / DAY_SECONDS) - (isTight ? PAST_DAYS_TIGHT : PAST_DAYS);
  return dateOf(Math.max(recent, dayOf(own)));
}

const PAST_DAYS = 92;
const PAST_DAYS_TIGHT = 7;
