import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { named, namedText, PROP, PSETID, PT, type TypedValue, tag } from './property.ts';
import { loadNumbered } from './rows.ts';
import { contentsOf, propertiesIn, readProperties, readProperty, writeProperty } from './stored-properties.ts';
import { emulatedOutlook, lateOutlook, saved } from './testing/world.ts';

const text = fc.string({ unit: 'binary' });
const key = fc.oneof(
  fc.nat({ max: 0x7fff }).map(tag),
  fc.tuple(fc.constantFrom(...Object.values(PSETID)), fc.nat({ max: 0xffff })).map(([set, id]) => named(set, id)),
  fc
    .tuple(fc.constantFrom(PSETID.publicStrings, '{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}'), text)
    .map(([set, name]) => namedText(set, name)),
);
const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => new Uint8Array(value));
const value: fc.Arbitrary<TypedValue> = fc.oneof(
  text.map((value) => ({ type: PT.UNICODE, value })),
  fc.integer().map((value) => ({ type: PT.LONG, value })),
  fc.boolean().map((value) => ({ type: PT.BOOLEAN, value })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ type: PT.DOUBLE, value: value + 0 })),
  fc.constant({ type: PT.SYSTIME, value: '2026-03-01T08:00:00' }),
  bytes.map((value) => ({ type: PT.BINARY, value })),
  fc.array(text).map((value) => ({ type: PT.MV_UNICODE, value })),
  fc.array(fc.integer()).map((value) => ({ type: PT.MV_LONG, value })),
  fc.array(bytes).map((value) => ({ type: PT.MV_BINARY, value })),
);
const properties = fc.uniqueArray(fc.tuple(key, value), { selector: ([of]) => of });

test('what lies in a row is what was put there, whatever it is called and whatever it says', () => {
  const law = fc.property(properties, (values) => {
    expect(propertiesIn(contentsOf(values))).toEqual(values);
  });
  fc.assert(law);
});

test('one property is written without another, and found among all by its name, whatever that is', () => {
  const outlook = emulatedOutlook();
  const { database } = outlook.session;
  saved(lateOutlook(outlook).contacts, { FullName: 'Jean Dupont' });
  const law = fc.property(key, value, (odd, value) => {
    const before = new Map(readProperties(database, 'i1'));
    writeProperty(database, 'i1', odd, value);
    const stored = new Map(readProperties(database, 'i1'));
    expect(stored).toEqual(new Map([...before, [odd, value]]));
    for (const keys of [[odd], [odd, PROP.messageClass], [PROP.messageClass, tag(0x7abc)], []]) {
      const [row] = loadNumbered(outlook.session, [1], keys);
      expect(keys.map((of) => row?.values.get(of))).toEqual(keys.map((of) => stored.get(of)));
    }
  });
  fc.assert(law);
  outlook.close();
});

const OLD = [
  ['i1', 't:0037', PT.UNICODE, 'Weekly "review"\n'],
  ['i1', named(PSETID.common, 0x8501), PT.LONG, 15],
  ['i1', named(PSETID.common, 0x8503), PT.BOOLEAN, 1],
  ['i1', named(PSETID.appointment, 0x8216), PT.BINARY, Uint8Array.of(4, 48, 255)],
  ['i1', named(PSETID.appointment, 0x8233), PT.BINARY, Uint8Array.of()],
  ['i1', namedText(PSETID.publicStrings, 'Keywords'), PT.MV_UNICODE, '["Travel","É"]'],
  ['i1', named(PSETID.address, 0x8054), PT.MV_BINARY, '["00ff","0a"]'],
  ['i1', 't:3008', PT.SYSTIME, '2026-03-01T08:00:00'],
  ['i1', 't:5000', PT.DOUBLE, 1.5],
  ['p7', 't:3001', PT.UNICODE, 'Ann'],
  ['fAB', 't:3001', PT.UNICODE, 'Calendar'],
  ['s1', 't:3004', PT.UNICODE, 'a store'],
] as const satisfies readonly (readonly [string, string, number, SQLInputValue])[];

test('a file of the first schema keeps every value, and what its journal said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  const file = join(folder, 'outlook.sqlite');
  const old = new DatabaseSync(file);
  old.exec(readFileSync(new URL('./migrations/0001-start.sql', import.meta.url), 'utf8'));
  old.exec(`PRAGMA user_version = 1;
    INSERT INTO settings VALUES ('profile', 'Outlook');
    INSERT INTO stores VALUES (1, 'U', 'S', 'pst', 'x.pst', 1, 1, 'AB');
    INSERT INTO folders VALUES ('AB', 1, NULL, NULL, 1, 1);
    INSERT INTO items VALUES (1, 'E1', 1, 'AB', 0, 1), (2, 'E2', 1, 'AB', 0, 1);
    INSERT INTO parts VALUES (7, 'i1', 'recipient', 0);
    INSERT INTO journal VALUES (41, 'Items', 'AB', 'ItemAdd', 'E1')`);
  for (const row of OLD) old.prepare('INSERT INTO properties VALUES (?, ?, ?, ?)').run(...row);
  old.close();
  const outlook = emulatedOutlook({ file });
  const { database } = outlook.session;
  expect(new Map(readProperties(database, 'i1'))).toEqual(
    new Map<string, TypedValue>([
      ['t:0037', { type: PT.UNICODE, value: 'Weekly "review"\n' }],
      [PROP.reminderDelta, { type: PT.LONG, value: 15 }],
      [PROP.reminderSet, { type: PT.BOOLEAN, value: true }],
      [named(PSETID.appointment, 0x8216), { type: PT.BINARY, value: Uint8Array.of(4, 48, 255) }],
      [named(PSETID.appointment, 0x8233), { type: PT.BINARY, value: new Uint8Array(0) }],
      [PROP.keywords, { type: PT.MV_UNICODE, value: ['Travel', 'É'] }],
      [named(PSETID.address, 0x8054), { type: PT.MV_BINARY, value: [Uint8Array.of(0, 255), Uint8Array.of(10)] }],
      [PROP.modified, { type: PT.SYSTIME, value: '2026-03-01T08:00:00' }],
      ['t:5000', { type: PT.DOUBLE, value: 1.5 }],
    ]),
  );
  const [ann, calendar, store] = (['p7', 'fAB', 's1'] as const).map((owner) => readProperties(database, owner));
  expect([ann, calendar, readProperties(database, 'i2')]).toEqual([
    [[PROP.displayName, { type: PT.UNICODE, value: 'Ann' }]],
    [[PROP.displayName, { type: PT.UNICODE, value: 'Calendar' }]],
    [],
  ]);
  expect([store?.length, readProperty(database, 's1', PROP.comment)?.value]).toEqual([1, 'a store']);
  const heard: string[] = [];
  outlook.watch(({ event }) => heard.push(event));
  outlook.session.events.raise({ source: 'Items', about: 'AB', event: 'ItemChange', argument: 'E1' });
  outlook.pump();
  expect(heard).toEqual(['ItemChange']);
  expect(database.all('SELECT seq FROM journal').map((row) => row['seq'])).toEqual([41, 42]);
  outlook.close();
  rmSync(folder, { recursive: true });
});
