/**
 * A recurrence rule by its members, in the documented order: kind, days, interval, first date, times, end. A setter that did not
 * change is not touched: writing 1 over the interval 0 of "every weekday" makes Save fail on some versions.
 * @source outlook-calendar.md 4.1 to 4.4
 */
import type { Pattern, PatternEnd, RecurrencePattern } from '../model/recurrence-pattern.ts';
import { originalStart } from './exception-order.ts';
import type { MemberOf } from './members.ts';
import type { OutlookValue } from './program.ts';
import type { Ref, Script } from './script.ts';

/** How this Outlook counts the interval of yearly patterns: in months (practice) or in years (documentation). */
export type YearlyInterval = 'months' | 'years';

const TYPE = { daily: 0, weekly: 1, monthly: 2, monthNth: 3, yearly: 5, yearNth: 6 } as const satisfies Record<
  Pattern['type'],
  number
>;

type Rule = Omit<RecurrencePattern, 'deleted' | 'exceptions' | 'firstDayOfWeek'>;

/** Whether two series follow the same rule; changed occurrences and the first day of the week (not writable) aside. */
export function sameRule(a: Rule, b: Rule): boolean {
  return sameShape(a, b) && sameEnd(a.end, b.end);
}

/** Whether Outlook keeps the changed occurrences when one rule becomes the other: only the end may move. */
export function sameShape(a: Rule, b: Rule): boolean {
  const members = new Map(membersOf(a.pattern, 'months'));
  return (
    a.pattern.type === b.pattern.type &&
    membersOf(b.pattern, 'months').every(([member, value]) => members.get(member) === value) &&
    a.firstDate === b.firstDate &&
    a.startMinutes === b.startMinutes &&
    a.durationMinutes === b.durationMinutes
  );
}

/** Whether writing `after` needs to know how this Outlook counts years. */
export function countsYears(before: Rule | undefined, after: Rule): boolean {
  const years = (pattern: Pattern | undefined) =>
    pattern?.type === 'yearly' || pattern?.type === 'yearNth' ? pattern.interval : 1;
  return years(before?.pattern) !== 1 || years(after.pattern) !== 1;
}

/** @param before the rule the pattern has; undefined for a pattern just made, of which nothing is relied on */
export function writePattern(
  run: Script,
  pattern: Ref<'RecurrencePattern'>,
  options: {
    readonly before: Rule | undefined;
    readonly after: Rule;
    readonly yearlyInterval: YearlyInterval;
  },
): void {
  const { before, after, yearlyInterval } = options;
  const shape = before !== undefined && sameShape(before, after);
  if (!shape) {
    const sameType = before?.pattern.type === after.pattern.type;
    if (!sameType) run.put(pattern, 'RecurrenceType', TYPE[after.pattern.type]);
    const current = new Map(before !== undefined && sameType ? membersOf(before.pattern, yearlyInterval) : []);
    // A pattern just made has the interval 1, and a yearly one its single year however it counts them.
    if (before === undefined && after.pattern.interval === 1)
      current.set('Interval', intervalOf(after.pattern, yearlyInterval));
    for (const [member, value] of membersOf(after.pattern, yearlyInterval)) {
      if (current.get(member) !== value) run.put(pattern, member, value);
    }
    writeTimes(run, pattern, before, after);
  }
  // Moving the first date may have moved the end, or the end may have stood in its way and was taken off.
  if (!shape || !sameEnd(before.end, after.end)) writeEnd(run, pattern, after.end);
}

function writeTimes(run: Script, pattern: Ref<'RecurrencePattern'>, before: Rule | undefined, after: Rule): void {
  if (before === undefined || before.firstDate !== after.firstDate) {
    if (before !== undefined && before.end.kind !== 'never') run.put(pattern, 'NoEndDate', true);
    run.put(pattern, 'PatternStartDate', midnight(after.firstDate));
  }
  const start = { date: originalStart(after.startMinutes, after.firstDate) };
  if (before?.startMinutes !== after.startMinutes) run.put(pattern, 'StartTime', start);
  // A new start may keep the end time instead of the length.
  if (before?.startMinutes !== after.startMinutes || before?.durationMinutes !== after.durationMinutes) {
    run.put(pattern, 'Duration', after.durationMinutes);
  }
}

function writeEnd(run: Script, pattern: Ref<'RecurrencePattern'>, end: PatternEnd): void {
  if (end.kind === 'never') run.put(pattern, 'NoEndDate', true);
  else if (end.kind === 'count') run.put(pattern, 'Occurrences', end.occurrences);
  else run.put(pattern, 'PatternEndDate', midnight(end.date));
}

type PatternMember = readonly [member: MemberOf<'RecurrencePattern'>, value: number];

/** The members that mean something for the kind, in the order in which they are written. */
function membersOf(pattern: Pattern, yearlyInterval: YearlyInterval): readonly PatternMember[] {
  const members: PatternMember[] = [];
  if ('dayOfWeekMask' in pattern) members.push(['DayOfWeekMask', pattern.dayOfWeekMask]);
  if ('dayOfMonth' in pattern) members.push(['DayOfMonth', pattern.dayOfMonth]);
  if ('instance' in pattern) members.push(['Instance', pattern.instance]);
  if ('monthOfYear' in pattern) members.push(['MonthOfYear', pattern.monthOfYear]);
  members.push(['Interval', intervalOf(pattern, yearlyInterval)]);
  return members;
}

function intervalOf(pattern: Pattern, yearlyInterval: YearlyInterval): number {
  const years = pattern.type === 'yearly' || pattern.type === 'yearNth';
  return years && yearlyInterval === 'months' ? pattern.interval * 12 : pattern.interval;
}

function sameEnd(a: PatternEnd, b: PatternEnd): boolean {
  if (a.kind === 'count' && b.kind === 'count') return a.occurrences === b.occurrences;
  if (a.kind === 'date' && b.kind === 'date') return a.date === b.date;
  return a.kind === b.kind;
}

function midnight(date: string): OutlookValue {
  return { date: `${date}T00:00:00` };
}
