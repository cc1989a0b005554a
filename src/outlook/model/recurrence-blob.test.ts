import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/utf8.ts';
import { readRecurrenceBlob, writeRecurrenceBlob } from './recurrence-blob.ts';
import { blobOfPattern, decodeAppointmentRecur, encodeAppointmentRecur, isEveryWeekday } from './recurrence-meaning.ts';
import { hasCorpora, readCorpus } from './testing/corpora.ts';

/** Every three days with two deletions. @source MS-OXOCAL 4.1.1.3 */
const DAILY =
  '043004300A2000000000A0050000E010000000000000212000000A0000000000000002000000A0C1DC0C80D2DC0C00000000207EDC0C0016DD0C0630000009300000E0010000FE01000000000000000000000000';
/** Mondays, Thursdays and Fridays, twelve times, one moved. @source MS-OXOCAL 4.1.1.2 */
const WEEKLY =
  '043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000A096BC0C8020BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C11002200210053696D706C6520526563757272656E6365207769746820657863657074696F6E730800070033342F34313431000000000400000000000000000000003499BC0C5299BC0CF898BC0C2100530069006D0070006C006500200052006500630075007200720065006E006300650020007700690074006800200065007800630065007000740069006F006E0073000700330034002F0034003100340031000000000000000000';

describe('recurrence structure', () => {
  it('[OR1] reads the daily example of the specification', () => {
    expect(decodeAppointmentRecur(fromHex(DAILY))).toEqual({
      pattern: { type: 'daily', interval: 3 },
      firstDate: '2011-04-07',
      end: { kind: 'date', date: '2011-05-04' },
      startMinutes: 480,
      durationMinutes: 30,
      firstDayOfWeek: 0,
      deleted: ['2011-04-19', '2011-04-22'],
      exceptions: [],
    });
  });

  it('[OR1] reads the weekly example of the specification', () => {
    expect(decodeAppointmentRecur(fromHex(WEEKLY))).toEqual({
      pattern: { type: 'weekly', interval: 1, dayOfWeekMask: 50 },
      firstDate: '2007-03-26',
      end: { kind: 'count', occurrences: 12 },
      startMinutes: 600,
      durationMinutes: 30,
      firstDayOfWeek: 0,
      deleted: [],
      exceptions: [
        {
          originalStart: '2007-04-16T10:00:00',
          start: '2007-04-16T11:00:00',
          end: '2007-04-16T11:30:00',
          subject: 'Simple Recurrence with exceptions',
          location: '34/4141',
        },
      ],
    });
  });

  it('[OR2] writes both examples of the specification byte for byte', () => {
    for (const hex of [DAILY, WEEKLY]) {
      expect(toHex(encodeAppointmentRecur(decodeAppointmentRecur(fromHex(hex))))).toBe(hex);
    }
  });

  it('[OR3] reads structures that end where older writers end', () => {
    const whole = fromHex(WEEKLY);
    const exceptionsEnd = 62 + 18 + 12 + 2 + 4 + 33 + 4 + 7;
    const pattern = decodeAppointmentRecur(whole);
    expect(decodeAppointmentRecur(whole.subarray(0, exceptionsEnd))).toEqual(pattern);
    expect(decodeAppointmentRecur(whole.subarray(0, exceptionsEnd + 4))).toEqual(pattern);
    expect(decodeAppointmentRecur(whole.subarray(0, whole.length - 4))).toEqual(pattern);
  });

  it('[OR3] reads what a writer of version 0x3008 leaves out, and skips reserved blocks by their length', () => {
    const blob = readRecurrenceBlob(fromHex(WEEKLY));
    const older = {
      ...blob,
      writerVersion2: 0x3008,
      reserved1: Uint8Array.of(1, 2, 3),
      extended: blob.extended.map((extended) => ({
        ...extended,
        changeHighlight: undefined,
        reserved1: new Uint8Array(9),
        wide: extended.wide && { ...extended.wide, reserved2: Uint8Array.of(7) },
      })),
      reserved2: new Uint8Array(40),
      trailing: Uint8Array.of(0, 0, 0, 0),
    };
    const bytes = writeRecurrenceBlob(older);
    expect(readRecurrenceBlob(bytes)).toEqual(older);
    expect(decodeAppointmentRecur(bytes)).toEqual(decodeAppointmentRecur(fromHex(WEEKLY)));
  });

  it('[OR4] the wide text is the truth; the narrow one serves where it is alone', () => {
    const pattern = decodeAppointmentRecur(fromHex(WEEKLY));
    const written = blobOfPattern({
      ...pattern,
      exceptions: pattern.exceptions.map((exception) => ({ ...exception, subject: 'Größe – 会議', location: 'Zoë’s' })),
    });
    const [exception] = decodeAppointmentRecur(writeRecurrenceBlob(written)).exceptions;
    expect(exception?.subject).toBe('Größe – 会議');
    const alone = writeRecurrenceBlob({ ...written, reserved1: undefined, extended: [], reserved2: undefined });
    const [narrow] = decodeAppointmentRecur(alone).exceptions;
    expect([narrow?.subject, narrow?.location]).toEqual(['Größe – ??', 'Zoë’s']);
  });

  it('[OR5] a series every n years is stored in months and comes back in years', () => {
    const series = {
      ...decodeAppointmentRecur(fromHex(DAILY)),
      pattern: { type: 'yearNth', interval: 2, monthOfYear: 4, dayOfWeekMask: 16, instance: 5 },
      firstDate: '2011-04-28',
      end: { kind: 'never' },
      deleted: [],
    } as const;
    const blob = blobOfPattern(series);
    expect([blob.frequency, blob.period, blob.occurrenceCount, blob.endDate]).toEqual([0x200c, 24, 10, 0x5ae980df]);
    expect(decodeAppointmentRecur(writeRecurrenceBlob(blob))).toEqual(series);
  });

  it('[OR6] "every weekday" is stored as a daily week and read as a weekly series', () => {
    const series = {
      ...decodeAppointmentRecur(fromHex(DAILY)),
      pattern: { type: 'weekly', interval: 1, dayOfWeekMask: 62 },
      deleted: [],
    } as const;
    const blob = blobOfPattern(series, true);
    expect([blob.frequency, blob.patternType, isEveryWeekday(blob), isEveryWeekday(blobOfPattern(series))]).toEqual([
      0x200a,
      1,
      true,
      false,
    ]);
    expect(decodeAppointmentRecur(writeRecurrenceBlob(blob))).toEqual(series);
  });

  it('[OR7] a series of another calendar is refused with a reason of its own', () => {
    const blob = blobOfPattern({
      ...decodeAppointmentRecur(fromHex(DAILY)),
      pattern: { type: 'monthly', interval: 1, dayOfMonth: 9 },
    });
    const unsupported = { code: 'OUTLOOK_UNSUPPORTED_RECURRENCE' };
    expect(() => decodeAppointmentRecur(writeRecurrenceBlob({ ...blob, calendarType: 6 }))).toThrow(
      expect.objectContaining(unsupported),
    );
    expect(() => decodeAppointmentRecur(writeRecurrenceBlob({ ...blob, patternType: 10 }))).toThrow(
      expect.objectContaining(unsupported),
    );
  });

  it('[OR8] damaged structures are refused, wherever they are cut', () => {
    const whole = fromHex(WEEKLY);
    const exceptionsEnd = 62 + 18 + 12 + 2 + 4 + 33 + 4 + 7;
    const readable = new Set([exceptionsEnd, exceptionsEnd + 4, whole.length - 4, whole.length]);
    for (let length = 0; length <= whole.length; length++) {
      const read = () => decodeAppointmentRecur(whole.subarray(0, length));
      if (readable.has(length)) read();
      else expect(read, `cut after ${length}`).toThrow(expect.objectContaining({ code: 'OUTLOOK_BAD_STRUCTURE' }));
    }
  });

  it('[OR8] a count that the bytes cannot hold is refused at once', () => {
    const bytes = fromHex(DAILY);
    bytes.fill(0xff, 34, 38);
    expect(() => decodeAppointmentRecur(bytes)).toThrow(expect.objectContaining({ code: 'OUTLOOK_BAD_STRUCTURE' }));
  });
});

type Fact = {
  readonly id?: string;
  readonly file?: string;
  readonly structure?: string;
  readonly hex: string;
  readonly decoded: {
    readonly firstDateTime: number;
    readonly deletedInstanceDates: readonly string[];
    readonly startDate: string;
    readonly startTimeOffset: number;
    readonly exceptions: readonly {
      readonly originalStart: string;
      readonly start: string;
      readonly subject?: string;
    }[];
  };
};

describe.skipIf(!hasCorpora)('recurrence structures of others (skipped without corpora)', () => {
  const facts = [
    ...readCorpus<Fact[]>('oxocal-examples.json', []).filter(
      ({ structure }) => structure === 'AppointmentRecurrencePattern',
    ),
    ...readCorpus<Fact[]>('facts/real-recurrence-blobs.json', []),
  ].map((fact) => ({ ...fact, name: fact.id ?? fact.file }));

  it.each(facts)('[OR2] writes the structure of $name byte for byte', ({ hex }) => {
    expect(toHex(writeRecurrenceBlob(readRecurrenceBlob(fromHex(hex))))).toBe(hex);
  });

  it.each(facts)('[OR1] agrees with the independent reading of $name', ({ hex, decoded }) => {
    const pattern = decodeAppointmentRecur(fromHex(hex));
    const modified = decoded.exceptions.map(({ originalStart }) => originalStart.slice(0, 10));
    expect([
      pattern.firstDate,
      pattern.startMinutes,
      [...pattern.deleted, ...modified].sort(),
      pattern.exceptions.map(({ originalStart, start, subject }) => [originalStart, start, subject]),
    ]).toEqual([
      decoded.startDate,
      decoded.startTimeOffset,
      [...decoded.deletedInstanceDates].sort(),
      decoded.exceptions.map(({ originalStart, start, subject }) => [originalStart, start, subject]),
    ]);
  });

  it.each(facts)('[OR9] the meaning of $name gives the same bytes again', ({ hex }) => {
    const read = readRecurrenceBlob(fromHex(hex));
    const written = blobOfPattern(decodeAppointmentRecur(fromHex(hex)), isEveryWeekday(read));
    expect(comparable(written)).toEqual(comparable(read));
  });
});

/** Without what other versions write otherwise and what says nothing: version, highlights, bytes after the end. */
function comparable(blob: ReturnType<typeof readRecurrenceBlob>) {
  const { extended, writerVersion2: _, trailing: __, reserved1: ___, reserved2: ____, ...rest } = blob;
  return {
    ...rest,
    exceptions: rest.exceptions.map((e) => ({ ...e, flags: e.flags & ~0x200 })),
    wide: extended.map(({ wide }) => wide),
  };
}
