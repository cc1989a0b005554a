import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { importFailure } from './failures.ts';

/**
 * The bytes of a file, a piece at a time: however large the file, no more of it is in memory than was asked for and
 * {@link KEPT_PIECES} pieces of {@link PIECE} bytes.
 */
export type ByteSource = {
  /** @units bytes */
  readonly size: number;
  /** What is beyond the end is left out: the answer may be shorter. Only valid until the next call: its memory is used again. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
};

/** Reading from multiples of it costs least. @units bytes */
export const PIECE = 64 * 1024;
const KEPT_PIECES = 64;
/** Longer reads get memory of their own. @units bytes */
const LARGEST_SCRATCH = 1024 * 1024;

/** @throws IMPORT_UNREADABLE */
export function fileSource(path: string): ByteSource {
  const handle = opened(path);
  const pieces = new Map<number, Uint8Array>();
  const { size } = fstatSync(handle);
  let scratch = new Uint8Array(0);
  // Memory outside of the runtime's heap is collected late: what was used once is used again.
  const spare = (): Uint8Array => {
    const [oldest] = pieces;
    if (oldest === undefined || pieces.size < KEPT_PIECES) return new Uint8Array(PIECE);
    pieces.delete(oldest[0]);
    return oldest[1];
  };
  const piece = (index: number): Uint8Array => {
    const kept = pieces.get(index);
    if (kept !== undefined) {
      pieces.delete(index);
      pieces.set(index, kept);
      return kept;
    }
    const bytes = spare();
    readFully(handle, index * PIECE, bytes);
    pieces.set(index, bytes);
    return bytes;
  };
  const across = (offset: number, length: number): Uint8Array => {
    if (length > LARGEST_SCRATCH) return readFully(handle, offset, new Uint8Array(length));
    if (scratch.length < length) scratch = new Uint8Array(Math.min(LARGEST_SCRATCH, length * 2));
    return readFully(handle, offset, scratch.subarray(0, length));
  };
  return {
    size,
    read: (offset, length) => {
      const end = Math.min(size, offset + length);
      if (offset < 0 || end <= offset) return new Uint8Array(0);
      const first = Math.floor(offset / PIECE);
      if (end <= (first + 1) * PIECE) return piece(first).subarray(offset - first * PIECE, end - first * PIECE);
      return across(offset, end - offset);
    },
    close: () => closeSync(handle),
  };
}

/** The same over bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => (offset < 0 ? new Uint8Array(0) : bytes.subarray(offset, offset + length)),
    close: () => undefined,
  };
}

function opened(path: string): number {
  try {
    const handle = openSync(path, 'r');
    if (fstatSync(handle).isFile()) return handle;
    closeSync(handle);
  } catch (cause) {
    throw importFailure('IMPORT_UNREADABLE', 'The file cannot be read. Check that it is there and may be read.', cause);
  }
  throw importFailure('IMPORT_UNREADABLE', 'This is no file. Choose a file, not a folder.');
}

/** @returns the part of `bytes` that the file could fill */
function readFully(handle: number, offset: number, bytes: Uint8Array): Uint8Array {
  try {
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(handle, bytes, at, bytes.length - at, offset + at);
      if (got === 0) return bytes.subarray(0, at);
      at += got;
    }
  } catch (cause) {
    throw importFailure('IMPORT_UNREADABLE', 'The file cannot be read to its end. Check the disk it is on.', cause);
  }
  return bytes;
}
