import { Failure, type Retry } from '../base/failure.ts';

/**
 * Every code this room throws.
 *
 * | Code | When | Retry |
 * | --- | --- | --- |
 * | `STORAGE_LOCKED` | another program holds the file | later |
 * | `STORAGE_DAMAGED` | the file is not, or no longer, a sound database | never |
 * | `STORAGE_FULL` | the disk is full | later |
 * | `STORAGE_NEWER` | a newer version of the connector wrote the file | never |
 * | `STORAGE_UNREACHABLE` | the file cannot be opened, read or written | later |
 */
export type StorageCode =
  | 'STORAGE_LOCKED'
  | 'STORAGE_DAMAGED'
  | 'STORAGE_FULL'
  | 'STORAGE_NEWER'
  | 'STORAGE_UNREACHABLE';

const SENTENCES = {
  STORAGE_LOCKED: 'The memory of the connector is in use by another program; close it and try again.',
  STORAGE_DAMAGED: 'The memory of the connector is damaged; let the connector rebuild it (Reset).',
  STORAGE_FULL: 'The disk is full; free some space and try again.',
  STORAGE_NEWER: 'A newer version of the connector has been used here; install that version or a later one.',
  STORAGE_UNREACHABLE: 'The memory of the connector cannot be read or written; check the folder and its permissions.',
} as const satisfies Record<StorageCode, string>;

const RETRY = {
  STORAGE_LOCKED: 'later',
  STORAGE_DAMAGED: 'never',
  STORAGE_FULL: 'later',
  STORAGE_NEWER: 'never',
  STORAGE_UNREACHABLE: 'later',
} as const satisfies Record<StorageCode, Retry>;

/** A failure of this room. */
export function storageFailure(code: StorageCode, cause?: unknown): Failure {
  return new Failure(code, SENTENCES[code], { retry: RETRY[code], cause });
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that a person can act on. */
const BY_RESULT: ReadonlyMap<number, StorageCode> = new Map([
  [3, 'STORAGE_UNREACHABLE'], // PERM
  [5, 'STORAGE_LOCKED'], // BUSY
  [6, 'STORAGE_LOCKED'], // LOCKED
  [8, 'STORAGE_UNREACHABLE'], // READONLY
  [10, 'STORAGE_UNREACHABLE'], // IOERR
  [11, 'STORAGE_DAMAGED'], // CORRUPT
  [13, 'STORAGE_FULL'], // FULL
  [14, 'STORAGE_UNREACHABLE'], // CANTOPEN
  [26, 'STORAGE_DAMAGED'], // NOTADB
]);

/** Runs `work`; an error of SQLite that a person can act on becomes a Failure, a wrong statement stays a bug. */
export function inStorage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    throw code === undefined ? error : storageFailure(code, error);
  }
}

function codeOf(error: unknown): StorageCode | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return BY_RESULT.get(error.errcode & 0xff);
}
