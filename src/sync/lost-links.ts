/**
 * What a memory that lost links still finds. A side that reports only what changed says nothing of an item whose link is lost; but
 * the item across carries its token. Without this look that item would pass for a new one, and be doubled.
 */
import type { Engine } from './effect.ts';
import type { Look } from './look.ts';
import { inSlices } from './slices.ts';
import { across, bothSides, SIDE_NAMES, type Sides } from './state.ts';

/** The looks, with the unlinked items of each side that items across carry the token of. */
export async function withCarriers<C>(engine: Engine<C>, looks: Sides<Look<C>>): Promise<Sides<Look<C>>> {
  const { state, sides, pair, signal } = engine;
  const found = { ...looks };
  for (const side of SIDE_NAMES) {
    if (sides[side].supports.deletions !== 'reported') continue;
    const { items } = looks[side].view;
    const there = new Set([...items.values()].map(({ token }) => token));
    const tokens = (await unlinkedTokens(engine, looks, across(side))).filter((token) => !there.has(token));
    if (tokens.length === 0) continue;
    const known = await inSlices(state.knowing(side), engine.pause);
    const carriers = (await sides[side].find(pair.folders[side], tokens, signal)).filter(({ id }) => !known.has(id));
    const all = new Map([...items, ...carriers.map((item) => [item.id, item] as const)]);
    found[side] = { ...looks[side], view: { ...looks[side].view, items: all } };
  }
  return bothSides((side) => found[side]);
}

/** Tokens of the items of a view that no link knows, neither by their id nor by their token. */
async function unlinkedTokens<C>(
  { state, pause }: Engine<C>,
  looks: Sides<Look<C>>,
  side: 'server' | 'outlook',
): Promise<string[]> {
  if (looks[side].view.items.size === 0) return [];
  const known = await inSlices(state.knowing(side), pause);
  const loose = [...looks[side].view.items.values()].filter(({ id }) => !known.has(id));
  const tokens = [...new Set(loose.flatMap(({ token }) => (token === undefined ? [] : [token])))];
  const inUse = tokens.length === 0 ? new Map() : state.tokensInUse(tokens);
  return tokens.filter((token) => !inUse.has(token));
}
