/**
 * Between UTC and the machine's zone. Times are texts `YYYY-MM-DDTHH:MM:SS`. The date of "no date", 4501-01-01, is no moment
 * and is never converted.
 */
import { Temporal } from 'temporal-polyfill';

/** "No date" in the object model. @source outlook-objects.md section 6.4 */
export const NO_DATE = '4501-01-01T00:00:00';

/** UTC as wall time in `iana`. */
export function toLocalTime(utc: string, iana: string): string {
  if (utc >= NO_DATE) return utc;
  return shift(utc, offsetSeconds(`${utc}Z`, iana));
}

/** Wall time in `iana` as UTC; a time that the clocks skip is taken an hour later, one that comes twice the first time. */
export function toUtcTime(local: string, iana: string): string {
  if (local >= NO_DATE) return local;
  const day = Math.floor(Date.parse(`${local}Z`) / DAY);
  const steady = steadyOffset(day, iana);
  if (steady !== undefined && steady === steadyOffset(day - 1, iana) && steady === steadyOffset(day + 1, iana)) {
    return shift(local, -steady);
  }
  const moment = Temporal.PlainDateTime.from(local).toZonedDateTime(iana, { disambiguation: 'compatible' }).toInstant();
  return moment.toString({ smallestUnit: 'second' }).replace(/Z$/, '');
}

/** Adds whole seconds to a wall time. */
export function shift(wall: string, seconds: number): string {
  return utcOf(Date.parse(`${wall}Z`) + seconds * 1000);
}

/** @units milliseconds since 1970 → UTC text, whole seconds */
export function utcOf(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== last.second) last = { second, text: new Date(second * 1000).toISOString().slice(0, 19) };
  return last.text;
}

/** Most who ask are told the time it is now. */
let last = { second: 0, text: '1970-01-01T00:00:00' };

/** @units milliseconds */
const DAY = 86_400_000;
const steadyDays = new Map<string, number | undefined>();

/** The offset of a zone on a day (of UTC, counted from 1970) on which it does not change; undefined where it does. */
function steadyOffset(day: number, iana: string): number | undefined {
  const key = `${iana} ${day}`;
  if (steadyDays.has(key)) return steadyDays.get(key);
  const at = (moment: number) => offsetSeconds(new Date(moment).toISOString(), iana);
  const first = at(day * DAY);
  const offset = first === at((day + 1) * DAY) ? first : undefined;
  if (steadyDays.size > 50_000) steadyDays.clear();
  steadyDays.set(key, offset);
  return offset;
}

/** Zones change their offset at full quarters of an hour only; within one it is asked for once. */
const QUARTER = 900_000;
const offsets = new Map<string, number>();

function offsetSeconds(instant: string, iana: string): number {
  const quarter = Math.floor(Date.parse(instant) / QUARTER);
  const key = `${iana} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(iana);
  const offset = at.offsetNanoseconds / 1e9;
  if (offsets.size > 50_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}
