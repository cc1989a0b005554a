/**
 * Proves both sides equal, item by item, from what they hold now: the memory of what was settled takes no part. What one side
 * cannot hold is no difference; it is foreseen as the engine foresees it for two items without a common past.
 */
import { isFailure, throwIfCancelled } from '../base/failure.ts';
import { meetUnbased } from '../sync/meet.ts';
import { pairUnlinked } from '../sync/pairing.ts';
import { BOTH_WAYS } from '../sync/policies.ts';
import type { ReportedFailure } from '../sync/report.ts';
import type { Run } from '../sync/run.ts';
import type { Item, SideName } from '../sync/side.ts';
import { bothSides, SIDE_NAMES, type Sides } from '../sync/state.ts';
import type { RunOptions } from './agent.ts';
import { chosenPairs } from './chosen-pairs.ts';
import { type Content, differences } from './content-words.ts';
import type { Reader } from './reader.ts';
import { whenOf } from './when-words.ts';
import { remembered, withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/** Something on which the sides do not agree. `missing`: on the named side; `unclear`: several items look the same. */
export type Unequal = {
  readonly what: 'missing' | 'differs' | 'unreadable' | 'unclear';
  /** The side that lacks it, or on which it cannot be read or told apart. */
  readonly on: SideName | undefined;
  readonly title: string;
  readonly when: string;
  readonly fields: readonly { readonly field: string; readonly server: string; readonly outlook: string }[];
};

export type FolderProof = {
  readonly name: string;
  readonly kind: string;
  /** Items of each side, without those that are left alone. */
  readonly items: Sides<number>;
  readonly equal: number;
  readonly leftAlone: number;
  readonly unequal: readonly Unequal[];
  /** Why the folder could not be compared. */
  readonly failure: ReportedFailure | undefined;
};

/** Compares all folders, or those of one name. @throws FOLDER_NOT_FOUND, CANCELLED */
export async function verify(
  working: Working,
  folder: string | undefined,
  { signal, progress, reader = 'en' }: RunOptions & { readonly reader?: Reader },
): Promise<readonly FolderProof[]> {
  const { account, pairs } = await chosenPairs(working, folder);
  const proofs: FolderProof[] = [];
  for (const pair of pairs) {
    throwIfCancelled(signal);
    const { name, kind } = pair.record;
    progress?.({ folder: name, done: proofs.length, total: pairs.length });
    const leftAlone = remembered(pair.record).length;
    const proof = await withSides(working, account, pair, (run) => proofOf({ ...run, signal }, reader)).catch(asFailed);
    proofs.push({ name, kind, leftAlone, ...proof });
  }
  return proofs;
}

type Proof = Omit<FolderProof, 'name' | 'kind' | 'leftAlone'>;

/** A folder that cannot be compared does not keep the others from it. */
function asFailed(error: unknown): Proof {
  if (!isFailure(error) || error.code === 'CANCELLED' || error.code.startsWith('STORAGE_')) throw error;
  const { code, message, retry, after } = error;
  return { items: { server: 0, outlook: 0 }, equal: 0, unequal: [], failure: { code, message, retry, after } };
}

async function proofOf<C>(run: Run<C>, reader: Reader): Promise<Proof> {
  const { sides, pair, kit, signal } = run;
  const [server, outlook] = [
    await sides.server.view(pair.folders.server, new Map(), undefined, signal),
    await sides.outlook.view(pair.folders.outlook, new Map(), undefined, signal),
  ];
  const views = { server, outlook };
  const pairing = pairUnlinked({ server: server.moved, outlook: outlook.moved }, kit, previewsOf(run));
  const twins = matchTwins(run, pairing.ambiguous);
  const unequal: Unequal[] = [];
  let equal = twins.matched;
  for (const { items } of pairing.pairs) {
    const difference = compared(run, items, reader);
    if (difference === undefined) equal += 1;
    else unequal.push(difference);
  }
  for (const on of SIDE_NAMES) {
    const across = on === 'server' ? 'outlook' : 'server';
    for (const item of pairing.alone[across])
      unequal.push({ what: 'missing', on, ...named(run, item, reader), fields: [] });
    for (const item of twins.left[on]) unequal.push({ what: 'unclear', on, ...named(run, item, reader), fields: [] });
    for (const _ of views[on].unreadable) unequal.push({ what: 'unreadable', on, title: '', when: '', fields: [] });
  }
  const items = bothSides((side) => views[side].moved.length + views[side].unreadable.length);
  return { items, equal, unequal, failure: undefined };
}

function previewsOf<C>({ sides }: Run<C>): Sides<(content: C) => C> {
  return bothSides((side) => (content: C) => sides[side].preview(content));
}

function named<C>({ kit }: Run<C>, { content }: Item<C>, reader: Reader): { title: string; when: string } {
  return { title: kit.title(content), when: whenOf(content as unknown as Content, reader) };
}

/** What the engine would write into Outlook had the two no common past; undefined when that is nothing. */
export function compared<C>(run: Run<C>, now: Sides<Item<C>>, reader: Reader): Unequal | undefined {
  const { kit } = run;
  const items = bothSides((side) => [now[side].id]);
  const token = now.server.token;
  const meeting = { key: '', fresh: true, token, rule: 'L1', items, now, prefer: 'server' } as const;
  const action = meetUnbased(meeting, { kit, policy: BOTH_WAYS, previews: previewsOf(run) });
  if (action === 'protected' || action.do !== 'update') return undefined;
  const { target, content } = action.write;
  const fields = differences(target.content as unknown as Content, content as unknown as Content, reader).map(
    ({ field, before, after }) => ({ field, server: after, outlook: before }),
  );
  return { what: 'differs', on: undefined, ...named(run, now.server, reader), fields };
}

/** Items that look the same several times: as many on one side as on the other are equal, whichever belongs to which. */
function matchTwins<C>(
  run: Run<C>,
  ambiguous: Sides<readonly Item<C>[]>,
): { readonly matched: number; readonly left: Sides<readonly Item<C>[]> } {
  const { kit } = run;
  const previews = previewsOf(run);
  const outlook = new Map<string, Item<C>[]>();
  for (const item of ambiguous.outlook) {
    const key = kit.fingerprint(previews.server(item.content));
    outlook.set(key, [...(outlook.get(key) ?? []), item]);
  }
  const unmatched = ambiguous.server.filter(
    (item) => outlook.get(kit.fingerprint(previews.outlook(item.content)))?.pop() === undefined,
  );
  return {
    matched: ambiguous.server.length - unmatched.length,
    left: { server: unmatched, outlook: [...outlook.values()].flat() },
  };
}
