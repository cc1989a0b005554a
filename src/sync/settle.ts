/**
 * How an effect becomes memory. The executor and the recovery settle through the same function, so that an interrupted run
 * ends in the same links as one that was not.
 *
 * Invariant: the anchor of the written side is what was read back from it, never what was sent.
 */
import type { ContentKit } from './content.ts';
import type { Item, Side } from './side.ts';
import { type Anchor, across, type Digest, type Intent, type Link, type Open } from './state.ts';

export type EffectIntent<C> = Exclude<Intent<C>, { do: 'delete' }>;

/** An item as it is now, as an anchor. */
export function anchorOf<C>(kit: ContentKit<C>, item: Item<C>): Anchor<C> {
  const { id, rev, token, content } = item;
  return { id, rev, digest: kit.digest(content), token, content };
}

/** The link after the effect of `intent`, whose target now reads as `item`. */
export function settled<C>(kit: ContentKit<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> {
  const without = intent.do === 'update' ? intent.without : undefined;
  const readBack = anchorOf(kit, item);
  if (without === undefined) return linkAs(intent, readBack, undefined);
  const base = withdrawn(kit, { from: item.content, change: { before: without, after: intent.sent } });
  return linkAs(intent, { ...readBack, content: base, digest: kit.digest(base) }, { why: 'half' });
}

/** The link after an effect whose result nobody foresaw, where there is no older link whose bases could be kept. */
export function unbased<C>(kit: ContentKit<C>, intent: EffectIntent<C>, item: Item<C>): Link<C> {
  return linkAs(intent, anchorOf(kit, item), { why: 'unbased', trust: across(intent.on) });
}

/** Whether `now` is what the target was to hold: as sent, or as this side said it would store it. */
export function foreseen<C>(kit: ContentKit<C>, side: Side<C>, sent: C, now: Digest): boolean {
  return now === kit.digest(sent) || now === kit.digest(side.preview(sent));
}

function linkAs<C>(intent: EffectIntent<C>, written: Anchor<C>, open: Open | undefined): Link<C> {
  const { key, token, on, other } = intent;
  const anchors = on === 'server' ? { server: written, outlook: other } : { server: other, outlook: written };
  return { key, token, open, ...anchors };
}

/**
 * `from` with one change taken back, field by field: the base against which this side still has that change to give.
 * All three contents are views of one side, so the merge compares like with like.
 */
function withdrawn<C>(
  kit: ContentKit<C>,
  input: { readonly from: C; readonly change: { readonly before: C; readonly after: C } },
): C {
  const { from, change } = input;
  const merged = kit.merge({
    server: { base: from, now: from },
    outlook: { base: change.after, now: change.before },
    prefer: 'outlook',
  });
  return merged.server;
}
