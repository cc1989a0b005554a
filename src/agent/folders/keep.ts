import { isFailure } from '../../base/failure.ts';
import { OUTLOOK_FOLDER_GONE } from '../../outlook/side-session.ts';
import type { ContentKit } from '../../sync/content.ts';
import { look } from '../../sync/look.ts';
import type { RuleId } from '../../sync/rules.ts';
import type { Run } from '../../sync/run.ts';
import type { Item, SideName } from '../../sync/side.ts';
import type { Link } from '../../sync/state.ts';

/** Puts into the history what Outlook holds and the server was not sent. Returns how many items. */
export async function keepUnsent<C>(run: Run<C>): Promise<number> {
  const { sides, pair, state, kit, signal } = run;
  try {
    const { view } = await look({ side: sides.outlook, pair, state, signal });
    const items = [...view.items.values()];
    const links = new Map(state.linksOf('outlook', [...view.items.keys()]).map((link) => [link.outlook.id, link]));
    const unsent = items.filter(({ id, content }) => isUnsent(kit, links.get(id), content));
    keep(run, { side: 'outlook', rule: 'U4' }, unsent);
    return unsent.length;
  } catch (error) {
    if (isFailure(error, OUTLOOK_FOLDER_GONE)) return 0;
    throw error;
  }
}

/** Whether the server would get something of what Outlook holds now, if it could be written. */
function isUnsent<C>(kit: ContentKit<C>, link: Link<C> | undefined, now: C): boolean {
  if (link === undefined) return true;
  const known = link.server.content;
  const merged = kit.merge({
    server: { base: known, now: known },
    outlook: { base: link.outlook.content, now },
    prefer: 'outlook',
  });
  return kit.digest(merged.server) !== kit.digest(known);
}

/** Puts everything that the server holds of a container into the history. */
export async function keepContainer<C>(run: Run<C>): Promise<void> {
  const { sides, pair, signal } = run;
  const { moved } = await sides.server.view(pair.folders.server, new Map(), undefined, signal);
  keep(run, { side: 'server', rule: 'U3' }, moved);
}

function keep<C>(
  { state, kit, now, newId }: Run<C>,
  { side, rule }: { side: SideName; rule: RuleId },
  items: readonly Item<C>[],
): void {
  const at = now();
  state.transaction((tx) => {
    for (const { id: itemId, content } of items) {
      const entry = { at, key: newId(), side, itemId, title: kit.title(content), rule, content };
      tx.addHistory({ id: newId(), did: 'delete', ...entry, after: undefined, across: undefined, lost: [] });
    }
  });
}
