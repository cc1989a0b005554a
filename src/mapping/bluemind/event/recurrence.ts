import type { Recurrence, SeriesEnd, Weekday } from '../../../domain/recurrence.ts';
import type { RRule, VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';
import { bmDate, bmMoment, readBmDateTime, settledMoment } from './date-time.ts';

const WEEKDAYS: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * The recurrence rule. A date as end stays a date and a moment a moment, in its own zone (H6).
 * @loss a rule without a frequency reads as none; COUNT wins over an UNTIL beside it; unknown weekdays
 * @source bluemind-api.md 4.4, 10.1
 */
export const recurrence: Field<VEvent, Recurrence | undefined> = patching({
  read: ({ rrule }) => (rrule == null ? undefined : readRule(rrule)),
  write: (event, value) => ({ ...event, rrule: value === undefined ? null : { ...event.rrule, ...writeRule(value) } }),
  survives: (value) => (value === undefined ? undefined : readRule(writeRule(value))),
});

function readRule(rule: RRule): Recurrence | undefined {
  if (rule.frequency == null) return undefined;
  const numbers = (list: RRule['byHour']) => (list ?? []).filter((entry) => entry != null);
  return {
    frequency: rule.frequency,
    interval: Math.max(1, rule.interval ?? 1),
    end: readEnd(rule),
    byDay: (rule.byDay ?? [])
      .filter((entry) => WEEKDAYS.includes(entry.day ?? ''))
      .map((entry) => ({ day: entry.day as Weekday, offset: entry.offset ?? 0 })),
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

function readEnd(rule: RRule): SeriesEnd {
  if (rule.count != null && rule.count > 0) return { kind: 'count', count: rule.count };
  const until = readBmDateTime(rule.until);
  if (until === undefined) return { kind: 'never' };
  return typeof until === 'string'
    ? { kind: 'untilDate', date: until }
    : { kind: 'untilMoment', moment: settledMoment(until) };
}

function writeRule(value: Recurrence): RRule {
  const numbers = (list: readonly number[]) => (list.length > 0 ? list : null);
  const { end } = value;
  return {
    frequency: value.frequency,
    count: end.kind === 'count' ? end.count : null,
    until: end.kind === 'untilDate' ? bmDate(end.date) : end.kind === 'untilMoment' ? bmMoment(end.moment) : null,
    interval: value.interval,
    bySecond: numbers(value.bySecond),
    byMinute: numbers(value.byMinute),
    byHour: numbers(value.byHour),
    byDay: value.byDay.length > 0 ? value.byDay.map(({ day, offset }) => ({ day, offset })) : null,
    byMonthDay: numbers(value.byMonthDay),
    byYearDay: numbers(value.byYearDay),
    byWeekNo: numbers(value.byWeekNo),
    byMonth: numbers(value.byMonth),
    bySetPos: numbers(value.bySetPos),
  };
}
