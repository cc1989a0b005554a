/** The few recurrence rules that the form of an appointment offers; any other is kept and called `other`. */
import type { EventForm } from '../../agent/api/trial-routes.ts';
import { must } from '../../base/assert.ts';
import { type ByDay, NO_PARTS, type Recurrence, type SeriesEnd, type Weekday } from '../../domain/recurrence.ts';
import type { When } from '../../domain/time.ts';
import { dayOf, weekdayOf } from '../../domain/time-civil.ts';

type Repeats = EventForm['repeats'];

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const satisfies readonly Weekday[];
const WORKING = WEEK.slice(0, 5);

/** The rule of a form, by the day of the start; undefined: it does not repeat, or not by a rule of this form. */
export function ruleOf(
  { repeats, until }: { readonly repeats?: Repeats | undefined; readonly until?: string | null | undefined },
  when: When,
): Recurrence | undefined {
  const end: SeriesEnd = until === undefined || until === null ? { kind: 'never' } : { kind: 'untilDate', date: until };
  const rule = (frequency: Recurrence['frequency'], parts: Partial<Recurrence> = {}): Recurrence => {
    return { ...NO_PARTS, ...parts, frequency, interval: 1, end };
  };
  const start = firstDay(when);
  switch (repeats) {
    case 'daily':
      return rule('DAILY');
    case 'weekdays':
      return rule('WEEKLY', { byDay: WORKING.map(every) });
    case 'weekly':
      return rule('WEEKLY', { byDay: [every(weekday(start))] });
    case 'monthly':
      return rule('MONTHLY', { byMonthDay: [Number(start.slice(8, 10))] });
    case 'yearly':
      return rule('YEARLY');
    default:
      return undefined;
  }
}

/** What the form calls a rule. */
export function repeatsOf(rule: Recurrence | undefined, when: When): Repeats {
  if (rule === undefined) return 'never';
  const { frequency, interval, byDay, byMonthDay } = rule;
  const own: readonly (keyof typeof NO_PARTS)[] = ['byDay', 'byMonthDay'];
  const plain = (Object.keys(NO_PARTS) as (keyof typeof NO_PARTS)[]).every(
    (part) => own.includes(part) || rule[part].length === 0,
  );
  if (interval !== 1 || !plain || rule.end.kind === 'count') return 'other';
  const days = byDay.map(({ day, offset }) => (offset === 0 ? day : '')).join();
  const start = firstDay(when);
  if (frequency === 'DAILY' && days === '' && byMonthDay.length === 0) return 'daily';
  if (frequency === 'WEEKLY' && days === WORKING.join()) return 'weekdays';
  if (frequency === 'WEEKLY' && (days === '' || days === weekday(start))) return 'weekly';
  if (
    frequency === 'MONTHLY' &&
    days === '' &&
    (byMonthDay[0] ?? Number(start.slice(8, 10))) === Number(start.slice(8, 10))
  )
    return byMonthDay.length > 1 ? 'other' : 'monthly';
  return frequency === 'YEARLY' && days === '' && byMonthDay.length === 0 ? 'yearly' : 'other';
}

/** The last day that the form shows. */
export function untilShown(rule: Recurrence | undefined): string | null {
  if (rule?.end.kind === 'untilDate') return rule.end.date;
  return rule?.end.kind === 'untilMoment' ? rule.end.moment.wall.slice(0, 10) : null;
}

function firstDay(when: When): string {
  return when.kind === 'date' ? when.start : when.start.wall.slice(0, 10);
}

function weekday(date: string): Weekday {
  return must(WEEK[weekdayOf(dayOf(date))]);
}

function every(day: Weekday): ByDay {
  return { day, offset: 0 };
}
