import type { VEvent, VEventCounter, VEventOccurrence, VEventSeries } from '../../wire/calendar.ts';
import { WEEK_DAYS } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import { fault } from '../kernel/fault.ts';
import { instantOfPoint, readPoint } from './point.ts';

/**
 * What a series must be to be stored, after it was rewritten: rules [V1] to [V16] of docs/server.md, each a condition and its
 * error code. @source fact sheet 10.1
 */
export function checkSeries(series: VEventSeries | null): asserts series is VEventSeries {
  const occurrences = series?.occurrences ?? [];
  if (series === null || (!series.main && occurrences.length === 0))
    throw fault('EVENT_ERROR', 'There is neither a main event nor an occurrence.');
  if (series.main) checkEvent(series.main);
  for (const occurrence of occurrences) checkEvent(occurrence);
  checkRecurids(occurrences);
  checkCounters(series);
}

/** Every date of a series can be read. @throws INVALID_PARAMETER, a bare fault for an unknown zone */
export function checkDates(series: VEventSeries): void {
  const counters = (series.counters ?? []).flatMap((counter) => counter.counter ?? []);
  for (const event of [...(series.main ? [series.main] : []), ...(series.occurrences ?? []), ...counters]) {
    const recurid = 'recurid' in event ? (event as VEventOccurrence).recurid : undefined;
    const dates: (BmDateTime | null | undefined)[] = [event.dtstart, event.dtend, event.rrule?.until, recurid];
    for (const date of [...dates, ...(event.exdate ?? []), ...(event.rdate ?? [])]) if (date) readPoint(date);
  }
}

function checkEvent(event: VEvent): void {
  if (!event.dtstart) throw fault('NO_EVENT_DATE', 'An event has no start.');
  const start = instantOfPoint(readPoint(event.dtstart));
  if (event.dtend && instantOfPoint(readPoint(event.dtend)) < start)
    throw fault('EVENT_ERROR', 'An event ends before it starts.');
  checkRule(event, start);
  if (!event.summary) throw fault('EMPTY_EVENT_TITLE', 'An event has no title.');
  for (const file of event.attachments ?? [])
    if (!file.name || !file.publicUrl)
      throw fault('EMPTY_EVENT_ATTACHMENT_VALUE', 'An attachment needs a name and an address.');
}

/** Bounds of the BY parts; negative values, which iCalendar knows, are refused. */
const BOUNDS = {
  bySecond: [0, 59],
  byMinute: [0, 59],
  byHour: [0, 23],
  byMonthDay: [1, 31],
  byYearDay: [1, 366],
  byWeekNo: [1, 53],
  byMonth: [1, 12],
} as const;

function checkRule(event: VEvent, start: number): void {
  const rule = event.rrule;
  if (!rule) return;
  if (!rule.frequency) throw fault('EVENT_ERROR', 'A rule has no frequency.');
  if (rule.until && instantOfPoint(endOfUntil(rule.until)) < start)
    throw fault('EVENT_ENDREPEAT_PRIOR_TO_EVENT_DATE', 'A rule ends before the event starts.');
  for (const { day } of rule.byDay ?? [])
    if (!(WEEK_DAYS as readonly unknown[]).includes(day))
      throw fault('EVENT_WEEKDAY_INVALID', 'A weekday of a rule is not one of MO to SU.');
  for (const [part, [least, most]] of Object.entries(BOUNDS))
    for (const value of rule[part as keyof typeof BOUNDS] ?? [])
      if (typeof value !== 'number' || value < least || value > most)
        throw fault('EVENT_ERROR', `${part} of a rule must be ${least} to ${most}.`);
}

/** A day as the end of a rule counts as a whole. */
function endOfUntil(until: BmDateTime): ReturnType<typeof readPoint> {
  const point = readPoint(until);
  return point.kind === 'date'
    ? { kind: 'time', wall: `${point.day}T23:59:59`, millis: 999, zone: undefined, offset: undefined }
    : point;
}

function checkRecurids(occurrences: readonly VEventOccurrence[]): void {
  const seen = new Set<string>();
  for (const { recurid } of occurrences) {
    if (!recurid) throw fault('EVENT_ERROR', 'An occurrence does not say which one it is (recurid).');
    const point = readPoint(recurid);
    const key = `${point.kind}:${instantOfPoint(point)}`;
    if (seen.has(key)) throw fault('EVENT_DUPLICATED_RECURID', 'Two occurrences have the same recurid.');
    seen.add(key);
  }
}

function checkCounters(series: VEventSeries): void {
  const counters = series.counters ?? [];
  if (series.acceptCounters === false && counters.some((counter) => proposesTime(series, counter)))
    throw fault('EVENT_ACCEPTS_NO_COUNTERS', 'This event accepts no proposals.');
  const seen = new Set<string>();
  for (const { originator, counter } of counters) {
    const key = `${originator?.email?.toLowerCase() ?? ''} ${counter?.recurid?.iso8601 ?? ''}`;
    if (seen.has(key)) throw fault('MULTIPLE_EVENT_COUNTERS', 'Somebody proposed two times for one occurrence.');
    seen.add(key);
  }
}

/** Whether a counter asks for another time than that of the event it is about. */
function proposesTime(series: VEventSeries, { counter }: VEventCounter): boolean {
  if (!counter?.dtstart) return false;
  const recurid = counter.recurid?.iso8601;
  const about =
    recurid == null ? series.main : (series.occurrences ?? []).find((found) => found.recurid?.iso8601 === recurid);
  if (!about?.dtstart) return true;
  return (
    !sameInstant(counter.dtstart, about.dtstart) ||
    (!!counter.dtend && !!about.dtend && !sameInstant(counter.dtend, about.dtend))
  );
}

function sameInstant(a: BmDateTime, b: BmDateTime): boolean {
  return instantOfPoint(readPoint(a)) === instantOfPoint(readPoint(b));
}
