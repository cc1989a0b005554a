/** Recorded calendars, cards and exports, read piece by piece: the same as when they are read in one go; hostile ones end well. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/digest.ts';
import { isFailure } from '../base/failure.ts';
import { bluemindCard } from '../mapping/bluemind/contact/card.ts';
import { bluemindEvent } from '../mapping/bluemind/event/event.ts';
import { parseCalendar } from '../mapping/ical/parse-calendar.ts';
import { hasCorpora } from '../mapping/testing/corpus-files.ts';
import { decodeCardFile } from '../mapping/vcard/encoding.ts';
import { parseCards } from '../mapping/vcard/parse-cards.ts';
import { memorySource } from './byte-source.ts';
import type { Found } from './found.ts';
import { importOf } from './open-import.ts';

const FOLDER = process.env['CORPORA'] ?? '../shared/corpora';
const CONTEXT = { zone: 'Europe/Paris', ownAddress: '' };

/** Series with exceptions, many zones, large ones; the others of the folder are read by the tests of the reader itself. */
const CALENDARS = ['outlook', 'recurrence', 'timezones', 'large'];
const isCalendar = (path: string) => extname(path) === '.ics';

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(path) : [path];
    });
}

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function streamed(bytes: Uint8Array, name: string): Found[] | string {
  try {
    return [...importOf(memorySource(bytes), CONTEXT, name).found()];
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
}

function atOnce(read: () => readonly unknown[]): readonly string[] {
  try {
    return read().map(canonicalJson).sort();
  } catch (error) {
    if (isFailure(error)) return [error.code];
    throw error;
  }
}

describe.skipIf(!hasCorpora)('files of others', () => {
  it('calendars hold the same series, piece by piece as in one go', { timeout: 240_000 }, () => {
    const other: string[] = [];
    let [files, series] = [0, 0];
    for (const path of CALENDARS.flatMap((name) => filesIn(join(FOLDER, 'ics', name))).filter(isCalendar)) {
      const bytes = bytesOf(path);
      const found = streamed(bytes, 'a.ics');
      if (typeof found === 'string') continue;
      const mine = found.flatMap((one) => (one.kind === 'event' ? [canonicalJson(one.series)] : [])).sort();
      const theirs = atOnce(() =>
        parseCalendar(decodeCardFile(bytes)).series.flatMap(({ uid, value }) => {
          try {
            return [bluemindEvent.read(value, uid)];
          } catch {
            return [];
          }
        }),
      );
      files++;
      series += mine.length;
      // Of a task that is not ended, one go loses the events behind it.
      if (theirs.some((one) => !mine.includes(one))) other.push(path.slice(FOLDER.length));
    }
    console.info(
      `${files} calendars with ${series} series, read piece by piece: ${other.length} otherwise than in one go`,
    );
    expect(other).toEqual([]);
    expect(series).toBeGreaterThan(files);
  });

  it('cards are the same, piece by piece as in one go', () => {
    const other: string[] = [];
    let cards = 0;
    for (const path of filesIn(join(FOLDER, 'vcf')).filter((one) => extname(one) === '.vcf')) {
      const bytes = bytesOf(path);
      const found = streamed(bytes, 'a.vcf');
      if (typeof found === 'string') continue;
      const bare = (card: object) => ({ ...card, photo: undefined });
      const mine = found.flatMap((one) => (one.kind === 'card' ? [canonicalJson(bare(one.card))] : [])).sort();
      const theirs = atOnce(() =>
        parseCards(decodeCardFile(bytes)).cards.map(({ uid, value }) => bare(bluemindCard.read(value, uid))),
      );
      cards += mine.length;
      if (canonicalJson(mine) !== canonicalJson(theirs)) other.push(path.slice(FOLDER.length));
    }
    console.info(`${cards} cards, read piece by piece: ${other.length} files otherwise than in one go`);
    expect(other).toEqual([]);
    expect(cards).toBeGreaterThan(0);
  });

  it('exports and everything hostile end in items or in a code of ours', { timeout: 240_000 }, () => {
    const told = new Map<string, number>();
    for (const path of [
      ...filesIn(join(FOLDER, 'csv')),
      ...filesIn(join(FOLDER, 'hostile')),
      ...filesIn(join(FOLDER, 'msg')),
    ]) {
      const found = streamed(bytesOf(path), path.replace(/\.gz$/, ''));
      const kind = typeof found === 'string' ? found : 'read';
      told.set(kind, (told.get(kind) ?? 0) + 1);
    }
    console.info(`exports and hostile files: ${[...told].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
    expect([...told.keys()].every((kind) => kind === 'read' || kind.startsWith('IMPORT_'))).toBe(true);
  });
});
