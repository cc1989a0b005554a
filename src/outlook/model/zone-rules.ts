/**
 * Between zone rules, as Outlook stores them, and IANA zones.
 *
 * Items carry their zone's rules beside its name. The name is what counts; the rules are the way out where the name says nothing
 * (a "Customized Time Zone", a file without key name): the zone that keeps the same time through the year in question.
 */
import { Temporal } from 'temporal-polyfill';
import { effectiveRule, type SystemTime, type ZoneDefinition, type ZoneRule } from './time-zone-blob.ts';
import { ianaZoneOf, windowsZoneId, windowsZoneIds, windowsZoneOf } from './windows-zones.ts';

/** Where a zone's rules change no clock. */
export const NO_DATE: SystemTime = {
  year: 0,
  month: 0,
  dayOfWeek: 0,
  day: 0,
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
};
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Among zones that keep the same time, those that people are likely to mean come first. */
const LIKELY = [
  'UTC',
  'Europe/Paris',
  'Europe/London',
  'Europe/Kiev',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Tokyo',
  'Asia/Shanghai',
  'Australia/Sydney',
] as const;

/** How an IANA zone keeps time in a year, as a rule of Windows. A change that stays (no way back that year) is no summer time. */
export function zoneRuleOf(iana: string, year: number): ZoneRule {
  const key = `${iana} ${year}`;
  const rule = known.get(key) ?? computeRule(iana, year);
  if (known.size > MOST_KNOWN) known.clear();
  known.set(key, rule);
  return rule;
}

/** Rules are asked for over and over, and take a walk through the zone's changes to find. */
const known = new Map<string, ZoneRule>();
const MOST_KNOWN = 2000;

function computeRule(iana: string, year: number): ZoneRule {
  const changes = changesOf(iana, year);
  const [first, second] = changes;
  if (changes.length !== 2 || first === undefined || second === undefined || first.after === second.after) {
    const bias = 0 - offsetAt(iana, Date.UTC(year + 1, 0, 1) - DAY);
    return { bias, standardBias: 0, daylightBias: 0, standardDate: NO_DATE, daylightDate: NO_DATE };
  }
  const [toDaylight, toStandard] = first.after > second.after ? [first, second] : [second, first];
  return {
    bias: 0 - toStandard.after,
    standardBias: 0,
    daylightBias: toStandard.after - toDaylight.after,
    standardDate: systemTimeOf(toStandard.at + toStandard.before * MINUTE),
    daylightDate: systemTimeOf(toDaylight.at + toDaylight.before * MINUTE),
  };
}

/**
 * An IANA zone that keeps the time of `rule` all through `year`; undefined when none does.
 * @param prefer zones to try first, such as the user's own
 */
export function ianaZoneOfRule(rule: ZoneRule, year: number, prefer: readonly string[] = []): string | undefined {
  const others = windowsZoneIds().flatMap((id) => ianaZoneOf(id) ?? []);
  const instants = instantsToCompare(rule, year);
  return [...prefer, ...LIKELY, ...others].find((zone) =>
    instants.every((at) => offsetAt(zone, at) === ruleOffsetAt(rule, year, at)),
  );
}

/** The IANA zone of an item: by its Windows id, else by its rules. See {@link ianaZoneOfRule}. */
export function ianaZoneOfDefinition(
  definition: ZoneDefinition,
  year: number,
  prefer: readonly string[] = [],
): string | undefined {
  const id = windowsZoneId(definition.keyName);
  if (id !== undefined) return prefer.find((zone) => windowsZoneOf(zone) === id) ?? ianaZoneOf(id);
  const rule = effectiveRule(definition);
  return rule === undefined ? undefined : ianaZoneOfRule(rule, year, prefer);
}

/** @units offsets in minutes east of UTC; `at` in milliseconds since 1970 */
type Change = { readonly at: number; readonly before: number; readonly after: number };

function changesOf(iana: string, year: number): Change[] {
  const changes: Change[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1) - 1).toZonedDateTimeISO(iana);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) return changes;
    const before = offsetAt(iana, next.epochMilliseconds - 1);
    const after = offsetAt(iana, next.epochMilliseconds);
    if (before !== after) changes.push({ at: next.epochMilliseconds, before, after });
    at = next;
  }
}

/** @units minutes east of UTC */
function offsetAt(iana: string, at: number): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(iana);
  return Math.round(offsetNanoseconds / 60e9);
}

/** A rule such as "the last Sunday at 3 o'clock"; a date that could be the fourth and the last of its month is the last. */
function systemTimeOf(wall: number): SystemTime {
  const date = new Date(wall);
  const day = date.getUTCDate();
  const month = date.getUTCMonth() + 1;
  const length = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
  return {
    ...NO_DATE,
    month,
    dayOfWeek: date.getUTCDay(),
    day: day + 7 > length ? 5 : Math.ceil(day / 7),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** Both sides of each change, the ends of the year, and a moment in each month. */
function instantsToCompare(rule: ZoneRule, year: number): number[] {
  const { daylight, standard } = ruleChanges(rule, year);
  const changes = [daylight, standard].filter((at) => at !== undefined).flatMap((at) => [at - MINUTE, at]);
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(year, month, 15, 12));
  return [Date.UTC(year, 0, 1, 12), Date.UTC(year, 6, 1, 12), ...changes, ...months];
}

/**
 * What a rule of Windows makes of a moment, its year being the one that counts.
 * @param utc `YYYY-MM-DDTHH:MM:SS` @returns wall time of the same form
 */
export function wallTimeByRule(rule: ZoneRule, utc: string): string {
  const at = Date.parse(`${utc}Z`);
  const offset = ruleOffsetAt(rule, Number(utc.slice(0, 4)), at);
  return new Date(at + offset * MINUTE).toISOString().slice(0, 19);
}

function ruleOffsetAt(rule: ZoneRule, year: number, at: number): number {
  const { daylight, standard } = ruleChanges(rule, year);
  const standardOffset = 0 - (rule.bias + rule.standardBias);
  if (daylight === undefined || standard === undefined) return standardOffset;
  const inDaylight = daylight < standard ? at >= daylight && at < standard : at >= daylight || at < standard;
  return inDaylight ? 0 - (rule.bias + rule.daylightBias) : standardOffset;
}

function ruleChanges(rule: ZoneRule, year: number) {
  const daylight = wallOfRule(rule.daylightDate, year);
  const standard = wallOfRule(rule.standardDate, year);
  return {
    daylight: daylight === undefined ? undefined : daylight + (rule.bias + rule.standardBias) * MINUTE,
    standard: standard === undefined ? undefined : standard + (rule.bias + rule.daylightBias) * MINUTE,
  };
}

function wallOfRule(time: SystemTime, year: number): number | undefined {
  if (time.month < 1 || time.month > 12 || (time.year !== 0 && time.year !== year)) return undefined;
  const clock = (time.hour * 60 + time.minute) * MINUTE + time.second * 1000;
  if (time.year !== 0) return Date.UTC(year, time.month - 1, time.day) + clock;
  const first = Date.UTC(year, time.month - 1, 1);
  const length = new Date(Date.UTC(year, time.month, 0)).getUTCDate();
  const offset = (time.dayOfWeek - new Date(first).getUTCDay() + 7) % 7;
  let day = offset + (Math.max(1, time.day) - 1) * 7;
  while (day >= length) day -= 7;
  return first + day * DAY + clock;
}
