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
  const moment = Date.parse(`${utc}Z`);
  return utcOf(moment + offsetSeconds(moment, iana) * 1000);
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
  const known = texts.get(second);
  if (known !== undefined) return known;
  const text = new Date(second * 1000).toISOString().slice(0, 19);
  if (texts.size > MOST) texts.clear();
  texts.set(second, text);
  return text;
}

/** So much of each kind is remembered: a calendar's times are not many, and asked for at every call. */
const MOST = 10_000;
const texts = new Map<number, string>();

/** @units milliseconds */
const DAY = 86_400_000;
const steadyDays = new Map<string, Map<number, number | undefined>>();

/** The offset of a zone on a day (of UTC, counted from 1970) on which it does not change; undefined where it does. */
function steadyOffset(day: number, iana: string): number | undefined {
  const days = ofZone(steadyDays, iana);
  if (days.has(day)) return days.get(day);
  const first = offsetSeconds(day * DAY, iana);
  const offset = first === offsetSeconds((day + 1) * DAY, iana) ? first : undefined;
  days.set(day, offset);
  return offset;
}

/** Zones change their offset at full quarters of an hour only; within one it is asked for once. */
const QUARTER = 900_000;
const offsets = new Map<string, Map<number, number>>();

function offsetSeconds(moment: number, iana: string): number {
  const quarter = Math.floor(moment / QUARTER);
  const quarters = ofZone(offsets, iana);
  const known = quarters.get(quarter);
  if (known !== undefined) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(iana);
  const offset = at.offsetNanoseconds / 1e9;
  quarters.set(quarter, offset);
  return offset;
}

function ofZone<T>(zones: Map<string, Map<number, T>>, iana: string): Map<number, T> {
  const known = zones.get(iana);
  if (known !== undefined && known.size <= MOST) return known;
  const made = new Map<number, T>();
  zones.set(iana, made);
  return made;
}
