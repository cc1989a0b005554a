/** Records of a file of comma-separated values, one at a time. @source RFC 4180; Outlook separates by the list separator of Windows */
import type { ByteSource } from '../byte-source.ts';
import { importFailure } from '../failures.ts';
import { type Line, linesOf, PAUSE, textOfBytes } from '../text-source.ts';

/**
 * `next`: where the record after it begins. @units bytes
 * `line`: the one it begins in. @units from 1
 * `flaw`: why it cannot be read, a clause to put after "the row"; it has no fields then.
 */
export type CsvRecord = {
  readonly fields: readonly string[];
  readonly next: number;
  readonly line: number;
  readonly flaw: string | undefined;
};

/** Longer ones are no records: a quotation mark that never ends. @units bytes */
const LONGEST = 4 * 1024 * 1024;
/** What is read again behind marks that do not end. @units bytes */
const MOST_AGAIN = 64 * 1024 * 1024;
const QUOTE = 34;

/**
 * The first record is that of the headings, whose separator counts for all. A quotation mark that does not end costs the line it is
 * in, and not what follows.
 * @throws IMPORT_DAMAGED when there are very many of those
 */
export function* csvRecords(source: ByteSource): Generator<CsvRecord | typeof PAUSE> {
  let separator: string | undefined;
  let again = 0;
  for (const read of rawRecords(source)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    const { text, next, line, flaw } = read;
    again += read.again;
    if (again > MOST_AGAIN)
      throw importFailure(
        'IMPORT_DAMAGED',
        'The file has very many quotation marks that do not end. Export it once more and import that.',
      );
    if (flaw !== undefined) {
      yield { fields: [], next, line, flaw };
      continue;
    }
    const named = separator === undefined ? /^\ufeff?sep=(.)\s*$/i.exec(text)?.[1] : undefined;
    if (named !== undefined) separator = named;
    else if (text.trim() !== '') {
      const bare = separator === undefined ? text.replace(/^\ufeff/, '') : text;
      separator ??= separatorOf(bare);
      yield { fields: fieldsOf(bare, separator), next, line, flaw: undefined };
    }
  }
}

/** `again`: what has to be read a second time because of its flaw. @units bytes */
type Raw = Pick<CsvRecord, 'next' | 'line' | 'flaw'> & { readonly text: string; readonly again: number };
type Open = { readonly line: number; readonly next: number; parts: string[]; length: number };

function* rawRecords(source: ByteSource): Generator<Raw | typeof PAUSE> {
  let [from, line] = [0, 1];
  for (;;) {
    const broken = yield* recordsFrom(source, from, line);
    if (broken === undefined) return;
    const { next, length } = broken;
    yield { text: '', next, line: broken.line, flaw: 'has a quotation mark that does not end', again: length };
    [from, line] = [next, broken.line + 1];
  }
}

/** @returns the record that does not end, where there is one */
function* recordsFrom(
  source: ByteSource,
  from: number,
  first: number,
): Generator<Raw | typeof PAUSE, Open | undefined> {
  let line = first - 1;
  let open: Open | undefined;
  let tooLong = false;
  for (const read of linesOf(source, from)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (!read.whole && open === undefined) {
      // Told once, however many parts it comes in.
      if (!tooLong) yield { text: '', next: read.next, line: ++line, flaw: 'is impossibly long', again: 0 };
      tooLong = true;
      continue;
    }
    tooLong = false;
    line++;
    const isOdd = hasOddQuotes(read);
    if (open === undefined && isOdd) open = { line, next: read.next, parts: [], length: 0 };
    else if (open === undefined)
      yield { text: textOfBytes(read.bytes), next: read.next, line, flaw: undefined, again: 0 };
    if (open === undefined) continue;
    open.parts.push(textOfBytes(read.bytes));
    open.length += read.bytes.length;
    if (open.length > LONGEST) return open;
    if (open.parts.length === 1 || !isOdd) continue;
    yield { text: open.parts.join('\n'), next: read.next, line: open.line, flaw: undefined, again: 0 };
    open = undefined;
  }
  return open;
}

function hasOddQuotes({ bytes }: Line): boolean {
  let odd = false;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) odd = !odd;
  return odd;
}

/** The one that the headings have most of. */
function separatorOf(headings: string): string {
  const bare = headings.replace(/"[^"]*"/g, '');
  const count = (of: string) => bare.split(of).length;
  const [best = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a));
  return best;
}

function fieldsOf(text: string, separator: string): string[] {
  const fields: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (at < text.length && (quoted || text[at] !== separator)) continue;
    fields.push(plain(text.slice(from, at)));
    from = at + 1;
  }
  return fields;
}

function plain(field: string): string {
  const bare = field.trim();
  return bare.startsWith('"') ? bare.replace(/^"|"$/g, '').replaceAll('""', '"') : bare;
}
