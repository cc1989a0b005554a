import { can } from '../containers/verbs.ts';
import { visibleContainers } from '../containers/visible.ts';
import type { Collection, ItemKind } from '../items/collection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Session } from '../kernel/session.ts';

type Where = {
  readonly owner?: string | null | undefined;
  readonly containers?: readonly string[] | null | undefined;
};

/** The containers of a kind that a search over several means: those named, else the owner's; always only what may be read. */
export function containersToSearch<T>(
  { kernel, session }: { readonly kernel: Kernel; readonly session: Session },
  kind: ItemKind<T>,
  where: Where | null,
): readonly Collection<T>[] {
  const named = where?.containers ?? [];
  const found =
    named.length > 0
      ? kernel.store.containers.byUids(named)
      : visibleContainers(kernel, session, { type: kind.type, owner: where?.owner });
  return found
    .filter((container) => container.type === kind.type && can(kernel, session, container, 'Read'))
    .map((container) => ({ kernel, session, container, kind }));
}
