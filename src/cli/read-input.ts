import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { about, Failure } from '../base/failure.ts';
import { parseCalendar } from '../mapping/ical/parse-calendar.ts';
import { parseCards } from '../mapping/vcard/parse-cards.ts';

export type CalendarFile = {
  readonly kind: 'calendar';
  readonly name: string;
  readonly text: string;
  readonly parsed: ReturnType<typeof parseCalendar>;
};
export type CardFile = {
  readonly kind: 'cards';
  readonly name: string;
  readonly text: string;
  readonly parsed: ReturnType<typeof parseCards>;
};
export type InputFile = CalendarFile | CardFile;

/** @units bytes: a file larger than this is a mistake */
const MOST_BYTES = 200_000_000;

/**
 * Reads and parses a `.ics` or `.vcf` file before anything is done with it.
 * @throws FILE_UNREADABLE, FILE_KIND_UNKNOWN, ICAL_UNPARSABLE, VCARD_UNPARSABLE, each with the file's name
 */
export async function readInput(path: string): Promise<InputFile> {
  const name = basename(path);
  const kind = extname(path).toLowerCase();
  if (kind !== '.ics' && kind !== '.vcf')
    throw new Failure('FILE_KIND_UNKNOWN', `${name} is neither a calendar (.ics) nor a file of cards (.vcf).`);
  const text = await readText(path, name);
  mustBeWhole(name, kind, text);
  return about({ folder: name }, async () =>
    kind === '.ics'
      ? { kind: 'calendar', name, text, parsed: parseCalendar(text) }
      : { kind: 'cards', name, text, parsed: parseCards(text) },
  );
}

/**
 * A file that ends inside an item was cut off on its way: what it lost cannot be told, so nothing of it is taken. Single items that
 * cannot be read cost nothing else; they are told as refused.
 * @throws ICAL_UNPARSABLE, VCARD_UNPARSABLE
 */
function mustBeWhole(name: string, kind: '.ics' | '.vcf', text: string): void {
  const [word, code] = kind === '.ics' ? ['VCALENDAR', 'ICAL_UNPARSABLE'] : ['VCARD', 'VCARD_UNPARSABLE'];
  const count = (end: 'BEGIN' | 'END') => text.match(new RegExp(`^${end}:${word}\\s*$`, 'gim'))?.length ?? 0;
  if (count('BEGIN') > count('END'))
    throw new Failure(
      code,
      `The file ${name} is cut off: its end is missing. Get it once more; nothing of it was taken.`,
    );
}

/** Text of a file in UTF-8, or in UTF-16 when its first bytes say so. */
async function readText(path: string, name: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', `The file ${name} cannot be read. Check its name and that you may read it.`, {
      cause,
    });
  }
  if (bytes.length > MOST_BYTES) throw new Failure('FILE_UNREADABLE', `The file ${name} is too large.`);
  const mark = `${bytes[0]},${bytes[1]}`;
  const encoding = mark === '255,254' ? 'utf-16le' : mark === '254,255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** One sentence for each part of a file that was refused. */
export function refusalLines({ name, parsed }: InputFile): string[] {
  return parsed.refused.map(({ index, reason }) => `${name}, item ${index + 1} was left out: ${reason}`);
}
