import type { Place } from './place.ts';

/** One thing that a server must show. `rule` is its number in docs/server.md or docs/server-contacts.md. */
export type Check = {
  readonly rule: string;
  readonly says: string;
  /** Needs a second person. */
  readonly needsOther?: boolean | undefined;
  run(place: Place): Promise<void>;
};

export function check(rule: string, says: string, run: (place: Place) => Promise<void>): Check {
  return { rule, says, run };
}

/** A check that needs a second person, who is handed over. */
export function checkWithOther(
  rule: string,
  says: string,
  run: (place: Place, other: NonNullable<Place['other']>) => Promise<void>,
): Check {
  const missing = () => Promise.reject(new Error('the second person is missing'));
  return { rule, says, needsOther: true, run: (place) => (place.other ? run(place, place.other) : missing()) };
}
