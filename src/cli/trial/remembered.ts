import { isFailure } from '../../base/failure.ts';
import {
  CURSOR_LOST,
  type Cursor,
  type FolderId,
  type Item,
  type ItemId,
  type Side,
  type View,
} from '../../sync/side.ts';

type Seen<C> = { readonly items: Map<ItemId, Item<C>>; since: Cursor | undefined };

/**
 * What a folder of a side holds, for somebody who looks at it again and again: only what moved since the last look is read.
 * One look at a time.
 */
export function remembered<C>(side: Pick<Side<C>, 'view'>): (folder: FolderId) => Promise<readonly Item<C>[]> {
  const folders = new Map<FolderId, Seen<C>>();
  let last: Promise<unknown> = Promise.resolve();
  const look = async (folder: FolderId) => {
    const seen = folders.get(folder) ?? { items: new Map<ItemId, Item<C>>(), since: undefined };
    folders.set(folder, seen);
    const view = await viewed(side, folder, seen);
    for (const id of view.gone) seen.items.delete(id);
    for (const item of view.moved) seen.items.set(item.id, item);
    seen.since = view.cursor;
    return [...seen.items.values()];
  };
  return (folder) => {
    const next = last.then(() => look(folder));
    last = next.catch(() => folders.delete(folder));
    return next;
  };
}

async function viewed<C>(side: Pick<Side<C>, 'view'>, folder: FolderId, seen: Seen<C>): Promise<View<C>> {
  const known = () => new Map([...seen.items.values()].map(({ id, rev }) => [id, rev]));
  try {
    return await side.view(folder, known(), seen.since);
  } catch (error) {
    if (!isFailure(error, CURSOR_LOST)) throw error;
    seen.items.clear();
    return side.view(folder, known(), undefined);
  }
}
