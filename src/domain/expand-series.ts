/**
 * The occurrences of a series as they take place: rule, added and removed ones, exceptions at their own times.
 * Bounded in number and work; nothing here can hang.
 */
import type { Event, Exception, Series } from './event.ts';
import { expandRule, type RuleExpansion } from './expand-rule.ts';
import type { Recurrence } from './recurrence.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from './time.ts';
import { DAY_SECONDS, secondsOf, wallOf } from './time-civil.ts';
import { instantOf, wallAt } from './zones.ts';

/** `at` names the occurrence, as an {@link Exception}'s original does; `exception` is set where it differs from the rule. */
export type Occurrence = {
  readonly at: LocalDate | WallTime;
  readonly when: When;
  readonly exception: Exception | undefined;
};

/** `complete` is false when there are more within the window than were listed. */
export type SeriesExpansion = { readonly occurrences: readonly Occurrence[]; readonly complete: boolean };

/** What part of a series to list: dates, the second one exclusive, compared with the wall time of the series. */
export type ExpansionWindow = { readonly from: LocalDate; readonly to: LocalDate };

/**
 * The occurrences that take place in the window, by start, at most `most`. An exception counts where it was moved to.
 * A series without a main event is its exceptions.
 */
export function expandSeries(series: Series, window: ExpansionWindow, most: number): SeriesExpansion {
  const from = secondsOf(window.from);
  const to = secondsOf(window.to);
  const inWindow = (when: When) => {
    const start = secondsOf(when.kind === 'date' ? when.start : when.start.wall);
    return start >= from && start < to;
  };
  const exceptions = new Map(series.exceptions.map((exception) => [exception.original.at, exception]));
  const moved = series.exceptions
    .filter(({ event }) => inWindow(event.when))
    .map((exception): Occurrence => ({ at: exception.original.at, when: exception.event.when, exception }));
  if (series.main === undefined) return listed(moved, most, true);
  const { main } = series;
  const named = occurrenceNames(series, main, { from, to }, most + exceptions.size);
  const regular = named.names
    .filter((at) => !exceptions.has(at))
    .map((at): Occurrence => ({ at, when: occurrenceWhen(main.when, at), exception: undefined }));
  return listed([...regular, ...moved], most, named.complete);
}

function listed(occurrences: readonly Occurrence[], most: number, complete: boolean): SeriesExpansion {
  const sorted = [...occurrences].sort((a, b) => (startText(a.when) < startText(b.when) ? -1 : 1));
  return { occurrences: sorted.slice(0, most), complete: complete && sorted.length <= most };
}

function startText(when: When): string {
  return when.kind === 'date' ? when.start : when.start.wall;
}

/** Span of wall time. @units wall seconds, `to` exclusive */
export type WallSpan = { readonly from: number; readonly to: number };

/**
 * The names of what rule and RDATE make, without what EXDATE takes away; exceptions still by their original names.
 * A time that the zone skips is named by the time an hour later that it means, as the server names it.
 */
export function occurrenceNames(
  series: Series,
  main: Event,
  span: WallSpan,
  most: number,
): { readonly names: readonly string[]; readonly complete: boolean } {
  const { when } = main;
  const zone = when.kind === 'time' ? when.start.zone : undefined;
  const removed = new Set(series.excluded);
  const name = (at: number) => (when.kind === 'date' ? wallOf(at).slice(0, 10) : settle(wallOf(at), zone));
  const starts = ruleStarts(series.recurrence, when, span, most + removed.size);
  const added = series.added
    .map((value) => secondsOf(typeof value === 'string' ? value : wallIn(value, zone)))
    .filter((at) => at >= span.from && at < span.to);
  const names = [...new Set([...starts.at, ...added].sort((a, b) => a - b).map(name))].filter((at) => !removed.has(at));
  return { names: names.slice(0, most), complete: starts.complete && names.length <= most };
}

/** Starts by the rule alone; without a rule the start itself. @units wall seconds */
export function ruleStarts(
  rule: Recurrence | undefined,
  when: When,
  span: WallSpan,
  most: number,
): { readonly at: readonly number[]; readonly complete: boolean } {
  const start = secondsOf(startText(when));
  if (rule === undefined) return { at: start >= span.from && start < span.to ? [start] : [], complete: true };
  const expansion = expandRule({ rule, start, until: untilOf(rule, when) }, span.from, span.to, most);
  return { at: expansion.starts, complete: expansion.stopped === 'end' || expansion.stopped === 'window' };
}

/**
 * The first start of each day by the rule alone, at most `most`. `stopped`: `window` when there are further ones behind the span, `end` when
 * there are none, otherwise there may be.
 * @units wall seconds
 */
export function ruleDays(
  rule: Recurrence | undefined,
  when: When,
  span: WallSpan,
  most: number,
): { readonly at: readonly number[]; readonly stopped: RuleExpansion['stopped'] } {
  if (rule === undefined) return { at: ruleStarts(rule, when, span, most).at, stopped: 'end' };
  const start = secondsOf(startText(when));
  const plan = { rule, start, until: untilOf(rule, when), isFirstOfDay: true };
  const { starts, stopped } = expandRule(plan, span.from, span.to, most);
  return { at: starts, stopped };
}

/** The last wall second at which an occurrence may start; a moment in another zone is brought to that of the start. */
export function untilOf(rule: Recurrence, when: When): number {
  const { end } = rule;
  if (end.kind === 'untilDate') return secondsOf(end.date) + DAY_SECONDS - 1;
  if (end.kind !== 'untilMoment') return Number.POSITIVE_INFINITY;
  if (when.kind === 'date') return secondsOf(end.moment.wall.slice(0, 10)) + DAY_SECONDS - 1;
  return secondsOf(wallIn(end.moment, when.start.zone));
}

/** The wall time of a moment in a zone; floating on either side means the wall time as it is. */
export function wallIn(moment: Moment, zone: ZoneId | undefined): WallTime {
  if (moment.zone === undefined || zone === undefined || moment.zone === zone) return moment.wall;
  return wallAt(instantOf(moment.wall, moment.zone), zone);
}

/** When the occurrence called `at` takes place by the rule: as long as the first one, on the wall clock. */
export function occurrenceWhen(main: When, at: LocalDate | WallTime): When {
  const shift = secondsOf(at) - secondsOf(startText(main));
  if (main.kind === 'date')
    return { kind: 'date', start: at.slice(0, 10), end: wallOf(secondsOf(main.end) + shift).slice(0, 10) };
  return {
    kind: 'time',
    start: { wall: at, zone: main.start.zone },
    end: { wall: wallOf(secondsOf(main.end.wall) + shift), zone: main.end.zone },
  };
}

function settle(wall: WallTime, zone: ZoneId | undefined): WallTime {
  return zone === undefined ? wall : wallAt(instantOf(wall, zone), zone);
}
