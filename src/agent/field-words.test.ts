import { expect, it } from 'vitest';
import { CONTACT_SHAPE, GROUP_SHAPE } from '../domain/contact.ts';
import { SERIES_SHAPE } from '../domain/event.ts';
import { type AnyShape, anyShape, type Shape } from '../domain/shape.ts';
import { entryName, memberName } from '../domain/shape-diff.ts';
import { fieldInWords, fieldsInWords } from './field-words.ts';

/** Every name that a changed field of a shape can have. */
function namesOf(shape: AnyShape, name: string): string[] {
  switch (shape.of) {
    case 'atom':
      return [name];
    case 'optional':
      return [name, ...namesOf(shape.some, name)];
    case 'keyed':
      return [name, ...namesOf(shape.entry, entryName(name, '2026-03-09T09:00:00', shape.entry))];
    case 'record':
      return Object.entries(shape.fields).flatMap(([member, some]) => namesOf(some, memberName(name, member, some)));
  }
}

const SHAPES = [SERIES_SHAPE, CONTACT_SHAPE, GROUP_SHAPE] as unknown as readonly Shape<unknown>[];
const NAMES = [...new Set(SHAPES.flatMap((shape) => namesOf(anyShape(shape), '')))].filter(
  // The list of exceptions is never named itself: each of its entries is.
  (name) => name !== 'exceptions',
);

it.each(['en', 'fr'] as const)('every field that can change has words in %s', (locale) => {
  const silent = NAMES.filter((name) => {
    const words = fieldInWords(name, locale);
    return /[a-z][A-Z]|\[|\w\.\w/.test(words) || (words === name && locale === 'fr' && !ALIKE.has(name));
  });
  expect(silent).toEqual([]);
});

/** Words that English, French and the domain have in common. */
const ALIKE = new Set(['importance', 'division', 'profession', 'assistant', 'note', 'photo']);

it('says a field, an occurrence, and a field of an occurrence', () => {
  const names = [
    'main.title',
    'exceptions[2026-03-09T09:00:00]',
    'exceptions[2026-03-09T09:00:00@Europe/Paris].location',

    'emails.address',
    'emails',
  ];
  expect(fieldsInWords(names, 'en')).toEqual([
    'title',
    'the occurrence of 2026-03-09 09:00',
    'place of the occurrence of 2026-03-09 09:00',

    'e-mail',
  ]);
  expect(fieldInWords('exceptions[2026-03-09T09:00:30].busy', 'fr')).toBe(
    'disponibilité de l’occurrence du 2026-03-09 09:00:30',
  );
  expect(fieldInWords('neverHeardOf', 'en')).toBe('neverHeardOf');
});
