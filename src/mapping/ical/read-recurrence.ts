/** RRULE, EXDATE, RDATE → the server's recurrence members, in the zone and precision of the start. */

import type { LocalDate, Moment, When } from '../../domain/time.ts';
import { addDays, addSeconds, DAY_SECONDS, secondsOf } from '../../domain/time-civil.ts';
import type { RRule } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import { bmDate, bmDateTime, bmMoment } from '../bluemind/event/date-time.ts';
import { type IcalComponent, properties } from './calendar-tree.ts';
import { meansSameFromMonday, type ReadRule, readRule } from './read-rule.ts';
import { lengthOf, occurrenceStart, periodLength } from './read-when.ts';
import { type IcalTime, periodsOf, timesOf } from './time-value.ts';
import { wallIn, type ZoneBook } from './zone-rules.ts';

export type ServerRecurrence = {
  readonly rrule: RRule | null;
  readonly exdate: BmDateTime[] | null;
  readonly rdate: BmDateTime[] | null;
  /** Added occurrences of another length than the series: they need an exception each. */
  readonly periods: readonly { readonly start: LocalDate | Moment; readonly end: LocalDate | Moment }[];
};

const MOST_DATES = 5000;

/** The recurrence of a main event; a text says why it cannot be kept. */
export function readRecurrence(event: IcalComponent, when: When, zones: ZoneBook): ServerRecurrence | string {
  const rules = properties(event, 'RRULE').filter((line) => line.value.trim() !== '');
  if (new Set(rules.map((line) => line.value.trim().toUpperCase())).size > 1)
    return 'repeats by two rules; BlueMind holds one';
  if (properties(event, 'EXRULE').length > 0)
    return 'leaves out occurrences by a rule (EXRULE), which BlueMind cannot hold';
  const excluded = datesOf(event, 'EXDATE', when, zones);
  if (typeof excluded === 'string') return excluded;
  const added = addedOf(event, when, zones);
  if (typeof added === 'string') return added;
  const [line] = rules;
  const rrule = line === undefined ? null : ruleOf(line.value, when, zones);
  if (typeof rrule === 'string') return rrule;
  const isSeries = rrule !== null || added.dates.length > 0;
  return {
    rrule,
    exdate: isSeries && excluded.length > 0 ? excluded.map(bmDateTime) : null,
    rdate: added.dates.length > 0 ? added.dates.map(bmDateTime) : null,
    periods: added.periods,
  };
}

function ruleOf(text: string, when: When, zones: ZoneBook): RRule | string {
  const read = readRule(text);
  if (!read.ok) return read.reason;
  const start = secondsOf(when.kind === 'date' ? when.start : when.start.wall);
  if (!meansSameFromMonday(read.value.rule, start, read.value.weekStart)) {
    return 'repeats by weeks that begin on another day than Monday, which BlueMind cannot hold';
  }
  return toServer(read.value, when, zones);
}

/** The server's form of a rule that starts at `when`. */
function toServer({ rule, until }: ReadRule, when: When, zones: ZoneBook): RRule {
  const end = until === undefined ? undefined : untilOf(until, when, zones);
  const count = rule.end.kind === 'count' ? rule.end.count : null;
  const numbers = (list: readonly number[]) => (list.length > 0 ? [...list] : null);
  return {
    frequency: rule.frequency,
    interval: rule.interval,
    // A rule that ends before it starts is its start alone; the server would refuse the date.
    count: end === 'before' ? 1 : end === undefined ? count : null,
    until: end === 'before' ? null : (end ?? null),
    byDay: rule.byDay.length > 0 ? rule.byDay.map(({ day, offset }) => ({ day, offset })) : null,
    byMonthDay: numbers(rule.byMonthDay),
    byMonth: numbers(rule.byMonth),
    bySetPos: numbers(rule.bySetPos),
    byYearDay: numbers(rule.byYearDay),
    byWeekNo: numbers(rule.byWeekNo),
    byHour: numbers(rule.byHour),
    byMinute: numbers(rule.byMinute),
    bySecond: numbers(rule.bySecond),
  };
}

/** Kept in the form written (H6): a date stays a date, UTC stays UTC; a bare time is in the zone of the start. */
function untilOf(until: IcalTime, when: When, zones: ZoneBook): BmDateTime | 'before' {
  if (when.kind === 'date') {
    const date = until.kind === 'date' ? until.date : until.wall.slice(0, 10);
    return date < when.start ? 'before' : bmDate(date);
  }
  if (until.kind === 'date') return until.date < when.start.wall.slice(0, 10) ? 'before' : bmDate(until.date);
  const placed = zones.place(until.wall, until.zone);
  const moment = placed.zone === undefined ? { wall: placed.wall, zone: when.start.zone } : placed;
  return wallIn(moment, when.start.zone) < when.start.wall ? 'before' : bmMoment(moment);
}

type Added = { readonly dates: readonly (LocalDate | Moment)[]; readonly periods: ServerRecurrence['periods'] };

function addedOf(event: IcalComponent, when: When, zones: ZoneBook): Added | string {
  const lines = properties(event, 'RDATE');
  const usual = lengthOf(when);
  const periods: { start: LocalDate | Moment; end: LocalDate | Moment }[] = [];
  for (const line of lines) {
    for (const { start, end, seconds } of periodsOf(line)) {
      const length = periodLength(start, end, seconds);
      if (length === undefined || length === usual || length < 0) continue;
      const at = occurrenceStart(start, when, zones);
      periods.push({ start: at, end: endAfter(at, length) });
      if (periods.length > MOST_DATES) return `has more than ${MOST_DATES} added occurrences`;
    }
  }
  const dates = datesOf(event, 'RDATE', when, zones);
  if (typeof dates === 'string') return dates;
  // The start itself is often listed again.
  const first = JSON.stringify(when.start);
  return { dates: dates.filter((date) => JSON.stringify(date) !== first), periods };
}

function endAfter(at: LocalDate | Moment, seconds: number): LocalDate | Moment {
  if (typeof at === 'string') return addDays(at, Math.max(1, Math.ceil(seconds / DAY_SECONDS)));
  return { wall: addSeconds(at.wall, seconds), zone: at.zone };
}

function datesOf(
  event: IcalComponent,
  name: 'EXDATE' | 'RDATE',
  when: When,
  zones: ZoneBook,
): readonly (LocalDate | Moment)[] | string {
  const found = new Map<string, LocalDate | Moment>();
  for (const line of properties(event, name)) {
    const times = timesOf(line);
    if (times.length > MOST_DATES) return tooMany(name);
    for (const time of times) {
      const at = occurrenceStart(time, when, zones);
      found.set(typeof at === 'string' ? at : at.wall, at);
    }
    if (found.size > MOST_DATES) return tooMany(name);
  }
  return [...found.values()];
}

function tooMany(name: 'EXDATE' | 'RDATE'): string {
  return `has more than ${MOST_DATES} ${name === 'EXDATE' ? 'removed' : 'added'} occurrences`;
}
