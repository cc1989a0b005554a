import type { Check } from './check.ts';
import { cards } from './checks/cards.ts';
import { changeLog } from './checks/change-log.ts';
import { containers } from './checks/containers.ts';
import { events } from './checks/events.ts';
import { lists } from './checks/lists.ts';
import { push } from './checks/push.ts';
import { sessions } from './checks/sessions.ts';
import { sharing } from './checks/sharing.ts';
import { texts } from './checks/texts.ts';
import { transport } from './checks/transport.ts';
import type { Connection } from './connection.ts';
import { openPlace } from './place.ts';

/** Every check, by what it is about. */
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  transport,
  sessions,
  containers,
  'change log': changeLog,
  events,
  texts,
  cards,
  lists,
  sharing,
  push,
};

/** `passed` null: left out, because there is no second person. */
export type Outcome = {
  readonly about: string;
  readonly rule: string;
  readonly says: string;
  readonly passed: boolean | null;
  readonly why?: string | undefined;
};

export type Ended = { readonly outcomes: readonly Outcome[]; readonly left: readonly string[] };

/** Runs the checks one after another, in containers that are made for them and removed whatever happens. */
export async function runSuite(options: {
  readonly me: Connection;
  readonly other: Connection | undefined;
  readonly newId: () => string;
  /** Only the checks whose subject or rule this is. */
  readonly only: string | undefined;
  readonly told: (outcome: Outcome) => void;
  /** Ends the run after the check at hand; what was made is removed all the same. */
  readonly signal: AbortSignal;
}): Promise<Ended> {
  const { me, other, newId, only, told, signal } = options;
  const place = await openPlace(me, other, newId);
  const outcomes: Outcome[] = [];
  for (const [about, checks] of Object.entries(CHECKS))
    for (const check of checks) {
      if (signal.aborted || (only !== undefined && only !== about && only !== check.rule)) continue;
      const { rule, says } = check;
      const skipped = check.needsOther === true && other === undefined;
      const why = skipped ? undefined : await failure(() => check.run(place));
      const outcome: Outcome = { about, rule, says, passed: skipped ? null : why === undefined, why };
      outcomes.push(outcome);
      told(outcome);
    }
  const left = await place.leave();
  for (const person of other === undefined ? [me] : [me, other]) await person.outcome('POST', '/auth/logout');
  return { outcomes, left };
}

async function failure(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
