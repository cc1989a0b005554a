import type { RunOptions } from './agent.ts';
import { type ConflictRow, listConflicts } from './conflicts.ts';
import { listLeftAlone, type NotInStep } from './list-left-alone.ts';
import type { Reader } from './reader.ts';
import { repair } from './repair.ts';
import { lookAtReset, type ResetDone, type ResetLook, reset } from './reset.ts';
import { type RestoreResult, type RestoreTo, restore } from './restore.ts';
import type { FolderRun } from './summary.ts';
import { type FolderProof, verify } from './verify.ts';
import type { Working } from './working.ts';

/**
 * What a person does beside the runs, over all folders or those of one name. Each waits for a run that goes on.
 * Each @throws NO_ACCOUNT, RUN_IN_PROGRESS when that takes too long, FOLDER_NOT_FOUND, and what keeps the server from being asked.
 */
export type Trust = {
  /** Puts a version of the history back. @throws ITEM_NOT_FOUND, RESTORE_IMPOSSIBLE */
  restore(id: string, to?: RestoreTo): Promise<RestoreResult>;
  /** What both sides changed and waits for the user, with both values; writes nothing. */
  conflicts(reader?: Reader): Promise<readonly ConflictRow[]>;
  /** Items that are not kept in step, each with the reason; writes nothing. */
  leftAlone(folder?: string, reader?: Reader): Promise<readonly NotInStep[]>;
  /** Compares both sides item by item; writes nothing. */
  verify(folder?: string, options?: RunOptions & { readonly reader?: Reader }): Promise<readonly FolderProof[]>;
  /** What {@link Trust.reset} would take out of Outlook, and what was not sent yet; writes nothing. */
  lookAtReset(folder?: string): Promise<readonly ResetLook[]>;
  /** Takes what the connector put in Outlook out of it; the next run brings it anew. */
  reset(
    options: RunOptions & { readonly folder?: string; readonly unsent: 'send' | 'drop' },
  ): Promise<readonly ResetDone[]>;
  /** Compares everything anew and pairs again what the memory has lost. */
  repair(folder?: string, options?: RunOptions): Promise<readonly FolderRun[]>;
};

/** `alone` runs one at a time, and never beside a run. */
export function openTrust(working: () => Working, alone: <T>(work: () => Promise<T>) => Promise<T>): Trust {
  return {
    restore: (id, to) => alone(() => restore(working(), id, to)),
    conflicts: (reader = 'en') => alone(() => listConflicts(working(), reader)),
    leftAlone: (folder, reader = 'en') => alone(() => listLeftAlone(working(), folder, reader)),
    verify: (folder, options = {}) => alone(() => verify(working(), folder, options)),
    lookAtReset: (folder) => alone(() => lookAtReset(working(), folder)),
    reset: ({ folder, ...options }) => alone(() => reset(working(), folder, options)),
    repair: (folder, options = {}) => alone(() => repair(working(), folder, options)),
  };
}
