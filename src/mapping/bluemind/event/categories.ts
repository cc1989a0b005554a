import type { VEvent } from '../../../wire/calendar.ts';
import type { TagRef } from '../../../wire/tags.ts';
import { type Field, patching } from '../../field.ts';

/** The tag of a label, made by the caller beforehand where there was none: the server fails on a reference without one. */
export type TagOf = (label: string) => TagRef | undefined;

/**
 * Categories ↔ references to tags, by label without regard to case. A reference that stays keeps its tag, colour and spelling;
 * references without a label (a tag that is gone) are left alone.
 * @loss a label for which `tagOf` has no tag; blanks around a label
 * @source bluemind-api.md 4.6, 10.1, 10.2 rule 11
 */
export function categories(tagOf: TagOf): Field<VEvent, readonly string[]> {
  return patching({
    read: (event) => distinct((event.categories ?? []).map((tag) => tag.label ?? '')),
    write: (event, value) => {
      const known = event.categories ?? [];
      const written = distinct(value).flatMap((label) => {
        const same = known.filter((tag) => keyOf(tag.label ?? '') === keyOf(label));
        const tag = same.length > 0 ? undefined : tagOf(label);
        return tag === undefined ? same : [{ ...tag, label: tag.label ?? label }];
      });
      return { ...event, categories: [...written, ...known.filter((tag) => keyOf(tag.label ?? '') === '')] };
    },
    survives: (value) => distinct(value).filter((label) => tagOf(label) !== undefined),
  });
}

function keyOf(label: string): string {
  return label.trim().toLowerCase();
}

function distinct(labels: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const label of labels)
    if (keyOf(label) !== '' && !found.has(keyOf(label))) found.set(keyOf(label), label.trim());
  return [...found.values()];
}
