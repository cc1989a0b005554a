import { type RestoreResult, type RestoreTo, restore } from './restore.ts';
import type { Working } from './working.ts';

/** What a person does beside the runs. Each @throws NO_ACCOUNT, RUN_IN_PROGRESS, and what keeps the server from being asked. */
export type Trust = {
  /** Puts a version of the history back. @throws ITEM_NOT_FOUND, RESTORE_IMPOSSIBLE */
  restore(id: string, to?: RestoreTo): Promise<RestoreResult>;
};

/** `alone` runs one at a time, and never beside a run. */
export function openTrust(working: () => Working, alone: <T>(work: () => Promise<T>) => Promise<T>): Trust {
  return { restore: (id, to) => alone(() => restore(working(), id, to)) };
}
