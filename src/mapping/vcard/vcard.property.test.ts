import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { runs } from '../../base/testing/runs.ts';
import { decodeBase64, decodeCardFile, encodeBase64 } from './encoding.ts';
import { parseCards } from './parse-cards.ts';
import { writeCards } from './write-cards.ts';

const run = runs(200);

const word = fc.constantFrom(
  'WORK',
  'home',
  'CELL',
  'fax',
  'pref',
  'TYPE=work',
  'PREF=1',
  'X-Y="a:b"',
  'ENCODING=b',
  'CHARSET=x',
);
const name = fc.constantFrom(
  ...[
    'FN',
    'N',
    'TEL',
    'EMAIL',
    'ADR',
    'ORG',
    'NOTE',
    'BDAY',
    'URL',
    'IMPP',
    'CATEGORIES',
    'UID',
    'KIND',
    'MEMBER',
    'LABEL',
  ],
  ...[
    'PHOTO',
    'KEY',
    'X-ABLabel',
    'X-SPOUSE',
    'NICKNAME',
    'GENDER',
    'TITLE',
    'X-AIM',
    'VERSION',
    'X-ADDRESSBOOKSERVER-KIND',
    'AGENT',
  ],
);
const value = fc.oneof(
  fc.constantFrom(
    'group',
    '2.1',
    '4.0',
    'a;b;c',
    'x,y',
    'mailto:a@b.test',
    'urn:uuid:u',
    'tel:1;ext=2',
    '1980-01-02',
    'MAMCAQE=',
  ),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('\\', ';', ',', ':', 'n', '"', '^', ' ', 'é', '\t', '=', '<', '&') }),
);
const line = fc
  .tuple(fc.constantFrom('', 'item1.', 'g.'), name, fc.array(word, { maxLength: 3 }), value)
  .map(([group, property, words, text]) => `${group}${property}${words.map((one) => `;${one}`).join('')}:${text}`);
const file = fc
  .array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 3 })
  .map((cards) => cards.map((lines) => ['BEGIN:VCARD', 'FN:x', ...lines, 'END:VCARD'].join('\n')).join('\n'));

describe('parseCards and writeCards', () => {
  test('what was parsed, written and parsed again is the same', () => {
    fc.assert(
      fc.property(file, (text) => {
        const { cards } = parseCards(text);
        const written = writeCards(cards, { version: '3.0' });
        expect(parseCards(written).cards).toEqual(cards);
      }),
      run,
    );
  });

  test('any bytes are read or refused with VCARD_UNPARSABLE', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, framed) => {
        const text = decodeCardFile(bytes);
        try {
          parseCards(framed ? `BEGIN:VCARD\n${text}\nEND:VCARD` : text);
        } catch (error) {
          expect(isFailure(error, 'VCARD_UNPARSABLE')).toBe(true);
        }
      }),
      run,
    );
  });

  test('base64 gives back the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
      run,
    );
  });
});
