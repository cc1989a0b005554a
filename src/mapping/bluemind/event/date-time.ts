/** BmDateTime ↔ date or moment (fact sheet 4.5): the one place that knows how BlueMind writes time. */

import type { LocalDate, Moment, WallTime, ZoneId } from '../../../domain/time.ts';
import { addSeconds, dateOf, dayOf, isLocalDate, isWallTime, secondsOf } from '../../../domain/time-civil.ts';
import { instantOf, offsetAt, wallAt, zoneOf } from '../../../domain/zones.ts';
import { ianaZoneOf } from '../../../outlook/model/windows-zones.ts';
import type { BmDateTime } from '../../../wire/common.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2}))?(?:[.,]\d+)?(Z|[+-]\d{2}:?\d{2}(?::?\d{2})?)?)?$/;

/**
 * What a BmDateTime says: a date for precision Date, else a moment; undefined when it is absent or unreadable.
 * An offset that is not the zone's own at that instant counts as the truth, and the wall time follows from it.
 * @loss fractions of a second; an offset without a zone becomes UTC
 */
export function readBmDateTime(bm: BmDateTime | null | undefined): LocalDate | Moment | undefined {
  const match = ISO.exec(bm?.iso8601 ?? '');
  if (bm == null || match === null) return undefined;
  const [, date = '', time, second = '00', offset] = match;
  if (bm.precision === 'Date' || time === undefined) return isLocalDate(date) ? date : undefined;
  const wall = `${date}T${time}:${second}`;
  if (!isWallTime(wall)) return undefined;
  const zone = bm.timezone ? knownZone(bm.timezone) : undefined;
  if (offset === undefined) return { wall, zone };
  const instant = secondsOf(wall) * 1000 - offsetSeconds(offset) * 1000;
  if (zone === undefined) return { wall: wallAt(instant, 'UTC'), zone: 'UTC' };
  return { wall: wallAt(instant, zone), zone };
}

/** A date as BmDateTime. */
export function bmDate(date: LocalDate): BmDateTime {
  return { iso8601: date, timezone: null, precision: 'Date' };
}

/**
 * A moment as BmDateTime, with the true offset of its zone; floating ones have neither zone nor offset.
 * @loss a wall time that the zone skips becomes the one an hour later that it means; of one that is there twice, the first
 */
export function bmMoment({ wall, zone }: Moment): BmDateTime {
  if (zone === undefined) return { iso8601: `${wall}.000`, timezone: null, precision: 'DateTime' };
  if (zone === 'UTC') return { iso8601: `${wall}.000Z`, timezone: 'UTC', precision: 'DateTime' };
  const instant = instantOf(wall, zone);
  const offset = offsetText(offsetAt(zone, instant));
  return { iso8601: `${wallAt(instant, zone)}.000${offset}`, timezone: zone, precision: 'DateTime' };
}

/** A date or moment as BmDateTime. */
export function bmDateTime(value: LocalDate | Moment): BmDateTime {
  return typeof value === 'string' ? bmDate(value) : bmMoment(value);
}

/** What comes back of a moment: a wall time that the zone skips is moved out of the gap. */
export function settledMoment(moment: Moment): Moment {
  if (moment.zone === undefined) return moment;
  return { wall: wallAt(instantOf(moment.wall, moment.zone), moment.zone), zone: moment.zone };
}

/** The zone that a server value names: IANA, or Windows as older clients left it; UTC for what nobody knows. */
function knownZone(name: string): ZoneId {
  return zoneOf(name) ?? zoneOf(ianaZoneOf(name) ?? '') ?? 'UTC';
}

/** The date of the first midnight at or after a wall time. */
export function dateCeiling(wall: WallTime): LocalDate {
  return dateOf(dayOf(addSeconds(wall, 86_399)));
}

function offsetSeconds(text: string): number {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replaceAll(':', '');
  const seconds =
    Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6) || '0');
  return text.startsWith('-') ? -seconds : seconds;
}

function offsetText(seconds: number): string {
  const rest = Math.abs(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const tail = rest % 60 === 0 ? '' : `:${two(rest % 60)}`;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}${tail}`;
}
