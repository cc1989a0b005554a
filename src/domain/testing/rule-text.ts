/** RRULE texts of recorded cases, for tests only. */

import { type RulePlan, WEEKDAYS } from '../expand-rule.ts';
import type { ByDay, Frequency, Recurrence, Weekday } from '../recurrence.ts';
import { secondsOf } from '../time-civil.ts';
import { instantOf, wallAt } from '../zones.ts';

/** The plan of a rule; undefined when its frequency is none. @param zone `floating` or an IANA id */
export function planOf(text: string, start: string, zone: string): RulePlan | undefined {
  const parts = new Map(
    text
      .toUpperCase()
      .split(';')
      .flatMap((part) => (part.includes('=') ? [part.split('=') as [string, string]] : [])),
  );
  const numbers = (name: string) => (parts.get(name)?.split(',') ?? []).map(Number);
  const frequency = parts.get('FREQ') as Frequency | undefined;
  if (frequency === undefined || !/^(SECOND|MINUTE|HOUR|DAI|WEEK|MONTH|YEAR)LY$/.test(frequency)) return undefined;
  const count = parts.get('COUNT');
  const rule: Recurrence = {
    frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    end: count === undefined ? { kind: 'never' } : { kind: 'count', count: Number(count) },
    byDay: (parts.get('BYDAY')?.split(',') ?? []).map(
      (day): ByDay => ({ day: day.slice(-2) as Weekday, offset: Number(day.slice(0, -2) || 0) }),
    ),
    byMonthDay: numbers('BYMONTHDAY'),
    byMonth: numbers('BYMONTH'),
    bySetPos: numbers('BYSETPOS'),
    byYearDay: numbers('BYYEARDAY'),
    byWeekNo: numbers('BYWEEKNO'),
    byHour: numbers('BYHOUR'),
    byMinute: numbers('BYMINUTE'),
    bySecond: numbers('BYSECOND'),
  };
  const weekStart = Math.max(0, WEEKDAYS.indexOf((parts.get('WKST') ?? 'MO') as Weekday));
  return { rule, start: secondsOf(wallOfText(start)), until: untilSeconds(parts.get('UNTIL'), zone), weekStart };
}

function untilSeconds(until: string | undefined, zone: string): number {
  if (until === undefined) return Number.POSITIVE_INFINITY;
  const wall = wallOfText(until);
  if (!until.includes('T')) return secondsOf(wall) + 86_399;
  return secondsOf(until.endsWith('Z') && zone !== 'floating' ? wallAt(instantOf(wall, 'UTC'), zone) : wall);
}

/** `20240101T090000Z` or `2024-01-01` as a wall time. */
export function wallOfText(text: string): string {
  const digits = text.replace(/\D/g, '').padEnd(14, '0');
  const at = (from: number, to: number) => digits.slice(from, to);
  return `${at(0, 4)}-${at(4, 6)}-${at(6, 8)}T${at(8, 10)}:${at(10, 12)}:${at(12, 14)}`;
}
