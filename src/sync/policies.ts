/**
 * What may be written where, and how much may be deleted at once: applied to what the table says, and knowing nothing of it.
 */
import { type Action, createdBy, type DeleteAction, type Held, type MergeAction, type Write } from './action.ts';
import type { ContentKit, Preference } from './content.ts';
import type { RuleId } from './rules.ts';
import type { SideName } from './side.ts';
import { across, type Decision, type LinkKey, SIDE_NAMES, type Sides } from './state.ts';

/** A write about to be planned: what the item holds and what it should hold. */
export type WishedWrite<C> = { readonly on: SideName; readonly now: C; readonly wanted: C };

export type Policy<C> = {
  /** Whether the folder may be written at all; a one-way or read-only pair has one `false`. */
  readonly writable: Sides<boolean>;
  /** Whose value stays when both sides changed one field. */
  readonly prefer: Preference;
  /** Where both sides changed one field to different values neither is touched before the user said whose stays (P8). */
  readonly asks?: boolean | undefined;
  /** A deletion beats an edit (P9); otherwise the edit beats the deletion (T5). */
  readonly deletionWins?: boolean | undefined;
  /** How much may be deleted at once; {@link GUARD} unless said otherwise. */
  readonly guard?: GuardLimits | undefined;
  /**
   * What of a write an item allows: `wanted` as it is, `now` for an item that may not be written (private items of others), or
   * something in between (an attendee's copy takes the own response only). Allowing twice is allowing once.
   */
  readonly permit?: (write: WishedWrite<C>) => C;
  /** Whether this item may be deleted there. */
  readonly removable?: (on: SideName, content: C) => boolean;
};

/** Both ways, everything allowed, the server's value stays in a conflict. */
export const BOTH_WAYS = {
  writable: { server: true, outlook: true },
  prefer: 'server',
} as const satisfies Policy<unknown>;

/** A {@link Policy.permit} from a predicate: an item may be written as a whole or not at all. */
export function onlyWhere<C>(writable: (on: SideName, now: C) => boolean): (write: WishedWrite<C>) => C {
  return ({ on, now, wanted }) => (writable(on, now) ? wanted : now);
}

/** What `policy` lets through of a write; `rule` says why when that is less than was wanted. */
export function permitted<C>(
  kit: ContentKit<C>,
  policy: Policy<C>,
  write: WishedWrite<C>,
): { readonly content: C; readonly rule: RuleId | undefined } {
  if (kit.digest(write.now) === kit.digest(write.wanted)) return { content: write.now, rule: undefined };
  if (!policy.writable[write.on]) return { content: write.now, rule: 'P1' };
  const content = policy.permit?.(write) ?? write.wanted;
  return kit.digest(content) === kit.digest(write.wanted)
    ? { content: write.wanted, rule: undefined }
    : { content, rule: 'P2' };
}

/** Whether `policy` lets an item be deleted on a side. */
export function mayRemove<C>(policy: Policy<C>, on: SideName, content: C): boolean {
  return policy.writable[on] && (policy.removable?.(on, content) ?? true);
}

/** More than `count` deletions on a side, and more than `share` (0 up to 1) of the folder: held (G1). */
export type GuardLimits = { readonly count: number; readonly share: number };
export const GUARD = { count: 10, share: 0.2 } as const satisfies GuardLimits;
/** A folder of more than this many items is never emptied without being asked. */
export const GUARD_ALL = 3;

export type GuardInput = {
  /** Links of the folder. */
  readonly total: number;
  readonly decisions: ReadonlyMap<LinkKey, Decision>;
  readonly policy?: { readonly guard?: GuardLimits | undefined } | undefined;
};

/**
 * Holds the deletions of a side when there are too many of them to be believed. Those the user agreed to neither count nor wait.
 */
export function guarded<C>(
  actions: readonly Action<C>[],
  input: GuardInput,
): { pass: readonly Action<C>[]; held: Held[] } {
  const rules = guardRules(actions, input);
  if (rules.server === undefined && rules.outlook === undefined) return { pass: actions, held: [] };
  const pass: Action<C>[] = [];
  const held: Held[] = [];
  for (const action of actions) {
    const rule = action.do === 'delete' && !agreed(action, input) ? rules[action.on] : undefined;
    if (rule === undefined) pass.push(action);
    else held.push(heldAction(action, rule));
  }
  return { pass, held };
}

function guardRules<C>(actions: readonly Action<C>[], input: GuardInput): Partial<Record<SideName, RuleId>> {
  const rules: Partial<Record<SideName, RuleId>> = {};
  for (const side of SIDE_NAMES) {
    const count = actions.filter((a) => a.do === 'delete' && a.on === side && !agreed(a, input)).length;
    const rule = guardRule(count, input);
    if (rule !== undefined) rules[side] = rule;
  }
  return rules;
}

function guardRule(count: number, { total, policy }: GuardInput): RuleId | undefined {
  const limits = policy?.guard ?? GUARD;
  if (total > GUARD_ALL && count >= total) return 'G2';
  return count > limits.count && count > total * limits.share ? 'G1' : undefined;
}

function agreed<C>(action: DeleteAction<C>, input: GuardInput): boolean {
  return input.decisions.get(action.key) === 'apply';
}

/** Holds what would send a content again that the side refused before; a merge still brings its other half across. */
export function unrefused<C>(
  actions: readonly Action<C>[],
  kit: ContentKit<C>,
  refused: Sides<ReadonlyMap<string, string>>,
): { pass: readonly Action<C>[]; held: Held[] } {
  if (refused.server.size + refused.outlook.size === 0) return { pass: actions, held: [] };
  const pass: Action<C>[] = [];
  const held: Held[] = [];
  for (const action of actions) {
    const sendings = sendingsOf(action);
    const again = sendings.filter(({ on, from, content }) => {
      const digest = refused[across(on)].get(from);
      return digest !== undefined && digest === kit.digest(content);
    });
    for (const { on, content } of again) held.push({ ...heldAction(action, 'E3'), on, refused: kit.digest(content) });
    if (again.length === 0) pass.push(action);
    else if (action.do === 'merge' && again.length === 1) pass.push(...otherHalf(action, again[0]?.on));
  }
  return { pass, held };
}

type Sending<C> = { readonly on: SideName; readonly from: string; readonly content: C };

function sendingsOf<C>(action: Action<C>): Sending<C>[] {
  const sending = (write: Write<C>) => ({ on: write.on, from: write.other.id, content: write.content });
  switch (action.do) {
    case 'create':
      return [{ on: action.on, from: action.from.id, content: createdBy(action) }];
    case 'update':
      return [sending(action.write)];
    case 'merge':
      return [sending(action.first), sending(action.second)];
    default:
      return [];
  }
}

/** What remains of a merge when one side refuses its half. */
function otherHalf<C>(merge: MergeAction<C>, refusing: SideName | undefined): Action<C>[] {
  const { key, fresh, rule, title, items, token, conflicts, first, second, restricted } = merge;
  if (restricted && refusing === second.on) return [];
  const write = refusing === first.on ? second : first;
  return [{ do: 'update', key, fresh, rule, title, items, token, conflicts, on: write.on, write }];
}

/** `action` as something that was not done, and why. */
export function heldAction<C>(action: Action<C>, rule: RuleId): Held {
  const { do: deed, key, title, items } = action;
  return {
    do: deed,
    key,
    on: 'on' in action ? action.on : undefined,
    rule,
    title,
    items,
    refused: undefined,
  };
}
