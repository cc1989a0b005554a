/**
 * VTIMEZONE → IANA zone, by name when the name says it, else by what its rules do in the years that matter (H10): the
 * names that Outlook writes are localised, customised or invented, while its rules are those of some real zone.
 */
import { expandRule } from '../../domain/expand-rule.ts';
import type { Moment, WallTime, ZoneId } from '../../domain/time.ts';
import { secondsOf, wallOf } from '../../domain/time-civil.ts';
import { type Instant, instantOf, offsetAt, transitionsOf, wallAt, zoneOf } from '../../domain/zones.ts';
import { ianaZoneOf, windowsZoneIds } from '../../outlook/model/windows-zones.ts';
import { type IcalComponent, properties, property, textOf } from './calendar-tree.ts';
import { readRule } from './read-rule.ts';
import { timeOf, timesOf } from './time-value.ts';
import { zoneOfName } from './zone-names.ts';

/** Places a wall time that carries a TZID: in its IANA zone where one fits, else at the same instant in UTC. */
export type ZoneBook = { place(wall: WallTime, tzid: string | undefined): Moment };

/** A period of one offset: it begins at `onsets` (wall time before the change). Offsets @units seconds east of UTC */
type Observance = {
  readonly before: number;
  readonly after: number;
  readonly onsets: (from: number, to: number) => readonly number[];
};

/** @param fallback zone for names that nothing explains (X-WR-TIMEZONE); undefined = such times float */
export function zoneBook(definitions: readonly IcalComponent[], fallback: ZoneId | undefined): ZoneBook {
  const byName = new Map<string, IcalComponent>();
  for (const definition of definitions) {
    const name = textOf(definition, 'TZID') ?? '';
    if (!byName.has(name)) byName.set(name, definition);
  }
  const observances = new Map<IcalComponent, readonly Observance[]>();
  const found = new Map<string, ZoneId | undefined>();

  const rulesOf = (definition: IcalComponent) => {
    const known = observances.get(definition) ?? definition.children.flatMap(observanceOf).slice(0, MOST_OBSERVANCES);
    observances.set(definition, known);
    return known;
  };
  const byRules = (name: string, wall: WallTime, definition: IcalComponent) => {
    const key = `${wall.slice(0, 4)} ${name}`;
    if (!found.has(key)) found.set(key, matchRules(rulesOf(definition), wall));
    return found.get(key);
  };
  return {
    place(wall, tzid) {
      if (tzid === undefined) return { wall, zone: undefined };
      if (tzid === 'UTC') return { wall, zone: 'UTC' };
      const definition = byName.get(tzid) ?? byName.get(tzid.replaceAll('"', ''));
      const named = zoneOfName(tzid) ?? zoneOfName((definition && textOf(definition, 'X-LIC-LOCATION')) ?? '');
      if (named !== undefined) return { wall, zone: named };
      if (definition === undefined || rulesOf(definition).length === 0) return { wall, zone: fallback };
      const matched = byRules(tzid, wall, definition);
      if (matched !== undefined) return { wall, zone: matched };
      const seconds = secondsOf(wall);
      return { wall: wallOf(seconds - offsetByRules(rulesOf(definition), seconds)), zone: 'UTC' };
    },
  };
}

// A VTIMEZONE with a history has a few dozen observances.
const MOST_OBSERVANCES = 400;

function observanceOf(component: IcalComponent): readonly Observance[] {
  const before = offsetOf(component, 'TZOFFSETFROM');
  const after = offsetOf(component, 'TZOFFSETTO');
  const line = property(component, 'DTSTART');
  const start = line === undefined ? undefined : timeOf(line);
  if (before === undefined || after === undefined || start === undefined) return [];
  const first = secondsOf(start.kind === 'date' ? start.date : start.wall);
  const ruleLine = property(component, 'RRULE');
  const read = ruleLine === undefined ? undefined : readRule(ruleLine.value);
  const extra = properties(component, 'RDATE').flatMap((dates) =>
    timesOf(dates).map((time) => secondsOf(time.kind === 'date' ? time.date : time.wall)),
  );
  if (read?.ok !== true)
    return [{ before, after, onsets: (from, to) => [first, ...extra].filter((at) => at >= from && at < to) }];
  const { rule, until } = read.value;
  const last =
    until === undefined
      ? Number.POSITIVE_INFINITY
      : until.kind === 'date'
        ? secondsOf(until.date) + 86_399
        : secondsOf(until.wall) + (until.zone === 'UTC' ? before : 0);
  const onsets = (from: number, to: number) => {
    const ruled = expandRule({ rule, start: first, until: last }, from, to, 50).starts;
    return [first, ...extra, ...ruled].filter((at) => at >= from && at < to);
  };
  return [{ before, after, onsets }];
}

/** @units seconds east of UTC */
function offsetOf(component: IcalComponent, name: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(property(component, name)?.value.trim() ?? '');
  if (match === null) return undefined;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return match[1] === '-' ? -seconds : seconds;
}

type Change = { readonly at: Instant; readonly before: number; readonly after: number };

/** Changes of offset by the rules, in a span of wall time. */
function changesOf(observances: readonly Observance[], from: number, to: number): readonly Change[] {
  const changes = observances.flatMap(({ before, after, onsets }) =>
    onsets(from, to).map((onset) => ({ at: (onset - before) * 1000, before, after })),
  );
  return changes.sort((a, b) => a.at - b.at).filter((change, i, all) => change.at !== all[i - 1]?.at);
}

/** Offset at a wall time by the rules. @units seconds east of UTC */
function offsetByRules(observances: readonly Observance[], wall: number): number {
  const past = changesOf(observances, wall - TWO_YEARS, wall);
  const last = past.at(-1);
  if (last !== undefined) return last.after;
  const latest = observances
    .flatMap((entry) => entry.onsets(Number.NEGATIVE_INFINITY, wall).map((onset) => ({ onset, after: entry.after })))
    .sort((a, b) => a.onset - b.onset)
    .at(-1);
  return latest?.after ?? observances[0]?.before ?? 0;
}

const TWO_YEARS = 2 * 366 * 86_400;

/**
 * The zone whose clock does what the rules say in the year of `wall` and the next; failing that, in the year alone; failing
 * that, the fixed-offset zone when the rules never change.
 */
function matchRules(observances: readonly Observance[], wall: WallTime): ZoneId | undefined {
  const year = Number(wall.slice(0, 4));
  if (year < 1900 || year > 2200) return undefined;
  for (const years of [2, 1]) {
    const from = secondsOf(`${year}-01-01`);
    const to = secondsOf(`${year + years}-01-01`);
    const wanted = changesOf(observances, from, to).filter((change) => change.before !== change.after);
    const start = offsetByRules(observances, from);
    const match = candidates().find((zone) => sameChanges(zone, start, wanted, from, to));
    if (match !== undefined) return match;
  }
  const seconds = secondsOf(wall);
  const changes = changesOf(observances, seconds - TWO_YEARS, seconds + TWO_YEARS).filter(
    (change) => change.before !== change.after,
  );
  const offset = offsetByRules(observances, seconds);
  if (changes.length > 0 || offset % 3600 !== 0) return undefined;
  return zoneOf(offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset) / 3600}`);
}

function sameChanges(zone: ZoneId, start: number, wanted: readonly Change[], from: number, to: number): boolean {
  // The offsets first: they are cheap, and rule out most zones.
  const begin = (from - start) * 1000;
  if (offsetAt(zone, begin) !== start) return false;
  const end = to * 1000 - (wanted.at(-1)?.after ?? start) * 1000;
  const actual = transitionsOf(zone, begin, end).filter((change) => change.before !== change.after);
  return (
    actual.length === wanted.length &&
    actual.every((change, i) => change.at === wanted[i]?.at && change.after === wanted[i]?.after)
  );
}

let listed: readonly ZoneId[] | undefined;

/** The typical zone of each Windows zone, the busiest first: every rule in force somewhere is among them. */
function candidates(): readonly ZoneId[] {
  if (listed === undefined) {
    const typical = windowsZoneIds().flatMap((id) => zoneOf(ianaZoneOf(id) ?? '') ?? []);
    listed = [...new Set(['Europe/Paris', 'Europe/London', 'America/New_York', 'America/Los_Angeles', ...typical])];
  }
  return listed;
}

/** The wall time of a moment in another zone. */
export function wallIn(moment: Moment, zone: ZoneId | undefined): WallTime {
  if (moment.zone === undefined || zone === undefined || moment.zone === zone) return moment.wall;
  return wallAt(instantOf(moment.wall, moment.zone), zone);
}
