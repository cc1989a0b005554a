import type { ErrorCode } from '../../wire/common.ts';
import type { ContainerUpdatesResult, ItemError } from '../../wire/container.ts';
import { bareFault, fault, isBusiness } from '../kernel/fault.ts';
import { type Collection, findItem, versionOf } from './collection.ts';

/** One line of a batch that stores something. */
export type Written<T> = { readonly uid?: string | null | undefined; readonly value?: T | null | undefined };
type Removed = { readonly uid?: string | null | undefined };

export type Batch<W, R> = {
  readonly add?: readonly W[] | null | undefined;
  readonly modify?: readonly W[] | null | undefined;
  readonly delete?: readonly R[] | null | undefined;
};

/** What a batch calls for each line; each is a transaction of its own. */
export type BatchWriter<W, R> = {
  create(uid: string, line: W): void;
  update(uid: string, line: W): void;
  remove(uid: string, line: R): void;
};

/**
 * `_mupdates`: adds, then modifies, then deletes. An add of what exists updates it; a modify of what is missing creates it (and so
 * brings back what somebody just deleted); a delete of what is missing counts as done. A refused line stands in `errors`; a bare
 * fault ends the whole call, and what was stored before stays. Rules [MU1] to [MU6].
 */
export function runBatch<T, W extends Written<unknown>, R extends Removed>(
  collection: Collection<T>,
  batch: Batch<W, R> | null,
  writer: BatchWriter<W, R>,
): ContainerUpdatesResult {
  if (batch === null) throw bareFault('The changes are missing.');
  const added: string[] = [];
  const updated: string[] = [];
  const removed: string[] = [];
  const errors: ItemError[] = [];
  const attempt = (uid: string | null | undefined, work: (uid: string) => void) => {
    try {
      if (uid === null || uid === undefined || uid === '') throw fault('INVALID_PARAMETER', 'An item has no uid.');
      work(uid);
    } catch (error) {
      if (!isBusiness(error)) throw error;
      errors.push({ message: error.message, uid: uid ?? null, errorCode: error.code as ErrorCode });
    }
  };
  const store = (line: W) =>
    attempt(line.uid, (uid) => {
      const known = findItem(collection, uid) !== undefined;
      if (known) writer.update(uid, line);
      else writer.create(uid, line);
      (known ? updated : added).push(uid);
    });
  for (const line of batch.add ?? []) store(line);
  for (const line of batch.modify ?? []) store(line);
  for (const line of batch.delete ?? [])
    attempt(line.uid, (uid) => {
      if (findItem(collection, uid) !== undefined) writer.remove(uid, line);
      removed.push(uid);
    });
  return { added, updated, removed, unhandled: [], errors, version: versionOf(collection) };
}
