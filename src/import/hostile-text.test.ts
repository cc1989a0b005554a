/** Text files that are broken, misnamed or made to harm: each ends in items, in refusals that say why, or in one sentence. */
import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { importOf } from './open-import.ts';

const CONTEXT = { zone: 'Europe/Paris', ownAddress: '' };
/** `npm run test:long`: at full size. */
const LONG = process.env['RUNS'] !== undefined;

/** What is told of a file: titles, refusals in brackets, or the code and the first words of the failure. */
function told(source: ByteSource | string | Uint8Array, name: string): string[] {
  const words: string[] = [];
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  try {
    for (const found of importOf('size' in bytes ? bytes : memorySource(bytes), CONTEXT, name).found()) {
      if (found.kind === 'event') words.push(found.series.main?.title ?? '');
      else if (found.kind === 'card') words.push(found.card.kind === 'contact' ? found.card.formattedName : 'list');
      else if (found.kind === 'refused') words.push(`[${found.detail}]`);
      else if (found.kind === 'other') words.push('other');
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    words.push(`${error.code}: ${error.message.split(/[.:;]/)[0]}`);
  }
  return words;
}

const lines = (...text: readonly string[]) => `${text.join('\r\n')}\r\n`;
const event = (title: string, ...more: readonly string[]) =>
  lines('BEGIN:VEVENT', `UID:${title}`, `SUMMARY:${title}`, 'DTSTART:20260101T090000Z', ...more, 'END:VEVENT');
const calendar = (...events: readonly string[]) =>
  lines('BEGIN:VCALENDAR', 'VERSION:2.0', events.join(''), 'END:VCALENDAR');
const card = (name: string, ...more: readonly string[]) =>
  lines('BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `N:${name};;;;`, ...more, 'END:VCARD');
const table = (...rows: readonly string[]) => lines('First Name,Last Name,Notes', ...rows);

/** Bytes that are nowhere: a beginning, one byte over and over, an end. */
function endless(start: string, byte: number, times: number, end: string): ByteSource {
  const [head, tail] = [Buffer.from(start), Buffer.from(end)];
  const size = head.length + times + tail.length;
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)), byte);
    if (offset < head.length) head.copy(bytes, 0, offset);
    const from = head.length + times - offset;
    if (from < bytes.length) tail.copy(bytes, Math.max(0, from), Math.max(0, -from));
    return bytes;
  };
  return { size, read, close: () => undefined };
}

const HUGE = LONG ? 1_000_000_000 : 36_000_000;
const MANY = LONG ? 10_000_000 : 30_000;
/** @units milliseconds; on a busy machine */
const PATIENCE = { timeout: LONG ? 600_000 : 60_000 };
const [LETTER, LF] = [0x61, 0x0a];

describe('a line that hardly ends', () => {
  const start = (text: string) => text.slice(0, text.lastIndexOf('END:'));
  const end = (text: string) => text.slice(text.lastIndexOf('END:'));

  it('costs the event or the card that it is in, and not the others', PATIENCE, () => {
    const long = event('Long', 'DESCRIPTION:');
    const ics = endless(
      `BEGIN:VCALENDAR\r\n${event('A')}${start(long)}`,
      LETTER,
      HUGE,
      `\r\n${end(long)}${event('B')}END:VCALENDAR\r\n`,
    );
    expect(told(ics, 'a.ics')).toEqual(['A', '[is cut off: the file ends inside it]', 'B']);
    const wide = card('Long', 'NOTE:');
    const vcf = endless(card('A') + start(wide), LETTER, HUGE, `\r\n${end(wide)}${card('B')}`);
    expect(told(vcf, 'a.vcf')).toEqual(['A', '[it is impossibly large]', 'B']);
    const csv = endless(table('Ann,A,'), LETTER, HUGE, `\r\nBob,B,\r\n`);
    expect(told(csv, 'a.csv')).toEqual(['Ann A', '[row in line 3 is impossibly long]', 'Bob B']);
  });

  it('at the head of a file is no calendar, no card, no export', PATIENCE, () => {
    for (const name of ['a.ics', 'a.vcf', 'a.csv'])
      expect(told(endless('', LETTER, HUGE, ''), name)[0]).toMatch(/^IMPORT_KIND_UNKNOWN: The file /);
    expect(told(endless('BEGIN:VCALENDAR\r\nX-', LETTER, HUGE, ''), 'a.ics')).toEqual([]);
  });
});

it('millions of empty lines are gone through, whatever they end in', PATIENCE, () => {
  for (const byte of [LF, 0x0d]) {
    expect(told(endless('BEGIN:VCALENDAR\r\n', byte, MANY, `${event('A')}END:VCALENDAR\r\n`), 'a.ics')).toEqual(['A']);
    expect(told(endless(card('A'), byte, MANY, card('B')), 'a.vcf')).toEqual(['A', 'B']);
    expect(told(endless(table('Ann,A,'), byte, MANY, 'Bob,B,'), 'a.csv')).toEqual(['Ann A', 'Bob B']);
    expect(told(endless('', byte, MANY, ''), 'a.csv')[0]).toMatch(/^IMPORT_KIND_UNKNOWN/);
  }
});

it('NUL characters are dropped, a file of nothing else is none', () => {
  expect(told(calendar(event('A\0b')), 'a.ics')).toEqual(['Ab']);
  expect(told(card('A\0b'), 'a.vcf')).toEqual(['Ab']);
  expect(told(table('A\0b,C,'), 'a.csv')).toEqual(['Ab C']);
  for (const name of ['a.ics', 'a.vcf', 'a.csv', 'a'])
    expect(told(endless('', 0, 200_000, ''), name)[0]).toMatch(/^IMPORT_KIND_UNKNOWN/);
});

it('UTF-16 of both orders, with and without a mark, Windows-1252 and UTF-8 with a mark say the same', () => {
  const long = `${'Zoë 🙂 '.repeat(9)}end`;
  const files = { 'a.ics': calendar(event('Zoë')), 'a.vcf': card('Zoë'), 'a.csv': table('Zoë,,') };
  for (const [name, text] of Object.entries(files)) {
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    const marked = [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(`\ufeff${text}`, 'utf16le').swap16()];
    for (const bytes of [little, big, ...marked, Buffer.from(text, 'latin1'), Buffer.from(`\ufeff${text}`)])
      expect(told(bytes, name)).toEqual(['Zoë']);
  }
  // Characters of two units on the borders of the pieces that are read.
  const many = Array.from({ length: 300 }, (_, at) => card(`${at} ${long.slice(at % 40)}`)).join('');
  for (const shift of ['', ' '])
    expect(told(Buffer.from(shift + many, 'utf16le'), 'a.vcf')).toEqual(told(shift + many, 'a.vcf'));
  expect(told(Buffer.from(card('A'), 'utf16le').subarray(0, -1), 'a.vcf')).toEqual(['A']);
});

describe('a quotation mark that does not end', () => {
  const flaw = (line: number) => `[row in line ${line} has a quotation mark that does not end]`;

  it('costs its line, and not the rows behind it', () => {
    expect(told(table('Ann,A,', 'Eve,"E,', 'Bob,B,', '"Cleo",C,"two\r\nlines"'), 'a.csv')).toEqual([
      ...['Ann A', flaw(3), 'Bob B', 'Cleo C'],
    ]);
    expect(told(table('Ann,A,', 'Eve,E,"'), 'a.csv')).toEqual(['Ann A', flaw(3)]);
    const far = Array.from({ length: 2200 }, (_, at) => `P${at},${'x'.repeat(2000)},`);
    const found = told(table('Eve,"E,', ...far), 'a.csv');
    expect([found.length, found[0], found.at(-1)?.slice(0, 6)]).toEqual([2201, flaw(2), 'P2199 ']);
  });

  it('in the headings, or in every row of many, is told as well', () => {
    expect(told(table().replace('Notes', '"Notes'), 'a.csv')[0]).toMatch(/^IMPORT_KIND_UNKNOWN/);
    const rows = Array.from({ length: 300 }, () => `Eve,E,"${'x'.repeat(2000)}""`);
    const found = told(table(...rows, 'Bob,B,'), 'a.csv');
    expect([found.length, found[0], found.at(-2), found.at(-1)]).toEqual([301, flaw(2), flaw(301), 'Bob B']);
  });

  it('within a field is a character like others', () => {
    expect(told(table('Ann 5" A,B,', '"Eve ""E""", F ,"x"'), 'a.csv')).toEqual(['Ann 5" A B', 'Eve "E" F']);
  });
});

it('archives, workbooks and documents under another name are told by what they begin with', () => {
  const sentence = (hex: string, name: string) => told(Buffer.from(hex.padEnd(600, '0'), 'hex'), name);
  expect(sentence('504b03041400', 'a.csv')).toEqual([
    'IMPORT_KIND_UNKNOWN: The file is an archive or a workbook (ZIP)',
  ]);
  expect(sentence('1f8b0800', 'a.ics')).toEqual(['IMPORT_KIND_UNKNOWN: The file is compressed (gzip)']);
  expect(sentence('d0cf11e0a1b11ae1', 'a.csv')).toEqual([
    'IMPORT_KIND_UNKNOWN: The file is a single item of Outlook (',
  ]);
  expect(told('Name,Colour\r\nA,red\r\n', 'a.csv')).toEqual([
    expect.stringMatching(/^IMPORT_KIND_UNKNOWN: The file is no export/),
  ]);
});

it.skipIf(!LONG)('of one UID no more events are read than a series can have', () => {
  const many = Array.from({ length: 10_050 }, (_, at) => event('A', `SEQUENCE:${at}`)).join('');
  const found = told(calendar(event('B'), many), 'a.ics');
  expect(found.filter((word) => word === '[has the UID of very many others]')).toHaveLength(50);
  expect(found.filter((word) => !word.startsWith('['))).toEqual(['B', 'A']);
});
