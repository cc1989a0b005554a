/** What two independent readers of data files print of a file: readpst (libpst) and pffexport (libpff), Debian's pst-utils and pff-tools. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Facts } from './facts.ts';

export type Kind = 'event' | 'contact' | 'group';
export type Reading = { readonly numbers: Record<Kind, number>; readonly items: Readonly<Record<Kind, Facts[]>> };

/** What is not installed of them, in words. */
export function missingReaders(): string[] {
  const has = (program: string) => spawnSync(program, ['-V']).error === undefined;
  return [
    ...(has('readpst') ? [] : ['no readpst (Debian: pst-utils)']),
    ...(has('pffexport') ? [] : ['no pffexport (Debian: pff-tools)']),
  ];
}

export function emptyReading(): Reading {
  return { numbers: { event: 0, contact: 0, group: 0 }, items: { event: [], contact: [], group: [] } };
}

export function addTo(reading: Reading, kind: Kind, facts: Facts): void {
  reading.numbers[kind] += 1;
  reading.items[kind].push(facts);
}

/** Telephones as readpst types them; fields that it has no type for it leaves out. */
const TELEPHONES: Readonly<Record<string, string>> = {
  'TYPE=work,voice': 'phone.business',
  'TYPE=home,voice': 'phone.home',
  'TYPE=cell,voice': 'phone.mobile',
  'TYPE=work,fax': 'phone.businessFax',
  'TYPE=home,fax': 'phone.homeFax',
  'TYPE=phone,pref': 'phone.primary',
};

/** iCalendar and vCard files, one each. */
export function byReadpst(path: string): Reading | undefined {
  return inFolder((to) => {
    if (spawnSync('readpst', ['-q', '-D', '-b', '-e', '-o', to, path]).status !== 0) return undefined;
    const reading = emptyReading();
    for (const file of filesIn(to)) {
      const lines = unfolded(readFileSync(file, 'utf8'));
      const value = (name: string) =>
        unescaped(
          lines.find((line) => line.startsWith(`${name}:`) || line.startsWith(`${name};`))?.replace(/^[^:]*:/, '') ??
            '',
        );
      if (lines.includes('BEGIN:VEVENT'))
        addTo(reading, 'event', {
          ...{ subject: value('SUMMARY'), start: value('DTSTART'), end: value('DTEND'), location: value('LOCATION') },
          ...{ repeats: value('RRULE') === '' ? '' : 'yes', rule: value('RRULE') },
        });
      else if (lines.includes('BEGIN:VCARD')) {
        const [family = '', given = ''] = value('N').split(';');
        addTo(reading, 'contact', {
          ...{ family, given, email: value('EMAIL'), job: value('TITLE') },
          ...telephonesIn(lines),
        });
      }
    }
    return reading;
  });
}

function telephonesIn(lines: readonly string[]): Facts {
  const found = lines.flatMap((line) => {
    const [, type = '', number = ''] = /^TEL;([^:]*):(.*)$/.exec(line) ?? [];
    const name = TELEPHONES[type];
    return name === undefined ? [] : [[name, unescaped(number)] as const];
  });
  return Object.fromEntries(found);
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
export function byPffexport(path: string): Reading | undefined {
  return inFolder((folder) => {
    const to = join(folder, 'out');
    if (spawnSync('pffexport', ['-q', '-t', to, path]).status !== 0) return undefined;
    const reading = emptyReading();
    for (const file of [`${to}.export`, `${to}.recovered`].filter((one) => existsSync(one)).flatMap(filesIn)) {
      const kind = KINDS[basename(file)];
      if (kind !== undefined) addTo(reading, kind, exportedFacts(kind, readFileSync(file, 'utf8')));
    }
    return reading;
  });
}

const KINDS: Readonly<Record<string, Kind>> = {
  'Appointment.txt': 'event',
  'Contact.txt': 'contact',
  'DistributionList.txt': 'group',
};

function exportedFacts(kind: Kind, text: string): Facts {
  const value = (name: string) => new RegExp(`^${name}:\\t+(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const time = (name: string) => timeOf(value(name));
  if (kind === 'group') return { subject: value('Subject') };
  if (kind === 'event')
    return {
      ...{ subject: value('Subject'), start: time('Start time'), end: time('End time'), location: value('Location') },
      repeats: value('Recurrence pattern') === '' ? '' : 'yes',
    };
  return {
    ...{ family: value('Surname'), given: value('Given name'), company: value('Company name') },
    ...{ email: value('Email address 1'), job: value('Job title') },
    ...{ 'phone.business': value('Business phone number 1'), 'phone.home': value('Home phone number') },
    ...{ 'phone.mobile': value('Mobile phone number'), 'phone.primary': value('Primary phone number') },
    'phone.businessFax': value('Business fax number'),
  };
}

/** `Jun 22, 2011 05:30:00.000000000 UTC` in the form of iCalendar. */
function timeOf(text: string): string {
  if (text === '') return '';
  return `${new Date(text.replace(/\.\d+/, '')).toISOString().replace(/[-:]|\.000/g, '')}`;
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pst-readers-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function filesIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const inner = join(path, name);
    return statSync(inner).isDirectory() ? filesIn(inner) : [inner];
  });
}
