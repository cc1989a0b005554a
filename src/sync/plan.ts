/**
 * The planner: from what is remembered and what both sides look like now to a list of actions. Pure: no clock, no I/O, the same
 * plan for every order of input.
 *
 * It decides by the table (`verdict.ts`), item by item; which items belong together is decided before (`pairing.ts`), what may be
 * written after (`policies.ts`). An item's action depends on its own link and its own two sightings, except for pairing and holds.
 */
import { must } from '../base/assert.ts';
import { type Action, byRank, byText, type Held, type Plan, staged } from './action.ts';
import type { ContentKit } from './content.ts';
import { decideLinked, decideNew, decidePair, heldNew, involved, type Sight } from './decide.ts';
import { continued, type Previews, pairing } from './pairing.ts';
import { guarded, type Policy, unrefused } from './policies.ts';
import type { RuleId } from './rules.ts';
import type { Item, ItemId, SideName, Token } from './side.ts';
import { atOnce, eachSliced, type Sliced, sortedSlices } from './slices.ts';
import { bothSides, type Decision, type Digest, type Link, type LinkKey, SIDE_NAMES, type Sides } from './state.ts';

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
  /** The ids of their items. */
  readonly linked: Sides<ReadonlySet<ItemId>>;
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
  return atOnce(planning(given));
}

/** As {@link plan}, in slices: a folder of thousands takes longer than everything else in the process may have to wait. */
export function* planning<C>(given: PlanInput<C>): Sliced<Plan<C>> {
  const kit = digestingOnce(given.kit);
  const input = { ...given, kit };
  const actions: Action<C>[] = [];
  const held: Held[] = [];
  const take = (one: Action<C> | Held | undefined): void => {
    if (one === undefined) return;
    if ('fresh' in one) actions.push(one);
    else held.push(one);
  };
  const found = yield* foundOn(input);
  const { loose, moved } = yield* strangers(input, found);
  const sighted = bothSides((side) => sighting(side, input.views[side], moved[side]));
  const decide = (at: number): void => {
    const link = must(input.links[at]);
    const sights = {
      server: sighted.server(link, found.server[at]),
      outlook: sighted.outlook(link, found.outlook[at]),
    };
    take(decideLinked(link, sights, input));
  };
  yield* eachSliced(input.links.keys(), decide, LINKS);
  const taken = bothSides((side) => new Set(moved[side].values()));
  const unlinked = bothSides((side) =>
    taken[side].size === 0 ? loose[side] : loose[side].filter((item) => !taken[side].has(item)),
  );
  const met = yield* pairing(unlinked, kit, input.previews);
  yield* eachSliced(met.pairs, ({ items, rule }) => take(decidePair(items, rule, input)));
  for (const side of SIDE_NAMES) {
    for (const item of met.ambiguous[side])
      take(heldNew(involved(side, item.id), { rule: 'L4', title: kit.title(item.content) }));
    const seen = new Set<Token>();
    const isCopy = (item: Item<C>): boolean => {
      const copy = item.token !== undefined && (input.tokensInUse.has(item.token) || seen.has(item.token));
      if (item.token !== undefined) seen.add(item.token);
      return copy;
    };
    yield* eachSliced(met.alone[side], (item) => take(decideNew(side, item, input, isCopy(item))), LINKS);
  }
  const afterRefusals = unrefused(actions, kit, input.refused);
  const afterGuard = guarded(afterRefusals.pass, input);
  const ranked: Action<C>[] = [];
  yield* eachSliced(afterGuard.pass, (action) => void ranked.push(staged(action, kit)), LINKS);
  return {
    actions: yield* sortedSlices(ranked, byRank),
    held: [...held, ...unreadableNew(input), ...afterRefusals.held, ...afterGuard.held].sort(byHeld),
  };
}

/** Links of one slice: most of them cost a fraction of what a pair does that meets for the first time. */
const LINKS = 500;

/** So many contents are held by their digests; what of a folder is folded must not pile up unfolded here. */
const DIGESTS = 1000;

/** A content is compared several times on its way through the plan, and its digest is what that costs. */
function digestingOnce<C>(kit: ContentKit<C>): ContentKit<C> {
  const digests = new Map<C, Digest>();
  const digest = (content: C): Digest => {
    const known = digests.get(content);
    if (known !== undefined) return known;
    const made = kit.digest(content);
    if (digests.size >= DIGESTS) digests.clear();
    digests.set(content, made);
    return made;
  };
  return { ...kit, digest };
}

function byHeld(a: Held, b: Held): number {
  return byText(a.key, b.key) || byText(a.rule, b.rule) || byText(a.on ?? '', b.on ?? '');
}

/** Under another id: the items that continue links whose own item is gone, by the links' keys. */
type Moved<C> = Sides<ReadonlyMap<LinkKey, Item<C>>>;

/** For each link, by its place, the item that a view shows under its id. */
type Found<C> = Sides<readonly (Item<C> | undefined)[]>;

/** Each link is looked up once on each side: in a table of thousands that is what a look at it costs. */
function* foundOn<C>({ links, views }: PlanInput<C>): Sliced<Found<C>> {
  const found = { server: [] as (Item<C> | undefined)[], outlook: [] as (Item<C> | undefined)[] };
  for (const side of SIDE_NAMES) {
    const { items } = views[side];
    if (items.size > 0) yield* eachSliced(links, (link) => void found[side].push(items.get(link[side].id)), MANY);
  }
  return found;
}

/** The items no link knows, and those of them that are gone items under another id. */
function* strangers<C>(
  input: PlanInput<C>,
  found: Found<C>,
): Sliced<{
  readonly loose: Sides<readonly Item<C>[]>;
  readonly moved: Moved<C>;
}> {
  const { links, views, kit } = input;
  const loose = {
    server: yield* looseOf(input, 'server', found.server),
    outlook: yield* looseOf(input, 'outlook', found.outlook),
  };
  const moved = bothSides((side) => {
    const { gone: proven, doubted } = views[side];
    if (loose[side].length === 0 || proven.size + doubted.size === 0) return new Map<LinkKey, Item<C>>();
    const gone = links.filter((link) => proven.has(link[side].id) || doubted.has(link[side].id));
    return continued({ side, gone, unlinked: loose[side] }, kit);
  });
  return { loose, moved };
}

/** The items of a view that no link knows, by their ids. */
function* looseOf<C>(
  { views, linked }: PlanInput<C>,
  side: SideName,
  found: readonly (Item<C> | undefined)[],
): Sliced<readonly Item<C>[]> {
  const { items } = views[side];
  // Where every link stands for an item of its own, they are counted instead of looked up again.
  let known = 0;
  for (const item of found) if (item !== undefined) known += 1;
  if (known === items.size && linked[side].size === found.length) return [];
  const loose: Item<C>[] = [];
  const put = (item: Item<C>): void => void (linked[side].has(item.id) || loose.push(item));
  yield* eachSliced(items.values(), put, MANY);
  return yield* sortedSlices(loose, (a, b) => byText(a.id, b.id));
}

/** So many ids are looked up in a slice. */
const MANY = 10_000;

const UNSEEN = { kind: 'unseen' } as const;

/** Tells what is seen of a link's item on one side. A gone item that reappears under another id is seen there. */
function sighting<C>(
  side: SideName,
  { gone, doubted, unreadable }: SideView<C>,
  moved: ReadonlyMap<LinkKey, Item<C>>,
): (link: Link<C>, found: Item<C> | undefined) => Sight<C> {
  // Most views tell of nothing but items, and a look into a table costs most where there are many links.
  const onlyItems = gone.size + doubted.size + unreadable.size === 0;
  const nothingMoved = moved.size === 0;
  return (link, found) => {
    const item = (nothingMoved ? undefined : moved.get(link.key)) ?? found;
    if (item !== undefined) return { kind: 'item', item };
    if (onlyItems) return UNSEEN;
    const { id } = link[side];
    if (gone.has(id)) return { kind: 'gone' };
    const rule = doubted.get(id);
    if (rule !== undefined) return { kind: 'doubted', rule };
    return unreadable.has(id) ? { kind: 'unreadable' } : UNSEEN;
  };
}

/** Items that cannot be read and that no link knows: held, so that no cursor leaves them behind. */
function unreadableNew<C>(input: PlanInput<C>): Held[] {
  return (['server', 'outlook'] as const).flatMap((side) => {
    if (input.views[side].unreadable.size === 0) return [];
    return [...input.views[side].unreadable.keys()]
      .filter((id) => !input.linked[side].has(id))
      .map((id) => heldNew(involved(side, id), { rule: 'E5', title: '' }));
  });
}
