import type { KnownTag } from '../bluemind/tags.ts';
import type { Side } from '../sync/side.ts';

/** The account's tags by label in lower case, growing as categories are met; what the mapping looks labels up in. */
export type TagBook = {
  find(label: string): KnownTag | undefined;
  /** Makes tags for labels that have none yet. */
  ensure(labels: Iterable<string>): Promise<void>;
};

export function tagBook(known: readonly KnownTag[], create: (label: string) => Promise<KnownTag>): TagBook {
  const byLabel = new Map(known.map((tag) => [tag.label.toLowerCase(), tag]));
  return {
    find: (label) => byLabel.get(label.toLowerCase()),
    ensure: async (labels) => {
      for (const label of labels) {
        if (label.trim() !== '' && !byLabel.has(label.toLowerCase()))
          byLabel.set(label.toLowerCase(), await create(label));
      }
    },
  };
}

/** A server side that makes missing tags before it writes: the server drops categories that are no tags (BlueMind API 8). */
export function taggingSide<C>(side: Side<C>, tags: TagBook, categoriesOf: (content: C) => Iterable<string>): Side<C> {
  const ensure = (contents: readonly C[]) =>
    tags.ensure(new Set(contents.flatMap((content) => [...categoriesOf(content)])));
  return {
    ...side,
    create: async (folder, creates, signal) => {
      await ensure(creates.map(({ content }) => content));
      return side.create(folder, creates, signal);
    },
    update: async (folder, updates, signal) => {
      await ensure(updates.map(({ content }) => content));
      return side.update(folder, updates, signal);
    },
  };
}
