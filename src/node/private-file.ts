import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** For the user alone; Windows keeps to the rights of the folder instead. */
const PRIVATE = 0o600;

/**
 * A file that is to be opened, made readable for the user alone before anything is written into it: SQLite gives the files beside
 * a database the rights of the database. What hinders is told by whoever opens the file.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'ax', PRIVATE));
  } catch {
    tighten(file);
  }
}

function tighten(file: string): void {
  try {
    const found = statSync(file);
    if (found.isFile() && (found.mode & 0o077) !== 0) chmodSync(file, PRIVATE);
  } catch {
    // It is somebody else's, or the file system knows no rights.
  }
}

/**
 * Writes a small file whole or not at all, and only for the user; what was written survives a power cut.
 * @throws the error of the file system; the file is then as it was
 */
export function writePrivately(file: string, content: string | Uint8Array): void {
  const fresh = `${file}.new`;
  rmSync(fresh, { force: true });
  const open = openSync(fresh, 'wx', PRIVATE);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; ) at += writeSync(open, bytes, at);
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
  renameSync(fresh, file);
  syncFolder(dirname(file));
}

/** The new name survives as well; Windows cannot open a folder for this, and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const open = openSync(folder, 'r');
  try {
    fsyncSync(open);
  } finally {
    closeSync(open);
  }
}
