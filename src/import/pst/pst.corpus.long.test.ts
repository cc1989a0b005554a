/**
 * Every data file of the corpora against two independent readers, readpst (libpst) and pffexport (libpff): the same numbers, and the same
 * values of what they print. Where they differ the reason stands in {@link KNOWN}; a difference without one fails.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSource } from '../byte-source.ts';
import { readAppointmentFacts, readContactFacts, readGroupFacts } from '../testing/facts.ts';
import { openPst, type PstItem } from './open-pst.ts';
import { kindOfClass } from './pst-file.ts';

const FOLDER = join(process.env['CORPORA'] ?? '../shared/corpora', 'pst');
const has = (program: string) => spawnSync(program, ['-V']).error === undefined;
const without = [
  ...(existsSync(FOLDER) ? [] : ['no corpora']),
  ...(has('readpst') ? [] : ['no readpst (Debian: pst-utils)']),
  ...(has('pffexport') ? [] : ['no pffexport (Debian: pff-tools)']),
];

type Facts = Readonly<Record<string, string>>;
type Kind = 'event' | 'contact' | 'group';
type Numbers = Record<Kind, number>;
type Reading = { readonly numbers: Numbers; readonly items: Record<Kind, Facts[]> };

/** Why a reader tells less than we do, by file. Nothing here lets us tell less than they. */
const KNOWN: Readonly<Record<string, readonly [reader: 'readpst' | 'pffexport', kind: Kind, reason: string][]>> = {
  'aspose.email-for-.net--Test_part1.pst': [
    ['pffexport', 'contact', 'pffexport stops at the first contact that this file’s writer made; 12 follow'],
    ['readpst', 'contact', 'readpst gives up two contacts of the same writer, and gives four without names'],
  ],
};
const NO_LISTS = 'readpst does not export distribution lists';

const temporary: string[] = [];
afterAll(() => {
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'pst-corpus-'));
  temporary.push(made);
  return made;
}

function filesIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const inner = join(path, name);
    return statSync(inner).isDirectory() ? filesIn(inner) : [inner];
  });
}

function empty(): Reading {
  return { numbers: { event: 0, contact: 0, group: 0 }, items: { event: [], contact: [], group: [] } };
}

function add(reading: Reading, kind: Kind, facts: Facts): void {
  reading.numbers[kind] += 1;
  reading.items[kind].push(facts);
}

function ours(path: string): Reading | string {
  const source = fileSource(path);
  const reading = empty();
  try {
    for (const entry of openPst(source).entries()) {
      const item: PstItem = entry.item();
      const kind = kindOfClass(item.messageClass);
      if (kind === 'event') add(reading, kind, readAppointmentFacts(item));
      else if (kind === 'contact') add(reading, kind, readContactFacts(item));
      else if (kind === 'group') add(reading, kind, readGroupFacts(item));
    }
    return reading;
  } catch (error) {
    return (error as Error).message;
  } finally {
    source.close();
  }
}

/** iCalendar and vCard files, one each. */
function byReadpst(path: string): Reading | undefined {
  const to = folder();
  if (spawnSync('readpst', ['-q', '-D', '-b', '-e', '-o', to, path]).status !== 0) return undefined;
  const reading = empty();
  for (const file of filesIn(to)) {
    const lines = unfolded(readFileSync(file, 'utf8'));
    const value = (name: string) =>
      unescaped(
        lines.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))?.replace(/^[^:]*:/, '') ?? '',
      );
    if (lines.includes('BEGIN:VEVENT'))
      add(reading, 'event', {
        subject: value('SUMMARY'),
        start: value('DTSTART'),
        end: value('DTEND'),
        location: value('LOCATION'),
        repeats: value('RRULE') === '' ? '' : 'yes',
      });
    else if (lines.includes('BEGIN:VCARD')) {
      const [family = '', given = ''] = value('N').split(';');
      add(reading, 'contact', { family, given, email: value('EMAIL') });
    }
  }
  return reading;
}

function unfolded(text: string): string[] {
  return text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
}

function unescaped(text: string): string {
  return text
    .replace(/\\([,;\\])/g, '$1')
    .replaceAll('\\n', '\n')
    .trim();
}

/** A folder for each item, with what it says line by line. */
function byPffexport(path: string): Reading | undefined {
  const to = join(folder(), 'out');
  if (spawnSync('pffexport', ['-q', '-t', to, path]).status !== 0) return undefined;
  const reading = empty();
  for (const file of [`${to}.export`, `${to}.recovered`].filter((one) => existsSync(one)).flatMap(filesIn)) {
    const kind = { 'Appointment.txt': 'event', 'Contact.txt': 'contact', 'DistributionList.txt': 'group' }[
      basename(file)
    ];
    if (kind === undefined) continue;
    const text = readFileSync(file, 'utf8');
    const value = (name: string) => new RegExp(`^${name}:\\t+(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
    const time = (name: string) => timeOf(value(name));
    if (kind === 'event')
      add(reading, kind, {
        subject: value('Subject'),
        start: time('Start time'),
        end: time('End time'),
        location: value('Location'),
        repeats: value('Recurrence pattern') === '' ? '' : 'yes',
      });
    else if (kind === 'contact')
      add(reading, kind, {
        ...{ family: value('Surname'), given: value('Given name'), company: value('Company name') },
        ...{ mobile: value('Mobile phone number'), email: value('Email address 1') },
      });
    else add(reading, 'group', { subject: value('Subject') });
  }
  return reading;
}

/** `Jun 22, 2011 05:30:00.000000000 UTC` in the form of iCalendar. */
function timeOf(text: string): string {
  if (text === '') return '';
  return `${new Date(text.replace(/\.\d+/, '')).toISOString().replace(/[-:]|\.000/g, '')}`;
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
      const total = { files: 0, refused: 0, event: 0, contact: 0, group: 0, fields: 0 };
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
            total.fields += other.items[kind].reduce(
              (sum, item) => sum + Object.values(item).filter((value) => value !== '').length,
              0,
            );
          }
        }
      }
      const versions = execFileSync('readpst', ['-V'], { encoding: 'utf8' }).split('\n')[0];
      console.info(
        `${total.files} data files (${total.refused} refused), ${total.event} appointments, ${total.contact} contacts, ${total.group} lists; ` +
          `${total.fields} values compared with ${versions} and pffexport; ${faults.length} differ without a known reason\n  ${lines.join('\n  ')}`,
      );
      expect(faults).toEqual([]);
      expect(total.event + total.contact).toBeGreaterThan(0);
    });
  },
);
