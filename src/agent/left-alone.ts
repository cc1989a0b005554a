import type { ItemId, Rev, Side } from '../sync/side.ts';

/** Items that are left alone, each with the rev it was last seen with, so that a view need not read it again. */
export type LeftAlone = {
  readonly items: ReadonlyMap<ItemId, Rev>;
  /** Told when a view saw one of them change. */
  readonly seen: (id: ItemId, rev: Rev) => void;
  /** Told of those that a view proved gone: they need not be asked for ever after. */
  readonly left: (ids: readonly ItemId[]) => void;
};

/**
 * A side that does not show some of its items: those that lay in an Outlook folder before the connector came, which wait for the
 * user to import them (product.md A4), and those that Outlook makes by itself (birthdays). They are neither reported nor
 * counted, so they cannot be changed.
 */
export function leavingAlone<C>(side: Side<C>, { items: hidden, seen, left }: LeftAlone): Side<C> {
  if (hidden.size === 0) return side;
  return {
    ...side,
    view: async (folder, known, since, signal) => {
      const view = await side.view(folder, new Map([...known, ...hidden]), since, signal);
      const gone = new Set(view.gone.filter((id) => hidden.has(id)));
      const count = view.count - (hidden.size - gone.size);
      for (const { id, rev } of view.moved) if (hidden.has(id)) seen(id, rev);
      const shown = <T extends { readonly id: ItemId }>(items: readonly T[]) =>
        items.filter(({ id }) => !hidden.has(id));
      const rest = { moved: shown(view.moved), unreadable: shown(view.unreadable), count };
      if (gone.size > 0) left([...gone]);
      return { ...view, ...rest, gone: view.gone.filter((id) => !gone.has(id)) };
    },
  };
}
