/**
 * What the server holds where Outlook shows less: kept on the item, so that what is read is what the server has, not what is shown. With it
 * the recurrence of such an item is protected: it is read from here while the item still shows what was made from it.
 */
import { canonicalJson, digestText } from '../../../base/digest.ts';
import type { Exception, OriginalStart } from '../../../domain/event.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import type { LocalDate, WallTime, ZoneId } from '../../../domain/time.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';

/** The truth behind an item. */
export type Truth = {
  /** The rule, when no pattern shows it. */
  readonly partial?:
    | {
        readonly rule: Recurrence | undefined;
        readonly start: LocalDate | WallTime;
        readonly added: readonly (LocalDate | WallTime)[];
        /** Occurrences are shown from this date on. */
        readonly from: LocalDate;
        /** @units minutes */
        readonly minutes: number;
        /** From this date on a later part has to be shown. */
        readonly due?: LocalDate | undefined;
      }
    | undefined;
  /** Exceptions that have no place in Outlook's series, as they would be there; their occurrences are left out. */
  readonly hidden: readonly OutlookException[];
  /** Occurrences that others stand for: the date of the stand-in → the date of the occurrence it shows. */
  readonly standIns: ReadonlyMap<LocalDate, LocalDate>;
  /** Changed occurrences that the series does not hold: of dates that the rule does not make, or refused by Outlook. */
  readonly aside?: readonly Aside[] | undefined;
  /** Occurrences that are not shown at all: some of them, to be told. */
  readonly unshown?: readonly Unshown[] | undefined;
  /** Occurrences that Outlook still shows: it does not take their removal. */
  readonly lingering?: readonly Lingering[] | undefined;
  /** Of a series that makes nothing in the time that is shown only the beginning is there. */
  readonly isFirstOnly?: boolean | undefined;
  /** The item is occurrences without a series: which, and on what date of the item's series each is shown. */
  readonly orphans?: readonly Orphan[] | undefined;
};

/** A changed occurrence by its name, as an exception would say it. `zone`: see {@link OriginalStart}. */
export type Aside = {
  readonly name: LocalDate | WallTime;
  readonly exception: OutlookException;
  readonly zone?: ZoneId | undefined;
};

/** The date of an occurrence that was to be removed, and the exception that lies there, as its digest. */
export type Lingering = { readonly date: LocalDate; readonly was: string | undefined };

/** Tells what the user makes of an occurrence from what was there. */
export function lingeringOn(date: LocalDate, exceptions: readonly OutlookException[]): Lingering {
  const there = exceptions.find(({ originalStart }) => originalStart.slice(0, 10) === date);
  return { date, was: there && digestText(canonicalJson(there)) };
}

/** An occurrence that is not shown: when it is, and what it is called. */
export type Unshown = { readonly start: LocalDate | WallTime; readonly title: string };

/** A changed occurrence, as one that is not shown. */
export function unshownOf({ event: { when, title } }: Exception): Unshown {
  return { start: when.kind === 'date' ? when.start : when.start.wall, title };
}

export type Orphan = { readonly original: OriginalStart; readonly date: LocalDate };

type Written = {
  readonly r?: Partial<Recurrence>;
  readonly s?: string;
  readonly a?: readonly string[];
  readonly f?: string;
  readonly m?: number;
  readonly d?: string;
  readonly h?: readonly OutlookException[];
  readonly p?: readonly (readonly [standIn: string, occurrence: string])[];
  readonly u?: readonly (readonly [start: string, title: string])[];
  readonly b?: 1;
  readonly x?: readonly (readonly [name: string, exception: OutlookException, zone?: string])[];
  readonly l?: readonly (readonly [date: string, was?: string])[];
  readonly o?: readonly (readonly [date: string, at: string, zone?: string])[];
};

/** The tag that says `truth`; undefined when there is nothing to say. */
export function simplifiedTag(truth: Truth): string | undefined {
  const { partial, hidden, standIns, aside = [], unshown = [], lingering = [], isFirstOnly, orphans } = truth;
  const written: Written = {
    ...(partial === undefined ? {} : { s: partial.start, a: partial.added, f: partial.from, m: partial.minutes }),
    ...(partial?.due === undefined ? {} : { d: partial.due }),
    ...(partial?.rule === undefined ? {} : { r: compact(partial.rule) }),
    ...(hidden.length > 0 ? { h: hidden.map(withShortBody) } : {}),
    ...(standIns.size > 0 ? { p: [...standIns] } : {}),
    ...(unshown.length > 0 ? { u: unshown.slice(0, MOST_UNSHOWN).map(unshownEntry) } : {}),
    ...(isFirstOnly === true ? { b: 1 } : {}),
    ...(aside.length > 0 ? { x: aside.map(asideEntry) } : {}),
    ...(lingering.length > 0
      ? { l: lingering.map(({ date, was }) => (was === undefined ? ([date] as const) : ([date, was] as const))) }
      : {}),
    ...(orphans === undefined ? {} : { o: orphans.map(orphanEntry) }),
  };
  return Object.keys(written).length === 0 ? undefined : JSON.stringify(written);
}

function asideEntry({ name, exception, zone }: Aside): readonly [string, OutlookException, string?] {
  const short = withShortBody(exception);
  return zone === undefined ? [name, short] : [name, short, zone];
}

/** The words of a text too long for a tag are the server's to keep. */
function withShortBody(exception: OutlookException): OutlookException {
  const { body } = exception;
  return body === undefined ? exception : { ...exception, body: body.slice(0, MOST_BODY) };
}

const MOST_BODY = 300;

function unshownEntry({ start, title }: Unshown): readonly [string, string] {
  return [start, title.slice(0, 60)];
}

// As many as are worth telling.
const MOST_UNSHOWN = 20;

function orphanEntry({ date, original: { at, zone } }: Orphan): readonly [string, string, string?] {
  return zone === undefined ? [date, at] : [date, at, zone];
}

/** The truth behind an item; undefined when the item shows all there is. A tag that cannot be read counts as none. */
export function truthOf(item: Appointment): Truth | undefined {
  const text = item.tags[TAG.simplified];
  if (text === undefined) return undefined;
  const written = parse(text);
  if (written === undefined) return undefined;
  const { r, s, a = [], f, m, d, h = [], p = [], u, b, x, l, o } = written;
  return {
    partial:
      s === undefined || f === undefined || m === undefined
        ? undefined
        : { rule: r && expand(r), start: s, added: a, from: f, minutes: m, due: d },
    hidden: h,
    standIns: new Map(p),
    unshown: u?.map(([start, title]) => ({ start, title })),
    isFirstOnly: b === 1 ? true : undefined,
    aside: x?.map(([name, exception, zone]) => ({ name, exception, zone })),
    lingering: l?.map(([date, was]) => ({ date, was })),
    orphans: o?.map(([date, at, zone]) => ({ date, original: { at, zone } })),
  };
}

/** From when on a later part of a partly shown series has to be shown. @units milliseconds since 1970-01-01T00:00:00Z */
export function dueOf(item: Appointment): number | undefined {
  const due = truthOf(item)?.partial?.due;
  return due === undefined ? undefined : Date.parse(`${due}T00:00:00Z`);
}

function parse(text: string): Written | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Written) : undefined;
  } catch {
    return undefined;
  }
}

const LISTS = [
  'byDay',
  'byMonthDay',
  'byMonth',
  'bySetPos',
  'byYearDay',
  'byWeekNo',
  'byHour',
  'byMinute',
  'bySecond',
] as const;

function compact(rule: Recurrence): Partial<Recurrence> {
  const lists = LISTS.flatMap((name) => (rule[name].length > 0 ? [[name, rule[name]]] : []));
  return { frequency: rule.frequency, interval: rule.interval, end: rule.end, ...Object.fromEntries(lists) };
}

function expand(rule: Partial<Recurrence>): Recurrence {
  const lists = Object.fromEntries(LISTS.map((name) => [name, rule[name] ?? []])) as unknown as Pick<
    Recurrence,
    (typeof LISTS)[number]
  >;
  const end = rule.end ?? { kind: 'never' };
  // Members that are absent in JSON are `undefined` in the domain.
  const settled =
    end.kind === 'untilMoment' ? { ...end, moment: { wall: end.moment.wall, zone: end.moment.zone } } : end;
  return { ...lists, frequency: rule.frequency ?? 'DAILY', interval: rule.interval ?? 1, end: settled };
}
