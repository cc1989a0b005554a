/**
 * PidLidAppointmentRecur as a structure: every field of the bytes, nothing interpreted, so that reading and writing gives the
 * same bytes back. What it means is in `recurrence-meaning.ts`.
 *
 * Dates are minutes since 1601-01-01 on the wall clock of the series' zone. Structures that end where the optional part begins
 * are read (older writers stop there), and bytes after the end are kept; anything else that does not fit is damaged.
 * @source MS-OXOCAL 2.2.1.44.5
 */
import { type ByteReader, type ByteWriter, byteReader, byteWriter } from './bytes.ts';
import { badStructure } from './structure-failure.ts';

export const FREQUENCY = { daily: 0x200a, weekly: 0x200b, monthly: 0x200c, yearly: 0x200d } as const;
/** The values from 10 count Hijri months. */
export const PATTERN_TYPE = {
  day: 0,
  week: 1,
  month: 2,
  monthNth: 3,
  monthEnd: 4,
  hijriMonth: 10,
  hijriMonthNth: 11,
  hijriMonthEnd: 12,
} as const;
export const END_TYPE = { date: 0x2021, count: 0x2022, never: 0x2023, neverToo: 0xffffffff } as const;
/** Which members of an exception differ from the series. */
export const OVERRIDE = {
  subject: 0x1,
  meetingType: 0x2,
  reminderDelta: 0x4,
  reminderSet: 0x8,
  location: 0x10,
  busyStatus: 0x20,
  attachment: 0x40,
  subType: 0x80,
  color: 0x100,
  body: 0x200,
} as const;

/** The part of an exception that has grown later: wide texts and blocks of unknown meaning. */
export type ExtendedException = {
  /** undefined below writer version 0x3009 */
  readonly changeHighlight: Uint8Array | undefined;
  readonly reserved1: Uint8Array;
  /** Present when the subject or the location differs. */
  readonly wide:
    | {
        readonly start: number;
        readonly end: number;
        readonly original: number;
        readonly subject: string | undefined;
        readonly location: string | undefined;
        readonly reserved2: Uint8Array;
      }
    | undefined;
};

/** A modified occurrence. @units times in minutes since 1601-01-01; members are undefined when their override flag is absent */
export type BlobException = {
  readonly start: number;
  readonly end: number;
  readonly original: number;
  readonly flags: number;
  /** In the code page of the writer. */
  readonly subject: Uint8Array | undefined;
  readonly meetingType: number | undefined;
  readonly reminderDelta: number | undefined;
  readonly reminderSet: number | undefined;
  readonly location: Uint8Array | undefined;
  readonly busyStatus: number | undefined;
  readonly attachment: number | undefined;
  readonly subType: number | undefined;
  readonly color: number | undefined;
};

export type RecurrenceBlob = {
  readonly readerVersion: number;
  readonly writerVersion: number;
  readonly frequency: number;
  readonly patternType: number;
  readonly calendarType: number;
  readonly firstDateTime: number;
  readonly period: number;
  readonly slidingFlag: number;
  /** Nothing for days; the mask for weeks; the day for months; mask and instance for the nth day of months. */
  readonly specific: readonly number[];
  readonly endType: number;
  readonly occurrenceCount: number;
  readonly firstDayOfWeek: number;
  readonly deletedDates: readonly number[];
  readonly modifiedDates: readonly number[];
  readonly startDate: number;
  readonly endDate: number;
  readonly readerVersion2: number;
  readonly writerVersion2: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly exceptions: readonly BlobException[];
  /** undefined: the bytes end before this block. */
  readonly reserved1: Uint8Array | undefined;
  readonly extended: readonly ExtendedException[];
  /** undefined: the bytes end before this block. */
  readonly reserved2: Uint8Array | undefined;
  /** What follows the structure. */
  readonly trailing: Uint8Array;
};

const STRUCTURE = 'recurrence';

/** @throws OUTLOOK_BAD_STRUCTURE */
export function readRecurrenceBlob(bytes: Uint8Array): RecurrenceBlob {
  const from = byteReader(bytes, STRUCTURE);
  const base = readPattern(from);
  const versions = { readerVersion2: from.u32(), writerVersion2: from.u32() };
  const offsets = { startOffset: from.u32(), endOffset: from.u32() };
  const exceptions = times(from.u16(), () => readException(from));
  const head = { ...base, ...versions, ...offsets, exceptions };
  const nothing = new Uint8Array(0);
  if (from.remaining() === 0) {
    return { ...head, reserved1: undefined, extended: [], reserved2: undefined, trailing: nothing };
  }
  const reserved1 = readBlock(from);
  if (from.remaining() === 0) return { ...head, reserved1, extended: [], reserved2: undefined, trailing: nothing };
  const extended = exceptions.map(({ flags }) => readExtended(from, flags, versions.writerVersion2));
  const reserved2 = from.remaining() === 0 ? undefined : readBlock(from);
  return { ...head, reserved1, extended, reserved2, trailing: from.bytes(from.remaining()) };
}

export function writeRecurrenceBlob(blob: RecurrenceBlob): Uint8Array {
  const to = byteWriter();
  writePattern(to, blob);
  to.u32(blob.readerVersion2).u32(blob.writerVersion2).u32(blob.startOffset).u32(blob.endOffset);
  to.u16(blob.exceptions.length);
  for (const exception of blob.exceptions) writeException(to, exception);
  if (blob.reserved1 !== undefined) writeBlock(to, blob.reserved1);
  for (const extended of blob.extended) writeExtended(to, extended);
  if (blob.reserved2 !== undefined) writeBlock(to, blob.reserved2);
  return to.bytes(blob.trailing).done();
}

function readPattern(from: ByteReader) {
  const head = {
    readerVersion: from.u16(),
    writerVersion: from.u16(),
    frequency: from.u16(),
    patternType: from.u16(),
    calendarType: from.u16(),
    firstDateTime: from.u32(),
    period: from.u32(),
    slidingFlag: from.u32(),
  };
  return {
    ...head,
    specific: times(specificLength(head.patternType), () => from.u32()),
    endType: from.u32(),
    occurrenceCount: from.u32(),
    firstDayOfWeek: from.u32(),
    deletedDates: readDates(from),
    modifiedDates: readDates(from),
    startDate: from.u32(),
    endDate: from.u32(),
  };
}

function writePattern(to: ByteWriter, blob: RecurrenceBlob): void {
  to.u16(blob.readerVersion).u16(blob.writerVersion).u16(blob.frequency).u16(blob.patternType).u16(blob.calendarType);
  to.u32(blob.firstDateTime).u32(blob.period).u32(blob.slidingFlag);
  for (const value of blob.specific) to.u32(value);
  to.u32(blob.endType).u32(blob.occurrenceCount).u32(blob.firstDayOfWeek);
  for (const dates of [blob.deletedDates, blob.modifiedDates]) {
    to.u32(dates.length);
    for (const date of dates) to.u32(date);
  }
  to.u32(blob.startDate).u32(blob.endDate);
}

/** @units 32-bit values */
function specificLength(patternType: number): number {
  switch (patternType) {
    case PATTERN_TYPE.day:
      return 0;
    case PATTERN_TYPE.monthNth:
    case PATTERN_TYPE.hijriMonthNth:
      return 2;
    case PATTERN_TYPE.week:
    case PATTERN_TYPE.month:
    case PATTERN_TYPE.monthEnd:
    case PATTERN_TYPE.hijriMonth:
    case PATTERN_TYPE.hijriMonthEnd:
      return 1;
    default:
      throw badStructure(STRUCTURE, `pattern type ${patternType}`);
  }
}

function readException(from: ByteReader): BlobException {
  const head = { start: from.u32(), end: from.u32(), original: from.u32(), flags: from.u16() };
  const long = (flag: number): number | undefined => ((head.flags & flag) === 0 ? undefined : from.u32());
  return {
    ...head,
    subject: readNarrow(from, head.flags, OVERRIDE.subject),
    meetingType: long(OVERRIDE.meetingType),
    reminderDelta: long(OVERRIDE.reminderDelta),
    reminderSet: long(OVERRIDE.reminderSet),
    location: readNarrow(from, head.flags, OVERRIDE.location),
    busyStatus: long(OVERRIDE.busyStatus),
    attachment: long(OVERRIDE.attachment),
    subType: long(OVERRIDE.subType),
    color: long(OVERRIDE.color),
  };
}

function writeException(to: ByteWriter, exception: BlobException): void {
  to.u32(exception.start).u32(exception.end).u32(exception.original).u16(exception.flags);
  const long = (value: number | undefined) => value !== undefined && to.u32(value);
  writeNarrow(to, exception.subject);
  long(exception.meetingType);
  long(exception.reminderDelta);
  long(exception.reminderSet);
  writeNarrow(to, exception.location);
  long(exception.busyStatus);
  long(exception.attachment);
  long(exception.subType);
  long(exception.color);
}

/** A narrow text carries two lengths, the first one larger by one. */
function readNarrow(from: ByteReader, flags: number, flag: number): Uint8Array | undefined {
  if ((flags & flag) === 0) return undefined;
  from.u16();
  return from.bytes(from.u16());
}

function writeNarrow(to: ByteWriter, text: Uint8Array | undefined): void {
  if (text !== undefined)
    to.u16(text.length + 1)
      .u16(text.length)
      .bytes(text);
}

function readExtended(from: ByteReader, flags: number, writerVersion2: number): ExtendedException {
  const changeHighlight = writerVersion2 >= 0x3009 ? readBlock(from) : undefined;
  const reserved1 = readBlock(from);
  if ((flags & (OVERRIDE.subject | OVERRIDE.location)) === 0) return { changeHighlight, reserved1, wide: undefined };
  const wide = {
    start: from.u32(),
    end: from.u32(),
    original: from.u32(),
    subject: (flags & OVERRIDE.subject) === 0 ? undefined : from.utf16(from.u16()),
    location: (flags & OVERRIDE.location) === 0 ? undefined : from.utf16(from.u16()),
    reserved2: readBlock(from),
  };
  return { changeHighlight, reserved1, wide };
}

function writeExtended(to: ByteWriter, { changeHighlight, reserved1, wide }: ExtendedException): void {
  if (changeHighlight !== undefined) writeBlock(to, changeHighlight);
  writeBlock(to, reserved1);
  if (wide === undefined) return;
  to.u32(wide.start).u32(wide.end).u32(wide.original);
  for (const text of [wide.subject, wide.location]) if (text !== undefined) to.u16(text.length).utf16(text);
  writeBlock(to, wide.reserved2);
}

function readBlock(from: ByteReader): Uint8Array {
  return from.bytes(from.u32());
}

function writeBlock(to: ByteWriter, block: Uint8Array): void {
  to.u32(block.length).bytes(block);
}

function readDates(from: ByteReader): number[] {
  const count = from.u32();
  if (count * 4 > from.remaining()) throw badStructure(STRUCTURE, `it announces ${count} dates`);
  return times(count, () => from.u32());
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}
