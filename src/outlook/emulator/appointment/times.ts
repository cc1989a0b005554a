/**
 * When an appointment is, and what each setter moves. Pure: a record in, a record out.
 * @source outlook-calendar.md sections 1.3, 1.4, 2
 */
import { fail } from '../fault.ts';
import { shift, toLocalTime, toUtcTime } from '../zone-time.ts';
import type { Zone } from './item-zones.ts';

/** @units `start`, `end`: UTC, `YYYY-MM-DDTHH:MM:SS` */
export type Times = {
  readonly start: string;
  readonly end: string;
  readonly startZone: Zone;
  readonly endZone: Zone;
  /** From midnight to midnight on the clocks of the item's own zones. */
  readonly allDay: boolean;
};

/** Start keeps the length and so moves the end; of an all-day item it keeps the number of days. EC9 */
export function withStart(times: Times, start: string): Times {
  if (!times.allDay) return { ...times, start, end: shift(start, seconds(times.start, times.end)) };
  const wall = toLocalTime(start, times.startZone.iana);
  const end = shift(wall, seconds(startWall(times), endWall(times)));
  return rounded({ ...times, start, end: toUtcTime(end, times.endZone.iana) });
}

/** End keeps the start. EC10 @throws INVALID_ARGUMENT before the start; at the start is allowed */
export function withEnd(times: Times, end: string): Times {
  if (end < times.start) fail('INVALID_ARGUMENT', 'End');
  return times.allDay ? rounded({ ...times, end }) : { ...times, end };
}

/** @param minutes 0 or more */
export function withDuration(times: Times, minutes: number): Times {
  if (minutes < 0) fail('INVALID_ARGUMENT', 'Duration');
  return withEnd(times, shift(times.start, minutes * 60));
}

/**
 * The zone the start is shown in. For one's own item the clock time stays and the instant moves, unless the end would come
 * before the start; for somebody else's meeting the instant stays. EC14
 */
export function withStartZone(times: Times, startZone: Zone, own: boolean): Times {
  const moved = toUtcTime(startWall(times), startZone.iana);
  return own && moved <= times.end ? { ...times, startZone, start: moved } : { ...times, startZone };
}

/** The zone the end is shown in; see {@link withStartZone}. */
export function withEndZone(times: Times, endZone: Zone, own: boolean): Times {
  const moved = toUtcTime(endWall(times), endZone.iana);
  return own && moved >= times.start ? { ...times, endZone, end: moved } : { ...times, endZone };
}

/**
 * All-day rounds both ends outwards to midnights, and makes one day of nothing. EC11
 * @param off what becomes of the midnights when all-day ends: they stay, or 08:00 of the first day and half past it on the last
 */
export function withAllDay(times: Times, allDay: boolean, off: 'midnights' | 'businessHours' = 'midnights'): Times {
  if (allDay) return rounded({ ...times, allDay });
  if (off === 'midnights' || !times.allDay) return { ...times, allDay };
  const start = shift(startWall(times), BUSINESS_DAY);
  const end = shift(endWall(times), BUSINESS_DAY + 1800 - 86_400);
  return { ...times, allDay, start: toUtcTime(start, times.startZone.iana), end: toUtcTime(end, times.endZone.iana) };
}

/** @units seconds after midnight */
const BUSINESS_DAY = 8 * 3600;

/** The start on the clock of its own zone. */
export function startWall(times: Times): string {
  return toLocalTime(times.start, times.startZone.iana);
}

/** The end on the clock of its own zone. */
export function endWall(times: Times): string {
  return toLocalTime(times.end, times.endZone.iana);
}

/** @units whole minutes; of an all-day item as many as its days have, whatever the clocks do in between */
export function durationOf(times: Times): number {
  const length = times.allDay ? seconds(startWall(times), endWall(times)) : seconds(times.start, times.end);
  return Math.floor(length / 60);
}

/** @units seconds */
export function seconds(from: string, to: string): number {
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1000;
}

function rounded(times: Times): Times {
  const first = startWall(times).slice(0, 10);
  const last = endWall(times);
  const end = last.endsWith('T00:00:00') ? last : shift(midnight(last.slice(0, 10)), 86_400);
  const day = midnight(first);
  return {
    ...times,
    start: toUtcTime(day, times.startZone.iana),
    end: toUtcTime(end > day ? end : shift(day, 86_400), times.endZone.iana),
  };
}

function midnight(date: string): string {
  return `${date}T00:00:00`;
}
