import { DatabaseSync } from 'node:sqlite';
import { Failure, isFailure } from '../base/failure.ts';
import { asDatabaseFailure } from '../node/database-failure.ts';
import { makePrivate } from '../node/private-file.ts';

/** Held while a run goes on; ends with the process, however that ends. */
export type RunLock = { release(): void };

/**
 * One run at a time per data folder, over all processes: an exclusive transaction on a small SQLite file, which the operating
 * system gives back when the process dies, so that no stale lock can remain.
 * @throws RUN_IN_PROGRESS (retry later) when another process holds it; STORAGE_… when there can be no such file
 */
export function takeRunLock(file: string): RunLock {
  let database: DatabaseSync | undefined;
  try {
    makePrivate(file);
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const failure = asDatabaseFailure(error, 'the run lock', file);
    if (!isFailure(failure, 'STORAGE_LOCKED')) throw failure;
    throw new Failure('RUN_IN_PROGRESS', 'Another synchronisation is going on. Wait until it ends, then try again.', {
      retry: 'later',
      cause: error,
    });
  }
  const held = database;
  return {
    release: () => {
      held.exec('ROLLBACK');
      held.close();
    },
  };
}
