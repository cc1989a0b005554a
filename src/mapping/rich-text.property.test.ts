import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import { htmlOfPlain, normalPlain, plainOfHtml } from './rich-text.ts';

const piece = fc.constantFrom(
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\u00a0',
  '&',
  '<',
  '>',
  '"',
  '&nbsp;',
  '<b>',
  'é',
  'x',
  '\u2028',
);
const texts = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const markup = fc
  .array(
    fc.oneof(
      piece,
      fc.constantFrom(
        '<p>',
        '</p>',
        '<li>',
        '<ul>',
        '</ul>',
        '<pre>',
        '</pre>',
        '<td>',
        '<a href="http://x">',
        '</a>',
        '<!--',
        '<',
      ),
      fc.constantFrom('<br>', '<div>', '</div>', '<script>', '<a ">"', "'", '&#', '&#x41;', '=', '/>'),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

describe('rich text', () => {
  test('plain text survives being stored as html', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(plainOfHtml(htmlOfPlain(text))).toBe(normalPlain(text));
      }),
      runs(2000),
    );
  });

  test('the normal form is its own normal form', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(normalPlain(normalPlain(text))).toBe(normalPlain(text));
      }),
      runs(2000),
    );
  });

  test('any markup gives text in normal form', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const plain = plainOfHtml(html);
        expect(normalPlain(plain)).toBe(plain);
      }),
      runs(2000),
    );
  });

  // Each of these took minutes in some earlier form of the code; the test's own time limit tells.
  test.each([
    '<',
    '<a ',
    '<a ">" ',
    '<a =">" ',
    '<script>',
    '<!--',
    '<ul><li>',
    '&',
    '&#',
    '&nbsp;',
    '<body ',
    '<pre>\n',
    ' ',
    '</body ',
    '<a href="http://x.test">y</a>',
    "<img alt=' ",
    '\u00a0x',
    '<td>',
  ])('a megabyte of %j is read to its end', (unit) => {
    const html = unit.repeat(Math.ceil(1_000_000 / unit.length));
    expect(plainOfHtml(html)).toBeTypeOf('string');
    expect(htmlOfPlain(html)).toBeTypeOf('string');
  });
});
