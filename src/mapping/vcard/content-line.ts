/**
 * Lines of a vCard: `[group.]NAME[;PARAMETER[=VALUE]]…:value`, unfolded, of all three versions at once.
 *
 * Why not ical.js here: it refuses a whole card for one bad line, reads 2.1 parameters without a name (`TEL;WORK;FAX`) and
 * quoted-printable soft breaks wrongly, escapes the comma of a `data:` photo and drops `VALUE=uri`; working around that took
 * more code than reading the lines. Every step is linear in the length of the text, so that no input can stall a reader.
 */
import { decodeQuotedPrintable } from './encoding.ts';

export type LineParameter = { readonly name: string; readonly values: readonly string[] };

export type ContentLine = {
  /** Lower-case, '' when the line belongs to no group. */
  readonly group: string;
  /** Upper-case. */
  readonly name: string;
  /** Names in upper case, in the order written. Parameters of 2.1 without a name are there as TYPE or ENCODING. */
  readonly parameters: readonly LineParameter[];
  /** Decoded from quoted-printable, not yet unescaped; base64 as written. */
  readonly value: string;
};

/** The logical lines of `text`, without those that hold nothing. A byte order mark and NUL characters are dropped. */
export function unfoldLines(text: string): string[] {
  const lines: string[] = [];
  let pieces: string[] = [];
  let joining: 'no' | 'softBreak' | 'base64' = 'no';
  const flush = () => {
    const line = pieces.join('');
    if (line.trim() !== '') lines.push(line);
    pieces = [];
    joining = 'no';
  };
  for (const physical of text
    .replaceAll('\0', '')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)) {
    if (joining === 'softBreak') {
      pieces.push(stripSoftBreak(physical));
      if (!physical.endsWith('=')) joining = 'no';
      continue;
    }
    const folded = physical.startsWith(' ') || physical.startsWith('\t');
    if (folded && pieces.length > 0) {
      pieces.push(joining === 'base64' ? physical.trim() : physical.slice(1));
    } else if (joining === 'base64' && /^[A-Za-z0-9+/=]+$/.test(physical)) {
      pieces.push(physical);
    } else {
      flush();
      joining = joinedBy(physical);
      pieces.push(joining === 'softBreak' ? stripSoftBreak(physical) : physical);
    }
  }
  flush();
  return lines;
}

/** How the lines after `line` belong to it, beyond folding: read from its parameters. */
function joinedBy(line: string): 'no' | 'softBreak' | 'base64' {
  const colon = line.indexOf(':');
  if (colon < 0) return 'no';
  const head = line.slice(0, colon).toUpperCase();
  if (head.includes('QUOTED-PRINTABLE')) return line.endsWith('=') ? 'softBreak' : 'no';
  return /[;=](BASE64|B)(;|$)/.test(head) ? 'base64' : 'no';
}

function stripSoftBreak(line: string): string {
  return line.endsWith('=') ? line.slice(0, -1) : line;
}

/** One logical line by its parts; `undefined` when it is none. */
export function parseLine(line: string): ContentLine | undefined {
  const { head, value } = splitHead(line);
  const [path = '', ...rest] = splitOutsideQuotes(head, ';');
  const dot = path.lastIndexOf('.');
  const name = path
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (value === undefined || !/^[A-Z0-9_-]+$/.test(name)) return undefined;
  const parameters = rest.map(parseParameter).filter((parameter) => parameter.name !== '');
  const quoted = firstValue(parameters, 'ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE';
  return {
    group: dot < 0 ? '' : path.slice(0, dot).trim().toLowerCase(),
    name,
    parameters,
    value: quoted ? decodeQuotedPrintable(value, firstValue(parameters, 'CHARSET')) : value,
  };
}

/** The first value of the parameter called `name` (upper-case). */
export function firstValue(parameters: readonly LineParameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.values[0];
}

/** Every value of the parameters called `name` (upper-case). */
export function allValues(parameters: readonly LineParameter[], name: string): string[] {
  return parameters.filter((parameter) => parameter.name === name).flatMap((parameter) => parameter.values);
}

/** Splits at the first colon outside quotes; a line with unbalanced quotes at its first colon. */
function splitHead(line: string): { head: string; value: string | undefined } {
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i];
    if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) return { head: line.slice(0, i), value: line.slice(i + 1) };
  }
  const colon = line.indexOf(':');
  return colon < 0
    ? { head: line, value: undefined }
    : { head: line.slice(0, colon).replaceAll('"', ''), value: line.slice(colon + 1) };
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

const ENCODINGS = new Set(['QUOTED-PRINTABLE', 'BASE64', '7BIT', '8BIT']);

function parseParameter(text: string): LineParameter {
  const equals = text.indexOf('=');
  if (equals < 0) {
    const bare = text.trim();
    if (bare === '') return { name: '', values: [] };
    return { name: ENCODINGS.has(bare.toUpperCase()) ? 'ENCODING' : 'TYPE', values: [bare] };
  }
  const values = splitOutsideQuotes(text.slice(equals + 1), ',').map((value) =>
    decodeCaret(value.replaceAll('"', '').trim()),
  );
  return { name: text.slice(0, equals).trim().toUpperCase(), values };
}

/** @source RFC 6868 3.2 */
function decodeCaret(text: string): string {
  return text.replace(/\^[n'^]/g, (pair) => (pair === '^n' ? '\n' : pair === "^'" ? '"' : '^'));
}
