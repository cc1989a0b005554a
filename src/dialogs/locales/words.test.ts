import { expect, it } from 'vitest';
import { trialEn } from '../trial/words-en.ts';
import { trialFr } from '../trial/words-fr.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** The windows' words, and those of the trial's page. */
const TABLES = [
  ['the windows', en, fr],
  ['the trial', trialEn, trialFr],
] as const;

/** Every key with its words, however deep. */
function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    return typeof value === 'string' ? [[path + key, value]] : flat(value as object, `${path}${key}.`);
  });
}

const blanks = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

it.each(TABLES)('%s: French and English have the same keys with the same blanks, and none is empty', (_of, en, fr) => {
  const [english, french] = [new Map(flat(en)), new Map(flat(fr))];
  expect([...french.keys()]).toEqual([...english.keys()]);
  for (const [key, words] of english) expect([key, blanks(french.get(key) ?? '')]).toEqual([key, blanks(words)]);
  expect([...english, ...french].filter(([, words]) => words.trim() === '')).toEqual([]);
});

it.each(TABLES)('%s: French sentences are French, and their marks stand apart as they should', (_of, en, fr) => {
  const [english, french] = [new Map(flat(en)), flat(fr)];
  const same = french.filter(([key, words]) => english.get(key) === words && /\s/.test(words)).map(([key]) => key);
  expect(same).toEqual([]);
  expect(french.filter(([, words]) => /\w[?!;:](\s|$)/.test(words)).map(([key]) => key)).toEqual([]);
});
