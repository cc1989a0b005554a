/**
 * The recurrence of an item ↔ rule, added, removed and modified occurrences of a series.
 *
 * - A rule that a pattern makes exactly is that pattern. One that no pattern makes is shown in part (`partial-series.ts`), and the rule
 *   itself is kept in a tag: as long as the item still shows what was made from it, the rule is read from the tag, occurrences that the
 *   user removed or changed are read from the item, and nothing else is taken for a change.
 * - Exceptions without a place in Outlook's series are left out, and named in the tag so that they do not pass for removed ones.
 * - A recurrence that already means what is wanted keeps its own words (interval 0, first day of the week): writing it anew would cost
 *   Outlook's exceptions (EC42, H8).
 */
import type { Event, Exception, Series, ShownPart } from '../../../domain/event.ts';
import { occurrenceWhen, wallIn } from '../../../domain/expand-series.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from '../../../domain/time.ts';
import { addSeconds, secondsOf, wallOf } from '../../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../../domain/zones.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { occursOn } from '../../../outlook/model/expand-pattern.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import type { OutlookException, RecurrencePattern } from '../../../outlook/model/recurrence-pattern.ts';
import { isSame } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';
import { type EventMapping, plainOccurrence, readException, writeException } from './exceptions.ts';
import { seriesWeekStart, simplifiedSeriesChanged } from './failures.ts';
import { type PartialSeries, type PartialTruth, partialSeries, shownFrom } from './partial-series.ts';
import { placeExceptions } from './placement.ts';
import { exactSeries, ruleOfSeries, type SeriesCore, sameSeries } from './recurrence.ts';
import { shownZone } from './shown-zone.ts';
import { type Aside, dueOf, lingeringOn, simplifiedTag, type Truth, truthOf, unshownOf } from './simplified-tag.ts';
import { withTag } from './tags.ts';
import { shownMinutes, shownWall } from './when.ts';

/** The part of a series that the item's recurrence says. */
export type Repetition = Pick<Series, 'recurrence' | 'excluded' | 'added' | 'exceptions' | 'shown'>;

/** What is shown on a date: the name of the occurrence there, or nothing. */
type Names = (date: LocalDate) => string | undefined;

/** The series as the item shows it. @throws SIMPLIFIED_SERIES_CHANGED, SERIES_WEEK_START */
export function readSeries(
  item: Appointment,
  recurrence: RecurrencePattern,
  truth: Truth | undefined,
  mapping: EventMapping,
): Repetition & { readonly main: Event } {
  const shownMain = mapping.field.read(item);
  const zone = zoneOf(shownMain.when);
  const partial = truth?.partial && partialSeries(truth.partial, zone, recurrence.firstDayOfWeek);
  if (truth?.partial === undefined && !beginsOnMonday(recurrence)) throw seriesWeekStart();
  if (truth?.partial !== undefined && (partial === undefined || !sameSeries(recurrence, partial.core))) {
    throw simplifiedSeriesChanged();
  }
  const regular = partial === undefined ? regularNames(recurrence, shownMain.when) : undefined;
  const names = regular ?? ((date: LocalDate) => partial?.names.get(date));
  const nameAt = (date: LocalDate) => names(truth?.standIns.get(date) ?? date);
  // Days that were left out when the item was written: nobody removed them.
  const leftOut = new Set([...(partial?.fillers ?? []), ...(truth?.hidden ?? []).map(dateOfException)]);
  // Outlook does not take the removal of some: they count as removed until the user makes something else of them.
  const lingering = (truth?.lingering ?? [])
    .filter((one) => isSame(one, lingeringOn(one.date, recurrence.exceptions)))
    .map(({ date }) => date);
  const excluded = [...new Set([...recurrence.deleted, ...lingering])]
    .filter((date) => !leftOut.has(date) && occursOn(recurrence, date))
    .flatMap((date) => nameAt(date) ?? []);
  const shifted = partial?.shifted ?? [];
  const there = recurrence.exceptions.filter((exception) => !lingering.includes(dateOfException(exception)));
  const changed = [...there, ...(truth?.hidden ?? [])].filter(
    (exception) => !shifted.some((other) => isSame(other, exception)),
  );
  const exceptions = changed.flatMap((exception): readonly Exception[] => {
    const date = dateOfException(exception);
    const at = nameAt(date);
    if (at === undefined) return [];
    // What shows an occurrence just as the rule has it is no exception of it, whether it stands for another or says only its own.
    const plain = plainOn(truth?.standIns.get(date) ?? date, recurrence, shifted);
    const event = eventUnless(
      plain,
      item,
      truth?.partial === undefined ? exception : uncut(exception, plain, there),
      mapping,
    );
    return event === undefined ? [] : [{ original: { at, zone: undefined }, event }];
  });
  const known = new Set([...excluded, ...exceptions.map(({ original }) => original.at)]);
  const aside = (truth?.aside ?? [])
    .filter(({ name }) => !known.has(name))
    .map(({ name, exception }): Exception => {
      return { original: { at: name, zone: undefined }, event: readException(item, exception, mapping) };
    });
  const all = [...exceptions, ...aside];
  if (truth?.partial === undefined) {
    return { main: shownMain, recurrence: ruleOfSeries(recurrence), excluded, added: [], exceptions: all };
  }
  const { rule, added } = truth.partial;
  const extra = added.map((at) => (at.length === 10 ? at : { wall: at, zone }));
  return {
    main: { ...shownMain, when: trueWhen(shownMain.when, truth.partial, recurrence.durationMinutes) },
    recurrence: rule,
    excluded,
    added: extra,
    exceptions: all,
    shown: { dates: datesOf(partial), isDue: isDue(item, mapping.context) },
  };
}

function datesOf(partial: PartialSeries | undefined): ShownPart['dates'] {
  const names = [...(partial?.names.values() ?? [])];
  const [from = '', to = ''] = [names[0], names.at(-1)].map((name) => name?.slice(0, 10));
  return { from, to };
}

function isDue(item: Appointment, { now }: OutlookEventContext): boolean {
  const due = dueOf(item);
  return due !== undefined && now !== undefined && due <= now;
}

/** What a series shows on its dates, and what is shown there when nothing was said of the occurrence alone. */
export function shownOn(
  item: Appointment,
  recurrence: RecurrencePattern,
  mapping: EventMapping,
): { readonly nameAt: Names; readonly plainAt: (date: LocalDate) => OutlookException } {
  const truth = truthOf(item);
  const { when } = mapping.field.read(item);
  const partial = truth?.partial && partialSeries(truth.partial, zoneOf(when), recurrence.firstDayOfWeek);
  const names = partial === undefined ? regularNames(recurrence, when) : (date: LocalDate) => partial.names.get(date);
  const occurrence = (date: LocalDate) => truth?.standIns.get(date) ?? date;
  return {
    nameAt: (date) => names(occurrence(date)),
    plainAt: (date) => plainOn(occurrence(date), recurrence, partial?.shifted ?? []),
  };
}

/** Whether the series is the same when weeks begin on Monday, as they do on the server. */
function beginsOnMonday(core: SeriesCore): boolean {
  const { pattern, firstDayOfWeek } = core;
  if (pattern.type !== 'weekly' || pattern.interval <= 1 || firstDayOfWeek === 1) return true;
  return sameSeries(core, { ...core, firstDayOfWeek: 1 });
}

function dateOfException({ originalStart }: OutlookException): LocalDate {
  return originalStart.slice(0, 10);
}

/** The occurrence of a date as the rule has it. */
function occurrenceOn(date: LocalDate, core: SeriesCore): OutlookException {
  return plainOccurrence(addSeconds(`${date}T00:00:00`, core.startMinutes * 60), core.durationMinutes);
}

/** The occurrence of a date as the series shows it when nothing was said of it alone. */
function plainOn(date: LocalDate, core: SeriesCore, shifted: readonly OutlookException[]): OutlookException {
  return shifted.find((exception) => dateOfException(exception) === date) ?? occurrenceOn(date, core);
}

/**
 * An occurrence of a partly shown series that was cut where the next one begins (EM12), with its own end: nobody made it shorter.
 * @param plain the occurrence as the series shows it when nothing was said of it alone
 */
function uncut(
  exception: OutlookException,
  plain: OutlookException,
  there: readonly OutlookException[],
): OutlookException {
  const isShorter = exception.start === plain.start && exception.end < plain.end;
  return isShorter && there.some(({ start }) => start === exception.end) ? { ...exception, end: plain.end } : exception;
}

/** The event that an exception shows, unless it is what `plain` shows. */
function eventUnless(
  plain: OutlookException,
  item: Appointment,
  exception: OutlookException,
  mapping: EventMapping,
): Event | undefined {
  const event = readException(item, exception, mapping);
  return isSame(event, readException(item, plain, mapping)) ? undefined : event;
}

function zoneOf(when: When): ZoneId | undefined {
  return when.kind === 'time' ? when.start.zone : undefined;
}

/** Names of a series that a pattern makes: the date, or the hour of the start on that date. */
function regularNames(core: SeriesCore, when: When): Names {
  return (date) => {
    if (when.kind === 'date') return date;
    const wall = addSeconds(`${date}T00:00:00`, core.startMinutes * 60);
    return settle(wall, when.start.zone);
  };
}

function settle(wall: WallTime, zone: ZoneId | undefined): WallTime {
  return zone === undefined ? wall : wallAt(instantOf(wall, zone), zone);
}

/** When the series really begins, of which only a later occurrence is shown, and perhaps not as long as it is. */
function trueWhen(shown: When, { start, minutes }: PartialTruth, shownLength: number): When {
  const moved = occurrenceWhen(shown, start);
  if (shownLength >= minutes) return moved;
  if (moved.kind === 'date') return { ...moved, end: wallOf(secondsOf(moved.start) + minutes * 60).slice(0, 10) };
  const end = { wall: addSeconds(moved.start.wall, minutes * 60), zone: moved.start.zone };
  return { ...moved, end: { wall: wallIn(end, moved.end.zone), zone: moved.end.zone } };
}

function minutesBetween(start: Moment, end: Moment): number {
  return Math.round((secondsOf(wallIn(end, start.zone)) - secondsOf(start.wall)) / 60);
}

/**
 * The item that shows a series. `item` has the fields of the main event already, `current` is its recurrence until now.
 * @loss exceptions of occurrences that are not shown, or that say nothing of their own; removed occurrences that never were
 */
export function writeSeries(
  item: Appointment,
  series: Series & { readonly main: Event },
  current: RecurrencePattern | undefined,
  mapping: EventMapping,
): Appointment {
  const { field } = mapping;
  const { when } = field.survives(series.main);
  const shown = showSeries(series, when, { context: mapping.context, item, current });
  if (shown === undefined) {
    // Nothing of the rule is still to come: the item is its first occurrence alone, and says so.
    const bare = simplifiedTag({
      partial: undefined,
      hidden: [],
      standIns: new Map(),
      unshown: series.exceptions.map(unshownOf),
      isFirstOnly: true,
    });
    return withTag({ ...item, recurrence: undefined }, TAG.simplified, bare);
  }
  const { core, names, partial } = shown;
  const placed = field.write(item, { ...series.main, when: shownWhen(when, firstStart(core, when, names), core) });
  const exceptions = writeExceptions(placed, series.exceptions, { shown, current }, mapping);
  const removed = series.excluded.flatMap((name) => shown.dateOf(name) ?? []);
  const off = new Set([...removed, ...(partial?.fillers ?? [])]);
  const aside = strays(placed, series.exceptions, shown, mapping);
  const { hidden, placed: held, standIns } = placeExceptions(core, exceptions, off);
  const deleted = [...new Set([...off, ...hidden.map(dateOfException)])].sort();
  return {
    ...withTag(placed, TAG.simplified, simplifiedTag({ partial: shown.truth, hidden, standIns, aside })),
    recurrence: { ...core, deleted, exceptions: [...held].sort(byOriginal) },
  };
}

/**
 * Changed occurrences of dates that the series does not make: kept in the tag, and told. Of a series that is shown in part only those in the
 * time that is shown; of many the first.
 */
function strays(
  item: Appointment,
  exceptions: readonly Exception[],
  { core, dateOf, partial }: ShownSeries,
  mapping: EventMapping,
): readonly Aside[] {
  const zone = zoneOf(mapping.field.read(item).when);
  const isWithin = (start: string) =>
    partial === undefined ||
    (start >= core.firstDate && core.end.kind === 'date' && start.slice(0, 10) <= core.end.date);
  return exceptions
    .filter(({ original, event }) => dateOf(original.at) === undefined && isWithin(startOf(event)))
    .slice(0, MOST_STRAYS)
    .map(({ original: { at }, event }): Aside => {
      const start = at.length === 10 ? `${at}T00:00:00` : shownWall({ wall: at, zone });
      const plain = plainOccurrence(start, core.durationMinutes);
      return { name: at, exception: writeException(item, plain, event, mapping) };
    });
}

const MOST_STRAYS = 20;

function startOf({ when }: Event): string {
  return when.kind === 'date' ? when.start : when.start.wall;
}

function byOriginal(a: OutlookException, b: OutlookException): number {
  return a.originalStart < b.originalStart ? -1 : 1;
}

/** The start of the first occurrence on the wall clock of the series, as the pattern has it: also an hour that the zone skips. */
function firstStart(core: SeriesCore, { kind, start }: When, names: Names): LocalDate | WallTime {
  if (kind === 'date') return core.firstDate;
  const zone = typeof start === 'string' ? undefined : start.zone;
  const isShown = zone === undefined || shownZone(zone) !== undefined;
  const { originalStart } = occurrenceOn(core.firstDate, core);
  return isShown ? originalStart : (names(core.firstDate) ?? originalStart);
}

/** When the first shown occurrence takes place, not longer than Outlook lets it. */
function shownWhen(main: When, first: string, { durationMinutes }: SeriesCore): When {
  const when = occurrenceWhen(main, first);
  if (when.kind === 'date') {
    const end = wallOf(secondsOf(when.start) + durationMinutes * 60).slice(0, 10);
    return end < when.end ? { ...when, end } : when;
  }
  if (minutesBetween(when.start, when.end) <= durationMinutes) return when;
  return { ...when, end: { wall: addSeconds(when.start.wall, durationMinutes * 60), zone: when.start.zone } };
}

function writeExceptions(
  item: Appointment,
  exceptions: readonly Exception[],
  { shown, current }: { readonly shown: ShownSeries; readonly current: RecurrencePattern | undefined },
  mapping: EventMapping,
): readonly OutlookException[] {
  const { core, partial } = shown;
  // One that stands for another occurrence says nothing about its own.
  const standIns = truthOf(item)?.standIns;
  const own = (current?.exceptions ?? []).filter((exception) => standIns?.has(dateOfException(exception)) !== true);
  const there = new Map(own.map((exception) => [exception.originalStart, exception]));
  const written = new Map((partial?.shifted ?? []).map((shifted) => [shifted.originalStart, shifted]));
  for (const { original, event } of exceptions) {
    const date = shown.dateOf(original.at);
    if (date === undefined) continue;
    const { originalStart: start } = occurrenceOn(date, core);
    const plain = written.get(start) ?? occurrenceOn(date, core);
    const exception = writeException(item, there.get(start) ?? plain, event, mapping);
    if (exception !== plain) written.set(start, exception);
  }
  return [...written.values()].sort(byOriginal);
}

type ShownSeries = {
  readonly core: SeriesCore;
  readonly names: Names;
  /** The date on which an occurrence is shown by its series; undefined when it is not. */
  readonly dateOf: (name: string) => LocalDate | undefined;
  readonly partial: PartialSeries | undefined;
  readonly truth: PartialTruth | undefined;
};

type Showing = {
  readonly context: OutlookEventContext;
  readonly item: Appointment;
  readonly current: RecurrencePattern | undefined;
};

function showSeries(series: Series, when: When, { context, item, current }: Showing): ShownSeries | undefined {
  const firstDayOfWeek = current?.firstDayOfWeek ?? context.firstDayOfWeek ?? 1;
  const minutes = shownMinutes(item, context);
  const zone = zoneOf(when);
  const hasZone = zone === undefined || shownZone(zone) !== undefined;
  if (series.recurrence !== undefined && series.added.length === 0 && hasZone) {
    const exact =
      saidBy(current, series.recurrence, when, minutes) ??
      exactSeries(series.recurrence, when, { minutes, firstDayOfWeek });
    if (exact !== undefined) {
      const core = current !== undefined && saysTheSame(current, exact) ? coreOf(current) : exact;
      const names = regularNames(core, when);
      const dateOf = (name: string) => {
        const date = name.slice(0, 10);
        return occursOn(core, date) && names(date) === name ? date : undefined;
      };
      return { core, names, dateOf, partial: undefined, truth: undefined };
    }
  }
  const start = when.kind === 'date' ? when.start : when.start.wall;
  const recent = shownFrom(start, context.now);
  const given = series.shown?.dates;
  const whole: PartialTruth = {
    rule: series.recurrence,
    start,
    added: series.added.map((value) => (typeof value === 'string' ? value : wallIn(value, zone))).slice(0, MOST_ADDED),
    from: given === undefined ? recent : later(keptFrom(item) ?? given.from, start),
    minutes,
  };
  const first = partialSeries(whole, zone, firstDayOfWeek);
  const isTight = given === undefined && first?.isTight === true;
  const recently = isTight ? { ...whole, from: shownFrom(start, context.now, true) } : whole;
  const second = isTight ? partialSeries(recently, zone, firstDayOfWeek) : undefined;
  const [truth, partial] = second === undefined ? [whole, first] : [recently, second];
  if (partial === undefined) return undefined;
  const dates = new Map([...partial.names].map(([date, name]) => [name, date]));
  return {
    core: partial.core,
    names: (date) => partial.names.get(date),
    dateOf: (name) => dates.get(name),
    partial,
    truth: { ...truth, due: partial.due },
  };
}

/** Where the present part begins. What is given of a part is no more than that part: another needs all of the series. */
function keptFrom(item: Appointment): LocalDate | undefined {
  return truthOf(item)?.partial?.from;
}

/** A part does not begin before its series. */
function later(from: LocalDate, start: LocalDate | WallTime): LocalDate {
  return from > start ? from : start.slice(0, 10);
}

// A tag of a few thousand characters is still one that every store takes.
const MOST_ADDED = 100;

/** The present series, where it says just this rule from just this start: nothing to look for then. */
function saidBy(
  current: RecurrencePattern | undefined,
  rule: Recurrence,
  when: When,
  minutes: number,
): SeriesCore | undefined {
  if (current === undefined || current.durationMinutes !== minutes || !isSame(ruleOfSeries(current), rule))
    return undefined;
  const start = when.kind === 'date' ? when.start : when.start.wall;
  const first = when.kind === 'date' ? current.firstDate : occurrenceOn(current.firstDate, current).originalStart;
  return first === start && beginsOnMonday(current) ? coreOf(current) : undefined;
}

function saysTheSame(current: RecurrencePattern, wanted: SeriesCore): boolean {
  if (isSame(coreOf(current), wanted)) return true;
  return isSame(ruleOfSeries(current), ruleOfSeries(wanted)) && sameSeries(current, wanted);
}

function coreOf({
  pattern,
  firstDate,
  end,
  startMinutes,
  durationMinutes,
  firstDayOfWeek,
}: RecurrencePattern): SeriesCore {
  return { pattern, firstDate, end, startMinutes, durationMinutes, firstDayOfWeek };
}
