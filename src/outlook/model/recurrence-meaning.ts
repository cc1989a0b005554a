/**
 * What the bytes of a recurrence mean, and the bytes for a meaning, as Outlook writes them.
 *
 * Reading forgives what does no harm (an interval of 0 is 1, a missing count is told by the end date, a narrow text stands in
 * for a missing wide one) and refuses what would move appointments. Writing computes everything that follows from the
 * rest: first date, count, end date, the lists of dates. Two facts have no place in {@link RecurrencePattern} and are read
 * from the structure: bodies and attachments of exceptions ({@link exceptionsWithBody}), and the "every weekday" choice.
 * @source MS-OXOCAL 2.2.1.44; MS-OXCICAL 2.1.3.2.2 for yearly intervals; recorded structures
 */
import type { BusyStatus } from './appointment.ts';
import { dateOf, dayOf, firstDayOfMonth, minutesOf, monthIndexOf, wallOf, weekdayOf } from './day-number.ts';
import { countOccurrences, firstOccurrence, lastOccurrence } from './expand-pattern.ts';
import {
  type BlobException,
  END_TYPE,
  type ExtendedException,
  FREQUENCY,
  OVERRIDE,
  PATTERN_TYPE,
  type RecurrenceBlob,
  readRecurrenceBlob,
  writeRecurrenceBlob,
} from './recurrence-blob.ts';
import type { OutlookException, Pattern, PatternEnd, RecurrencePattern } from './recurrence-pattern.ts';
import { badStructure, unsupportedRecurrence } from './structure-failure.ts';
import { decodeWindows1252, encodeWindows1252 } from './windows-1252.ts';

/** The end date of a series without end. @units minutes since 1601-01-01, 4500-12-31T23:59 */
const NEVER_ENDS = 0x5ae980df;
/** What writers put as count of a series without end. */
const NEVER_COUNT = 10;
/** Dates from here on stand for "none". @source outlook-calendar.md section 2 */
const NO_END_FROM = dayOf('4500-08-31');

/** Calendars whose months are the Gregorian ones, whatever they call the years. @source MS-OXOCAL 2.2.1.44.1 */
const GREGORIAN_CALENDARS: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 12]);

/**
 * PidLidAppointmentRecur as its meaning.
 * @loss bodies and attachments of exceptions are not in these bytes
 * @throws OUTLOOK_BAD_STRUCTURE, OUTLOOK_UNSUPPORTED_RECURRENCE
 */
export function decodeAppointmentRecur(bytes: Uint8Array): RecurrencePattern {
  return patternOfBlob(readRecurrenceBlob(bytes));
}

/** PidLidAppointmentRecur for a series, as Outlook writes it. */
export function encodeAppointmentRecur(pattern: RecurrencePattern): Uint8Array {
  return writeRecurrenceBlob(blobOfPattern(pattern));
}

/** @throws OUTLOOK_BAD_STRUCTURE, OUTLOOK_UNSUPPORTED_RECURRENCE */
export function patternOfBlob(blob: RecurrenceBlob): RecurrencePattern {
  if (blob.startOffset >= 1440 || blob.endOffset < blob.startOffset) {
    throw badStructure('recurrence', `times of day ${blob.startOffset} to ${blob.endOffset}`);
  }
  const exceptions = new Map<string, OutlookException>();
  blob.exceptions.forEach((exception, index) => {
    const read = readException(exception, blob.extended[index]);
    exceptions.set(read.originalStart, read);
  });
  const modified = new Set([...exceptions.keys()].map((original) => original.slice(0, 10)));
  const deleted = new Set(blob.deletedDates.map(dateOfMinutes).filter((date) => !modified.has(date)));
  return {
    pattern: readPattern(blob),
    firstDate: dateOfMinutes(blob.startDate),
    end: readEnd(blob),
    startMinutes: blob.startOffset,
    durationMinutes: blob.endOffset - blob.startOffset,
    firstDayOfWeek: blob.firstDayOfWeek <= 6 ? blob.firstDayOfWeek : 0,
    deleted: [...deleted].sort(),
    exceptions: [...exceptions.values()].sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1)),
  };
}

/** The original starts of the exceptions that have a body of their own (kept in the item's hidden attachments). */
export function exceptionsWithBody(blob: RecurrenceBlob): readonly string[] {
  return blob.exceptions.filter(({ flags }) => (flags & OVERRIDE.body) !== 0).map(({ original }) => wallOf(original));
}

/** Whether the series was made with the choice "every weekday", which Outlook stores as a daily week. */
export function isEveryWeekday(blob: RecurrenceBlob): boolean {
  return blob.frequency === FREQUENCY.daily && blob.patternType === PATTERN_TYPE.week;
}

/** @param everyWeekday the series is Outlook's "every weekday"; see {@link isEveryWeekday} */
export function blobOfPattern(pattern: RecurrencePattern, everyWeekday = false): RecurrenceBlob {
  const first = firstOccurrence(pattern) ?? pattern.firstDate;
  const startDate = dayOf(first) * 1440;
  const exceptions = [...pattern.exceptions].sort((a, b) => (a.start < b.start ? -1 : 1));
  const dates = (all: readonly string[]) => [...new Set(all)].sort().map((date) => dayOf(date) * 1440);
  return {
    readerVersion: 0x3004,
    writerVersion: 0x3004,
    ...writePattern(pattern, startDate, everyWeekday),
    ...writeEnd(pattern),
    calendarType: 0,
    slidingFlag: 0,
    firstDayOfWeek: pattern.firstDayOfWeek,
    deletedDates: dates([...pattern.deleted, ...exceptions.map(({ originalStart }) => originalStart.slice(0, 10))]),
    modifiedDates: dates(exceptions.map(({ start }) => start.slice(0, 10))),
    startDate,
    readerVersion2: 0x3006,
    writerVersion2: 0x3009,
    startOffset: pattern.startMinutes,
    endOffset: pattern.startMinutes + pattern.durationMinutes,
    exceptions: exceptions.map(writeException),
    reserved1: new Uint8Array(0),
    extended: exceptions.map(writeExtended),
    reserved2: new Uint8Array(0),
    trailing: new Uint8Array(0),
  };
}

function readPattern(blob: RecurrenceBlob): Pattern {
  const { patternType } = blob;
  if (patternType === PATTERN_TYPE.day) return { type: 'daily', interval: atLeastOne(Math.round(blob.period / 1440)) };
  if (patternType === PATTERN_TYPE.week) {
    return { type: 'weekly', interval: atLeastOne(blob.period), dayOfWeekMask: readMask(blob.specific[0]) };
  }
  if (patternType >= PATTERN_TYPE.hijriMonth || !GREGORIAN_CALENDARS.has(blob.calendarType)) {
    throw unsupportedRecurrence(`calendar ${blob.calendarType}, pattern ${patternType}`);
  }
  const months = atLeastOne(blob.period);
  const yearly = blob.frequency === FREQUENCY.yearly || (months > 12 && months % 12 === 0);
  const years = { interval: atLeastOne(Math.round(months / 12)), monthOfYear: readMonth(blob) };
  if (patternType === PATTERN_TYPE.monthNth) {
    const nth = { dayOfWeekMask: readMask(blob.specific[0]), instance: readIn(blob.specific[1], 1, 5, 'instance') };
    return yearly ? { type: 'yearNth', ...years, ...nth } : { type: 'monthNth', interval: months, ...nth };
  }
  const dayOfMonth = patternType === PATTERN_TYPE.monthEnd ? 31 : readIn(blob.specific[0], 1, 31, 'day of the month');
  return yearly ? { type: 'yearly', ...years, dayOfMonth } : { type: 'monthly', interval: months, dayOfMonth };
}

function readMonth(blob: RecurrenceBlob): number {
  return (monthIndexOf(Math.floor(blob.startDate / 1440)) % 12) + 1;
}

function readMask(mask: number | undefined): number {
  return readIn((mask ?? 0) & 0x7f, 1, 0x7f, 'set of weekdays');
}

function readIn(value: number | undefined, least: number, most: number, what: string): number {
  if (value === undefined || value < least || value > most) throw badStructure('recurrence', `${what} ${value}`);
  return value;
}

function atLeastOne(value: number): number {
  return Math.max(1, value);
}

function readEnd(blob: RecurrenceBlob): PatternEnd {
  const byDate: PatternEnd =
    blob.endDate / 1440 >= NO_END_FROM ? { kind: 'never' } : { kind: 'date', date: dateOfMinutes(blob.endDate) };
  switch (blob.endType) {
    case END_TYPE.never:
    case END_TYPE.neverToo:
      return { kind: 'never' };
    case END_TYPE.date:
      return byDate;
    case END_TYPE.count:
      return blob.occurrenceCount === 0 ? byDate : { kind: 'count', occurrences: blob.occurrenceCount };
    default:
      throw badStructure('recurrence', `end type ${blob.endType}`);
  }
}

function writePattern(
  { pattern, firstDayOfWeek }: RecurrencePattern,
  startDate: number,
  everyWeekday: boolean,
): Pick<RecurrenceBlob, 'frequency' | 'patternType' | 'period' | 'specific' | 'firstDateTime'> {
  const interval = atLeastOne(pattern.interval);
  const startDay = startDate / 1440;
  const inMonths = (months: number) => ({
    period: months,
    firstDateTime: firstDayOfMonth(monthIndexOf(startDay) % months) * 1440,
  });
  /** @source MS-OXCICAL 2.1.3.2.2.5: only "every year" is stored as yearly */
  const yearly = interval === 1 ? FREQUENCY.yearly : FREQUENCY.monthly;
  switch (pattern.type) {
    case 'daily': {
      const period = interval * 1440;
      return {
        frequency: FREQUENCY.daily,
        patternType: PATTERN_TYPE.day,
        period,
        specific: [],
        firstDateTime: startDate % period,
      };
    }
    case 'weekly': {
      const week = startDay - ((weekdayOf(startDay) - firstDayOfWeek + 7) % 7);
      return {
        frequency: everyWeekday ? FREQUENCY.daily : FREQUENCY.weekly,
        patternType: PATTERN_TYPE.week,
        period: interval,
        specific: [pattern.dayOfWeekMask],
        firstDateTime: (week * 1440) % (interval * 10080),
      };
    }
    case 'monthly':
      return {
        frequency: FREQUENCY.monthly,
        patternType: PATTERN_TYPE.month,
        specific: [pattern.dayOfMonth],
        ...inMonths(interval),
      };
    case 'yearly':
      return {
        frequency: yearly,
        patternType: PATTERN_TYPE.month,
        specific: [pattern.dayOfMonth],
        ...inMonths(12 * interval),
      };
    case 'monthNth':
    case 'yearNth': {
      const specific = [pattern.dayOfWeekMask, pattern.instance];
      return pattern.type === 'monthNth'
        ? { frequency: FREQUENCY.monthly, patternType: PATTERN_TYPE.monthNth, specific, ...inMonths(interval) }
        : { frequency: yearly, patternType: PATTERN_TYPE.monthNth, specific, ...inMonths(12 * interval) };
    }
  }
}

function writeEnd(pattern: RecurrencePattern): Pick<RecurrenceBlob, 'endType' | 'occurrenceCount' | 'endDate'> {
  const { end } = pattern;
  if (end.kind === 'never') return { endType: END_TYPE.never, occurrenceCount: NEVER_COUNT, endDate: NEVER_ENDS };
  const last = end.kind === 'date' ? end.date : (lastOccurrence(pattern) ?? pattern.firstDate);
  return {
    endType: end.kind === 'date' ? END_TYPE.date : END_TYPE.count,
    occurrenceCount: countOccurrences(pattern) ?? NEVER_COUNT,
    endDate: dayOf(last) * 1440,
  };
}

function readException(exception: BlobException, extended: ExtendedException | undefined): OutlookException {
  const text = (wide: string | undefined, narrow: Uint8Array | undefined) =>
    wide ?? (narrow === undefined ? undefined : decodeWindows1252(narrow));
  if (exception.end < exception.start) throw badStructure('recurrence', 'an exception that ends before it starts');
  const read = {
    originalStart: wallOf(exception.original),
    start: wallOf(exception.start),
    end: wallOf(exception.end),
    subject: text(extended?.wide?.subject, exception.subject),
    location: text(extended?.wide?.location, exception.location),
    allDay: flag(exception.subType),
    busyStatus: busyStatus(exception.busyStatus),
    reminderSet: flag(exception.reminderSet),
    reminderMinutes: exception.reminderDelta,
    meetingStatus: meetingStatus(exception.meetingType),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as OutlookException;
}

function flag(value: number | undefined): boolean | undefined {
  return value === undefined ? undefined : value !== 0;
}

function busyStatus(value: number | undefined): BusyStatus | undefined {
  return value === 0 || value === 1 || value === 2 || value === 3 || value === 4 ? value : undefined;
}

/** The bit "forwarded" (8) is left out: it changes nothing that is shown. */
function meetingStatus(value: number | undefined): OutlookException['meetingStatus'] {
  const known = (value ?? -1) & 7;
  return value !== undefined && (known === 0 || known === 1 || known === 3 || known === 5 || known === 7)
    ? known
    : undefined;
}

function writeException(exception: OutlookException): BlobException {
  const written = {
    subject: narrow(exception.subject),
    meetingType: exception.meetingStatus,
    reminderDelta: exception.reminderMinutes,
    reminderSet: exception.reminderSet === undefined ? undefined : Number(exception.reminderSet),
    location: narrow(exception.location),
    busyStatus: exception.busyStatus,
    attachment: undefined,
    subType: exception.allDay === undefined ? undefined : Number(exception.allDay),
    color: undefined,
  };
  const flags = (Object.keys(written) as (keyof typeof written)[])
    .filter((name) => written[name] !== undefined)
    .reduce((all, name) => all | OVERRIDE[name], exception.body === undefined ? 0 : OVERRIDE.body);
  return {
    start: minutesOf(exception.start),
    end: minutesOf(exception.end),
    original: minutesOf(exception.originalStart),
    flags,
    ...written,
  };
}

function writeExtended(exception: OutlookException): ExtendedException {
  const wide = {
    start: minutesOf(exception.start),
    end: minutesOf(exception.end),
    original: minutesOf(exception.originalStart),
    subject: exception.subject,
    location: exception.location,
    reserved2: new Uint8Array(0),
  };
  return {
    changeHighlight: new Uint8Array(4),
    reserved1: new Uint8Array(0),
    wide: exception.subject === undefined && exception.location === undefined ? undefined : wide,
  };
}

function narrow(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : encodeWindows1252(text);
}

function dateOfMinutes(minutes: number): string {
  return dateOf(Math.floor(minutes / 1440));
}
