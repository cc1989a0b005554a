import type { ContainerUpdatesResult } from '../../wire/container.ts';
import type { Tag, TagChanges } from '../../wire/tags.ts';
import { tagsOf } from '../containers/uids.ts';
import { runBatch } from '../items/batch.ts';
import {
  type Collection,
  createItem,
  type ItemKind,
  openCollection,
  removeItem,
  updateItem,
} from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';
import type { StoredItem } from '../store/store.ts';

export const TAGS: ItemKind<Tag> = {
  type: 'tags',
  byId: 'tag-by-id',
  describe: (tag) => ({ displayName: tag.label ?? '', lookup: tag.label ?? '' }),
};

/** The colour of tags that an import makes. @source fact sheet 8 */
const IMPORTED_COLOR = '3d98ff';

export function createTag(tags: Collection<Tag>, uid: string, tag: Tag | null): StoredItem {
  return createItem(tags, uid, checkTag(tag));
}

export function updateTag(tags: Collection<Tag>, uid: string, tag: Tag | null): StoredItem {
  return updateItem(tags, uid, checkTag(tag));
}

export function changeTags(tags: Collection<Tag>, changes: TagChanges | null): ContainerUpdatesResult {
  return runBatch(tags, changes, {
    create: (uid, line) => void createTag(tags, uid, line.value ?? null),
    update: (uid, line) => void updateTag(tags, uid, line.value ?? null),
    remove: (uid) => void removeItem(tags, uid),
  });
}

/** Rules [TG1] to [TG3]: label and colour must be there; the `#` of a colour is dropped. @throws INVALID_PARAMETER */
function checkTag(tag: Tag | null): Tag {
  const label = tag?.label?.trim() ?? '';
  const color = (tag?.color?.trim() ?? '').replace(/^#/, '');
  if (label === '') throw fault('INVALID_PARAMETER', 'A tag needs a label.');
  if (color === '') throw fault('INVALID_PARAMETER', 'A tag needs a colour.');
  return { label, color };
}

/** Finds the caller's tags by their labels, the missing ones being made: how imports turn category names into references. */
export function tagsByLabel(
  caller: { readonly kernel: Kernel; readonly session: Session },
  labels: readonly string[],
): readonly { readonly containerUid: string; readonly itemUid: string }[] {
  const { kernel, session } = caller;
  const own = kernel.store.containers.byUid(tagsOf(session.user));
  if (own === undefined) return [];
  const shared = kernel.store.containers.byUid(tagsOf(session.domain));
  return labels.map((label) => {
    for (const container of shared === undefined ? [own] : [own, shared]) {
      const [item] = kernel.store.items.byLookup(container.id, label.toLowerCase());
      if (item !== undefined) return { containerUid: container.uid, itemUid: item.uid };
    }
    const tags = openCollection(TAGS, caller, own.uid, 'Write');
    const { uid } = createItem(tags, kernel.newId(), { label, color: IMPORTED_COLOR });
    return { containerUid: own.uid, itemUid: uid };
  });
}
