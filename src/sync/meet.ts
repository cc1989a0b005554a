/**
 * What happens to an item that is there on both sides: the merge of both changes, what the policies let through of it, and the
 * one or two writes that follow. An update is a merge in which one side has nothing to give.
 *
 * Invariant: each side is compared with its own past only; what a side may not take is undone on the side it came from.
 */
import type { Action, Conflicts, Involved, Write } from './action.ts';
import type { ContentKit } from './content.ts';
import type { Previews } from './pairing.ts';
import { type Policy, permitted } from './policies.ts';
import type { RuleId } from './rules.ts';
import { anchorOf } from './settle.ts';
import type { Item, SideName, Token } from './side.ts';
import { type Anchor, across, bothSides, SIDE_NAMES, type Sides } from './state.ts';

export type Meeting<C> = {
  readonly key: string;
  readonly fresh: boolean;
  readonly token: Token | undefined;
  readonly rule: RuleId;
  readonly items: Involved;
  readonly now: Sides<Item<C>>;
  readonly prefer: SideName;
};

export type Rules<C> = { readonly kit: ContentKit<C>; readonly policy: Policy<C>; readonly previews: Previews<C> };

/** What both sides should hold, and how it came to that. */
type Wish<C> = {
  readonly want: Sides<C>;
  /** `want` of each side without what the other side still lacks. */
  readonly without: Sides<C>;
  readonly conflicts: Conflicts;
  readonly rule: RuleId;
  /** The side that takes less than was wanted and is therefore written first. */
  readonly restricted?: SideName;
};

/** Both are linked: merges what each side changed against its own base. */
export function meetLinked<C>(meeting: Meeting<C>, base: Sides<Anchor<C>>, rules: Rules<C>): Action<C> | 'protected' {
  const { kit } = rules;
  const now = contents(meeting.now);
  const was = contents(base);
  const input = (of: Sides<{ base: C; now: C }>) => ({ ...of, prefer: meeting.prefer });
  const merged = kit.merge(input(bothSides((side) => ({ base: was[side], now: now[side] }))));
  const without = bothSides((side) => receiving(kit, side, { was, now, own: was[side] }));
  const plain = { want: merged, without, conflicts: merged.conflicts, rule: meeting.rule };
  const allowed = bothSides((on) => permitted(kit, rules.policy, { on, now: now[on], wanted: merged[on] }));
  const side = SIDE_NAMES.find((name) => allowed[name].rule !== undefined);
  if (side === undefined) return actionFor(meeting, plain, rules, base);
  const from = across(side);
  const taken = { ...now, [side]: allowed[side].content };
  const undone = receiving(kit, from, { was, now: taken, own: was[from] });
  if (permitted(kit, rules.policy, { on: from, now: now[from], wanted: undone }).rule !== undefined) return 'protected';
  const wish = {
    want: withSide(side, taken[side], undone),
    without: withSide(side, was[side], receiving(kit, from, { was, now, own: was[from] })),
    conflicts: [],
    rule: allowed[side].rule ?? meeting.rule,
    restricted: side,
  };
  return actionFor(meeting, wish, rules, base);
}

/**
 * Both are there and no common past is known: where they differ, the preferred side's fields are written to the other.
 * What differs only as the losses of either side foretell does not count; what only the other has and no history keeps is kept.
 */
export function meetUnbased<C>(meeting: Meeting<C>, rules: Rules<C>): Action<C> | 'protected' {
  const { kit } = rules;
  const now = contents(meeting.now);
  for (const prefer of [meeting.prefer, across(meeting.prefer)]) {
    const loser = across(prefer);
    const seen = rules.previews[prefer](now[loser]);
    const given = (preferred: C) =>
      kit.merge({
        ...withSide(prefer, { base: seen, now: preferred }, { base: now[loser], now: now[loser] }),
        prefer,
      })[loser];
    const completed = kit.completed?.(now[prefer], seen) ?? now[prefer];
    const allowed =
      permitted(kit, rules.policy, { on: prefer, now: now[prefer], wanted: completed }).rule === undefined;
    const whole = allowed ? completed : now[prefer];
    const merged = given(whole);
    const same = kit.digest(rules.previews[loser](merged)) === kit.digest(now[loser]);
    const wanted = same ? now[loser] : merged;
    const { rule } = permitted(kit, rules.policy, { on: loser, now: now[loser], wanted });
    if (rule !== undefined) continue;
    const want = withSide(prefer, whole, wanted);
    const without = withSide(prefer, seen, given(now[prefer]));
    return actionFor(meeting, { want, without, conflicts: [], rule: meeting.rule }, rules);
  }
  return 'protected';
}

/** What `side` holds when it starts from `own` and takes what the other side changed. */
function receiving<C>(kit: ContentKit<C>, side: SideName, input: { was: Sides<C>; now: Sides<C>; own: C }): C {
  const { was, now, own } = input;
  const from = across(side);
  const merged = kit.merge({
    ...withSide(side, { base: own, now: own }, { base: was[from], now: now[from] }),
    prefer: from,
  });
  return merged[side];
}

function actionFor<C>(meeting: Meeting<C>, wish: Wish<C>, { kit }: Rules<C>, base?: Sides<Anchor<C>>): Action<C> {
  const { key, fresh, token, items, now } = meeting;
  const title = kit.title(now.server.content);
  const common = { key, fresh, token, title, items, rule: wish.rule };
  const anchors = bothSides((side) => anchorOf(kit, now[side]));
  const due = SIDE_NAMES.filter((side) => kit.digest(wish.want[side]) !== anchors[side].digest);
  const write = (on: SideName, other: Anchor<C>, without: C | undefined): Write<C> => ({
    on,
    target: now[on],
    content: wish.want[on],
    other,
    without,
    fields: kit.changedFields(now[on].content, wish.want[on]),
  });
  const [on, second] = due;
  if (on === undefined) return { do: 'link', ...common, anchors };
  if (second === undefined) {
    // A restricted side that takes its part while the other has nothing to undo is an ordinary update.
    const only = write(on, anchors[across(on)], undefined);
    return { do: 'update', ...common, on, write: only, conflicts: wish.conflicts };
  }
  const first = wish.restricted ?? 'server';
  const then = across(first);
  // While a restricted merge is half done, the other side's edit still waits for its undoing: its old base stays.
  const kept =
    wish.restricted === undefined || base === undefined ? anchors[then] : { ...base[then], id: now[then].id };
  return {
    do: 'merge',
    ...common,
    restricted: wish.restricted !== undefined,
    first: write(first, kept, wish.without[first]),
    second: write(then, anchors[first], wish.without[then]),
    conflicts: wish.conflicts,
  };
}

function contents<C>(of: Sides<{ readonly content: C }>): Sides<C> {
  return { server: of.server.content, outlook: of.outlook.content };
}

function withSide<T>(side: SideName, value: T, opposite: T): Sides<T> {
  return side === 'server' ? { server: value, outlook: opposite } : { server: opposite, outlook: value };
}
