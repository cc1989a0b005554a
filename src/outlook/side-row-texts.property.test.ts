import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { isWhole } from './side-row-texts.ts';

/** Texts about as long as tables show, in one or another script. */
const longTexts = fc
  .tuple(
    fc.constantFrom('x', 'é', '漢', '😀', 'ab\r\n', 'xé', 'x漢', 'ｶ'),
    fc.integer({ min: 20, max: 600 }),
    fc.string({ maxLength: 3 }),
  )
  .map(([piece, length, before]) => (before + piece.repeat(length)).slice(0, length));

/** As many whole characters as fit, each of so many bytes. */
function cutAt(text: string, most: number, bytesOf: (character: string) => number): string {
  let [end, bytes] = [0, 0];
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

const utf8 = (character: string) => Buffer.byteLength(character);
/** A Windows code page of an eastern script: one byte for ASCII and half-width letters, two for all else. */
const doubleByte = (character: string) =>
  character < '\u0080' || (character >= '\uff61' && character <= '\uff9f') ? 1 : 2;

const CUTS: Readonly<Record<string, (text: string) => string>> = {
  'at 255 characters': (text) => text.slice(0, 255),
  'at 255 bytes of UTF-16': (text) => text.slice(0, 127),
  'at 255 bytes of UTF-8': (text) => cutAt(text, 255, utf8),
  'at 255 bytes of a code page of two': (text) => cutAt(text, 255, doubleByte),
  'at 510 bytes of UTF-8': (text) => cutAt(text, 510, utf8),
  'at 510 characters': (text) => text.slice(0, 510),
};

test.each(Object.entries(CUTS))('[EO52] what was cut %s never passes for whole', (_, cut) => {
  fc.assert(
    fc.property(longTexts, (text) => {
      const shown = cut(text);
      if (shown !== text) expect(isWhole(shown)).toBe(false);
    }),
    runs(200),
  );
});

test('a text of the usual length is whole', () => {
  expect(['', 'Agenda', 'Agenda\r\n1. Été', 'x'.repeat(125), 'x'.repeat(129), 'x'.repeat(250)].map(isWhole)).toEqual([
    ...Array.from({ length: 6 }, () => true),
  ]);
});
