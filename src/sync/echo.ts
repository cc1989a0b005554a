/**
 * The breaker against endless back and forth (G6): a write that was made three times within an hour, of the same content over the
 * same content on the same side, came back each time. Somebody works against us, or a side turns back what it is given; a fourth
 * time would not end it.
 *
 * It reads what it needs from the history, which has an entry for every write that happened.
 */
import { type Action, byRank, type Plan, type Write } from './action.ts';
import type { ContentKit } from './content.ts';
import { heldAction } from './policies.ts';
import type { HistoryEntry, State } from './state.ts';

/** So many times the same write is made. */
const TIMES = 3;
/** Within this time. @units milliseconds */
const WITHIN = 60 * 60_000;

/** The plan without the writes that would only come back. `now` is in milliseconds since 1970. */
export function withoutEchoes<C>(
  plan: Plan<C>,
  { state, kit, now }: { readonly state: State<C>; readonly kit: ContentKit<C>; readonly now: number },
): Plan<C> {
  const agreed = new Set(state.held().flatMap(({ key, decision }) => (decision === 'apply' ? [key] : [])));
  const often = state.writesSince(now - WITHIN, TIMES);
  const echoes = plan.actions.filter((action) => {
    const past = agreed.has(action.key) ? [] : (often.get(action.key) ?? []);
    return writesOf(action).some((write) => past.filter((one) => isSame(kit, one, write)).length >= TIMES);
  });
  if (echoes.length === 0) return plan;
  const held = echoes.map((action) => heldAction(action, 'G6'));
  return {
    actions: plan.actions.filter((action) => !echoes.includes(action)).sort(byRank),
    held: [...plan.held, ...held],
  };
}

function writesOf<C>(action: Action<C>): readonly Write<C>[] {
  if (action.do === 'update') return [action.write];
  return action.do === 'merge' ? [action.first, action.second] : [];
}

function isSame<C>(kit: ContentKit<C>, entry: HistoryEntry<C>, { on, target, content }: Write<C>): boolean {
  return (
    entry.side === on &&
    entry.after !== undefined &&
    kit.digest(entry.content) === kit.digest(target.content) &&
    kit.digest(entry.after) === kit.digest(content)
  );
}
