/**
 * Puts a kept version back: an edit on the user's behalf, on one side or both, which the next run carries on like any other.
 *
 * Invariant: only what the kept write changed is undone, on top of what the item says now; what is overwritten by that is in the
 * history first; an item that is there is never made a second time.
 */
import { Failure } from '../base/failure.ts';
import type { KeptEntry } from '../storage/history.ts';
import { permitted } from '../sync/policies.ts';
import type { Run } from '../sync/run.ts';
import type { Effect, Item, ItemId, SideName, Token } from '../sync/side.ts';
import { bothSides, type Sides } from '../sync/state.ts';
import { findEntry } from './history.ts';
import { lookAtAccount } from './look-at-account.ts';
import { noteMaking, settleMaking } from './restoring.ts';
import { withSides } from './with-sides.ts';
import type { Working } from './working.ts';

export type RestoreTo = SideName | 'both';

/** What became of a version on a side: made again, changed in some fields, or there already as it was. */
export type PutBack = {
  readonly side: SideName;
  readonly did: 'created' | 'changed' | 'nothing';
  readonly fields: readonly string[];
};

export type RestoreResult = {
  readonly id: string;
  readonly folder: string;
  readonly title: string;
  readonly done: readonly PutBack[];
};

/**
 * Puts the version `id` back, on the side where it was unless told otherwise.
 * @throws ITEM_NOT_FOUND; RESTORE_IMPOSSIBLE when the folder is gone, may only be read, or the item does not take it
 */
export async function restore(working: Working, id: string, to?: RestoreTo): Promise<RestoreResult> {
  const entry = findEntry(working.storage, id);
  const account = await lookAtAccount(working, 'rehearse', {});
  const pair = account.pairs.find(({ record }) => record.folders.server === entry.container);
  if (pair === undefined) throw impossible('its folder is not synchronized any more; subscribe to it again first');
  if (pair.fresh || pair.record.folders.outlook === '')
    throw impossible('its folder was not synchronized yet; run `connector sync` first');
  const sides = to === 'both' ? (['server', 'outlook'] as const) : [to ?? entry.side];
  return withSides(working, account, pair, async (run) => {
    const done = await putBack({ run: run as Run<unknown>, working, entry }, sides);
    return { id: entry.id, folder: entry.folder, title: entry.title, done };
  });
}

type Work<C> = { readonly run: Run<C>; readonly working: Working; readonly entry: KeptEntry };

async function putBack<C>(work: Work<C>, sides: readonly SideName[]): Promise<PutBack[]> {
  const { run } = work;
  if (!run.policy.writable.server) throw impossible('you may only read its folder, so the next run would undo it');
  const now = await itemsNow(work);
  // Refused as a whole before anything is written: what one side may not take would come back from there.
  const server = wantedOn(work, 'server', now.server);
  const plans = sides.map((side) => (side === 'server' ? server : wantedOn(work, side, now[side])));
  const done: PutBack[] = [];
  for (const { side, item, wanted } of plans)
    done.push(item === undefined ? await create(work, side, wanted) : await change(work, side, { item, wanted }));
  return done;
}

/** The item as it is now on each side, by whatever is known of it. */
async function itemsNow<C>({ run, entry }: Work<C>): Promise<Sides<Item<C> | undefined>> {
  const { state, sides, pair } = run;
  const known = bothSides((side) => knownIds(entry, side));
  const links = (['server', 'outlook'] as const).flatMap((side) => state.linksOf(side, known[side]));
  const link = state.link(entry.key);
  const find = async (side: SideName): Promise<Item<C> | undefined> => {
    const linked = [...(link === undefined ? [] : [link]), ...links].map((one) => one[side].id);
    const ids = [...new Set([...linked, ...known[side]])];
    const [there] = ids.length === 0 ? [] : await sides[side].read(pair.folders[side], ids);
    return there ?? (await sides[side].find(pair.folders[side], [tokenOf(run, entry)]))[0];
  };
  return { server: await find('server'), outlook: await find('outlook') };
}

function knownIds(entry: KeptEntry, side: SideName): ItemId[] {
  const restored = entry.restored?.items[side];
  const then = entry.side === side ? entry.itemId : entry.across?.id;
  return [...(restored === undefined ? [] : [restored]), ...(then === undefined ? [] : [then])];
}

/** The id the item had on the server, so that what refers to it finds it again; else one that is always the same for this entry. */
function tokenOf<C>({ state }: Run<C>, { key, side, itemId, across, id }: KeptEntry): Token {
  return state.link(key)?.token ?? (side === 'server' ? itemId : across?.id) ?? id;
}

type Wanted<C> = { readonly side: SideName; readonly item: Item<C> | undefined; readonly wanted: C };

/** @throws RESTORE_IMPOSSIBLE when the policies keep a part of it from the item */
function wantedOn<C>({ run, entry }: Work<C>, side: SideName, item: Item<C> | undefined): Wanted<C> {
  const { kit, policy, sides } = run;
  const own = side === entry.side;
  const [content, after] = [entry.content as C, entry.after as C | undefined];
  const across = own ? undefined : (entry.across?.content as C | undefined);
  /** `now` with what the kept write changed taken back. */
  const undone = (now: C, from: C, to: C): C => {
    return kit.merge({ server: { base: now, now }, outlook: { base: from, now: to }, prefer: 'outlook' }).server;
  };
  const kept = across === undefined ? content : after === undefined ? across : undone(across, after, content);
  if (item === undefined) return { side, item, wanted: kept };
  const now = item.content;
  // A version of the other side says less than this one may hold: what that side could not show of it now is not undone.
  const seen = own || across !== undefined ? now : sides[entry.side].preview(now);
  const wished = after === undefined ? undone(now, seen, kept) : undone(now, after, content);
  const { content: wanted, rule } = permitted(kit, policy, { on: side, now, wanted: wished });
  if (rule !== undefined) throw impossible('it, or this part of it, may not be changed: it belongs to somebody else');
  return { side, item, wanted };
}

async function create<C>({ run, working, entry }: Work<C>, side: SideName, wanted: C): Promise<PutBack> {
  const { sides, pair } = run;
  const token = tokenOf(run, entry);
  // On the server the token is the id; in Outlook the id is known only when the item is made.
  if (side === 'outlook') noteMaking(working, pair.id, entry.id, token);
  const [effect] = await sides[side].create(pair.folders[side], [{ token, content: wanted }]);
  if (effect?.ok !== true) settleMaking(working, pair.id, entry.id);
  const item = effectItem(effect);
  const before = working.storage.history.read(entry.id)?.restored?.items ?? {};
  working.storage.history.setRestored(entry.id, { at: run.now(), items: { ...before, [side]: item.id } });
  settleMaking(working, pair.id, entry.id);
  return { side, did: 'created', fields: [] };
}

async function change<C>(
  { run, working, entry }: Work<C>,
  side: SideName,
  { item, wanted }: { readonly item: Item<C>; readonly wanted: C },
): Promise<PutBack> {
  const { kit, sides, pair, state } = run;
  const fields = kit.changedFields(item.content, wanted);
  if (kit.digest(item.content) === kit.digest(wanted)) return { side, did: 'nothing', fields: [] };
  const id = run.newId();
  const what = {
    key: entry.key,
    side,
    itemId: item.id,
    title: kit.title(item.content),
    rule: 'U1',
    did: 'update',
  } as const;
  state.transaction((tx) =>
    tx.addHistory({ id, at: run.now(), ...what, content: item.content, after: wanted, across: undefined, lost: [] }),
  );
  const target = { folder: pair.folders[side], id: item.id, rev: item.rev };
  const [effect] = await sides[side].update(pair.folders[side], [{ target, content: wanted }]);
  if (effect?.ok === false && effect.failure.code !== 'GONE') state.transaction((tx) => tx.dropHistory(id));
  effectItem(effect);
  const before = working.storage.history.read(entry.id)?.restored?.items ?? {};
  working.storage.history.setRestored(entry.id, { at: run.now(), items: { ...before, [side]: item.id } });
  return { side, did: 'changed', fields };
}

function effectItem<C>(effect: Effect<C> | undefined): Item<C> {
  if (effect?.ok === true) return effect.item;
  const { code, reason } = effect?.failure ?? { code: 'FAILED', reason: 'no answer' };
  const again = code === 'STALE' || code === 'GONE' || code === 'FAILED';
  throw impossible(again ? 'it changed at the same moment; try again' : `it was refused (${reason})`, again);
}

function impossible(why: string, again = false): Failure {
  return new Failure('RESTORE_IMPOSSIBLE', `This version cannot be put back: ${why}.`, {
    retry: again ? 'now' : 'never',
  });
}
