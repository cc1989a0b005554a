/** Records of a file of comma-separated values, one at a time. @source RFC 4180; Outlook separates by the list separator of Windows */
import type { ByteSource } from '../byte-source.ts';
import { linesOf, PAUSE, textOfBytes } from '../text-source.ts';

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
const [QUOTE, BLANK] = [0x22, 0x20];
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * The first record is that of the headings, whose separator counts for all. A quotation mark that does not end costs the line it is
 * in, and not what follows: nothing but that line is read again, until the next mark.
 */
export function* csvRecords(source: ByteSource): Generator<CsvRecord | typeof PAUSE> {
  let separator: string | undefined;
  for (const read of rawRecords(source, () => separator)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    const { text, next, line, flaw } = read;
    const named = separator === undefined ? /^\ufeff?sep=(.)\s*$/i.exec(text)?.[1] : undefined;
    if (flaw !== undefined) yield { fields: [], next, line, flaw };
    else if (named !== undefined) separator = named;
    else if (text.trim() !== '') {
      const bare = separator === undefined ? text.replace(/^\ufeff/, '') : text;
      separator ??= separatorOf(bare);
      yield { fields: fieldsOf(bare, separator), next, line, flaw: undefined };
    }
  }
}

type Raw = Pick<CsvRecord, 'next' | 'line' | 'flaw'> & { readonly text: string };
type Open = { readonly line: number; readonly next: number; readonly parts: string[]; length: number };

function* rawRecords(source: ByteSource, separator: () => string | undefined): Generator<Raw | typeof PAUSE> {
  let [from, line] = [0, 1];
  for (;;) {
    const broken = yield* recordsFrom(source, { from, first: line, separator });
    if (broken === undefined) return;
    yield { text: '', next: broken.next, line: broken.line, flaw: 'has a quotation mark that does not end' };
    [from, line] = [broken.next, broken.line + 1];
  }
}

type From = { readonly from: number; readonly first: number; readonly separator: () => string | undefined };

/** @returns the record that does not end, where there is one */
function* recordsFrom(
  source: ByteSource,
  { from, first, separator }: From,
): Generator<Raw | typeof PAUSE, Open | undefined> {
  let line = first - 1;
  let open: Open | undefined;
  let tooLong = false;
  for (const read of linesOf(source, from)) {
    if (read === PAUSE) {
      yield PAUSE;
      continue;
    }
    const { bytes, next, whole } = read;
    if (!whole && open === undefined) {
      // Told once, however many parts it comes in.
      if (!tooLong) yield { text: '', next, line: ++line, flaw: 'is impossibly long' };
      tooLong = true;
      continue;
    }
    tooLong = false;
    line++;
    const state = stateBehind(bytes, open !== undefined, separator());
    if (open !== undefined && (state === 'broken' || open.length + bytes.length > LONGEST)) return open;
    if (state === 'open') {
      open ??= { line, next, parts: [], length: 0 };
      open.parts.push(textOfBytes(bytes));
      open.length += bytes.length;
      continue;
    }
    const text = textOfBytes(bytes);
    yield {
      text: open === undefined ? text : [...open.parts, text].join('\n'),
      next,
      line: open?.line ?? line,
      flaw: undefined,
    };
    open = undefined;
  }
  return open;
}

/**
 * What a line leaves behind: the record ends, or goes on in the next line; `broken`: a mark ends in the middle of a field, so that it
 * cannot be the one that ends what was open. A mark within a field that does not begin with one is a character like others.
 */
function stateBehind(bytes: Uint8Array, wasOpen: boolean, separator: string | undefined): 'ended' | 'open' | 'broken' {
  if (!bytes.includes(QUOTE)) return wasOpen ? 'open' : 'ended';
  const separators = (separator === undefined ? SEPARATORS : [separator]).map((one) => one.charCodeAt(0));
  let [quoted, atStart] = [wasOpen, !wasOpen];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (quoted) {
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] === QUOTE) at++;
      else {
        quoted = false;
        const behind = bytes.subarray(at + 1).find((one) => one !== BLANK);
        if (behind !== undefined && !separators.includes(behind)) return 'broken';
      }
    } else if (separators.includes(byte)) atStart = true;
    else if (byte === QUOTE && atStart) [quoted, atStart] = [true, false];
    else if (byte !== BLANK) atStart = false;
  }
  return quoted ? 'open' : 'ended';
}

/** The one that the headings have most of. */
function separatorOf(headings: string): string {
  const bare = headings.replace(/"[^"]*"/g, '');
  const count = (of: string) => bare.split(of).length;
  const [best = ','] = [...SEPARATORS].sort((a, b) => count(b) - count(a));
  return best;
}

function fieldsOf(text: string, separator: string): string[] {
  const fields: string[] = [];
  for (let from = 0; from <= text.length; ) {
    const end = endOfField(text, from, separator);
    fields.push(plain(text.slice(from, end)));
    from = end + 1;
  }
  return fields;
}

function endOfField(text: string, from: number, separator: string): number {
  let at = from;
  while (text[at] === ' ') at++;
  if (text[at] === '"') {
    at++;
    while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) at += text[at] === '"' ? 2 : 1;
  }
  const end = text.indexOf(separator, at);
  return end < 0 ? text.length : end;
}

function plain(field: string): string {
  const bare = field.trim();
  return bare.startsWith('"') ? bare.replace(/^"|"$/g, '').replaceAll('""', '"') : bare;
}
