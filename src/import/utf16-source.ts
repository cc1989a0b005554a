/** Text in UTF-16 as if it were UTF-8: everything that reads lines knows their ends by single bytes. */
import { Buffer } from 'node:buffer';
import { type ByteSource, PIECE } from './byte-source.ts';
import { PAUSE, PAUSE_EVERY } from './text-source.ts';

export type Order = 'little' | 'big';

/** Which UTF-16 a file is in, if any, by its first bytes: the mark, or the zeros that Latin letters have in them. */
export function utf16OrderOf(source: ByteSource): Order | undefined {
  return orderOf(source.read(0, 4));
}

/** The beginning of what it says, in UTF-8. */
export function headOfUtf16(source: ByteSource, order: Order): Uint8Array {
  return Buffer.from(textOf(source, order, 0) + textOf(source, order, PIECE));
}

function orderOf([first = 0, second = 0, third = 0, fourth = 0]: Uint8Array): Order | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && third !== 0 && fourth === 0))
    return 'little';
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && third === 0 && fourth !== 0);
  return big ? 'big' : undefined;
}

/**
 * What the file says, in UTF-8. Where a piece of the original begins in that is found by going through it once; what is kept is a
 * number for each piece. Pauses are passed on.
 */
export function* utf8Of(
  source: ByteSource,
  order: Order,
  onProgress: (bytes: number) => void,
): Generator<typeof PAUSE, ByteSource> {
  const starts: number[] = [];
  let size = 0;
  for (let at = 0; at < source.size; at += PIECE) {
    if (at > 0 && at % PAUSE_EVERY === 0) {
      onProgress(at);
      yield PAUSE;
    }
    starts.push(size);
    size += Buffer.byteLength(textOf(source, order, at));
  }
  onProgress(source.size);
  return inUtf8({ source, order, starts, size });
}

type Counted = {
  readonly source: ByteSource;
  readonly order: Order;
  readonly starts: readonly number[];
  readonly size: number;
};

function inUtf8({ source, order, starts, size }: Counted): ByteSource {
  let kept: { readonly index: number; readonly bytes: Uint8Array } | undefined;
  const piece = (index: number): Uint8Array => {
    if (kept?.index !== index) kept = { index, bytes: Buffer.from(textOf(source, order, index * PIECE)) };
    return kept.bytes;
  };
  return {
    size,
    close: source.close,
    read: (offset, length) => {
      const end = Math.min(size, offset + length);
      if (offset < 0 || end <= offset) return new Uint8Array(0);
      const parts: Uint8Array[] = [];
      for (let index = indexOf(starts, offset); index < starts.length && (starts[index] ?? 0) < end; index++) {
        const from = starts[index] ?? 0;
        parts.push(piece(index).subarray(Math.max(0, offset - from), end - from));
      }
      return parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : Buffer.concat(parts);
    },
  };
}

/** The text of a piece. A character of two units belongs to the piece that it begins in. */
function textOf(source: ByteSource, order: Order, at: number): string {
  const units = Buffer.from(source.read(at, PIECE + 2));
  const whole = units.subarray(0, units.length - (units.length % 2));
  if (order === 'big') whole.swap16();
  const text = whole.toString('utf16le');
  const own = Math.min(text.length, PIECE / 2);
  const skipped = at > 0 && isTrailing(text.charCodeAt(0)) ? 1 : 0;
  return text.slice(skipped, own + (isTrailing(text.charCodeAt(own)) && isLeading(text.charCodeAt(own - 1)) ? 1 : 0));
}

function isLeading(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isTrailing(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** The last that begins at or before a place. */
function indexOf(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
