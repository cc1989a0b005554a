import { WEEKDAYS } from '../../domain/expand-rule.ts';
import { dayOf, weekdayOf } from '../../domain/time-civil.ts';
import { offsetAt } from '../../domain/zones.ts';
import type { ByDayRule, RRule, VEvent } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import {
  dayOfPoint,
  instantOfPoint,
  type Point,
  plusDays,
  readPoint,
  renameZone,
  sayLike,
  writePoint,
} from './point.ts';

/**
 * What the server changes in an event without saying so: rules [W1], [W4] to [W8] of docs/server.md (people are rewritten in
 * rewrite-people.ts, tags and cancelled events in calendar-items.ts). Expects dates that can be read. @source fact sheet 10.2
 */
export type Surroundings = {
  /** The zone of the calendar or its owner, whose name replaces that of zones with the same clock. */
  readonly zone: string;
  /** @units epoch milliseconds */
  readonly now: number;
};

export function rewriteEvent<E extends VEvent>(event: E, around: Surroundings): E {
  return renameZones(
    rewriteRule(
      rewriteTimes({ ...event, ...defaults(event), description: bodyOf(event.description), alarm: alarms(event) }),
    ),
    around,
  );
}

/** [W1] status, priority and transparency that were left out. */
function defaults(event: VEvent): Partial<VEvent> {
  const allDay = event.dtstart?.precision === 'Date';
  return {
    status: event.status ?? 'Confirmed',
    priority: typeof event.priority === 'number' ? Math.min(9, Math.max(0, event.priority)) : null,
    transparency: event.transparency ?? (allDay ? 'Transparent' : 'Opaque'),
    classification: event.classification ?? 'Public',
  };
}

/** [W8] alarms without a trigger go. */
function alarms(event: VEvent): VEvent['alarm'] {
  return event.alarm?.filter((alarm) => typeof alarm.trigger === 'number') ?? event.alarm;
}

/** [W8] a description is what stands inside `<body>`. Found by searching, not by a pattern that could backtrack. */
export function bodyOf(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  const lower = html.toLowerCase();
  const open = lower.indexOf('<body');
  const start = open < 0 ? -1 : lower.indexOf('>', open);
  if (start < 0) return html;
  const end = lower.lastIndexOf('</body');
  return html.slice(start + 1, end > start ? end : undefined);
}

/** [W4] an end where there is none, at the start's precision; [W5] exdates only beside a rule. */
function rewriteTimes<E extends VEvent>(event: E): E {
  if (!event.dtstart) return event;
  const start = readPoint(event.dtstart);
  const exdates = (event.exdate ?? []).map((date) => {
    const point = readPoint(date);
    return writePoint(point.kind === start.kind ? point : sayLike(point, start));
  });
  return {
    ...event,
    dtstart: writePoint(start),
    dtend: writePoint(endOf(event.dtend, start)),
    exdate: event.rrule ? sameAsFirst(exdates) : null,
    rdate: sameAsFirst(event.rdate),
    rrule: event.rrule?.until
      ? { ...event.rrule, until: writePoint(readPoint(event.rrule.until)) }
      : (event.rrule ?? null),
    ...recuridOf(event),
  };
}

function recuridOf(event: VEvent): object {
  return 'recurid' in event && event.recurid ? { recurid: writePoint(readPoint(event.recurid as BmDateTime)) } : {};
}

function endOf(dtend: BmDateTime | null | undefined, start: Point): Point {
  if (!dtend) return start.kind === 'date' ? plusDays(start, 1) : start;
  const read = readPoint(dtend);
  // The end keeps a zone of its own; only its precision follows the start.
  const end = read.kind === start.kind ? read : sayLike(read, start);
  return start.kind === 'date' && dayOfPoint(end) === dayOfPoint(start) ? plusDays(start, 1) : end;
}

function sameAsFirst(dates: readonly BmDateTime[] | null | undefined): readonly BmDateTime[] | null {
  const points = (dates ?? []).map(readPoint);
  const first = points[0];
  return first === undefined ? null : distinct(points.map((point) => sayLike(point, first))).map(writePoint);
}

function distinct(points: readonly Point[]): readonly Point[] {
  return [...new Map(points.map((point) => [instantOfPoint(point), point])).values()];
}

/** [W6] weekly rules and their start agree on the weekday; [W7] weekdays once each, in order, numbered only where that means something. */
function rewriteRule<E extends VEvent>(event: E): E {
  const rule = event.rrule;
  if (!rule?.frequency || !event.dtstart) return event;
  const start = readPoint(event.dtstart);
  const weekday = weekdayOf(dayOf(dayOfPoint(start)));
  const byDay = weekdays(rule);
  if (rule.frequency !== 'WEEKLY') return { ...event, rrule: { ...rule, byDay } };
  if (byDay === null) return { ...event, rrule: { ...rule, byDay: [{ day: WEEKDAYS[weekday] ?? 'MO', offset: 0 }] } };
  const wanted = byDay.map(({ day }) => (WEEKDAYS as readonly unknown[]).indexOf(day)).filter((index) => index >= 0);
  if (wanted.length === 0 || wanted.includes(weekday)) return { ...event, rrule: { ...rule, byDay } };
  const shift = Math.min(...wanted) - weekday;
  const dtend = event.dtend ? writePoint(plusDays(readPoint(event.dtend), shift)) : event.dtend;
  return { ...event, dtstart: writePoint(plusDays(start, shift)), dtend, rrule: { ...rule, byDay } };
}

/** Absent when there is none; codes that are no weekday are kept for the check to refuse. */
function weekdays(rule: RRule): readonly ByDayRule[] | null {
  if (!rule.byDay || rule.byDay.length === 0) return null;
  const numbered = (rule.frequency === 'MONTHLY' || rule.frequency === 'YEARLY') && !hasWeeks(rule);
  const days = rule.byDay.map(({ day, offset }) => ({ day: day ?? null, offset: numbered ? (offset ?? 0) : 0 }));
  const unique = new Map(days.map((entry) => [`${entry.day}:${entry.offset}`, entry]));
  const order = ({ day }: ByDayRule) => (WEEKDAYS as readonly unknown[]).indexOf(day);
  return [...unique.values()].sort((a, b) => order(a) - order(b) || (a.offset ?? 0) - (b.offset ?? 0));
}

function hasWeeks(rule: RRule): boolean {
  return rule.frequency === 'YEARLY' && (rule.byWeekNo ?? []).length > 0;
}

/** [W9] a zone whose clock was and will be that of the default zone this year takes the default zone's name. */
function renameZones<E extends VEvent>(event: E, around: Surroundings): E {
  const rename = (date: BmDateTime | null | undefined): BmDateTime | null => {
    if (!date) return null;
    const from = date.timezone;
    if (!from || from === around.zone || !sameThisYear(from, around)) return date;
    return writePoint(renameZone(readPoint(date), from, around.zone));
  };
  const list = (dates: readonly BmDateTime[] | null | undefined) =>
    dates?.flatMap((date) => rename(date) ?? []) ?? null;
  return {
    ...event,
    dtstart: rename(event.dtstart),
    dtend: rename(event.dtend),
    exdate: list(event.exdate),
    rdate: list(event.rdate),
    ...('recurid' in event ? { recurid: rename(event.recurid as BmDateTime | null) } : {}),
  };
}

function sameThisYear(zone: string, { zone: home, now }: Surroundings): boolean {
  const year = new Date(now).getUTCFullYear();
  return [Date.UTC(year, 6, 20), Date.UTC(year, 11, 20)].every((at) => offsetAt(zone, at) === offsetAt(home, at));
}
