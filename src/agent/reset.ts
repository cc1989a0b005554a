/**
 * Takes out of Outlook what the connector put there, so that the next run brings it anew.
 *
 * Invariant: the links are forgotten before anything is removed, so that no removal can pass for the user's; interrupted in
 * between, what is left is paired again by its token. What was not sent is in the history first; items of the user's own that
 * the server does not have yet stay where they are.
 */
import { throwIfCancelled } from '../base/failure.ts';
import { recover } from '../sync/recover.ts';
import type { Line } from '../sync/report.ts';
import { planFolder, type Run, syncFolder } from '../sync/run.ts';
import type { Item, ItemId, Target } from '../sync/side.ts';
import type { RunOptions } from './agent.ts';
import { chosenPairs } from './chosen-pairs.ts';
import { withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/** What a reset of a folder would do: how many items go from Outlook, and what the server does not have yet. */
export type ResetLook = { readonly name: string; readonly items: number; readonly unsent: readonly Line[] };

/** `kept`: what was not sent could not be, so nothing was done. `stayed`: items Outlook did not give up; they are paired again. */
export type ResetDone = {
  readonly name: string;
  readonly removed: number;
  readonly stayed: number;
  readonly kept: readonly Line[];
};

/** Looks, and writes nothing. @throws FOLDER_NOT_FOUND */
export async function lookAtReset(working: Working, folder: string | undefined): Promise<readonly ResetLook[]> {
  const { account, pairs } = await chosenPairs(working, folder);
  const looks: ResetLook[] = [];
  for (const pair of pairs) {
    const look = await withSides(working, account, pair, async (run) => ({
      items: run.state.total(),
      unsent: (await planFolder(run)).filter(isUnsent),
    }));
    looks.push({ name: pair.record.name, ...look });
  }
  return looks;
}

/**
 * Resets all folders, or those of one name.
 * @param unsent `send`: what the server does not have yet is sent first, and a folder of which something cannot be sent is left as it is;
 *   `drop`: it is kept in the history only
 * @throws FOLDER_NOT_FOUND, CANCELLED
 */
export async function reset(
  working: Working,
  folder: string | undefined,
  { unsent, signal, progress }: RunOptions & { readonly unsent: 'send' | 'drop' },
): Promise<readonly ResetDone[]> {
  const { account, pairs } = await chosenPairs(working, folder);
  const done: ResetDone[] = [];
  for (const pair of pairs) {
    throwIfCancelled(signal);
    const { name } = pair.record;
    progress?.({ folder: name, done: done.length, total: pairs.length });
    const result = await withSides(working, account, pair, async (run) => {
      const kept = unsent === 'send' ? await send({ ...run, signal }) : [];
      return kept.length > 0 ? { removed: 0, stayed: 0, kept } : { ...(await empty({ ...run, signal })), kept };
    });
    done.push({ name, ...result });
  }
  return done;
}

/** Changes of Outlook that the server does not have: planned, or left alone for some reason. */
function isUnsent({ do: deed, on, outcome }: Line): boolean {
  if (outcome === 'done') return false;
  return on === 'server' ? deed !== 'forget' : deed === 'merge' || (deed === 'link' && outcome === 'held');
}

/** Sends what is not sent; gives what still is not. */
async function send<C>(run: Run<C>): Promise<readonly Line[]> {
  if (!(await planFolder(run)).some(isUnsent)) return [];
  await syncFolder(run);
  return (await planFolder(run)).filter(isUnsent);
}

/** @units items removed by one call to Outlook */
const SLICE = 20;

async function empty<C>(run: Run<C>): Promise<{ readonly removed: number; readonly stayed: number }> {
  const { state, sides, pair, signal } = run;
  await recover(run);
  const known = state.known('outlook');
  const view = await sides.outlook.view(pair.folders.outlook, known, undefined, signal);
  const moved = new Map(view.moved.filter(({ id }) => known.has(id)).map((item) => [item.id, item]));
  const gone = new Set(view.gone);
  const targets = [...known]
    .filter(([id]) => !gone.has(id))
    .map(([id, rev]): Target => ({ folder: pair.folders.outlook, id, rev: moved.get(id)?.rev ?? rev }));
  forget(run, moved);
  let stayed = 0;
  for (let at = 0; at < targets.length; at += SLICE) {
    throwIfCancelled(signal);
    const slice = targets.slice(at, at + SLICE);
    const failures = await sides.outlook.remove(pair.folders.outlook, slice, signal);
    stayed += failures.filter((failure) => failure !== undefined).length;
  }
  return { removed: targets.length - stayed, stayed };
}

/** Forgets all that is remembered of the pair; edits that were not sent go into the history in the same transaction. */
function forget<C>(run: Run<C>, moved: ReadonlyMap<ItemId, Item<C>>): void {
  const { state, kit, now, newId } = run;
  const edited = state
    .linksOf('outlook', [...moved.keys()])
    .filter(
      ({ outlook }) =>
        moved.get(outlook.id) !== undefined && kit.digest(contentOf(moved, outlook.id)) !== outlook.digest,
    );
  const keys = [...state.links()].map(({ key }) => key);
  state.transaction((tx) => {
    for (const { key, server, outlook } of edited) {
      const content = contentOf(moved, outlook.id);
      const across = { id: server.id, content: server.content };
      const what = {
        key,
        side: 'outlook',
        itemId: outlook.id,
        title: kit.title(content),
        rule: 'U2',
        did: 'update',
      } as const;
      // What the server has of it takes its place.
      tx.addHistory({ id: newId(), at: now(), ...what, content, after: outlook.content, across, lost: [] });
    }
    for (const key of keys) tx.dropLink(key);
    tx.setCursor('server', undefined);
    tx.setCursor('outlook', undefined);
    tx.setUnsettled([]);
    tx.setHeld([]);
  });
}

function contentOf<C>(moved: ReadonlyMap<ItemId, Item<C>>, id: ItemId): C {
  return (moved.get(id) as Item<C>).content;
}
