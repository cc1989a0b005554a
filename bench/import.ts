/**
 * How much memory and time the reading of large files takes: `node bench/import.ts [GIGABYTES]`. Each file is made, read in a process of its own,
 * whose peak of memory the operating system tells, and removed.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openImport } from '../src/import/open-import.ts';
import { appointmentItem, contactItem } from '../src/import/testing/item-values.ts';
import { buildPst, filler, tag } from '../src/import/testing/pst-items.ts';
import { fileSink } from '../src/import/testing/pst-writer.ts';
import { sampleAppointment, sampleContact, weekly } from '../src/outlook/testing/samples.ts';

/** In the child. */
function read(file: string): void {
  const began = performance.now();
  const open = openImport(file, { zone: 'Europe/Paris', ownAddress: 'me@example.com' });
  const kinds = { event: 0, card: 0, refused: 0, other: 0, pause: 0 };
  for (const { kind } of open.found()) kinds[kind]++;
  const seconds = (performance.now() - began) / 1000;
  console.log(
    JSON.stringify({ ...kinds, seconds: Math.round(seconds), megabytes: process.resourceUsage().maxRSS / 1024 }),
  );
}

function measureAll(bytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    for (const [name, make] of Object.entries({
      'mail.pst': pst,
      'calendar.ics': ics,
      'cards.vcf': vcf,
      'rows.csv': csv,
    })) {
      const file = join(folder, name);
      make(file, bytes);
      const size = (statSync(file).size / 1e9).toFixed(2);
      const told = execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'read', file], { encoding: 'utf8' });
      console.log(`${name} of ${size} GB: ${told.trim()}`);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mostly mail with attachments, as data files are; every tenth item is an appointment or a contact. */
function pst(file: string, bytes: number): void {
  const sink = fileSink(file);
  const file2 = buildPst(sink, { unicode: true, compressible: true, unchecked: true });
  const top = file2.folder('Top');
  const body = filler(100_000);
  const mail = { [tag('001A001F')]: 'IPM.Note', [tag('0037001F')]: 'Mail', [tag('10130102')]: body };
  const items = Math.floor(bytes / 100_000);
  for (let at = 0; at < items; at++) {
    if (at % 10 === 0) {
      const series = sampleAppointment({ subject: `Series ${at}`, recurrence: weekly(), globalId: '' });
      file2.item(top, at % 20 === 0 ? contactItem(sampleContact()) : appointmentItem(series));
    }
    file2.item(top, { values: mail });
  }
  file2.finish();
}

function textFile(file: string, bytes: number, head: string, line: (at: number) => string, end = ''): void {
  const handle = openSync(file, 'w');
  let written = writeSync(handle, head);
  for (let at = 0; written < bytes; at += 1000)
    written += writeSync(handle, Array.from({ length: 1000 }, (_, next) => line(at + next)).join(''));
  writeSync(handle, end);
  closeSync(handle);
}

/** Descriptions of a kilobyte: events of a calendar are rarely shorter than that. */
const WORDS = 'words '.repeat(170);

function ics(file: string, bytes: number): void {
  const event = (at: number) =>
    `BEGIN:VEVENT\r\nUID:event-${at}\r\nSUMMARY:Event ${at}\r\nDTSTART:20260101T090000Z\r\nDTEND:20260101T100000Z\r\nDESCRIPTION:${WORDS}\r\nEND:VEVENT\r\n`;
  textFile(file, bytes, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', event, 'END:VCALENDAR\r\n');
}

function vcf(file: string, bytes: number): void {
  const card = (at: number) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-${at}\r\nFN:Person ${at}\r\nN:${at};Person\r\nEMAIL:p${at}@example.com\r\nNOTE:${WORDS}\r\nEND:VCARD\r\n`;
  textFile(file, bytes, '', card);
}

function csv(file: string, bytes: number): void {
  textFile(
    file,
    bytes,
    'First Name,Last Name,E-mail Address,Notes\r\n',
    (at) => `Person,${at},p${at}@example.com,"${WORDS}"\r\n`,
  );
}

const [first = '2', path = ''] = process.argv.slice(2);
if (first === 'read') read(path);
else measureAll(Number(first) * 1e9);
