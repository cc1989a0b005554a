import { unreachable } from '../../../base/assert.ts';
import { wallOf } from '../../model/day-number.ts';
import type { RecurrencePattern } from '../../model/recurrence-pattern.ts';

/** The sentence Outlook keeps beside a series (PidLidRecurrencePattern), in plain English whatever the installation speaks. */
export function seriesText(series: RecurrencePattern): string {
  const clock = (minutes: number) => wallOf(minutes).slice(11, 16);
  const end = series.startMinutes + series.durationMinutes;
  return `${howOften(series.pattern)} from ${clock(series.startMinutes)} to ${clock(end)}`;
}

function howOften(pattern: RecurrencePattern['pattern']): string {
  switch (pattern.type) {
    case 'daily':
      return `every ${pattern.interval} day(s)`;
    case 'weekly':
      return `every ${pattern.interval} week(s) on ${days(pattern.dayOfWeekMask)}`;
    case 'monthly':
      return `day ${pattern.dayOfMonth} of every ${pattern.interval} month(s)`;
    case 'monthNth':
      return `the ${nth(pattern.instance)} ${days(pattern.dayOfWeekMask)} of every ${pattern.interval} month(s)`;
    case 'yearly':
      return `day ${pattern.dayOfMonth} of month ${pattern.monthOfYear} every ${pattern.interval} year(s)`;
    case 'yearNth':
      return `the ${nth(pattern.instance)} ${days(pattern.dayOfWeekMask)} of month ${pattern.monthOfYear} every ${pattern.interval} year(s)`;
    default:
      return unreachable(pattern);
  }
}

function days(mask: number): string {
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  return names.filter((_, index) => (mask & (1 << index)) !== 0).join(', ');
}

function nth(instance: number): string {
  return ['first', 'second', 'third', 'fourth', 'last'][instance - 1] ?? 'last';
}
