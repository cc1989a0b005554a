/** Records of a file of comma-separated values, one at a time. @source RFC 4180; Outlook separates by the list separator of Windows */
import type { ByteSource } from '../byte-source.ts';
import { linesOf, textOfBytes } from '../text-source.ts';

/** `next`: where the record after it begins. @units bytes */
export type CsvRecord = { readonly fields: readonly string[]; readonly next: number };

/** Longer ones are no records: a quote that never ends. @units bytes */
const LONGEST = 4 * 1024 * 1024;
const QUOTE = 34;

/** The first record is that of the headings, whose separator counts for all. */
export function* csvRecords(source: ByteSource): Generator<CsvRecord> {
  let separator: string | undefined;
  let parts: string[] = [];
  let length = 0;
  let open = false;
  for (const { bytes, next } of linesOf(source)) {
    for (const byte of bytes) if (byte === QUOTE) open = !open;
    parts.push(textOfBytes(bytes));
    length += bytes.length;
    if (open && length < LONGEST) continue;
    const text = parts.join('\n');
    parts = [];
    length = 0;
    open = false;
    const named = separator === undefined ? /^\ufeff?sep=(.)\s*$/i.exec(text)?.[1] : undefined;
    if (named !== undefined) separator = named;
    else if (text.trim() !== '') {
      const line = separator === undefined ? text.replace(/^\ufeff/, '') : text;
      separator ??= separatorOf(line);
      yield { fields: fieldsOf(line, separator), next };
    }
  }
  if (parts.length > 0 && separator !== undefined)
    yield { fields: fieldsOf(parts.join('\n'), separator), next: source.size };
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
