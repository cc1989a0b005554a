/**
 * Every data file of the corpora against two independent readers, readpst (libpst) and pffexport (libpff): the same numbers, and the same
 * values of what they print. Where they differ the reason stands in {@link KNOWN}; a difference without one fails.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileSource } from '../byte-source.ts';
import { type Facts, readAppointmentFacts, readContactFacts, readGroupFacts } from '../testing/facts.ts';
import {
  addTo,
  byPffexport,
  byReadpst,
  emptyReading,
  filesIn,
  type Kind,
  missingReaders,
  type Reading,
} from '../testing/other-readers.ts';
import { openPst, type PstItem } from './open-pst.ts';
import { kindOfClass } from './pst-file.ts';

const FOLDER = join(process.env['CORPORA'] ?? '../shared/corpora', 'pst');
const without = [...(existsSync(FOLDER) ? [] : ['no corpora']), ...missingReaders()];

/** Why a reader tells less than we do, by file. Nothing here lets us tell less than they. */
const KNOWN: Readonly<Record<string, readonly [reader: 'readpst' | 'pffexport', kind: Kind, reason: string][]>> = {
  'aspose.email-for-.net--Test_part1.pst': [
    ['pffexport', 'contact', 'pffexport stops at the first contact that this file’s writer made; 12 follow'],
    ['readpst', 'contact', 'readpst gives up two contacts of the same writer, and gives four without names'],
  ],
};
const NO_LISTS = 'readpst does not export distribution lists';

function ours(path: string): Reading | string {
  const source = fileSource(path);
  const reading = emptyReading();
  try {
    for (const entry of openPst(source).entries()) {
      const item: PstItem = entry.item();
      const kind = kindOfClass(item.messageClass);
      if (kind === 'event') addTo(reading, kind, readAppointmentFacts(item));
      else if (kind === 'contact') addTo(reading, kind, readContactFacts(item));
      else if (kind === 'group') addTo(reading, kind, readGroupFacts(item));
    }
    return reading;
  } catch (error) {
    return (error as Error).message;
  } finally {
    source.close();
  }
}

/** The fields that a reader prints and we read otherwise; every one of its items is matched with the one of ours that is nearest. */
function differences(kind: Kind, theirs: readonly Facts[], mine: readonly Facts[]): string[] {
  const left = [...mine];
  const score = (a: Facts, b: Facts) => Object.keys(a).filter((name) => a[name] !== '' && a[name] === b[name]).length;
  return [...theirs]
    .sort((a, b) => said(b) - said(a))
    .flatMap((item) => {
      const best = left.toSorted((a, b) => score(item, b) - score(item, a))[0];
      if (best === undefined) return [];
      left.splice(left.indexOf(best), 1);
      return Object.keys(item)
        .filter(
          (name) => item[name] !== '' && item[name] !== 'null' && best[name] !== undefined && item[name] !== best[name],
        )
        .map((name) => `${kind} ${name}: ${JSON.stringify(item[name])}, ours ${JSON.stringify(best[name])}`);
    });
}

/** How much an item says: those that say most find their like first. */
function said(item: Facts): number {
  return Object.values(item).filter((value) => value !== '').length;
}

describe.skipIf(without.length > 0)(
  `data files of others${without.length > 0 ? ` (skipped: ${without.join(', ')})` : ''}`,
  () => {
    it('gives the numbers and the values that readpst and pffexport give', { timeout: 240_000 }, () => {
      const faults: string[] = [];
      const lines: string[] = [];
      const total = { files: 0, refused: 0, event: 0, contact: 0, group: 0 };
      const compared = new Map<string, number>();
      for (const path of filesIn(FOLDER).sort()) {
        const name = basename(path);
        const mine = ours(path);
        const others = { readpst: byReadpst(path), pffexport: byPffexport(path) };
        total.files += 1;
        if (typeof mine === 'string') {
          total.refused += 1;
          lines.push(`${name}: refused: ${mine.split('. ')[0]}`);
          const found = Object.entries(others).filter(
            ([, one]) => one !== undefined && Object.values(one.numbers).some((count) => count > 0),
          );
          if (found.length > 0)
            faults.push(`${name}: refused, and ${found.map(([reader]) => reader).join(' and ')} read items of it`);
          continue;
        }
        for (const kind of ['event', 'contact', 'group'] as const) total[kind] += mine.numbers[kind];
        for (const [reader, other] of Object.entries(others) as ['readpst' | 'pffexport', Reading | undefined][]) {
          if (other === undefined) continue;
          for (const kind of ['event', 'contact', 'group'] as const) {
            const [a, b] = [other.numbers[kind], mine.numbers[kind]];
            const why =
              reader === 'readpst' && kind === 'group'
                ? NO_LISTS
                : KNOWN[name]?.find(([of, what]) => of === reader && what === kind)?.[2];
            if (a !== b && (why === undefined || a > b)) faults.push(`${name}: ${reader} gives ${a} ${kind}s, we ${b}`);
            if (a !== b && why !== undefined && b > 0)
              lines.push(`${name}: ${reader} gives ${a} of ${b} ${kind}s: ${why}`);
            for (const difference of differences(kind, other.items[kind], mine.items[kind]))
              faults.push(`${name}, ${reader}: ${difference}`);
            for (const item of other.items[kind])
              for (const [field, value] of Object.entries(item))
                if (value !== '') compared.set(`${kind} ${field}`, (compared.get(`${kind} ${field}`) ?? 0) + 1);
          }
        }
      }
      const versions = execFileSync('readpst', ['-V'], { encoding: 'utf8' }).split('\n')[0];
      const fields = [...compared].map(([field, count]) => `${count} × ${field}`).join(', ');
      console.info(
        `${total.files} data files (${total.refused} refused), ${total.event} appointments, ${total.contact} contacts, ${total.group} lists; ` +
          `compared with ${versions} and pffexport: ${fields}; ${faults.length} differ without a known reason\n  ${lines.join('\n  ')}`,
      );
      expect(faults).toEqual([]);
      expect(total.event + total.contact).toBeGreaterThan(0);
    });
  },
);
