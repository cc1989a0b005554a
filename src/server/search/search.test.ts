import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { runs } from '../../base/testing/runs.ts';
import { searcher } from './search.ts';

const jane = {
  uid: 'u1',
  value: {
    kind: 'individual',
    identification: { formatedName: { value: 'Jane Dupont-Müller' }, birthday: 500 },
    communications: { emails: [{ value: 'jane.dupont@acme.test' }, { value: 'jd@home.test' }], tels: [] },
  },
};
const finds = (query: string, escapeQuery = false) => searcher({ query, escapeQuery })(jane);

const PATHS: [string, boolean][] = [
  ['value.kind:individual', true],
  ['value.kind:group', false],
  ['value.communications.emails.value:jd@home.test', true],
  ['value.communications.emails.value:jd\\@home.test', true],
  ['value.communications.tels.value:1', false],
  ['_exists_:value.communications.emails', true],
  ['_exists_:value.communications.tels', false],
  ['value.constructor.name:Object', false],
];

test.each(PATHS)('[SE1] a field is found by its path through lists, %s: %s', (query, found) => {
  expect(finds(query)).toBe(found);
});

const WORDS: [string, boolean][] = [
  ['muller', true],
  ['MÜLLER', true],
  ['dup', false],
  ['dup*', true],
  ['*pont', true],
  ['dupon?', true],
  ['acme', true],
  ['"jane dupont"', true],
  ['"dupont jane"', false],
  ['dupont-muller', true],
];

test.each(WORDS)(
  '[SE2] words are compared without case and accents, wildcards stand for characters, %s: %s',
  (query, found) => {
    expect(finds(query)).toBe(found);
  },
);

const OPERATORS: [string, boolean][] = [
  [
    'value.kind:individual AND (value.identification.formatedName.value:(dup*) OR value.communications.emails.value:(x*))',
    true,
  ],
  ['value.identification.formatedName.value:(jane nobody)', false],
  ['value.identification.formatedName.value:(jane OR nobody)', true],
  ['jane AND NOT dupont', false],
  ['jane -nobody', true],
  ['+jane !nobody', true],
  ['jane && nobody || dupont', true],
  ['value.identification.birthday:[400 TO 600]', true],
  ['value.identification.birthday:{500 TO *]', false],
  ['', true],
  ['*', true],
];

test.each(OPERATORS)('[SE3] operators, brackets and ranges, %s: %s', (query, found) => {
  expect(finds(query)).toBe(found);
});

test('[SE4] escapeQuery takes the signs of the language for what they are', () => {
  expect(finds('value.communications.emails.value:jane.dupont@acme.test', true)).toBe(true);
  expect(() => finds('[', true)).not.toThrow();
});

test('[SE5] a query that cannot be read is INVALID_QUERY', () => {
  for (const query of [
    '(a',
    'a)',
    '"a',
    'a AND',
    'x:[1',
    'NOT',
    `${'('.repeat(500)}a${')'.repeat(500)}`,
    `${'-'.repeat(9000)}a`,
    'a'.repeat(20_000),
  ])
    expect(() => finds(query), query.slice(0, 20)).toThrowError(expect.objectContaining({ code: 'INVALID_QUERY' }));
});

test('[SE6] any text is answered or refused, quickly', () => {
  const sign = fc.constantFrom(
    '(',
    ')',
    '"',
    '*',
    '?',
    ':',
    '\\',
    'AND ',
    ' OR ',
    'NOT ',
    '[1 TO 2]',
    'a',
    'value',
    '.',
    ' ',
    '-',
    '+',
  );
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
      try {
        finds(signs.join(''));
      } catch (error) {
        expect(isFailure(error, 'INVALID_QUERY')).toBe(true);
      }
    }),
    runs(300),
  );
});
