import { expect, it } from 'vitest';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** Every key with its words, however deep. */
function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    return typeof value === 'string' ? [[path + key, value]] : flat(value as object, `${path}${key}.`);
  });
}

const blanks = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

it('French and English have the same keys with the same blanks, and none is empty', () => {
  const [english, french] = [new Map(flat(en)), new Map(flat(fr))];
  expect([...french.keys()]).toEqual([...english.keys()]);
  for (const [key, words] of english) expect([key, blanks(french.get(key) ?? '')]).toEqual([key, blanks(words)]);
  expect([...english, ...french].filter(([, words]) => words.trim() === '')).toEqual([]);
});

it('French sentences are French: no words were left in English, and its marks stand apart as they should', () => {
  const [english, french] = [new Map(flat(en)), flat(fr)];
  const same = french.filter(([key, words]) => english.get(key) === words && /\s/.test(words)).map(([key]) => key);
  expect(same).toEqual([]);
  expect(french.filter(([, words]) => /\w[?!;:](\s|$)/.test(words)).map(([key]) => key)).toEqual([]);
});
