import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { importFailure } from './failures.ts';

/**
 * The bytes of a file, a piece at a time: however large the file, no more of it is in memory than was asked for and
 * {@link KEPT_PIECES} pieces of {@link PIECE} bytes.
 */
export type ByteSource = {
  /** @units bytes */
  readonly size: number;
  /** What is beyond the end is left out: the answer may be shorter. Only valid until the next call. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
};

const PIECE = 64 * 1024;
const KEPT_PIECES = 64;

/** @throws IMPORT_UNREADABLE */
export function fileSource(path: string): ByteSource {
  const handle = opened(path);
  const pieces = new Map<number, Uint8Array>();
  const { size } = fstatSync(handle);
  const piece = (index: number): Uint8Array => {
    const kept = pieces.get(index);
    if (kept !== undefined) {
      pieces.delete(index);
      pieces.set(index, kept);
      return kept;
    }
    const bytes = readFully(handle, index * PIECE, Math.min(PIECE, size - index * PIECE));
    pieces.set(index, bytes);
    const [oldest] = pieces.keys();
    if (pieces.size > KEPT_PIECES && oldest !== undefined) pieces.delete(oldest);
    return bytes;
  };
  return {
    size,
    read: (offset, length) => {
      const end = Math.min(size, offset + length);
      if (offset < 0 || end <= offset) return new Uint8Array(0);
      const first = Math.floor(offset / PIECE);
      if (end <= (first + 1) * PIECE) return piece(first).subarray(offset - first * PIECE, end - first * PIECE);
      return readFully(handle, offset, end - offset);
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

function readFully(handle: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  try {
    for (let at = 0; at < length; ) {
      const got = readSync(handle, bytes, at, length - at, offset + at);
      if (got === 0) return bytes.subarray(0, at);
      at += got;
    }
  } catch (cause) {
    throw importFailure('IMPORT_UNREADABLE', 'The file cannot be read to its end. Check the disk it is on.', cause);
  }
  return bytes;
}
