import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../base/failure.ts';

/** Held while a run goes on; ends with the process, however that ends. */
export type RunLock = { release(): void };

/**
 * One run at a time per data folder, over all processes: an exclusive transaction on a small SQLite file, which the operating
 * system gives back when the process dies, so that no stale lock can remain.
 * @throws RUN_IN_PROGRESS (retry later) when another process holds it
 */
export function takeRunLock(file: string): RunLock {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new Failure('RUN_IN_PROGRESS', 'Another synchronisation is going on. Wait until it ends, then try again.', {
      retry: 'later',
      cause: error,
    });
  }
  return {
    release: () => {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}
