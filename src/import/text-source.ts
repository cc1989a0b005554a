/** Files of text as bytes in UTF-8 or a Windows code page, line by line, and the texts of those bytes. */
import { TextDecoder } from 'node:util';
import { type ByteSource, PIECE } from './byte-source.ts';

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

/**
 * A line with the place it begins at and the one where the next begins. `bytes` are only valid until the next line is asked for.
 * `whole`: false of a part of a line that is too long to be one.
 * @units bytes
 */
export type Line = { readonly at: number; readonly next: number; readonly bytes: Uint8Array; readonly whole: boolean };

/** Said between lines where much was read: others may have their turn. */
export const PAUSE = undefined;
/** @units bytes between two pauses, some ten milliseconds of reading */
export const PAUSE_EVERY = 1024 * 1024;

const LF = 10;
const CR = 13;

/** Lines that end in LF, CR LF or CR, without their ends, from a place on. A line longer than `longest` comes in parts. */
export function* linesOf(source: ByteSource, from = 0, longest = 1024 * 1024): Generator<Line | typeof PAUSE> {
  let paused = from;
  let room = new Uint8Array(2 * PIECE);
  let filled = 0;
  // Where in the file the room begins, and whether a part of the line was told already.
  let start = from;
  let inParts = false;
  while (start + filled < source.size) {
    const place = start + filled;
    const chunk = source.read(place, PIECE - (place % PIECE));
    if (chunk.length === 0) break;
    // What was looked through has no end of a line, but perhaps a CR as its last byte.
    const looked = Math.max(0, filled - 1);
    if (filled + chunk.length > room.length) room = grown(room);
    room.set(chunk, filled);
    filled += chunk.length;
    if (start + filled - paused > PAUSE_EVERY) {
      paused = start + filled;
      yield PAUSE;
    }
    const isLast = start + filled >= source.size;
    const ends = openEnds(room.subarray(0, filled));
    let begin = 0;
    for (let end = ends(looked); end < filled; end = ends(begin)) {
      // A CR at the very end may have its LF in the next piece.
      if (end === filled - 1 && room[end] === CR && !isLast) break;
      const next = room[end] === CR && room[end + 1] === LF ? end + 2 : end + 1;
      yield { at: start + begin, next: start + next, bytes: room.subarray(begin, end), whole: !inParts };
      inParts = false;
      begin = next;
    }
    room.copyWithin(0, begin, filled);
    filled -= begin;
    start += begin;
    if (filled > longest) {
      yield { at: start, next: start + filled, bytes: room.subarray(0, filled), whole: false };
      inParts = true;
      start += filled;
      filled = 0;
    }
  }
  if (filled > 0) yield { at: start, next: start + filled, bytes: room.subarray(0, filled), whole: !inParts };
}

function grown(room: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(room.length * 2);
  larger.set(room);
  return larger;
}

/** Where the line ends that begins at a place; each kind of end is looked for once, whichever of the two a file has. */
function openEnds(bytes: Uint8Array): (from: number) => number {
  let lf = -1;
  let cr = -1;
  const after = (byte: number, from: number) => {
    const found = bytes.indexOf(byte, from);
    return found < 0 ? bytes.length : found;
  };
  return (from) => {
    if (lf < from) lf = after(LF, from);
    if (cr < from) cr = after(CR, from);
    return Math.min(lf, cr);
  };
}
