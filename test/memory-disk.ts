import { accessSync, constants, statfsSync } from 'node:fs';

/** Linux's disk in memory. */
const DISK = '/dev/shm';
/** @units bytes; the tests use far less */
const ROOM = 4 * 1024 ** 3;

/**
 * Puts the temporary files of the tests into memory where there is room: hundreds of small data files wait for the disk at every
 * commit otherwise, which is most of what their tests take on a busy one. Whoever names a `TMPDIR` gets that.
 */
export function setup(): void {
  if (process.env['TMPDIR'] === undefined && hasRoom()) process.env['TMPDIR'] = DISK;
}

function hasRoom(): boolean {
  try {
    accessSync(DISK, constants.W_OK);
    const { bavail, bsize } = statfsSync(DISK);
    return bavail * bsize >= ROOM;
  } catch {
    return false;
  }
}
