/**
 * Occurrences without a series: the user is invited to single occurrences only (H9). One is shown as a single appointment, several as a
 * series made to hold their days. Which occurrences they are stands in a tag: nothing of the made-up series is ever read.
 */
import type { Event, Exception } from '../../../domain/event.ts';
import { wallIn } from '../../../domain/expand-series.ts';
import type { LocalDate, WallTime } from '../../../domain/time.ts';
import { addSeconds, dateOf, dayOf } from '../../../domain/time-civil.ts';
import { instantOf } from '../../../domain/zones.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { occursOn } from '../../../outlook/model/expand-pattern.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';
import type { OutlookEventContext } from './context.ts';
import { type EventMapping, plainOccurrence, readException, writeException } from './exceptions.ts';
import { simplifiedSeriesChanged } from './failures.ts';
import { leastGap, seriesOfDays } from './partial-series.ts';
import type { SeriesCore } from './recurrence.ts';
import { type Aside, type Orphan, simplifiedTag, truthOf, unshownOf } from './simplified-tag.ts';
import { withTag } from './tags.ts';
import { seriesZone, shownMinutes } from './when.ts';

/** The occurrences that an item shows. @throws SIMPLIFIED_SERIES_CHANGED */
export function readOrphans(
  item: Appointment,
  orphans: readonly Orphan[],
  mapping: EventMapping,
): readonly Exception[] {
  const aside = (truthOf(item)?.aside ?? []).map(({ name, zone, exception }): Exception => {
    return { original: { at: name, zone }, event: readException(item, exception, mapping) };
  });
  return [...shownOrphans(item, orphans, mapping), ...aside];
}

function shownOrphans(item: Appointment, orphans: readonly Orphan[], mapping: EventMapping): readonly Exception[] {
  const { recurrence } = item;
  if (recurrence === undefined) {
    const [only] = orphans;
    if (orphans.length !== 1 || only === undefined) throw simplifiedSeriesChanged();
    return [{ original: only.original, event: mapping.field.read(item) }];
  }
  const deleted = new Set(recurrence.deleted);
  return orphans.flatMap(({ original, date }): readonly Exception[] => {
    if (!occursOn(recurrence, date)) throw simplifiedSeriesChanged();
    if (deleted.has(date)) return [];
    return [{ original, event: readException(item, occurrenceOn(date, recurrence, recurrence.exceptions), mapping) }];
  });
}

function occurrenceOn(date: LocalDate, core: SeriesCore, exceptions: readonly OutlookException[]): OutlookException {
  const changed = exceptions.find(({ originalStart }) => originalStart.slice(0, 10) === date);
  return changed ?? plainOccurrence(startOn(date, core), core.durationMinutes);
}

function startOn(date: LocalDate, core: SeriesCore): WallTime {
  return addSeconds(`${date}T00:00:00`, core.startMinutes * 60);
}

/** The item that shows these occurrences; of several on one day the first. @loss those, and what exceptions cannot let differ */
export function writeOrphans(item: Appointment, exceptions: readonly Exception[], mapping: EventMapping): Appointment {
  const { field, context } = mapping;
  const sorted = [...exceptions].sort((a, b) => startsAt(a.event, context) - startsAt(b.event, context));
  const [first] = sorted;
  if (first === undefined) return item;
  const base: Appointment = { ...field.write(item, first.event), recurrence: undefined };
  const byDate = new Map<LocalDate, Exception>();
  for (const exception of sorted) {
    const date = shownDate(exception.event, base, context);
    // A date before that of the first one, which can only be where zones lie a day apart, has no place in the series.
    if (!byDate.has(date) && date >= shownDate(first.event, base, context)) byDate.set(date, exception);
  }
  const dated = [...byDate].sort(([a], [b]) => (a < b ? -1 : 1));
  const days = dated.map(([date]) => dayOf(date));
  const shown = days.length > 1 ? seriesOfDays(days, context.firstDayOfWeek ?? 1) : undefined;
  const kept = dated.slice(0, shown?.days.length ?? 1);
  const orphans = kept.map(([date, { original }]): Orphan => ({ original, date }));
  const others = sorted.filter((exception) => !kept.some(([, shown]) => shown === exception));
  const aside = others.slice(0, MOST_ASIDE).map((exception) => asideOf(base, exception, mapping));
  const unshown = others.slice(MOST_ASIDE).map(unshownOf);
  const truth = { hidden: [], standIns: new Map(), orphans, aside, unshown };
  const tagged = withTag(base, TAG.simplified, simplifiedTag(truth));
  if (shown === undefined || kept.length < 2) return tagged;
  const core: SeriesCore = {
    pattern: shown.pattern,
    firstDate: dateOf(shown.days[0] ?? 0),
    end: { kind: 'date', date: dateOf(shown.days.at(-1) ?? 0) },
    startMinutes: minutesOf(base.start),
    durationMinutes: Math.min(shownMinutes(base, context), leastGap(shown.days) * 1440),
    firstDayOfWeek: context.firstDayOfWeek ?? 1,
  };
  const changed = kept.slice(1).flatMap(([date, { event }]) => {
    const plain = plainOccurrence(startOn(date, core), core.durationMinutes);
    const written = writeException(tagged, plain, event, mapping);
    return written === plain ? [] : [written];
  });
  return { ...tagged, recurrence: { ...core, deleted: shown.fillers.map(dateOf), exceptions: changed } };
}

// As many as a tag holds.
const MOST_ASIDE = 20;

/** An occurrence that has no place, as it would be there: kept, so that it stays told and known. */
function asideOf(base: Appointment, { original, event }: Exception, mapping: EventMapping): Aside {
  const plain = plainOccurrence(base.start, shownMinutes(base, mapping.context));
  return { name: original.at, zone: original.zone, exception: writeException(base, plain, event, mapping) };
}

function minutesOf(wall: WallTime): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** Whole days begin at the user's midnight. @units milliseconds since 1970-01-01T00:00:00Z */
function startsAt({ when }: Event, { zone: home }: OutlookEventContext): number {
  return when.kind === 'date'
    ? instantOf(`${when.start}T00:00:00`, home)
    : instantOf(when.start.wall, when.start.zone ?? home);
}

/** The date of an occurrence as the item's zone has it. */
function shownDate({ when }: Event, item: Appointment, context: OutlookEventContext): LocalDate {
  if (when.kind === 'date') return when.start;
  return wallIn(when.start, item.allDay ? context.zone : seriesZone(item, context)).slice(0, 10);
}
