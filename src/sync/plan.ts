/**
 * The planner: from what is remembered and what both sides look like now to a list of actions. Pure: no clock, no I/O, the same
 * plan for every order of input.
 *
 * It decides by the table (`verdict.ts`), item by item; which items belong together is decided before (`pairing.ts`), what may be
 * written after (`policies.ts`). An item's action depends on its own link and its own two sightings, except for pairing and holds.
 */
import { type Action, byRank, byText, type Held, type Plan, staged } from './action.ts';
import type { ContentKit } from './content.ts';
import { decideLinked, decideNew, decidePair, heldNew, involved, type Sight } from './decide.ts';
import { continued, type Previews, pairUnlinked } from './pairing.ts';
import { guarded, type Policy, unrefused } from './policies.ts';
import type { RuleId } from './rules.ts';
import type { Item, ItemId, SideName, Token } from './side.ts';
import { bothSides, type Decision, type Digest, type Link, type LinkKey, type Sides } from './state.ts';

/** What a side looks like now, after everything that was to be looked at again was read. */
export type SideView<C> = {
  /** Items that are new, moved, or were to be looked at again. */
  readonly items: ReadonlyMap<ItemId, Item<C>>;
  /** Linked items proven gone. */
  readonly gone: ReadonlySet<ItemId>;
  /** Items that cannot be read, with the reason. */
  readonly unreadable: ReadonlyMap<ItemId, string>;
  /** Linked items whose absence is not believed yet, by the rule that doubts it. */
  readonly doubted: ReadonlyMap<ItemId, RuleId>;
};

export type PlanInput<C> = {
  /** Every link one of whose items stands in a view, and every open link; others need nothing. */
  readonly links: readonly Link<C>[];
  /** How many links there are in all, for the guard. */
  readonly total: number;
  readonly views: Sides<SideView<C>>;
  /** Tokens of unlinked items under which a link is known. */
  readonly tokensInUse: ReadonlyMap<Token, LinkKey>;
  readonly decisions: ReadonlyMap<LinkKey, Decision>;
  /** Digest of the content that the other side refused, by the item it came from. */
  readonly refused: Sides<ReadonlyMap<ItemId, Digest>>;
  readonly policy: Policy<C>;
  readonly kit: ContentKit<C>;
  readonly previews: Previews<C>;
  /** The link that an item of Outlook has in another pair, out of which it was moved. */
  readonly movedFrom?: ((outlookId: ItemId) => Link<C> | undefined) | undefined;
};

/** Decides for every item of the views. */
export function plan<C>(given: PlanInput<C>): Plan<C> {
  const kit = digestingOnce(given.kit);
  const input = { ...given, kit };
  const { sights, unlinked } = sightings(input);
  const decided: (Action<C> | Held | undefined)[] = [];
  for (const [link, seen] of sights) decided.push(decideLinked(link, seen, input));
  const pairing = pairUnlinked(unlinked, kit, input.previews);
  for (const { items, rule } of pairing.pairs) decided.push(decidePair(items, rule, input));
  for (const side of ['server', 'outlook'] as const) {
    for (const item of pairing.ambiguous[side])
      decided.push(heldNew(involved(side, item.id), { rule: 'L4', title: kit.title(item.content) }));
    const seen = new Set<Token>();
    for (const item of pairing.alone[side]) {
      const copy = item.token !== undefined && (input.tokensInUse.has(item.token) || seen.has(item.token));
      if (item.token !== undefined) seen.add(item.token);
      decided.push(decideNew(side, item, { ...input, copy }));
    }
  }
  const actions = decided.filter((one) => one !== undefined && 'fresh' in one) as Action<C>[];
  const held = decided.filter((one) => one !== undefined && !('fresh' in one)) as Held[];
  const afterRefusals = unrefused(actions, kit, (side, id) => input.refused[side].get(id));
  const afterGuard = guarded(afterRefusals.pass, input);
  return {
    actions: afterGuard.pass.map((action) => staged(action, kit)).sort(byRank),
    held: [...held, ...unreadableNew(input), ...afterRefusals.held, ...afterGuard.held].sort(byHeld),
  };
}

/** A content is compared several times on its way through the plan, and its digest is what that costs. */
function digestingOnce<C>(kit: ContentKit<C>): ContentKit<C> {
  const digests = new Map<C, Digest>();
  const digest = (content: C): Digest => {
    const known = digests.get(content);
    if (known !== undefined) return known;
    const made = kit.digest(content);
    digests.set(content, made);
    return made;
  };
  return { ...kit, digest };
}

function byHeld(a: Held, b: Held): number {
  return byText(a.key, b.key) || byText(a.rule, b.rule) || byText(a.on ?? '', b.on ?? '');
}

/** Each link with what is seen of it, and the items no link knows. A gone item that reappears under another id is seen there. */
function sightings<C>(input: PlanInput<C>): {
  sights: readonly (readonly [Link<C>, Sides<Sight<C>>])[];
  unlinked: Sides<readonly Item<C>[]>;
} {
  const { links, views, kit } = input;
  const loose = bothSides((side) => looseOf(links, { side, items: views[side].items }));
  const moved = bothSides((side) => {
    const { gone: proven, doubted } = views[side];
    if (loose[side].length === 0 || proven.size + doubted.size === 0) return new Map<LinkKey, Item<C>>();
    const gone = links.filter((link) => proven.has(link[side].id) || doubted.has(link[side].id));
    return continued({ side, gone, unlinked: loose[side] }, kit);
  });
  const taken = bothSides((side) => new Set(moved[side].values()));
  return {
    sights: links.map(
      (link) => [link, bothSides((side) => sightOf(link, { side, view: views[side], moved: moved[side] }))] as const,
    ),
    unlinked: bothSides((side) => loose[side].filter((item) => !taken[side].has(item))),
  };
}

/** The items of a view that no link knows, by their ids. */
function looseOf<C>(
  links: readonly Link<C>[],
  { side, items }: { side: SideName; items: ReadonlyMap<ItemId, Item<C>> },
): readonly Item<C>[] {
  const linked = new Set<ItemId>();
  for (const link of links) if (items.has(link[side].id)) linked.add(link[side].id);
  if (linked.size === items.size) return [];
  return [...items.values()].filter(({ id }) => !linked.has(id)).sort((a, b) => byText(a.id, b.id));
}

const UNSEEN = { kind: 'unseen' } as const;

function sightOf<C>(
  link: Link<C>,
  { side, view, moved }: { side: SideName; view: SideView<C>; moved: ReadonlyMap<LinkKey, Item<C>> },
): Sight<C> {
  const { id } = link[side];
  const elsewhere = moved.size === 0 ? undefined : moved.get(link.key);
  if (elsewhere !== undefined) return { kind: 'item', item: elsewhere };
  const item = view.items.get(id);
  if (item !== undefined) return { kind: 'item', item };
  if (view.gone.has(id)) return { kind: 'gone' };
  const rule = view.doubted.get(id);
  if (rule !== undefined) return { kind: 'doubted', rule };
  if (view.unreadable.has(id)) return { kind: 'unreadable' };
  return UNSEEN;
}

/** Items that cannot be read and that no link knows: held, so that no cursor leaves them behind. */
function unreadableNew<C>(input: PlanInput<C>): Held[] {
  return (['server', 'outlook'] as const).flatMap((side) => {
    if (input.views[side].unreadable.size === 0) return [];
    const linked = new Set(input.links.map((link) => link[side].id));
    return [...input.views[side].unreadable.keys()]
      .filter((id) => !linked.has(id))
      .map((id) => heldNew(involved(side, id), { rule: 'E5', title: '' }));
  });
}
