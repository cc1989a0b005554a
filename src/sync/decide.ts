/**
 * One item at a time: the cell of the table, and the action that follows from it.
 */
import { unreachable } from '../base/assert.ts';
import { isSamePlain } from '../base/plain.ts';
import { type Action, freshKey, type Held, type Involved, lineOf, winnerOf } from './action.ts';
import type { ContentKit } from './content.ts';
import { meetLinked, meetUnbased } from './meet.ts';
import type { PlanInput } from './plan.ts';
import { mayRemove } from './policies.ts';
import type { RuleId } from './rules.ts';
import type { Item, SideName } from './side.ts';
import { anchoredAs, unfolded } from './side-folded.ts';
import { type Anchor, across, bothSides, type Decision, type Link, type Sides } from './state.ts';
import { type Change, VERDICT } from './verdict.ts';

/** What is seen of a linked item on one side. `unseen`: as known. */
export type Sight<C> =
  | { readonly kind: 'unseen' | 'gone' | 'unreadable' }
  | { readonly kind: 'doubted'; readonly rule: RuleId }
  | { readonly kind: 'item'; readonly item: Item<C> };

/** The action for a linked item; undefined when nothing is to be done. */
export function decideLinked<C>(
  link: Link<C>,
  sights: Sides<Sight<C>>,
  input: PlanInput<C>,
): Action<C> | Held | undefined {
  const { kit } = input;
  const unsure = unsureOf(link, sights, input);
  const at = { link, sights, input };
  if (unsure !== undefined) return heldLink(at, unsure);
  const server = changeOf(kit, link, { side: 'server', sight: sights.server });
  const verdict = VERDICT[server][changeOf(kit, link, { side: 'outlook', sight: sights.outlook })];
  switch (verdict) {
    case 'nothing':
      return moreThanKnown(link, sights) ? refresh(at) : undefined;
    case 'updateServer':
    case 'updateOutlook':
      return both(at, 'T2');
    case 'merge':
      return both(at, 'T3');
    case 'deleteServer':
      return deleted(at, 'server');
    case 'deleteOutlook':
      return deleted(at, 'outlook');
    case 'reviveServer':
      return revived(at, 'server');
    case 'reviveOutlook':
      return revived(at, 'outlook');
    case 'forget':
      return {
        do: 'forget',
        key: link.key,
        fresh: false,
        rule: 'T6',
        title: kit.title(link.server.content),
        items: idsOf(link, sights),
      };
    default:
      return unreachable(verdict);
  }
}

/** The action for two unlinked items that are the same thing. */
export function decidePair<C>(pair: Sides<Item<C>>, rule: RuleId, input: PlanInput<C>): Action<C> | Held {
  const now = bothSides((side) => unfolded(pair[side]));
  const items = bothSides((side) => [now[side].id]);
  const token = now.server.token ?? now.outlook.token;
  const key = freshKey(items);
  const prefer = preferred(input.decisions.get(key)) ?? input.policy.prefer;
  const meeting = { key, fresh: true, token, rule, items, now, prefer };
  const action = meetUnbased(meeting, input);
  const title = input.kit.title(now.server.content);
  if (action === 'protected') return heldNew(items, { rule: 'P7', title });
  if (action.do === 'link')
    return { ...action, anchors: bothSides((side) => anchoredAs(pair[side], action.anchors[side])) };
  if (!mustAsk(input, meeting.key)) return action;
  return { ...heldNew(items, { rule: 'P8', title }), fields: fieldsOf(action) };
}

/** Whether the user wants to be asked whose value stays, and has not said so of this item. */
function mustAsk<C>({ policy, decisions }: PlanInput<C>, key: string): boolean {
  return policy.asks === true && preferred(decisions.get(key)) === undefined;
}

/** Whose value the user said stays. */
function preferred(decision: Decision | undefined): SideName | undefined {
  return decision === 'server' || decision === 'outlook' ? decision : undefined;
}

/** Fields whose value would be lost. */
function fieldsOf<C>(action: Action<C>): readonly string[] {
  if (action.do !== 'update' && action.do !== 'merge') return [];
  return action.conflicts.length > 0 ? action.conflicts.map(({ field }) => field) : lineOf(action, 'held').fields;
}

/** The action for an item that the other side does not have. @param copy whether its token belongs to another item */
export function decideNew<C>(side: SideName, item: Item<C>, input: PlanInput<C>, copy: boolean): Action<C> | Held {
  const on = across(side);
  const items = involved(side, item.id);
  const title = input.kit.title(item.content);
  if (!input.policy.writable[on]) return { ...heldNew(items, { rule: 'P5', title }), do: 'create', on };
  return {
    do: 'create',
    on,
    key: freshKey(items),
    fresh: true,
    rule: copy ? 'L5' : 'T1',
    title,
    items,
    // The server's token is its id, free to stand on the Outlook item; a token found on an Outlook item is somebody else's.
    token: side === 'server' && !copy ? item.token : undefined,
    content: side === 'server' || copy ? undefined : asMoved(item, input),
    renew: copy,
    from: item,
  };
}

/** What a moved item held on the server of its former folder, with what was changed in Outlook since: more than Outlook can hold. */
function asMoved<C>(item: Item<C>, { kit, movedFrom }: PlanInput<C>): C | undefined {
  const was = movedFrom?.(item.id);
  if (was === undefined || was.open !== undefined) return undefined;
  const { server, outlook } = was;
  const { content } = item;
  return kit.merge({
    server: { base: server.content, now: server.content },
    outlook: { base: outlook.content, now: content },
    prefer: 'outlook',
  }).server;
}

/** Unlinked items left alone, by the rule that says so. */
export function heldNew(items: Involved, { rule, title }: { rule: RuleId; title: string }): Held {
  return { do: 'link', key: freshKey(items), on: undefined, rule, title, items, refused: undefined };
}

/** One unlinked item. */
export function involved(side: SideName, id: string): Involved {
  return side === 'server' ? { server: [id], outlook: NONE } : { server: NONE, outlook: [id] };
}

/** One for all: a plan has as many actions as a folder has new items. */
const NONE: readonly never[] = [];

type At<C> = { readonly link: Link<C>; readonly sights: Sides<Sight<C>>; readonly input: PlanInput<C> };

/** The rule that keeps a link from being decided: an item that cannot be read, or an absence that is not believed. */
function unsureOf<C>(link: Link<C>, sights: Sides<Sight<C>>, input: PlanInput<C>): RuleId | undefined {
  const { server, outlook } = sights;
  if (server.kind === 'unreadable' || outlook.kind === 'unreadable') return 'E5';
  if (input.decisions.get(link.key) === 'apply') return undefined;
  if (server.kind === 'doubted') return server.rule;
  return outlook.kind === 'doubted' ? outlook.rule : undefined;
}

function changeOf<C>(kit: ContentKit<C>, link: Link<C>, { side, sight }: { side: SideName; sight: Sight<C> }): Change {
  if (sight.kind === 'gone' || sight.kind === 'doubted') return 'gone';
  if (link.open?.why === 'unbased') return 'changed';
  if (sight.kind !== 'item') return 'same';
  if (kit.isDue?.(sight.item.content) === true) return 'changed';
  // Most items that are seen anew are as they were, and to compare them costs a fraction of a digest.
  const known = link[side];
  const same = isSamePlain(sight.item.content, known.content) || kit.digest(sight.item.content) === known.digest;
  return same ? 'same' : 'changed';
}

/** The ids the items of a link had and, where they moved, have. */
function idsOf<C>(link: Link<C>, sights: Sides<Sight<C>>): Involved {
  return bothSides((side) => {
    const [sight, { id }] = [sights[side], link[side]];
    return sight.kind === 'item' && sight.item.id !== id ? [id, sight.item.id] : [id];
  });
}

function moreThanKnown<C>(link: Link<C>, sights: Sides<Sight<C>>): boolean {
  if (link.open !== undefined) return true;
  return (['server', 'outlook'] as const).some((side) => {
    const sight = sights[side];
    return sight.kind === 'item' && (sight.item.rev !== link[side].rev || sight.item.id !== link[side].id);
  });
}

/** Takes the new rev (or id) of an item whose content is as it was. */
function refresh<C>({ link, sights, input }: At<C>): Action<C> {
  const { key, token } = link;
  const anchors = bothSides((side): Anchor<C> => {
    const sight = sights[side];
    if (sight.kind !== 'item') return link[side];
    const { id, rev, token: carried, content } = sight.item;
    return { id, rev, digest: link[side].digest, token: carried, content };
  });
  const elsewhere = anchors.server.id !== link.server.id || anchors.outlook.id !== link.outlook.id;
  return {
    do: 'link',
    key,
    fresh: false,
    token,
    rule: elsewhere ? 'L6' : 'L7',
    title: input.kit.title(link.server.content),
    items: idsOf(link, sights),
    anchors,
  };
}

/** The item as it is now: as seen, or, unseen, as it was when both last agreed. */
function itemAt<C>(link: Link<C>, { side, sight }: { side: SideName; sight: Sight<C> }): Item<C> {
  if (sight.kind === 'item') return sight.item;
  const { id, rev, content, token } = link[side];
  return { id, rev, content, token };
}

function both<C>(at: At<C>, rule: RuleId): Action<C> | Held {
  const { link, sights, input } = at;
  const now = bothSides((side) => itemAt(link, { side, sight: sights[side] }));
  const { key, token, open } = link;
  const items = idsOf(link, sights);
  const chosen = preferred(input.decisions.get(key)) ?? input.policy.prefer;
  const meeting = { key, fresh: false, token, rule, items, now, prefer: winnerOf(open, chosen) };
  const action = open?.why === 'unbased' ? meetUnbased(meeting, input) : meetLinked(meeting, link, input);
  if (action === 'protected') return heldLink(at, 'P7');
  // Where one of the values may be our own write as it was rewritten there is nothing to ask.
  const settled = open === undefined || open.why === 'half';
  const contested = 'conflicts' in action && action.conflicts.length > 0;
  if (settled && contested && mustAsk(input, key)) return { ...heldLink(at, 'P8'), fields: fieldsOf(action) };
  if (action.do === 'link') return { ...action, rule: 'L7' };
  const isDue = rule === 'T2' && input.kit.isDue?.(now.outlook.content) === true;
  return isDue && action.do === 'update' && action.on === 'outlook' ? { ...action, rule: 'T7' } : action;
}

/** Unchanged on side `on`, gone across. */
function deleted<C>(at: At<C>, on: SideName): Action<C> | Held {
  const { link, sights, input } = at;
  const item = itemAt(link, { side: on, sight: sights[on] });
  if (input.decisions.get(link.key) === 'undo') return createFrom(at, { from: on, item, rule: 'P6' });
  if (!mayRemove(input.policy, on, item.content)) return createFrom(at, { from: on, item, rule: 'P3' });
  return deletion(at, { on, item, rule: 'T4' });
}

/** Gone on side `on`, changed across: the edit beats the deletion, unless `on` may not be written. */
function revived<C>(at: At<C>, on: SideName): Action<C> | Held {
  const { link, sights, input } = at;
  const from = across(on);
  const item = itemAt(link, { side: from, sight: sights[from] });
  const undo = input.decisions.get(link.key) === 'undo';
  if (input.policy.deletionWins && input.policy.writable[on] && !undo && mayRemove(input.policy, from, item.content)) {
    return deletion(at, { on: from, item, rule: 'P9' });
  }
  if (input.policy.writable[on]) return createFrom(at, { from, item, rule: 'T5' });
  if (undo || !mayRemove(input.policy, from, item.content)) {
    return heldLink(at, 'P7');
  }
  return deletion(at, { on: from, item, rule: 'P4' });
}

function deletion<C>(
  { link, sights, input }: At<C>,
  { on, item, rule }: { on: SideName; item: Item<C>; rule: RuleId },
): Action<C> {
  return {
    do: 'delete',
    key: link.key,
    fresh: false,
    rule,
    title: input.kit.title(item.content),
    items: idsOf(link, sights),
    on,
    target: item,
  };
}

function createFrom<C>(
  at: At<C>,
  { from, item, rule }: { from: SideName; item: Item<C>; rule: RuleId },
): Action<C> | Held {
  const { link, sights, input } = at;
  const on = across(from);
  if (!input.policy.writable[on]) return heldLink(at, 'P7');
  return {
    do: 'create',
    on,
    key: link.key,
    fresh: false,
    rule,
    title: input.kit.title(item.content),
    items: idsOf(link, sights),
    // A token that is neither the link's nor the item's own id was copied along from another item.
    token: from === 'server' && (item.token === link.token || item.token === item.id) ? item.token : undefined,
    content: undefined,
    renew: false,
    from: item,
  };
}

function heldLink<C>({ link, sights, input }: At<C>, rule: RuleId): Held {
  const title = input.kit.title(link.server.content);
  return { do: 'link', key: link.key, on: undefined, rule, title, items: idsOf(link, sights), refused: undefined };
}
