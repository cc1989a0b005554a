/**
 * Zones: wall time ↔ instant by IANA rules, canonical ids, and comparison of zones by what their clocks do.
 * A zone is never compared by name where the server may have renamed it: two zones are the same when their offsets are.
 */
import { Temporal } from 'temporal-polyfill';
import type { WallTime, ZoneId } from './time.ts';
import { secondsOf, wallOf } from './time-civil.ts';

/** An instant. @units milliseconds since 1970-01-01T00:00:00Z */
export type Instant = number;

/** A change of a zone's offset. Offsets @units seconds east of UTC */
export type Transition = { readonly at: Instant; readonly before: number; readonly after: number };

const known = new Map<string, ZoneId | undefined>();

/** `id` as Temporal spells it (`europe/paris` → `Europe/Paris`; links stay), or undefined when it knows no such zone. */
export function zoneOf(id: string): ZoneId | undefined {
  if (known.has(id)) return known.get(id);
  const zone = findZone(id);
  // Bounded: ids come from outside.
  if (known.size > 5000) known.clear();
  known.set(id, zone);
  return zone;
}

function findZone(id: string): ZoneId | undefined {
  // Temporal accepts offsets ("+02:00") as zones; the server does not.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(id)) return undefined;
  try {
    return new Temporal.ZonedDateTime(0n, id).timeZoneId;
  } catch {
    return undefined;
  }
}

/**
 * Offset of a zone at an instant.
 * @units seconds east of UTC
 */
export function offsetAt(zone: ZoneId, instant: Instant): number {
  if (zone === 'UTC') return 0;
  const { offset, changes } = blockAt(zone, Math.floor(instant / BLOCK));
  let found = offset;
  for (const change of changes) {
    if (change.at > instant) break;
    found = change.after;
  }
  return found;
}

/** The instant of a wall time; a time that a zone skips is read with the offset before the gap, one that is there twice is the first. */
export function instantOf(wall: WallTime, zone: ZoneId): Instant {
  const naive = secondsOf(wall) * 1000;
  if (zone === 'UTC') return naive;
  // The offset before any change that is near: in a gap it carries forward, in an overlap it is the first one (RFC 5545 3.3.5).
  const early = offsetAt(zone, naive - 86_400_000);
  const first = naive - early * 1000;
  if (offsetAt(zone, first) === early) return first;
  const late = offsetAt(zone, naive + 86_400_000);
  const second = naive - late * 1000;
  if (offsetAt(zone, second) === late) return second;
  return first;
}

/** The wall time of an instant in a zone. */
export function wallAt(instant: Instant, zone: ZoneId): WallTime {
  return wallOf(Math.floor(instant / 1000) + offsetAt(zone, instant));
}

/** Changes of a zone's offset in `from` ≤ at < `to`, ascending. */
export function transitionsOf(zone: ZoneId, from: Instant, to: Instant): readonly Transition[] {
  if (zone === 'UTC') return [];
  const found: Transition[] = [];
  for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block++) found.push(...blockAt(zone, block).changes);
  return found.filter((change) => change.at >= from && change.at < to);
}

/** Whether two zones have the same offset at every instant of `from` ≤ t < `to`. */
export function sameClock(a: ZoneId, b: ZoneId, from: Instant, to: Instant): boolean {
  if (a === b) return true;
  if (offsetAt(a, from) !== offsetAt(b, from)) return false;
  const left = transitionsOf(a, from, to);
  const right = transitionsOf(b, from, to);
  return (
    left.length === right.length &&
    left.every((entry, i) => entry.at === right[i]?.at && entry.after === right[i]?.after)
  );
}

type Block = { readonly offset: number; readonly changes: readonly Transition[] };

// Offsets are looked up for every date of every event, so the changes of a zone are listed once for each eight years or so.
const BLOCK = 8 * 366 * 86_400_000;
const blocks = new Map<ZoneId, Map<number, Block>>();

function blockAt(zone: ZoneId, index: number): Block {
  const known = blocks.get(zone) ?? new Map<number, Block>();
  blocks.set(zone, known);
  const block = known.get(index) ?? listChanges(zone, index * BLOCK, (index + 1) * BLOCK);
  known.set(index, block);
  return block;
}

function listChanges(zone: ZoneId, from: Instant, to: Instant): Block {
  const start = new Temporal.ZonedDateTime(BigInt(from) * 1_000_000n, zone);
  const offset = seconds(start);
  const changes: Transition[] = [];
  let before = offset;
  for (let next = start.getTimeZoneTransition('next'); next !== null && next.epochMilliseconds < to; ) {
    const after = seconds(next);
    changes.push({ at: next.epochMilliseconds, before, after });
    before = after;
    next = next.getTimeZoneTransition('next');
  }
  return { offset, changes };
}

function seconds(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 1e9);
}
