/** Where the occurrences of a series lie, in UTC. */
import { dateOf, dayOf, wallOf } from '../../model/day-number.ts';
import { occurrenceDays } from '../../model/expand-pattern.ts';
import type { OutlookException, RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { shift, toLocalTime, toUtcTime } from '../zone-time.ts';
import type { Times } from './times.ts';

/** One occurrence. `original`, its exception's times: wall times in the series' zone; `start`, `end`: UTC. */
export type Instance = {
  readonly original: string;
  readonly start: string;
  readonly end: string;
  readonly exception: OutlookException | undefined;
};

type Zones = Pick<Times, 'startZone' | 'endZone' | 'allDay'>;

/** The occurrence by the rule, or its exception when it was modified. @param original wall time in the series' zone */
export function instanceAt(pattern: RecurrencePattern, zones: Zones, original: string): Instance {
  const exception = pattern.exceptions.find(({ originalStart }) => originalStart === original);
  const start = exception?.start ?? original;
  const end = exception?.end ?? shift(original, pattern.durationMinutes * 60);
  const endZone = zones.allDay ? zones.endZone : zones.startZone;
  return { original, start: toUtcTime(start, zones.startZone.iana), end: toUtcTime(end, endZone.iana), exception };
}

/** What lies at an instant now: a modified occurrence that was moved there before one that the rule puts there. EC35 */
export function instanceStarting(pattern: RecurrencePattern, zones: Zones, utc: string): Instance | undefined {
  const moved = pattern.exceptions
    .map(({ originalStart }) => instanceAt(pattern, zones, originalStart))
    .find(({ start }) => start === utc);
  if (moved !== undefined) return moved;
  const wall = toLocalTime(utc, zones.startZone.iana);
  // A time that comes twice or never on the series' clock is found by the date.
  const date = [wall, shift(wall, -7200), shift(wall, 7200)]
    .map((text) => text.slice(0, 10))
    .find((text) => isPlain(pattern, text) && plainAt(pattern, zones, text).start === utc);
  return date === undefined ? undefined : plainAt(pattern, zones, date);
}

/** All occurrences that exist, ascending by start; without end for a series without end. */
export function* instances(pattern: RecurrencePattern, zones: Zones): Generator<Instance> {
  const moved = pattern.exceptions
    .map(({ originalStart }) => instanceAt(pattern, zones, originalStart))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
  for (const date of plainDates(pattern)) {
    const plain = plainAt(pattern, zones, date);
    while (moved[0] !== undefined && moved[0].start <= plain.start) yield moved.shift() as Instance;
    yield plain;
  }
  yield* moved;
}

/** @units occurrences computed at a time */
const CHUNK = 64;

function* plainDates(pattern: RecurrencePattern): Generator<string> {
  let from = dayOf(pattern.firstDate);
  for (;;) {
    const days = occurrenceDays(pattern, from, dayOf('4500-12-31'), CHUNK);
    for (const day of days) if (isUntouched(pattern, dateOf(day))) yield dateOf(day);
    const last = days.at(-1);
    if (last === undefined) return;
    from = last + 1;
  }
}

function plainAt(pattern: RecurrencePattern, zones: Zones, date: string): Instance {
  return instanceAt({ ...pattern, exceptions: [] }, zones, wallOf(dayOf(date) * 1440 + pattern.startMinutes));
}

function isPlain(pattern: RecurrencePattern, date: string): boolean {
  const day = dayOf(date);
  return isUntouched(pattern, date) && occurrenceDays(pattern, day, day, 1).length > 0;
}

function isUntouched(pattern: RecurrencePattern, date: string): boolean {
  return (
    !pattern.deleted.includes(date) &&
    !pattern.exceptions.some(({ originalStart }) => originalStart.slice(0, 10) === date)
  );
}
