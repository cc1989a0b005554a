/**
 * A series of which Outlook shows a part only. What lies outside of that part was removed or made by nobody. When the part moves on, because
 * time went by or because the server's rule changed, Outlook is given all that the server has of the series, or the occurrences that come
 * into sight would be those of the bare rule.
 */
import { canonicalJson } from '../base/digest.ts';
import { type Exception, originalKey, type Series } from './event.ts';
import type { Merged, Sides } from './merge.ts';

/** The end of a digest, where what is shown is not what the rule says, or has to be written anew. */
export function partMarkOf({ shown }: Series): string {
  if (shown === undefined) return '';
  return `${shown.dates === undefined ? '~bare' : ''}${shown.isDue ? '~due' : ''}`;
}

/** What Outlook showed before, as far as it could show it now: another part was shown then. */
export function withinPart(sides: Sides<Series>): Sides<Series> {
  const { base, now } = sides.outlook;
  const dates = now.shown?.dates;
  if (dates === undefined || isSame(base.shown?.dates, dates)) return sides;
  const isWithin = (at: string) => at.slice(0, 10) >= dates.from && at.slice(0, 10) <= dates.to;
  const held = new Set(now.exceptions.map(({ original }) => originalKey(original)));
  const seen: Series = {
    ...base,
    excluded: base.excluded.filter((at) => isWithin(at) || now.excluded.includes(at)),
    exceptions: base.exceptions.filter(({ original }) => isWithin(original.at) || held.has(originalKey(original))),
  };
  return { ...sides, outlook: { base: seen, now } };
}

/** What Outlook shall show: where another part of the series is due, all that the server holds of it. */
export function withLaterPart(sides: Sides<Series>, merged: Merged<Series>): Merged<Series> {
  const { shown } = sides.outlook.now;
  if (shown === undefined) return merged;
  const { server, outlook } = merged;
  if (!shown.isDue && isSame(rhythmOf(sides.server.base), rhythmOf(sides.server.now))) return merged;
  const known = new Set(outlook.exceptions.map(({ original }) => originalKey(original)));
  const unknown = server.exceptions.filter(({ original }) => !known.has(originalKey(original)));
  const exceptions: readonly Exception[] = [...outlook.exceptions, ...unknown];
  const excluded = [...new Set([...outlook.excluded, ...server.excluded])];
  const { shown: _, ...whole } = outlook;
  if (shown.dates !== undefined) return { ...merged, outlook: { ...whole, excluded, exceptions } };
  const { recurrence, added } = server;
  return { ...merged, outlook: { ...whole, recurrence, added, excluded, exceptions } };
}

function rhythmOf({ main, recurrence, added }: Series): unknown {
  return [main?.when ?? null, recurrence ?? null, added];
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson([a ?? null]) === canonicalJson([b ?? null]);
}
