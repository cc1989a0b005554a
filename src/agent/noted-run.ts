import type { Clock } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { Storage } from '../storage/open.ts';
import type { RunReason } from '../storage/run-records.ts';
import { type RunReport, totalsOf } from './summary.ts';

/** Runs, and notes when, why, how long and how it went, also where it failed as a whole. One that the process did not survive stays open. */
export async function notedRun(
  { storage, clock, account }: { readonly storage: Storage; readonly clock: Clock; readonly account: string },
  why: RunReason,
  work: () => Promise<RunReport>,
): Promise<RunReport> {
  const id = storage.runs.begin({ account, startedAt: clock.now(), why });
  try {
    const report = await work();
    const { folders, notes } = report;
    storage.runs.end(id, {
      ...{ endedAt: clock.now(), ...totalsOf(folders), folders: folders.length, notes, failure: undefined },
    });
    return report;
  } catch (error) {
    const { code, message, retry, after } = isFailure(error)
      ? error
      : {
          code: 'BUG',
          message: 'The connector met a fault of its own; see its log.',
          retry: 'later' as const,
          after: undefined,
        };
    const nothing = { changes: 0, failed: 0, held: 0, folders: 0, notes: [] };
    // A memory that cannot be written is what failed, then.
    if (!code.startsWith('STORAGE_'))
      storage.runs.end(id, { endedAt: clock.now(), ...nothing, failure: { code, message, retry, after } });
    throw error;
  }
}
