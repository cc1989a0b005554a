import { addDays, addSeconds, isLocalDate, isWallTime, secondsOf } from '../../domain/time-civil.ts';
import { type Instant, instantOf, offsetAt, wallAt, zoneOf } from '../../domain/zones.ts';
import type { BmDateTime } from '../../wire/common.ts';
import { bareFault, fault } from '../kernel/fault.ts';

/**
 * A BmDateTime that was understood: a day, or a wall time with what it is said in. `zone` undefined with an `offset`: a bare
 * offset without a zone name; both undefined: floating. `millis` @units milliseconds 0 to 999; `offset` @units seconds east of UTC
 */
export type Point =
  | { readonly kind: 'date'; readonly day: string }
  | {
      readonly kind: 'time';
      readonly wall: string;
      readonly millis: number;
      readonly zone: string | undefined;
      readonly offset: number | undefined;
    };

const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads a date or time as the original's validator does. Rules [D1] to [D6].
 * @throws INVALID_PARAMETER for anything unparsable, an offset that is not the zone's, or a date with a zone
 * @throws a bare fault for a zone that is not an IANA one
 */
export function readPoint(value: BmDateTime): Point {
  const { iso8601, timezone, precision } = value;
  if (!iso8601 || !precision) throw fault('INVALID_PARAMETER', 'A date needs iso8601 and precision.');
  if (precision === 'Date') {
    if (timezone) throw fault('INVALID_PARAMETER', 'A date of precision Date must not have a time zone.');
    if (!isLocalDate(iso8601) || iso8601 < '0001') throw unreadable();
    return { kind: 'date', day: iso8601 };
  }
  const match = TIME.exec(iso8601);
  const wall = `${match?.[1]}:${match?.[2] ?? '00'}`;
  if (match === null || !isWallTime(wall) || wall < '0001') throw unreadable();
  const millis = Number((match[3] ?? '').slice(0, 3).padEnd(3, '0'));
  const offset = match[4] === undefined ? undefined : offsetOf(match[4]);
  if (!timezone) return { kind: 'time', wall, millis, zone: undefined, offset };
  const zone = zoneOf(timezone);
  if (zone === undefined) throw bareFault('The time zone is unknown: use an IANA name.');
  if (offset !== undefined && offsetAt(zone, secondsOf(wall) * 1000 - offset * 1000) !== offset)
    throw fault('INVALID_PARAMETER', 'The offset of a date is not the one of its time zone then.');
  return { kind: 'time', wall, millis, zone, offset };
}

/** The point as it is stored and answered: with milliseconds and the offset of its zone. */
export function writePoint(point: Point): BmDateTime {
  if (point.kind === 'date') return { iso8601: point.day, timezone: null, precision: 'Date' };
  const millis = String(point.millis).padStart(3, '0');
  const offset = point.zone === undefined ? point.offset : offsetAt(point.zone, instantOfPoint(point));
  const suffix = offset === undefined ? '' : isUtc(point.zone) ? 'Z' : offsetText(offset);
  return { iso8601: `${point.wall}.${millis}${suffix}`, timezone: point.zone ?? null, precision: 'DateTime' };
}

/** Where a point lies on the time line; days and floating times are taken as UTC, so that all can be compared. */
export function instantOfPoint(point: Point): Instant {
  if (point.kind === 'date') return secondsOf(point.day) * 1000;
  if (point.offset !== undefined) return (secondsOf(point.wall) - point.offset) * 1000 + point.millis;
  if (point.zone === undefined) return secondsOf(point.wall) * 1000 + point.millis;
  return instantOf(point.wall, point.zone) + point.millis;
}

/** The calendar day of a point, where it is said. */
export function dayOfPoint(point: Point): string {
  return point.kind === 'date' ? point.day : point.wall.slice(0, 10);
}

/** The point `days` later, at the same wall time. */
export function plusDays(point: Point, days: number): Point {
  if (point.kind === 'date') return { kind: 'date', day: addDays(point.day, days) };
  const moved = addSeconds(point.wall, days * 86_400);
  // The offset belonged to the old day.
  return { ...point, wall: moved, offset: point.zone === undefined ? point.offset : undefined };
}

/** The same moment, said with the precision and in the zone of `like`. */
export function sayLike(point: Point, like: Point): Point {
  if (like.kind === 'date') return { kind: 'date', day: dayOfPoint(point) };
  if (point.kind === 'date')
    return { kind: 'time', wall: `${point.day}T00:00:00`, millis: 0, zone: like.zone, offset: bareOffset(like) };
  if (like.zone === undefined || isFloating(point)) return { ...point, zone: like.zone, offset: bareOffset(like) };
  const instant = instantOfPoint(point);
  return {
    kind: 'time',
    wall: wallAt(instant, like.zone),
    millis: point.millis,
    zone: like.zone,
    offset: offsetAt(like.zone, instant),
  };
}

/** The same wall time in a zone that has the same clock. */
export function renameZone(point: Point, from: string, to: string): Point {
  return point.kind === 'time' && point.zone === from ? { ...point, zone: to } : point;
}

function isFloating(point: Point): boolean {
  return point.kind === 'time' && point.zone === undefined && point.offset === undefined;
}

function bareOffset(point: Point): number | undefined {
  return point.kind === 'time' && point.zone === undefined ? point.offset : undefined;
}

function isUtc(zone: string | undefined): boolean {
  return zone === 'UTC' || zone === 'Etc/UTC' || zone === 'Z';
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60;
  return text.startsWith('-') ? -seconds : seconds;
}

function offsetText(seconds: number): string {
  const minutes = Math.abs(Math.trunc(seconds / 60));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

function unreadable(): Error {
  return fault('INVALID_PARAMETER', 'A date cannot be read.');
}
