import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/utf8.ts';
import { readRecurrenceBlob, writeRecurrenceBlob } from './recurrence-blob.ts';
import { hasCorpora, readCorpus } from './testing/corpora.ts';
import { readZoneDefinition, readZoneStruct, writeZoneDefinition, writeZoneStruct } from './time-zone-blob.ts';

type Example = { readonly id: string; readonly structure: string; readonly hex: string };

/** What follows a bare pattern in an appointment: both versions, 8:00 to 8:30, no exception and two empty blocks. */
const TAIL = '0630000009300000E0010000FE01000000000000000000000000';

/** How each kind is read and written again; global ids have their own test. */
const AGAIN: Readonly<Record<string, (hex: string) => string>> = {
  TimeZoneDefinition: (hex) => toHex(writeZoneDefinition(readZoneDefinition(fromHex(hex)))),
  PidLidTimeZoneStruct: (hex) => toHex(writeZoneStruct(readZoneStruct(fromHex(hex)))),
  AppointmentRecurrencePattern: (hex) => toHex(writeRecurrenceBlob(readRecurrenceBlob(fromHex(hex)))),
  // A task has the pattern alone, which is how an appointment's begins.
  RecurrencePattern: (hex) => {
    const written = toHex(writeRecurrenceBlob(readRecurrenceBlob(fromHex(hex + TAIL))));
    return written.endsWith(TAIL) ? written.slice(0, -TAIL.length) : written;
  },
};

describe.skipIf(!hasCorpora)('recorded structures of others (skipped without corpora)', () => {
  const examples = readCorpus<Example[]>('oxocal-examples.json', []);

  it('every zone and recurrence that others recorded is read and written byte for byte', () => {
    const known = examples.filter(({ structure }) => structure in AGAIN);
    const counts = Object.keys(AGAIN).map((kind) => known.filter(({ structure }) => structure === kind).length);
    expect(counts).toEqual([2, 2, 11, 5]);
    const again = known.map(({ id, structure, hex }) => [id, AGAIN[structure]?.(hex)]);
    expect(again).toEqual(known.map(({ id, hex }) => [id, hex]));
  });
});
