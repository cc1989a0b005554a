/** Random series for property tests: valid ones, as Outlook could hold them. */
import fc from 'fast-check';
import { dateOf, dayOf, wallOf } from '../day-number.ts';
import { firstOccurrence, occurrenceDays, type PatternRule } from '../expand-pattern.ts';
import type { OutlookException, Pattern, PatternEnd, RecurrencePattern } from '../recurrence-pattern.ts';

const mask = fc.integer({ min: 1, max: 127 });
const instance = fc.integer({ min: 1, max: 5 });
const month = fc.integer({ min: 1, max: 12 });
const dayOfMonth = fc.integer({ min: 1, max: 31 });
const interval = (most: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: most }));

/** Months that are no multiple of 12: those are years. */
const months = interval(99).filter((n) => n <= 12 || n % 12 !== 0);

export function rules(): fc.Arbitrary<PatternRule> {
  const pattern: fc.Arbitrary<Pattern> = fc.oneof(
    fc.record({ type: fc.constant('daily' as const), interval: interval(999) }),
    fc.record({ type: fc.constant('weekly' as const), interval: interval(99), dayOfWeekMask: mask }),
    fc.record({ type: fc.constant('monthly' as const), interval: months, dayOfMonth }),
    fc.record({ type: fc.constant('monthNth' as const), interval: months, dayOfWeekMask: mask, instance }),
    fc.record({ type: fc.constant('yearly' as const), interval: interval(9), monthOfYear: month, dayOfMonth }),
    fc.record({
      type: fc.constant('yearNth' as const),
      interval: interval(9),
      monthOfYear: month,
      dayOfWeekMask: mask,
      instance,
    }),
  );
  const from = fc.integer({ min: dayOf('1995-01-01'), max: dayOf('2040-12-31') });
  return fc
    .tuple(pattern, from, fc.integer({ min: 0, max: 6 }), fc.nat(3), fc.integer({ min: 1, max: 60 }))
    .map(([type, start, firstDayOfWeek, endKind, length]) => {
      const open: PatternRule = { pattern: type, firstDate: dateOf(start), end: { kind: 'never' }, firstDayOfWeek };
      const firstDate = firstOccurrence(open) ?? open.firstDate;
      const days = occurrenceDays(open, dayOf(firstDate), dayOf('4400-01-01'), length);
      const ends: readonly PatternEnd[] = [
        { kind: 'never' },
        { kind: 'count', occurrences: length },
        { kind: 'date', date: dateOf(days.at(-1) ?? start) },
        { kind: 'date', date: dateOf((days.at(-1) ?? start) + 1) },
      ];
      return { ...open, firstDate, end: ends[endKind] ?? { kind: 'never' } };
    });
}

export function patterns(): fc.Arbitrary<RecurrencePattern> {
  return fc
    .tuple(rules(), fc.integer({ min: 0, max: 1439 }), fc.nat(3000), fc.array(changes, { maxLength: 6 }))
    .map(([rule, startMinutes, durationMinutes, fates]) => {
      const days = occurrenceDays(rule, dayOf(rule.firstDate), dayOf('4400-01-01'), fates.length);
      const deleted: string[] = [];
      const exceptions: OutlookException[] = [];
      days.forEach((day, index) => {
        const fate = fates[index];
        const originalStart = wallOf(day * 1440 + startMinutes);
        if (fate === undefined || fate === 'kept') return;
        if (fate === 'deleted') deleted.push(dateOf(day));
        else
          exceptions.push({
            originalStart,
            start: originalStart,
            end: wallOf(day * 1440 + startMinutes + 45),
            ...fate,
          });
      });
      return { ...rule, startMinutes, durationMinutes, deleted, exceptions };
    });
}

const changes = fc.oneof(
  fc.constant('kept' as const),
  fc.constant('deleted' as const),
  fc.record(
    {
      subject: fc.string({ unit: 'grapheme', maxLength: 12 }),
      location: fc.string({ unit: 'grapheme', maxLength: 12 }),
      allDay: fc.boolean(),
      busyStatus: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const),
      reminderSet: fc.boolean(),
      reminderMinutes: fc.nat(10080),
      meetingStatus: fc.constantFrom(0 as const, 1 as const, 3 as const, 5 as const, 7 as const),
    },
    { requiredKeys: [] },
  ),
);
