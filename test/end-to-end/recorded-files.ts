import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { importCalendar, importCards } from '../../src/bluemind/import.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { systemClock } from '../../src/node/system-clock.ts';
import { BOOK, CALENDAR } from './world.ts';

const PORTION = 25;

/**
 * Loads recorded calendars into the server's calendar until `enough` says so: those with changed occurrences first, then the
 * others by name. Files that are no calendars are passed over, large ones left out.
 */
export async function loadCalendars(session: Session, corpora: string, enough: () => Promise<boolean>): Promise<void> {
  const files = filesBelow(join(corpora, 'ics'), '.ics').filter((file) => !file.includes('large'));
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const telling = (text: string) => Number(text.includes('RECURRENCE-ID'));
  const ordered = texts.sort((a, b) => telling(b) - telling(a));
  for (let at = 0; at < ordered.length; at += PORTION) {
    for (const text of ordered.slice(at, at + PORTION))
      await importCalendar(session, systemClock, CALENDAR, text).catch(() => undefined);
    if (await enough()) return;
  }
}

/** Loads recorded cards, and the rows of a recorded contact export as cards. */
export async function loadCards(session: Session, corpora: string): Promise<void> {
  for (const file of filesBelow(join(corpora, 'vcf'), '.vcf')) {
    await importCards(session, systemClock, BOOK, readFileSync(file, 'utf8')).catch(() => undefined);
  }
  await importCards(
    session,
    systemClock,
    BOOK,
    cardsOfExport(join(corpora, 'csv', 'zm-selenium--1000contacts.csv'), 450),
  );
}

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path, ending) : path.endsWith(ending) ? [path] : [];
    });
}

/** Name, company, e-mail and telephone of the first rows of a contact export with one row a line, as vCards. */
function cardsOfExport(file: string, most: number): string {
  const [head = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
  const names = cellsOf(head).map((name) => name.toLowerCase());
  const cards = lines.slice(0, most).map((line, row) => {
    const cells = cellsOf(line);
    const cell = (...wanted: string[]) => cells[names.findIndex((name) => wanted.includes(name))] ?? '';
    const family = cell('lastname', 'last name') || `Row ${row}`;
    const given = cell('firstname', 'first name');
    const lines = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `UID:export-row-${row}`,
      `FN:${given} ${family}`,
      `N:${family};${given};;;`,
      cell('email', 'e-mail address') && `EMAIL;TYPE=WORK:${cell('email', 'e-mail address')}`,
      cell('company') && `ORG:${cell('company')}`,
      cell('workphone', 'business phone') && `TEL;TYPE=WORK,VOICE:${cell('workphone', 'business phone')}`,
      cell('mobilephone', 'mobile phone') && `TEL;TYPE=CELL,VOICE:${cell('mobilephone', 'mobile phone')}`,
      'END:VCARD',
    ];
    return lines.filter(Boolean).join('\r\n');
  });
  return `${cards.join('\r\n')}\r\n`;
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.replace(/^"|"$/g, '').replaceAll('""', '"'),
  );
}
