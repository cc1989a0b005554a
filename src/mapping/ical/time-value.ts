/** DATE, DATE-TIME, PERIOD and DURATION values (RFC 5545 3.3.4 to 3.3.9), read strictly: a date that does not exist is none. */

import type { LocalDate, WallTime } from '../../domain/time.ts';
import { isLocalDate, isWallTime } from '../../domain/time-civil.ts';
import { type ContentLine, firstValue } from '../vcard/content-line.ts';

/** `zone`: `UTC` for the Z form, the TZID as written, undefined = floating. */
export type IcalTime =
  | { readonly kind: 'date'; readonly date: LocalDate }
  | { readonly kind: 'time'; readonly wall: WallTime; readonly zone: string | undefined };

/** An RDATE with a length of its own. `seconds` @units seconds */
export type IcalPeriod = {
  readonly start: IcalTime;
  readonly end: IcalTime | undefined;
  readonly seconds: number | undefined;
};

const VALUE = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(Z)?)?$/i;

/** The first value of a property that is a time; undefined when it cannot be read. */
export function timeOf(line: ContentLine): IcalTime | undefined {
  return timesOf(line)[0];
}

/** Every value of a property that can be read as a time; a period counts by its start. */
export function timesOf(line: ContentLine): readonly IcalTime[] {
  return periodsOf(line).map((period) => period.start);
}

/** Every value of a property as a period; those without a length are plain times. */
export function periodsOf(line: ContentLine): readonly IcalPeriod[] {
  const { zone, value } = zoneAndValue(line);
  return value.split(',').flatMap((text) => {
    const [first = '', second] = text.trim().split('/');
    const start = parseTime(first, zone);
    if (start === undefined) return [];
    const end = second === undefined ? undefined : parseTime(second, zone);
    return [{ start, end, seconds: second === undefined || end !== undefined ? undefined : durationSeconds(second) }];
  });
}

/** A TZID that holds an unquoted colon (`TZID=(UTC+01:00) Paris:2024…`) ends at the last one. */
function zoneAndValue(line: ContentLine): { zone: string | undefined; value: string } {
  const named = firstValue(line.parameters, 'TZID');
  const colon = line.value.lastIndexOf(':');
  if (colon < 0 || /^\d{4}-?\d{2}-?\d{2}T/i.test(line.value)) return { zone: named, value: line.value };
  return { zone: `${named ?? ''}:${line.value.slice(0, colon)}`, value: line.value.slice(colon + 1) };
}

/** One DATE or DATE-TIME. */
export function parseTime(text: string, zone: string | undefined): IcalTime | undefined {
  const match = VALUE.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', utc] = match;
  const date = `${year}-${month}-${day}`;
  if (!isLocalDate(date)) return undefined;
  if (hour === undefined) return { kind: 'date', date };
  // A leap second is the last second of its minute here.
  const wall = `${date}T${hour}:${minute}:${second === '60' ? '59' : second}`;
  if (!isWallTime(wall)) return undefined;
  return { kind: 'time', wall, zone: utc === undefined ? zone || undefined : 'UTC' };
}

const DURATION = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,12})S)?)?$/i;

/** @units seconds; undefined when it cannot be read */
export function durationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (match === null || /^[+-]?PT?$/i.test(text.trim())) return undefined;
  const [, sign, weeks = '0', days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const total =
    (Number(weeks) * 7 + Number(days)) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -total : total;
}
