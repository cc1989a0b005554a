import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isFailure } from '../../base/failure.ts';
import { decodeCardFile } from './encoding.ts';
import { parseCards } from './parse-cards.ts';
import { writeCards } from './write-cards.ts';

const corpora = process.env.CORPORA ?? '../shared/corpora';
const present = existsSync(join(corpora, 'vcf'));
if (!present) console.log(`vcard corpora: skipped, ${corpora} is not there (set CORPORA)`);

function filesUnder(folder: string): string[] {
  return readdirSync(join(corpora, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'ABOUT.md')
    .map((entry) => join(entry.parentPath, entry.name));
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return decodeCardFile(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** What became of a file: its cards come back the same from what we write. */
function roundTrip(path: string): { cards: number; refused: number } | 'no card' {
  try {
    const { cards, refused } = parseCards(textOf(path));
    const again = cards.length === 0 ? [] : parseCards(writeCards(cards, { version: '3.0' })).cards;
    expect(again, path).toEqual(cards);
    expect(refused.every((one) => one.reason !== '')).toBe(true);
    return { cards: cards.length, refused: refused.length };
  } catch (error) {
    if (!isFailure(error, 'VCARD_UNPARSABLE')) throw error;
    return 'no card';
  }
}

describe.runIf(present)('recorded vCards', () => {
  test('every file of other programs is read or refused with a reason, and survives writing', () => {
    const results = filesUnder('vcf').map((path) => ({ path, result: roundTrip(path) }));
    const read = results.flatMap(({ result }) => (result === 'no card' ? [] : [result]));
    const cards = read.reduce((sum, one) => sum + one.cards, 0);
    const refused = read.reduce((sum, one) => sum + one.refused, 0);
    console.log(`vcard corpora: ${results.length} files, ${cards} cards read, ${refused} refused`);
    const none = results.filter(({ result }) => result === 'no card').map(({ path }) => path.split('/').at(-1));
    expect(none.sort()).toEqual(['davx5-ose--rfc6352-carddav.txt.txt', 'vobject--rfc4770-im-attrs.txt.txt']);
    expect(cards).toBeGreaterThan(250);
    expect(refused).toBeLessThan(15);
  });

  test('hostile files are read or refused', () => {
    for (const path of [...filesUnder('hostile/vcf'), ...filesUnder('hostile/synthetic')]) roundTrip(path);
  });
});
