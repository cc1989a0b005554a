/** DTSTART, DTEND, DURATION → when an event is; and the times that name its occurrences, brought to the form of its start. */

import type { LocalDate, Moment, WallTime, When } from '../../domain/time.ts';
import { addDays, addSeconds, dateOf, dayOf, secondsOf } from '../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../domain/zones.ts';
import { dateCeiling } from '../bluemind/event/date-time.ts';
import { type IcalComponent, property, textOf } from './calendar-tree.ts';
import { durationSeconds, type IcalTime, timeOf } from './time-value.ts';
import { wallIn, type ZoneBook } from './zone-rules.ts';

/**
 * When the event is; a text says why it cannot be told.
 * An end before the start, or none, becomes the shortest event there is: one day, or no time at all (H13).
 */
export function readWhen(event: IcalComponent, zones: ZoneBook): When | string {
  const line = property(event, 'DTSTART');
  if (line === undefined) return 'has no start';
  const start = timeOf(line);
  if (start === undefined) return 'has a start that cannot be read';
  const endLine = property(event, 'DTEND');
  const end = endLine === undefined ? undefined : timeOf(endLine);
  if (endLine !== undefined && end === undefined && endLine.value.trim() !== '')
    return 'has an end that cannot be read';
  const seconds = end === undefined ? durationSeconds(textOf(event, 'DURATION') ?? '') : undefined;
  if (start.kind === 'date') return wholeDays(start.date, end, seconds, zones);
  const from = zones.place(start.wall, start.zone);
  const when: When = { kind: 'time', start: from, end: endOf(from, end, seconds, zones) };
  return isMarkedAllDay(event) && isMidnight(when.start.wall) && isMidnight(when.end.wall)
    ? wholeDays(when.start.wall.slice(0, 10), { kind: 'date', date: when.end.wall.slice(0, 10) }, undefined, zones)
    : when;
}

function wholeDays(start: LocalDate, end: IcalTime | undefined, seconds: number | undefined, zones: ZoneBook): When {
  const last =
    end === undefined
      ? addDays(start, Math.ceil((seconds ?? 0) / 86_400))
      : end.kind === 'date'
        ? end.date
        : dateCeiling(zones.place(end.wall, end.zone).wall);
  return { kind: 'date', start, end: last > start ? last : addDays(start, 1) };
}

function endOf(start: Moment, end: IcalTime | undefined, seconds: number | undefined, zones: ZoneBook): Moment {
  if (end === undefined) return later(start, Math.max(0, seconds ?? 0));
  const placed =
    end.kind === 'date' ? { wall: `${end.date}T00:00:00`, zone: start.zone } : zones.place(end.wall, end.zone);
  // A floating end belongs to the zone of the start.
  const at = placed.zone === undefined ? { wall: placed.wall, zone: start.zone } : placed;
  return isBefore(at, start) ? start : at;
}

/** A DURATION is exact time: across a change of the clock the wall time moves by less or more. */
function later(start: Moment, seconds: number): Moment {
  if (start.zone === undefined || seconds % 86_400 === 0)
    return { wall: addSeconds(start.wall, seconds), zone: start.zone };
  return { wall: wallAt(instantOf(start.wall, start.zone) + seconds * 1000, start.zone), zone: start.zone };
}

function isBefore(a: Moment, b: Moment): boolean {
  if (a.zone === undefined || b.zone === undefined) return a.wall < b.wall;
  return instantOf(a.wall, a.zone) < instantOf(b.wall, b.zone);
}

function isMarkedAllDay(event: IcalComponent): boolean {
  return textOf(event, 'X-MICROSOFT-CDO-ALLDAYEVENT')?.trim().toUpperCase() === 'TRUE';
}

function isMidnight(wall: WallTime): boolean {
  return wall.endsWith('T00:00:00');
}

/** Length of an event on the wall clock. @units seconds */
export function lengthOf(when: When): number {
  if (when.kind === 'date') return (dayOf(when.end) - dayOf(when.start)) * 86_400;
  return secondsOf(wallIn(when.end, when.start.zone)) - secondsOf(when.start.wall);
}

/**
 * The occurrence that a RECURRENCE-ID, EXDATE or RDATE means, in the form of the series' start (H4): a date names the occurrence of
 * that day; a time of another zone is brought to the zone of the start; a time in an all-day series names its day.
 */
export function occurrenceStart(time: IcalTime, series: When, zones: ZoneBook): LocalDate | Moment {
  if (series.kind === 'date') return time.kind === 'date' ? time.date : dayMeant(time, zones);
  if (time.kind === 'date') return { wall: `${time.date}${series.start.wall.slice(10)}`, zone: series.start.zone };
  const placed = zones.place(time.wall, time.zone);
  return { wall: wallIn(placed, series.start.zone), zone: series.start.zone };
}

/** Exchange writes all-day occurrences as the UTC instant of a midnight somewhere: the nearest midnight is its day. */
function dayMeant(time: Extract<IcalTime, { kind: 'time' }>, zones: ZoneBook): LocalDate {
  const { wall } = zones.place(time.wall, time.zone);
  if (time.zone !== 'UTC') return wall.slice(0, 10);
  return dateOf(Math.floor((secondsOf(wall) + 43_200) / 86_400));
}

/** Whether `end` of a period is at another distance from its start than the series' own. */
export function periodLength(
  start: IcalTime,
  end: IcalTime | undefined,
  seconds: number | undefined,
): number | undefined {
  if (seconds !== undefined) return seconds;
  if (end?.kind !== 'time' || start.kind !== 'time') return undefined;
  return secondsOf(end.wall) - secondsOf(start.wall);
}
