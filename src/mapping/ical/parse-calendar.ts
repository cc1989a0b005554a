/**
 * iCalendar text → the server's event series.
 *
 * An event that cannot be kept is refused with a reason and costs nothing else; only a text that is no calendar at all fails.
 * Work is bounded: lists beyond the limits below are refused, recurrence is never expanded without a limit.
 *
 * Rules, as BlueMind's own import has them where it has any:
 * - components of one UID are one series; of several versions the one with the highest SEQUENCE, then the latest, counts;
 * - an exception takes what it does not mention from the main event; one without a main event stands by itself;
 * - categories are labels only: the server resolves them to tags of the calendar's owner, making missing ones.
 */
import { digestText } from '../../base/digest.ts';
import { Failure } from '../../base/failure.ts';
import type { When } from '../../domain/time.ts';
import type { VEvent, VEventOccurrence, VEventSeries } from '../../wire/calendar.ts';
import { bmDateTime } from '../bluemind/event/date-time.ts';
import { firstValue } from '../vcard/content-line.ts';
import { type IcalComponent, properties, property, readComponents, textOf } from './calendar-tree.ts';
import { readEvent, sequenceOf } from './read-event.ts';
import { readRecurrence } from './read-recurrence.ts';
import { lengthOf, occurrenceStart, readWhen } from './read-when.ts';
import { timeOf } from './time-value.ts';
import { zoneOfName } from './zone-names.ts';
import { type ZoneBook, zoneBook } from './zone-rules.ts';

/** The text is not a calendar. The only code of this room. */
export const ICAL_UNPARSABLE = 'ICAL_UNPARSABLE';

/** `lastModified`: when the newest of its components was changed, as far as they tell. @units epoch milliseconds */
export type ParsedSeries = {
  readonly uid: string;
  readonly value: VEventSeries;
  readonly lastModified: number | undefined;
};

export type ParsedCalendar = {
  readonly series: readonly ParsedSeries[];
  /** `index` @units position among the events of the text, from 0; `reason` a clause to put after "the event" */
  readonly refused: readonly { readonly index: number; readonly uid: string | undefined; readonly reason: string }[];
  /** The calendar's own name, when it has one. */
  readonly name: string | undefined;
};

const MOST_ATTENDEES = 5000;

type Source = {
  readonly index: number;
  readonly component: IcalComponent;
  readonly zones: ZoneBook;
  readonly uid: string;
};
type Refusal = ParsedCalendar['refused'][number];

/**
 * Reads a calendar.
 * @throws ICAL_UNPARSABLE when the text holds no VCALENDAR
 */
export function parseCalendar(text: string): ParsedCalendar {
  const calendars = readComponents(text).filter((component) => component.name === 'VCALENDAR');
  const [first] = calendars;
  if (first === undefined) {
    throw new Failure(ICAL_UNPARSABLE, 'The text is not an iCalendar file: it holds no BEGIN:VCALENDAR line.');
  }
  const sources = sourcesOf(calendars);
  const refused: Refusal[] = [];
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const reason = flaw(source.component);
    if (reason !== undefined) refused.push({ index: source.index, uid: source.uid, reason });
    else groups.set(source.uid, [...(groups.get(source.uid) ?? []), source]);
  }
  const series: ParsedSeries[] = [];
  for (const [uid, group] of groups) {
    const value = seriesOf(uid, group, (source, reason) => refused.push({ index: source.index, uid, reason }));
    if (value !== undefined) series.push({ uid, value, lastModified: lastModifiedOf(group) });
  }
  refused.sort((a, b) => a.index - b.index);
  return { series, refused, name: (textOf(first, 'X-WR-CALNAME') ?? textOf(first, 'NAME'))?.trim() || undefined };
}

/** LAST-MODIFIED is in UTC by its definition; one that is not is passed over. */
function lastModifiedOf(group: readonly Source[]): number | undefined {
  const times = group.flatMap(({ component }) => {
    const [, ...parts] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(property(component, 'LAST-MODIFIED')?.value.trim() ?? '') ?? [];
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
    return parts.length === 0 ? [] : [Date.UTC(year, month - 1, day, hour, minute, second)];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

function sourcesOf(calendars: readonly IcalComponent[]): readonly Source[] {
  const sources: Source[] = [];
  for (const calendar of calendars) {
    const home = zoneOfName(textOf(calendar, 'X-WR-TIMEZONE') ?? '');
    const zones = zoneBook(
      calendar.children.filter((child) => child.name === 'VTIMEZONE'),
      home,
    );
    for (const component of calendar.children) {
      if (component.name !== 'VEVENT') continue;
      // Without a UID the content is the key, so that importing the file again finds the same event.
      const uid = textOf(component, 'UID')?.trim() || digestText(component.lines.join('\n'));
      sources.push({ index: sources.length, component, zones, uid });
    }
  }
  return sources;
}

/** What is wrong with a component before it is read. */
function flaw(component: IcalComponent): string | undefined {
  if (!component.closed) return 'is cut off: the file ends inside it';
  const attendees = component.lines.filter((line) => /^ATTENDEE[;:]/i.test(line)).length;
  if (attendees > MOST_ATTENDEES) return `has ${attendees} attendees; ${MOST_ATTENDEES} can be kept`;
  return undefined;
}

type Refuse = (source: Source, reason: string) => void;

function seriesOf(uid: string, group: readonly Source[], refuse: Refuse): VEventSeries | undefined {
  const mains = group.filter((source) => property(source.component, 'RECURRENCE-ID') === undefined);
  const exceptions = group.filter((source) => property(source.component, 'RECURRENCE-ID') !== undefined);
  const newest = latest(mains);
  for (const main of mains) if (main !== newest) refuse(main, 'is an older version of another event with the same UID');
  const main = newest === undefined ? undefined : readMain(newest, refuse);
  if (newest !== undefined && main === undefined) {
    for (const exception of exceptions) refuse(exception, 'belongs to a series that cannot be kept');
    return undefined;
  }
  const occurrences = [...(main?.occurrences ?? []), ...readExceptions(exceptions, main, refuse)];
  if (main === undefined && occurrences.length === 0) return undefined;
  const unique = new Map(occurrences.map((occurrence) => [occurrence.recurid?.iso8601 ?? '', occurrence]));
  const isSeries = main !== undefined && unique.size > 0 && main.event.rrule == null && main.event.rdate == null;
  return {
    main: main === undefined ? null : isSeries ? withSingleRule(main.event) : main.event,
    occurrences: [...unique.values()],
    counters: [],
    properties: {},
    icsUid: uid,
    acceptCounters: true,
  };
}

/** Exceptions of an event that does not repeat: a series of one, so that they have something to be exceptions of. */
function withSingleRule(event: VEvent): VEvent {
  return { ...event, rrule: { frequency: 'DAILY', interval: 1, count: 1 } };
}

/** The version that counts: the highest SEQUENCE, then the latest LAST-MODIFIED or DTSTAMP, then the last one written. */
function latest(sources: readonly Source[]): Source | undefined {
  return sources.reduce<Source | undefined>(
    (best, source) => (best === undefined || !isOlder(source.component, best.component) ? source : best),
    undefined,
  );
}

function isOlder(a: IcalComponent, b: IcalComponent): boolean {
  const sequences = sequenceOf(a) - sequenceOf(b);
  if (sequences !== 0) return sequences < 0;
  const stamp = (component: IcalComponent) =>
    property(component, 'LAST-MODIFIED')?.value ?? property(component, 'DTSTAMP')?.value ?? '';
  return stamp(a) < stamp(b);
}

type Main = { readonly event: VEvent; readonly when: When; readonly occurrences: readonly VEventOccurrence[] };

function readMain(source: Source, refuse: Refuse): Main | undefined {
  const { component, zones } = source;
  const when = readWhen(component, zones);
  if (typeof when === 'string') {
    refuse(source, when);
    return undefined;
  }
  const recurrence = readRecurrence(component, when, zones);
  if (typeof recurrence === 'string') {
    refuse(source, recurrence);
    return undefined;
  }
  const { rrule, exdate, rdate, periods } = recurrence;
  const event: VEvent = { ...readEvent(component, when, zones), rrule, exdate, rdate };
  const single = { ...event, rrule: null, exdate: null, rdate: null };
  const occurrences = periods.map(({ start, end }) => ({
    ...single,
    dtstart: bmDateTime(start),
    dtend: bmDateTime(end),
    recurid: bmDateTime(start),
  }));
  return { event, when, occurrences };
}

function readExceptions(
  sources: readonly Source[],
  main: Main | undefined,
  refuse: Refuse,
): readonly VEventOccurrence[] {
  const newest = new Map<string, { source: Source; occurrence: VEventOccurrence }>();
  for (const source of sources) {
    const occurrence = readException(source, main);
    if (typeof occurrence === 'string') {
      refuse(source, occurrence);
      continue;
    }
    const key = occurrence.recurid?.iso8601 ?? '';
    const known = newest.get(key);
    const isNewer = known === undefined || !isOlder(source.component, known.source.component);
    if (known !== undefined)
      refuse(isNewer ? known.source : source, 'is an older version of another exception of the same occurrence');
    if (isNewer) newest.set(key, { source, occurrence });
  }
  return [...newest.values()].map(({ occurrence }) => occurrence);
}

function readException({ component, zones }: Source, main: Main | undefined): VEventOccurrence | string {
  const [line] = properties(component, 'RECURRENCE-ID');
  const time = line === undefined ? undefined : timeOf(line);
  if (line === undefined || time === undefined) return 'is an exception of an occurrence that cannot be read';
  if (firstValue(line.parameters, 'RANGE') !== undefined)
    return 'changes an occurrence and all that follow, which cannot be kept';
  const own =
    property(component, 'DTSTART') === undefined ? 'has no start' : readWhen(withLength(component, main), zones);
  if (typeof own === 'string') return own;
  const recurid = occurrenceStart(time, main?.when ?? own, zones);
  return {
    ...readEvent(component, own, zones, main?.event),
    rrule: null,
    exdate: null,
    rdate: null,
    recurid: bmDateTime(recurid),
  };
}

/** An exception that says neither end nor length lasts as long as the others. */
function withLength(component: IcalComponent, main: Main | undefined): IcalComponent {
  const hasLength = property(component, 'DTEND') !== undefined || property(component, 'DURATION') !== undefined;
  if (main === undefined || hasLength) return component;
  return { ...component, lines: [...component.lines, `DURATION:PT${lengthOf(main.when)}S`] };
}
