/** Files of text as bytes in UTF-8 or a Windows code page, line by line, and the texts of those bytes. */
import { TextDecoder, TextEncoder } from 'node:util';
import { type ByteSource, memorySource } from './byte-source.ts';
import { importFailure } from './failures.ts';

const MOST_UTF16 = 128 * 1024 * 1024;

/**
 * The source itself, or what it says in UTF-8 where it is UTF-16 (by its first bytes): everything after this knows ends of lines by single bytes.
 * @throws IMPORT_UNREADABLE
 */
export function withoutUtf16(source: ByteSource): ByteSource {
  const [first, second, , fourth] = source.read(0, 4).slice();
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && fourth === 0);
  const big = first === 0xfe && second === 0xff;
  if (!little && !big) return source;
  if (source.size > MOST_UTF16)
    throw importFailure(
      'IMPORT_UNREADABLE',
      'The file is too large for its encoding (UTF-16). Save it as UTF-8 and import it again.',
    );
  const text = new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(source.read(0, source.size));
  return { ...memorySource(new TextEncoder().encode(text)), close: source.close };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const WINDOWS = new TextDecoder('windows-1252');

/** UTF-8 where that is what it is, else Windows-1252: what Western Outlooks write. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return WINDOWS.decode(bytes);
  }
}

/** A line with the place it begins at and the one where the next begins. @units bytes */
export type Line = { readonly at: number; readonly next: number; readonly bytes: Uint8Array };

const CHUNK = 256 * 1024;
const LF = 10;
const CR = 13;

/** Lines that end in LF, CR LF or CR, without their ends. A line longer than `longest` comes in parts. */
export function* linesOf(source: ByteSource, longest = 1024 * 1024): Generator<Line> {
  let rest: Uint8Array = new Uint8Array(0);
  let start = 0;
  for (let at = 0; at < source.size; at += CHUNK) {
    const chunk = source.read(at, CHUNK);
    const bytes = joined(rest, chunk);
    let from = 0;
    for (;;) {
      const end = endOfLine(bytes, from);
      const isLast = at + CHUNK >= source.size;
      // A CR at the very end may have its LF in the next chunk.
      if (end < 0 || (end === bytes.length - 1 && bytes[end] === CR && !isLast)) break;
      const next = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
      yield { at: start + from, next: start + next, bytes: bytes.subarray(from, end) };
      from = next;
    }
    rest = bytes.slice(from);
    start += from;
    if (rest.length > longest) {
      yield { at: start, next: start + rest.length, bytes: rest };
      start += rest.length;
      rest = new Uint8Array(0);
    }
  }
  if (rest.length > 0) yield { at: start, next: start + rest.length, bytes: rest };
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const lf = bytes.indexOf(LF, from);
  const cr = bytes.subarray(0, lf < 0 ? bytes.length : lf).indexOf(CR, from);
  return cr < 0 ? lf : cr;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
