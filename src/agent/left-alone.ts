import type { ItemId, Rev, Side } from '../sync/side.ts';

/**
 * A side that does not show some of its items: those that lay in an Outlook folder before the connector came, which are left
 * alone until the user imports them (product.md A4). They are neither reported nor counted, so they cannot be changed.
 * @param hidden with the rev they had, so that a view need not read them again
 */
export function leavingAlone<C>(side: Side<C>, hidden: ReadonlyMap<ItemId, Rev>): Side<C> {
  if (hidden.size === 0) return side;
  return {
    ...side,
    view: async (folder, known, since, signal) => {
      const view = await side.view(folder, new Map([...known, ...hidden]), since, signal);
      const gone = view.gone.filter((id) => hidden.has(id)).length;
      const shown = <T extends { readonly id: ItemId }>(items: readonly T[]) =>
        items.filter(({ id }) => !hidden.has(id));
      return {
        ...view,
        moved: shown(view.moved),
        unreadable: shown(view.unreadable),
        gone: view.gone.filter((id) => !hidden.has(id)),
        count: view.count - (hidden.size - gone),
      };
    },
  };
}
