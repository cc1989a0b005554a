/**
 * An IANA zone → VTIMEZONE with its rules from a year on. Consecutive changes that follow one yearly rule (the nth or last
 * weekday of a month, at one wall time) become one observance with an RRULE; others stand one by one. Other programs than ours
 * need the definition; ours goes by the name.
 */

import { WEEKDAYS } from '../../domain/expand-rule.ts';
import type { ZoneId } from '../../domain/time.ts';
import { civilDate, DAY_SECONDS, dayOf, daysInMonth, secondsOf, wallOf, weekdayOf } from '../../domain/time-civil.ts';
import { offsetAt, type Transition, transitionsOf } from '../../domain/zones.ts';
import type { JCal, JCalProperty } from './write-event.ts';

// A rule still in force at the end of this many years is written without end.
const YEARS = 12;

/** The definition of a zone for events from `year` on. */
export function writeZone(zone: ZoneId, year: number): JCal {
  const from = secondsOf(`${String(year).padStart(4, '0')}-01-01`) * 1000;
  const to = from + YEARS * 366 * DAY_SECONDS * 1000;
  const start = offsetAt(zone, from);
  const changes = transitionsOf(zone, from, to);
  const first = observance('standard', from / 1000 + start, start, start, []);
  const groups = groupChanges(changes);
  return ['vtimezone', [['tzid', {}, 'text', zone]], [first, ...groups.map((group) => writeGroup(group, changes))]];
}

type Group = {
  readonly changes: Transition[];
  readonly month: number;
  readonly nth: number;
  readonly weekday: number;
  readonly time: number;
};

function groupChanges(changes: readonly Transition[]): readonly Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const wall = change.at / 1000 + change.before;
    const day = Math.floor(wall / DAY_SECONDS);
    const date = civilDate(day);
    const nths = ordinals(day);
    const time = wall - day * DAY_SECONDS;
    const group = groups.findLast(
      (candidate) =>
        candidate.month === date.month &&
        candidate.time === time &&
        candidate.weekday === weekdayOf(day) &&
        nths.includes(candidate.nth) &&
        isNextYear(candidate, change, date.year),
    );
    if (group !== undefined) group.changes.push(change);
    else groups.push({ changes: [change], month: date.month, nth: nths[0] ?? 1, weekday: weekdayOf(day), time });
  }
  return groups;
}

function isNextYear(group: Group, change: Transition, year: number): boolean {
  const last = group.changes.at(-1);
  if (last === undefined || last.before !== change.before || last.after !== change.after) return false;
  return civilDate(Math.floor((last.at / 1000 + last.before) / DAY_SECONDS)).year === year - 1;
}

/** Which ordinals a day has in its month: the last week's counts from the end first, as rules of law do. */
function ordinals(day: number): readonly number[] {
  const { year, month, day: dayOfMonth } = civilDate(day);
  const nth = Math.ceil(dayOfMonth / 7);
  return dayOfMonth + 7 > daysInMonth(year, month) ? [-1, nth] : [nth];
}

function writeGroup(group: Group, all: readonly Transition[]): JCal {
  const [first] = group.changes;
  const last = group.changes.at(-1) ?? first;
  if (first === undefined || last === undefined) return observance('standard', 0, 0, 0, []);
  const name = first.after > first.before ? 'daylight' : 'standard';
  const begin = first.at / 1000 + first.before;
  if (group.changes.length === 1) return observance(name, begin, first.before, first.after, []);
  const isOpen = all.every((change) => change.at <= last.at + 366 * DAY_SECONDS * 1000) && group.changes.length > 2;
  const rule: Record<string, unknown> = {
    freq: 'YEARLY',
    bymonth: group.month,
    byday: `${group.nth}${WEEKDAYS[group.weekday]}`,
  };
  if (!isOpen) rule.until = `${wallOf(last.at / 1000)}Z`;
  return observance(name, begin, first.before, first.after, [['rrule', {}, 'recur', rule]]);
}

function observance(
  name: 'standard' | 'daylight',
  wall: number,
  before: number,
  after: number,
  more: readonly JCalProperty[],
): JCal {
  return [
    name,
    [
      ['dtstart', {}, 'date-time', wallOf(wall)],
      ['tzoffsetfrom', {}, 'utc-offset', offsetText(before)],
      ['tzoffsetto', {}, 'utc-offset', offsetText(after)],
      ...more,
    ],
    [],
  ];
}

function offsetText(seconds: number): string {
  const rest = Math.abs(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const tail = rest % 60 === 0 ? '' : `:${two(rest % 60)}`;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}${tail}`;
}

/** Year of a date or wall time. */
export function yearOf(text: string): number {
  return civilDate(dayOf(text)).year;
}
