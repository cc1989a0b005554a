import { type Card, groupsIn } from '../domain/contact.ts';
import { cardKit } from '../domain/content-kit.ts';
import type { ContentKit } from '../sync/content.ts';
import type { Side } from '../sync/side.ts';

/** What a run knows of groups in groups. */
export type Nesting = {
  /** A side whose groups are taken notice of as they are read. */
  noticing(side: Side<Card>): Side<Card>;
  /** {@link cardKit}, with a group at a later stage than all groups that it holds, however deep. */
  readonly kit: ContentKit<Card>;
};

/** A group is written after those in it, or Outlook does not find them. */
export function openNesting(): Nesting {
  const inside = new Map<string, readonly string[]>();
  // Groups may hold each other in a circle: none counts twice on the way down.
  const depth = (uids: readonly string[], above: ReadonlySet<string>): number =>
    uids.reduce((deepest, uid) => {
      if (above.has(uid)) return deepest;
      return Math.max(deepest, 1 + depth(inside.get(uid) ?? [], new Set([...above, uid])));
    }, 0);
  return {
    noticing: (side) => ({
      ...side,
      view: async (...asked) => {
        const view = await side.view(...asked);
        for (const { content } of view.moved) if (content.uid !== '') inside.set(content.uid, groupsIn(content));
        return view;
      },
    }),
    kit: {
      ...cardKit,
      stage: (card) => cardKit.stage(card) && 1 + depth(groupsIn(card), new Set([card.uid])),
    },
  };
}
