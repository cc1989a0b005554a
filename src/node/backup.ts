/** A copy of a SQLite file from before its migrations: they go forward only, and a version that is put back needs the file it knows. */
import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isFailure } from '../base/failure.ts';
import { asDatabaseFailure, databaseFailure } from './database-failure.ts';
import { makePrivate } from './private-file.ts';

export function backupFile(file: string): string {
  return `${file}.backup`;
}

/**
 * Copies an open database as it is, complete in one file; the backup before it is replaced only by a whole one.
 * @param what the file in people's words @throws STORAGE_FULL, STORAGE_UNREACHABLE; the database is then as it was
 */
export function makeBackup(sqlite: DatabaseSync, file: string, what: string): void {
  const fresh = `${backupFile(file)}.new`;
  try {
    rmSync(fresh, { force: true });
    makePrivate(fresh);
    sqlite.prepare('VACUUM INTO ?').run(fresh);
    // SQLite leaves it to others that this survives a power cut (sqlite.org/lang_vacuum.html).
    sync(fresh);
    renameSync(fresh, backupFile(file));
  } catch (error) {
    const told = asDatabaseFailure(error, what, file);
    if (isFailure(told)) throw told;
    const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
    throw databaseFailure(full ? 'STORAGE_FULL' : 'STORAGE_UNREACHABLE', what, file, error);
  }
}

function sync(file: string): void {
  const open = openSync(file, 'r+');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}

/**
 * Puts the backup back when a newer version has migrated the file; the newer file stays beside it as `….newer`.
 * Nobody may have the file open. @param newest the last migration that this version knows
 * @returns whether it was put back
 */
export function putBackBackup(file: string, newest: number): boolean {
  const backup = backupFile(file);
  if (!existsSync(file) || !existsSync(backup)) return false;
  if (versionOf(file) <= newest || versionOf(backup) > newest) return false;
  const ready = `${file}.ready`;
  copyFileSync(backup, ready);
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  copyFileSync(file, `${file}.newer`);
  renameSync(ready, file);
  return true;
}

/** Opening and closing it also folds what a process that died left in the log into the file. */
function versionOf(file: string): number {
  const sqlite = new DatabaseSync(file);
  try {
    return Number(sqlite.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  } finally {
    sqlite.close();
  }
}
