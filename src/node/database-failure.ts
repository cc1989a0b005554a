import { Failure, isFailure, type Retry } from '../base/failure.ts';

/** The closed list of failures of a data file, whoever it belongs to; docs/errors.md explains each to people. */
export const DATABASE_FAILURES = {
  STORAGE_LOCKED: 'later',
  STORAGE_DAMAGED: 'never',
  STORAGE_NEWER: 'never',
  STORAGE_UNREACHABLE: 'never',
  STORAGE_FULL: 'later',
} as const satisfies Record<string, Retry>;

export type DatabaseFailureCode = keyof typeof DATABASE_FAILURES;

/** @param what the file in people's words: `the connector's memory` */
export function databaseFailure(code: DatabaseFailureCode, what: string, file: string, cause?: unknown): Failure {
  return new Failure(code, SENTENCES[code](what, file), { retry: DATABASE_FAILURES[code], cause });
}

const SENTENCES: Readonly<Record<DatabaseFailureCode, (what: string, file: string) => string>> = {
  STORAGE_LOCKED: (what, file) => `Another program is using ${what} (${file}). Close it, or try again in a moment.`,
  STORAGE_DAMAGED: (what, file) =>
    `${capital(what)} (${file}) is damaged and was left as it is. Restore it from a backup, or move it away to start anew.`,
  STORAGE_NEWER: (what, file) =>
    `${capital(what)} (${file}) was written by a newer version. Install the newer version again.`,
  STORAGE_UNREACHABLE: (what, file) =>
    `${capital(what)} (${file}) cannot be opened. Check that its folder exists and that you may write there.`,
  STORAGE_FULL: (what, file) =>
    `The disk is full: ${what} (${file}) could not be written, and nothing was half-written. Free some space, then try again.`,
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * SQLite's result codes (sqlite.org/rescode.html): primary ones, the low eight bits of an extended one, and one extended code that
 * says more: no room for the shared memory beside the file, which is where a full disk shows first.
 */
const CODES: Readonly<Record<number, DatabaseFailureCode>> = {
  5: 'STORAGE_LOCKED',
  6: 'STORAGE_LOCKED',
  8: 'STORAGE_UNREACHABLE',
  10: 'STORAGE_UNREACHABLE',
  11: 'STORAGE_DAMAGED',
  13: 'STORAGE_FULL',
  14: 'STORAGE_UNREACHABLE',
  23: 'STORAGE_UNREACHABLE',
  26: 'STORAGE_DAMAGED',
  4874: 'STORAGE_FULL',
};

/** An error of SQLite as a Failure; anything else (a bug in our SQL, a broken constraint) comes back as it is. */
export function asDatabaseFailure(error: unknown, what: string, file: string): unknown {
  if (isFailure(error) || !(error instanceof Error)) return error;
  const result = (error as { errcode?: unknown }).errcode;
  const code = typeof result === 'number' ? (CODES[result] ?? CODES[result & 0xff]) : undefined;
  return code === undefined ? error : databaseFailure(code, what, file, error);
}
