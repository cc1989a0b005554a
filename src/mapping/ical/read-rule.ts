/**
 * RRULE text → Recurrence. Lenient in spelling (case, blanks, a stray semicolon, INTERVAL=0 as Outlook writes it), strict in meaning:
 * what BlueMind cannot hold is said in other words when there are any, else refused.
 */
import { expandRule, WEEKDAYS } from '../../domain/expand-rule.ts';
import type { ByDay, Frequency, Recurrence, SeriesEnd, Weekday } from '../../domain/recurrence.ts';
import { DAY_SECONDS } from '../../domain/time-civil.ts';
import { type IcalTime, parseTime } from './time-value.ts';

/** `until` is left as written: its zone is the caller's to know. */
export type ReadRule = { readonly rule: Recurrence; readonly until: IcalTime | undefined; readonly weekStart: number };
export type RuleOutcome =
  | { readonly ok: true; readonly value: ReadRule }
  | { readonly ok: false; readonly reason: string };

const FREQUENCIES: readonly string[] = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

/** Parts of a rule that carry no meaning here. RSCALE=GREGORIAN is the default; another calendar is refused. */
type Parts = ReadonlyMap<string, string>;

/** Reads a rule. `reason` is a clause to put after "the event". */
export function readRule(text: string): RuleOutcome {
  const parts: Parts = new Map(
    text
      .toUpperCase()
      .replace(/\s/g, '')
      .split(';')
      .filter((part) => part.includes('='))
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
  );
  const frequency = parts.get('FREQ') ?? '';
  if (!isFrequency(frequency)) return refused(`repeats by a rule without a known frequency (${clip(frequency)})`);
  const calendar = parts.get('RSCALE') ?? 'GREGORIAN';
  if (calendar !== 'GREGORIAN') return refused(`repeats by the ${clip(calendar)} calendar`);
  if ((parts.get('SKIP') ?? 'OMIT') !== 'OMIT') return refused('repeats by a rule that moves missing days (SKIP)');
  const lists = readLists(parts);
  if (typeof lists === 'string') return refused(lists);
  const until = parts.get('UNTIL');
  const untilTime = until === undefined ? undefined : parseTime(until, undefined);
  if (until !== undefined && untilTime === undefined)
    return refused(`ends at a date that cannot be read (${clip(until)})`);
  const end = readEnd(parts.get('COUNT'));
  if (end === undefined)
    return refused(`repeats a number of times that cannot be read (${clip(parts.get('COUNT') ?? '')})`);
  const interval = Number(parts.get('INTERVAL') ?? '1');
  if (!Number.isInteger(interval) || interval < 0 || interval > 100_000)
    return refused('repeats at an interval that cannot be read');
  const weekStart = Math.max(0, WEEKDAYS.indexOf((parts.get('WKST') ?? 'MO') as Weekday));
  return storable({ frequency, interval: Math.max(1, interval), end, ...lists }, untilTime, weekStart);
}

function refused(reason: string): RuleOutcome {
  return { ok: false, reason };
}

function clip(text: string): string {
  return text === '' ? 'none' : text.slice(0, 20);
}

function isFrequency(text: string): text is Frequency {
  return FREQUENCIES.includes(text);
}

/** COUNT=0 means nothing more than the start. */
function readEnd(count: string | undefined): SeriesEnd | undefined {
  if (count === undefined) return { kind: 'never' };
  return /^\d{1,9}$/.test(count) ? { kind: 'count', count: Math.max(1, Number(count)) } : undefined;
}

const NUMBERS = [
  ['byMonthDay', 'BYMONTHDAY', 31],
  ['byMonth', 'BYMONTH', 12],
  ['bySetPos', 'BYSETPOS', 366],
  ['byYearDay', 'BYYEARDAY', 366],
  ['byWeekNo', 'BYWEEKNO', 53],
  ['byHour', 'BYHOUR', 23],
  ['byMinute', 'BYMINUTE', 59],
  ['bySecond', 'BYSECOND', 60],
] as const;
type Lists = Omit<Recurrence, 'frequency' | 'interval' | 'end'>;

function readLists(parts: Parts): Lists | string {
  const byDay: ByDay[] = [];
  for (const part of split(parts.get('BYDAY'))) {
    const match = /^([+-]?\d{1,3})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part);
    if (match === null) return `repeats on a day that cannot be read (${clip(part)})`;
    byDay.push({ day: match[2] as Weekday, offset: Number(match[1] ?? 0) });
  }
  const lists: Record<string, readonly number[]> = {};
  for (const [member, name, most] of NUMBERS) {
    const numbers = split(parts.get(name)).map(Number);
    const mayBeZero = name === 'BYHOUR' || name === 'BYMINUTE' || name === 'BYSECOND';
    const valid = (n: number) => Number.isInteger(n) && Math.abs(n) <= most && (mayBeZero ? n >= 0 : n !== 0);
    if (!numbers.every(valid)) return `repeats by a ${name} that cannot be read`;
    lists[member] = [...new Set(name === 'BYSECOND' ? numbers.map((n) => Math.min(n, 59)) : numbers)];
  }
  return { ...(lists as unknown as Omit<Lists, 'byDay'>), byDay };
}

function split(list: string | undefined): readonly string[] {
  return (list ?? '').split(',').filter((part) => part !== '');
}

const EVERY_DAY: readonly ByDay[] = WEEKDAYS.map((day) => ({ day, offset: 0 }));

/** Says negative days of the month and year in the words BlueMind has, and refuses what has none (fact sheet 10.1). */
function storable(rule: Recurrence, until: IcalTime | undefined, weekStart: number): RuleOutcome {
  let stored = rule;
  if (rule.byMonthDay.some((day) => day < 0)) {
    // "The last day of the month" is "the last of all days of the month": the only way without negative numbers.
    const isMonthly = rule.frequency === 'MONTHLY' || (rule.frequency === 'YEARLY' && rule.byMonth.length === 1);
    const others = rule.byDay.length + rule.bySetPos.length + rule.byYearDay.length + rule.byWeekNo.length;
    if (!isMonthly || others + clockParts(rule) > 0)
      return refused('repeats on days counted from the end of the month in a way BlueMind cannot hold');
    stored = { ...rule, byDay: EVERY_DAY, byMonthDay: [], bySetPos: rule.byMonthDay };
  } else if (rule.byYearDay.some((day) => day < 0)) {
    const others =
      rule.byDay.length + rule.bySetPos.length + rule.byMonthDay.length + rule.byWeekNo.length + rule.byMonth.length;
    if (rule.frequency !== 'YEARLY' || others + clockParts(rule) > 0)
      return refused('repeats on days counted from the end of the year in a way BlueMind cannot hold');
    stored = { ...rule, byDay: EVERY_DAY, byYearDay: [], bySetPos: rule.byYearDay };
  }
  if (rule.byWeekNo.some((week) => week < 0))
    return refused('repeats in weeks counted from the end of the year, which BlueMind cannot hold');
  return { ok: true, value: { rule: stored, until, weekStart } };
}

function clockParts(rule: Recurrence): number {
  return rule.byHour.length + rule.byMinute.length + rule.bySecond.length;
}

/** Whether the rule means the same when weeks begin on Monday, the only first day BlueMind has. */
export function meansSameFromMonday(rule: Recurrence, start: number, weekStart: number): boolean {
  if (weekStart === 0 || (rule.frequency !== 'WEEKLY' && rule.byWeekNo.length === 0)) return true;
  if (rule.byWeekNo.length === 0 && rule.interval === 1) return true;
  const endless: Recurrence = { ...rule, end: { kind: 'never' } };
  const window = [start, start + 30 * 366 * DAY_SECONDS, 200] as const;
  const plan = { rule: endless, start, until: Number.POSITIVE_INFINITY };
  const [own, monday] = [expandRule({ ...plan, weekStart }, ...window), expandRule(plan, ...window)];
  return own.starts.length === monday.starts.length && own.starts.every((at, i) => at === monday.starts[i]);
}
