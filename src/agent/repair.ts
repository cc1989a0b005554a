import { throwIfCancelled } from '../base/failure.ts';
import { distrust } from '../sync/distrust.ts';
import type { FolderReport } from '../sync/report.ts';
import { syncFolder } from '../sync/run.ts';
import { SIDE_NAMES } from '../sync/state.ts';
import type { RunOptions } from './agent.ts';
import { chosenPairs } from './chosen-pairs.ts';
import type { FolderRun } from './summary.ts';
import { withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/**
 * Compares everything anew, as if it were not known what was seen before: what the memory has lost is paired again by our token,
 * the uid, then the content; nothing is taken for gone on the word of this one look (G4).
 * @throws FOLDER_NOT_FOUND, CANCELLED
 */
export async function repair(
  working: Working,
  folder: string | undefined,
  { signal, progress }: RunOptions,
): Promise<readonly FolderRun[]> {
  const { account, pairs } = await chosenPairs(working, folder);
  working.storage.check();
  const folders: FolderRun[] = [];
  for (const pair of pairs) {
    throwIfCancelled(signal);
    const { name } = pair.record;
    const report = await withSides(working, account, pair, async (run): Promise<FolderReport> => {
      for (const side of SIDE_NAMES) distrust(run.state, side);
      return syncFolder({ ...run, signal, progress: (done, total) => progress?.({ folder: name, done, total }) });
    });
    folders.push({ name, kind: pair.container.kind, report });
  }
  return folders;
}
