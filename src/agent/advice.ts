import type { Line } from '../sync/report.ts';
import type { RuleId } from '../sync/rules.ts';

const DECIDE = 'Decide with `connector held list`.';
const KEPT = 'Your version is in the history: `connector history`.';
const LATER = 'Nothing: the next run tries again.';

/** What a person can do about something that was not done, or was undone, by its rule. */
const ADVICE: Readonly<Partial<Record<RuleId, string>>> = {
  L4: 'Delete the doubles, or make them different from each other.',
  P1: KEPT,
  P2: KEPT,
  P4: KEPT,
  P5: 'Move it into a folder in which you may write.',
  P7: 'Nothing: whoever owns it can change it.',
  P8: 'Decide with `connector conflicts`.',
  G1: DECIDE,
  G2: DECIDE,
  G3: `Nothing, if the items are there; else: ${DECIDE}`,
  G4: 'Nothing: the next run asks again.',
  G5: DECIDE,
  G6: DECIDE,
  E1: LATER,
  E2: LATER,
  E3: 'Change the item: it is sent again then.',
  E4: LATER,
  E5: 'Open the item and save it again, or delete it when it is damaged.',
};

/** What the outcome of a line is about, where that is not the rule it was planned by. */
const BY_OUTCOME = { stale: 'E1', gone: 'E2', refused: 'E3', failed: 'E4' } as const;

/** What the person can do about a line of a report; undefined where nothing is to be said. */
export function adviceFor({ outcome, rule, conflicts }: Line): string | undefined {
  if (outcome === 'stale' || outcome === 'gone' || outcome === 'refused' || outcome === 'failed')
    return ADVICE[BY_OUTCOME[outcome]];
  return conflicts.length > 0 && outcome === 'done' ? KEPT : ADVICE[rule];
}
