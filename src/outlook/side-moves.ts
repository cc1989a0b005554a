/** Items of the user's put into another folder of Outlook, where the next run finds them as new ones. */
import type { FolderId, ItemId, Rev } from '../sync/side.ts';
import { hresultText, meaningOf } from './program/errors.ts';
import { concernsOutlook, failureOf } from './program/finish.ts';
import { moveItem } from './program/move-item.ts';
import type { Executor } from './program/program.ts';
import { modifiedOf } from './side-rev.ts';
import { outlookSession } from './side-session.ts';

export type ItemToMove = { readonly id: ItemId; readonly rev: Rev };

/**
 * @param from where the items are: they may be in a store of their own
 * @returns why an item was not moved, at its position; undefined where it was
 * @throws OUTLOOK_UNAVAILABLE, OUTLOOK_DENIED, OUTLOOK_FOLDER_GONE
 */
export async function moveItems(
  executor: Executor,
  items: readonly ItemToMove[],
  { from, to }: { readonly from: FolderId; readonly to: FolderId },
): Promise<readonly (string | undefined)[]> {
  const session = outlookSession(executor);
  try {
    const { storeId } = await session.use(() => session.folder(from));
    const { given } = await session.use(() => session.folder(to));
    const reasons: (string | undefined)[] = [];
    for (const { id, rev } of items) {
      const outcome = await executor.run(moveItem(given, { entryId: id, storeId }, modifiedOf(rev)));
      if (outcome.kind === 'failed' && concernsOutlook(meaningOf(outcome.hresult)))
        throw failureOf(outcome.hresult, `move item: ${outcome.member}`);
      reasons.push(
        outcome.kind === 'done'
          ? undefined
          : outcome.kind === 'stale'
            ? 'it was changed in Outlook meanwhile'
            : `Outlook could not move it (${outcome.member}, ${hresultText(outcome.hresult)})`,
      );
    }
    return reasons;
  } finally {
    await session.close();
  }
}
