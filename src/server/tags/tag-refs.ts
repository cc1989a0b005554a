import type { Tag, TagRef } from '../../wire/tags.ts';
import { bareFault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';

/**
 * References of items to tags: what is stored is only which tag is meant, label and colour are the tag's own. Rules [TG4], [TG5]:
 * references to unknown tags vanish, on writing as on reading.
 */
export type TagRefs = (refs: readonly TagRef[] | null | undefined) => readonly TagRef[];

/** Reads references as the tags are now; one reader per call of the API, because it looks every tag up once only. */
export function tagRefs(kernel: Kernel): TagRefs {
  const known = new Map<string, TagRef | undefined>();
  const find = (containerUid: string, itemUid: string) => {
    const key = `${containerUid}\n${itemUid}`;
    if (!known.has(key)) known.set(key, findTag(kernel, containerUid, itemUid));
    return known.get(key);
  };
  return (refs) =>
    (refs ?? []).flatMap((ref) => {
      if (ref.containerUid === null || ref.containerUid === undefined)
        throw bareFault('A category does not say in which container its tag is.');
      return find(ref.containerUid, ref.itemUid ?? '') ?? [];
    });
}

function findTag(kernel: Kernel, containerUid: string, itemUid: string): TagRef | undefined {
  const container = kernel.store.containers.byUid(containerUid);
  if (container?.type !== 'tags') return undefined;
  const item = kernel.store.items.byUid(container.id, itemUid);
  if (item === undefined) return undefined;
  const { label, color } = JSON.parse(item.value) as Tag;
  return { containerUid, itemUid, label: label ?? null, color: color ?? null };
}
