/** What waits for the user: deletions and echoes that the guard holds, and conflicts about which they want to be asked. */
import { digestText } from '../base/digest.ts';
import { Failure } from '../base/failure.ts';
import type { Storage } from '../storage/open.ts';
import { explainRule } from '../sync/explain.ts';
import type { RuleId } from '../sync/rules.ts';
import type { SideName } from '../sync/side.ts';
import type { Decision, HeldRow, PairId } from '../sync/state.ts';

/** What the user says of something that waits. */
export type Said = Decision;

export type Waiting = {
  /** Short, for people to type; `key` is the engine's own. */
  readonly id: string;
  readonly key: string;
  readonly pair: PairId;
  readonly folder: string;
  readonly title: string;
  readonly rule: RuleId;
  /** The side on which nothing was done. */
  readonly on: SideName | undefined;
  readonly why: string;
  readonly decision: Decision | undefined;
};

/** `held`: what can be carried out or undone; `conflict`: where one of two values stays. */
export function waitingRows({ pairs, state }: Pick<Storage, 'pairs' | 'state'>, what: 'held' | 'conflict'): Waiting[] {
  return pairs.all().flatMap(({ id: pair, name: folder }) =>
    state(pair)
      .held()
      .filter(({ rule }) => isConflict(rule) === (what === 'conflict') && isForUser(rule))
      .map((row) => ({ ...row, id: shortId(row.key), pair, folder, why: explainRule(row.rule, row.on, 'en') })),
  );
}

/** Whether something held waits for the user; what is held for other reasons is looked at again by itself. */
export function isForUser(rule: RuleId): boolean {
  return isConflict(rule) || rule.startsWith('G');
}

/** Of what a state holds, what waits for a decision of the user: it is neither decided nor looked at again by itself. */
export function undecided(held: readonly HeldRow[]): readonly HeldRow[] {
  return held.filter(({ decision, rule }) => decision === undefined && isForUser(rule));
}

function isConflict(rule: RuleId): boolean {
  return rule === 'P8';
}

/** A digest, for keys that were made together begin alike: always the same for the same key. */
function shortId(key: string): string {
  return digestText(key).slice(0, 8);
}

/** Notes what the user says about rows, by key or id, or `all` of them; the next run carries it out. @throws ITEM_NOT_FOUND */
export function decide(
  storage: Pick<Storage, 'state'>,
  rows: readonly Waiting[],
  of: { readonly keys: readonly string[]; readonly decision: Decision; readonly see: string },
): readonly Waiting[] {
  const { keys, decision, see } = of;
  const named = (key: string) => rows.filter((row) => row.key === key || row.id === key);
  const unknown = keys.find((key) => key !== 'all' && named(key).length === 0);
  if (unknown !== undefined)
    throw new Failure('ITEM_NOT_FOUND', `Nothing that waits has the key ${unknown}; see \`${see}\`.`);
  const chosen = keys.includes('all') ? rows : [...new Set(keys.flatMap(named))];
  for (const { pair, key } of chosen) storage.state(pair).transaction((tx) => tx.decide(key, decision));
  return chosen;
}
