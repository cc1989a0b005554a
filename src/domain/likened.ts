/**
 * Exceptions that Outlook does not show because they say there nothing that their series does not say (EM15): one whose series was given
 * its words comes out of sight, and one whose series was given others comes into sight. Neither was removed or made by anybody, and the
 * server has more of it than Outlook ever shows. So the merge is given what stood there unseen: then only what was edited crosses.
 */
import { canonicalJson } from '../base/digest.ts';
import { type Event, type Exception, originalKey, type Series } from './event.ts';
import { occurrenceWhen, wallIn } from './expand-series.ts';
import type { Merged, Sides } from './merge.ts';
import type { When } from './time.ts';

/** Merges with the exceptions that Outlook does not show put where they stand; they stay unseen while nothing new is said of them. */
export function withLikened(sides: Sides<Series>, merge: (sides: Sides<Series>) => Merged<Series>): Merged<Series> {
  const { server, outlook } = sides;
  const vanished = outlook.base.exceptions.flatMap((was) => unseen(was, outlook) ?? []);
  const appeared = outlook.now.exceptions
    .filter((one) => !holds(outlook.base, one) && holds(server.base, one) && holds(server.now, one))
    .flatMap((one) => plainOf(outlook.base, one) ?? []);
  if (vanished.length === 0 && appeared.length === 0) return merge(sides);
  const merged = merge({
    ...sides,
    outlook: { base: added(outlook.base, appeared), now: added(outlook.now, vanished) },
  });
  const known = new Set(vanished.map((one) => canonicalJson(one)));
  const exceptions = merged.outlook.exceptions.filter((one) => !known.has(canonicalJson(one)));
  return { ...merged, outlook: { ...merged.outlook, exceptions } };
}

/**
 * An exception that is not told any more because the series says now what it said of its own; undefined when it is gone. What else it
 * said of its own and does not say any more is an edit of it.
 */
function unseen(was: Exception, { base, now }: Sides<Series>['outlook']): Exception | undefined {
  const { at } = was.original;
  if (base.main === undefined || now.main === undefined || holds(now, was) || now.excluded.includes(at))
    return undefined;
  if (!isSame(base.main.when, now.main.when) || !isSame(rhythmOf(base), rhythmOf(now))) return undefined;
  const [before, after] = [plainEvent(base.main, at), plainEvent(now.main, at)];
  const names = Object.keys(was.event) as (keyof Event)[];
  const own = names.filter((name) => !isSame(seen(was.event, name), before[name]));
  const said = own.filter((name) => isSame(seen(was.event, name), after[name]));
  if (own.length > 0 && said.length === 0) return undefined;
  const isReset = own.includes('when') && !said.includes('when');
  const still = isReset ? said : [...said, 'when' as const];
  const kept = Object.fromEntries(still.map((name) => [name, was.event[name]]));
  return { original: was.original, event: { ...after, ...kept } };
}

/** The occurrence as the series had it; undefined when it had none there. */
function plainOf({ main, excluded }: Series, { original }: Exception): Exception | undefined {
  if (main === undefined || excluded.includes(original.at)) return undefined;
  return { original, event: plainEvent(main, original.at) };
}

function plainEvent(main: Event, at: string): Event {
  return { ...main, when: inOneZone(occurrenceWhen(main.when, at)) };
}

function seen(event: Event, name: keyof Event): unknown {
  return name === 'when' ? inOneZone(event.when) : event[name];
}

/** Outlook tells both ends of an occurrence in the zone of its start (EM10). */
function inOneZone(when: When): When {
  if (when.kind === 'date') return when;
  const { zone } = when.start;
  return { ...when, end: { wall: wallIn(when.end, zone), zone } };
}

function rhythmOf({ recurrence, added }: Series): unknown {
  return [recurrence ?? null, added];
}

function holds({ exceptions }: Series, { original }: Exception): boolean {
  const key = originalKey(original);
  return exceptions.some((one) => originalKey(one.original) === key);
}

function added(series: Series, exceptions: readonly Exception[]): Series {
  return { ...series, exceptions: [...series.exceptions, ...exceptions] };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson([a ?? null]) === canonicalJson([b ?? null]);
}
