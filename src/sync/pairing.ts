/**
 * Which unlinked items of the two sides are the same thing, and which unlinked item continues a link whose item is gone.
 *
 * Invariant: nothing is guessed. A key pairs two items only when it stands once on each side; what could be meant twice is left
 * over as ambiguous.
 */
import { must } from '../base/assert.ts';
import { byText } from './action.ts';
import type { ContentKit } from './content.ts';
import type { RuleId } from './rules.ts';
import type { Item, SideName } from './side.ts';
import { atOnce, eachSliced, type Sliced } from './slices.ts';
import { across, type Link, type LinkKey, SIDE_NAMES, type Sides } from './state.ts';

/** What a side would hold after storing a content. */
export type Previews<C> = Sides<(content: C) => C>;

export type Pairing<C> = {
  readonly pairs: readonly { readonly items: Sides<Item<C>>; readonly rule: RuleId }[];
  /** Items of both sides that share a key with several others. */
  readonly ambiguous: Sides<readonly Item<C>[]>;
  readonly alone: Sides<readonly Item<C>[]>;
};

type KeyOf<C> = { readonly rule: RuleId; readonly key: (side: SideName, item: Item<C>) => string | undefined };

/** Pairs by token, then by uid, then by what the items look like through the other side's losses. */
export function pairUnlinked<C>(
  unlinked: Sides<readonly Item<C>[]>,
  kit: ContentKit<C>,
  previews: Previews<C>,
): Pairing<C> {
  return atOnce(pairing(unlinked, kit, previews));
}

/** As {@link pairUnlinked}, in slices. */
export function* pairing<C>(
  unlinked: Sides<readonly Item<C>[]>,
  kit: ContentKit<C>,
  previews: Previews<C>,
): Sliced<Pairing<C>> {
  const steps: readonly KeyOf<C>[] = [
    { rule: 'L1', key: (_side, item) => item.token },
    { rule: 'L2', key: (_side, item) => kit.uid(item.content) },
    { rule: 'L3', key: (side, item) => kit.fingerprint(previews[across(side)](item.content)) },
  ];
  const left = { server: new Set(unlinked.server), outlook: new Set(unlinked.outlook) };
  const pairs: { items: Sides<Item<C>>; rule: RuleId }[] = [];
  for (const step of steps) {
    for (const { server, outlook } of yield* sharedKeys(left, step)) {
      const [a, b] = [server[0], outlook[0]];
      if (a === undefined || b === undefined || server.length > 1 || outlook.length > 1) continue;
      left.server.delete(a);
      left.outlook.delete(b);
      pairs.push({ items: { server: a, outlook: b }, rule: step.rule });
    }
  }
  const unclear = { server: new Set<Item<C>>(), outlook: new Set<Item<C>>() };
  for (const step of steps) {
    for (const group of yield* sharedKeys(left, step)) {
      for (const side of SIDE_NAMES) for (const item of group[side]) unclear[side].add(item);
    }
  }
  const rest = (side: SideName) => [...left[side]].filter((item) => !unclear[side].has(item));
  return {
    pairs,
    ambiguous: { server: [...unclear.server], outlook: [...unclear.outlook] },
    alone: { server: rest('server'), outlook: rest('outlook') },
  };
}

/** The items of every key that stands on both sides. */
function* sharedKeys<C>(items: Sides<ReadonlySet<Item<C>>>, step: KeyOf<C>): Sliced<Sides<readonly Item<C>[]>[]> {
  // A first run has all items on one side: their looks are costly to foretell, and nobody asks for them.
  if (items.server.size === 0 || items.outlook.size === 0) return [];
  const server = yield* grouping(items.server, (item) => step.key('server', item));
  const outlook = yield* grouping(items.outlook, (item) => step.key('outlook', item));
  return [...server].flatMap(([key, ofServer]) => {
    const ofOutlook = outlook.get(key);
    return ofOutlook === undefined ? [] : [{ server: ofServer, outlook: ofOutlook }];
  });
}

function grouped<T>(values: Iterable<T>, keyOf: (value: T) => string | undefined): Map<string, T[]> {
  return atOnce(grouping(values, keyOf));
}

function* grouping<T>(values: Iterable<T>, keyOf: (value: T) => string | undefined): Sliced<Map<string, T[]>> {
  const groups = new Map<string, T[]>();
  const put = (value: T): void => {
    const key = keyOf(value);
    if (key === undefined) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  };
  yield* eachSliced(values, put, KEYS);
  return groups;
}

/** Keys that are made in one slice; what an item looks like is the costly one. */
const KEYS = 100;

/**
 * For each link whose item on `side` is gone, the unlinked item there that continues it: moved to another id by the side, or made
 * anew with the same uid. Where several items descend from one (moved and copied), the one that is unchanged, else the first by id:
 * any of them is better than deleting the item across. Where several links could be meant, those are continued whose items are all
 * still to be seen unchanged: of items that are the same in everything each is as good as the other.
 */
export function continued<C>(
  input: { readonly side: SideName; readonly gone: readonly Link<C>[]; readonly unlinked: readonly Item<C>[] },
  kit: ContentKit<C>,
): ReadonlyMap<LinkKey, Item<C>> {
  const { side, gone, unlinked } = input;
  const steps: readonly [(link: Link<C>) => string | undefined, (item: Item<C>) => string | undefined][] = [
    [(link) => link.token, (item) => item.token],
    [(link) => kit.uid(link[side].content), (item) => kit.uid(item.content)],
    [(link) => kit.fingerprint(link[side].content), (item) => kit.fingerprint(item.content)],
  ];
  const found = new Map<LinkKey, Item<C>>();
  const links = new Set([...gone].sort((a, b) => byText(a.key, b.key)));
  const items = new Set([...unlinked].sort((a, b) => byText(a.id, b.id)));
  for (const [ofLink, ofItem] of steps) {
    if (links.size === 0 || items.size === 0) break;
    const byKey = grouped(items, ofItem);
    for (const [key, rivals] of grouped(links, ofLink)) {
      const heirs = byKey.get(key) ?? [];
      const looks = grouped(heirs, (item) => kit.digest(item.content));
      for (const [look, alike] of grouped(rivals, (link) => link[side].digest)) {
        const unchanged = looks.get(look) ?? (rivals.length === 1 ? heirs : []);
        if (alike.length > unchanged.length) continue;
        alike.forEach((link, at) => {
          const heir = must(unchanged[at]);
          found.set(link.key, heir);
          links.delete(link);
          items.delete(heir);
        });
      }
    }
  }
  return found;
}
