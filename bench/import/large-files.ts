/** Large files of each kind that is imported. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { appointmentItem, contactItem } from '../../src/import/testing/item-values.ts';
import { buildPst, filler, tag } from '../../src/import/testing/pst-items.ts';
import { fileSink } from '../../src/import/testing/pst-writer.ts';
import { sampleAppointment, sampleContact, weekly } from '../../src/outlook/testing/samples.ts';

/** Each makes a file of some bytes at a path. */
export const LARGE_FILES = {
  'mail.pst': pst,
  'calendar.ics': ics,
  'utf16.ics': utf16,
  'cards.vcf': vcf,
  'rows.csv': csv,
} as const satisfies Record<string, (file: string, bytes: number) => void>;

/** Mostly mail with attachments, as data files are; every tenth item is an appointment or a contact. */
function pst(file: string, bytes: number): void {
  const sink = fileSink(file);
  const made = buildPst(sink, { unicode: true, compressible: true, unchecked: true });
  const top = made.folder('Top');
  const body = filler(100_000);
  const mail = { [tag('001A001F')]: 'IPM.Note', [tag('0037001F')]: 'Mail', [tag('10130102')]: body };
  const items = Math.floor(bytes / 100_000);
  for (let at = 0; at < items; at++) {
    if (at % 10 === 0) {
      const series = sampleAppointment({ subject: `Series ${at}`, recurrence: weekly(), globalId: '' });
      made.item(top, at % 20 === 0 ? contactItem(sampleContact()) : appointmentItem(series));
    }
    made.item(top, { values: mail });
  }
  made.finish();
}

type Text = {
  readonly head: string;
  readonly line: (at: number) => string;
  readonly end?: string;
  readonly encoding?: 'utf8' | 'utf16le';
};

function textFile(file: string, bytes: number, { head, line, end = '', encoding = 'utf8' }: Text): void {
  const handle = openSync(file, 'w');
  let written = writeSync(handle, head, null, encoding);
  for (let at = 0; written < bytes; at += 1000)
    written += writeSync(handle, Array.from({ length: 1000 }, (_, next) => line(at + next)).join(''), null, encoding);
  writeSync(handle, end, null, encoding);
  closeSync(handle);
}

/** Descriptions of a kilobyte: events of a calendar are rarely shorter than that. */
const WORDS = 'words '.repeat(170);

const CALENDAR: Text = {
  head: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\n',
  line: (at) =>
    `BEGIN:VEVENT\r\nUID:event-${at}\r\nSUMMARY:Event ${at}\r\nDTSTART:20260101T090000Z\r\nDTEND:20260101T100000Z\r\nDESCRIPTION:${WORDS}\r\nEND:VEVENT\r\n`,
  end: 'END:VCALENDAR\r\n',
};

function ics(file: string, bytes: number): void {
  textFile(file, bytes, CALENDAR);
}

function utf16(file: string, bytes: number): void {
  textFile(file, bytes, { ...CALENDAR, head: `\ufeff${CALENDAR.head}`, encoding: 'utf16le' });
}

function vcf(file: string, bytes: number): void {
  const line = (at: number) =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-${at}\r\nFN:Person ${at}\r\nN:${at};Person\r\nEMAIL:p${at}@example.com\r\nNOTE:${WORDS}\r\nEND:VCARD\r\n`;
  textFile(file, bytes, { head: '', line });
}

function csv(file: string, bytes: number): void {
  const line = (at: number) => `Person,${at},p${at}@example.com,"${WORDS}"\r\n`;
  textFile(file, bytes, { head: 'First Name,Last Name,E-mail Address,Notes\r\n', line });
}
