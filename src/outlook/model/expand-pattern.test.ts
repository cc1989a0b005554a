import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../base/testing/runs.ts';
import {
  type DayNumber,
  dateOf,
  dayOf,
  firstDayOfMonth,
  lengthOfMonth,
  monthIndexOf,
  weekdayOf,
} from './day-number.ts';
import {
  countOccurrences,
  firstOccurrence,
  lastOccurrence,
  occurrenceDays,
  occurrencesOf,
  occursOn,
  type PatternRule,
} from './expand-pattern.ts';
import type { Pattern, PatternEnd, RecurrencePattern } from './recurrence-pattern.ts';
import { rules } from './testing/arbitraries.ts';

const options = runs(150);

describe('expansion', () => {
  it('[OX1] days 29 to 31 are the last day of a shorter month', () => {
    expect(dates({ type: 'monthly', interval: 1, dayOfMonth: 31 }, '2024-01-31', 5)).toEqual([
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-05-31',
    ]);
    expect(dates({ type: 'yearly', interval: 1, monthOfYear: 2, dayOfMonth: 29 }, '2024-02-29', 5)).toEqual([
      '2024-02-29',
      '2025-02-28',
      '2026-02-28',
      '2027-02-28',
      '2028-02-29',
    ]);
  });

  it('[OX2] the first day of the week decides which weeks a two-weekly series takes', () => {
    const pattern: Pattern = { type: 'weekly', interval: 2, dayOfWeekMask: 1 | 4 };
    expect(dates(pattern, '2026-02-03', 4, 0)).toEqual(['2026-02-03', '2026-02-15', '2026-02-17', '2026-03-01']);
    expect(dates(pattern, '2026-02-03', 4, 1)).toEqual(['2026-02-03', '2026-02-08', '2026-02-17', '2026-02-22']);
  });

  it('[OX3] the nth or last of several weekdays of a month', () => {
    expect(dates({ type: 'monthNth', interval: 1, dayOfWeekMask: 62, instance: 5 }, '2026-01-30', 3)).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-31',
    ]);
    expect(
      dates({ type: 'yearNth', interval: 1, monthOfYear: 11, dayOfWeekMask: 16, instance: 4 }, '2025-11-27', 2),
    ).toEqual(['2025-11-27', '2026-11-26']);
  });

  it('[OX4] results are wall times of original starts in a window, both ends included, deleted ones too', () => {
    const series: RecurrencePattern = {
      ...rule({ type: 'daily', interval: 1 }, '2026-05-01', 0),
      startMinutes: 555,
      durationMinutes: 30,
      deleted: ['2026-05-02'],
      exceptions: [],
    };
    expect(occurrencesOf(series, { from: '2026-05-02', to: '2026-05-04', most: 9 })).toEqual([
      '2026-05-02T09:15:00',
      '2026-05-03T09:15:00',
      '2026-05-04T09:15:00',
    ]);
    expect(occurrencesOf(series, { from: '2026-05-02', to: '2026-05-04', most: 1 })).toEqual(['2026-05-02T09:15:00']);
    expect(occurrencesOf(series, { from: '2026-05-04', to: '2026-05-02', most: 9 })).toEqual([]);
    expect(
      occurrencesOf(
        { ...series, end: { kind: 'date', date: '2026-04-01' } },
        { from: '2000-01-01', to: '2100-01-01', most: 9 },
      ),
    ).toEqual([]);
  });

  it('[OX5] the work is bounded, whatever the pattern says', () => {
    const wild: readonly PatternRule[] = [
      rule({ type: 'weekly', interval: 1, dayOfWeekMask: 0 }, '2026-01-01', 0),
      rule({ type: 'monthNth', interval: 1, dayOfWeekMask: 0, instance: 2 }, '2026-01-01', 0),
      rule({ type: 'daily', interval: 4e9 }, '2026-01-01', 0),
      rule({ type: 'yearly', interval: 4e9, monthOfYear: 1, dayOfMonth: 1 }, '2026-01-01', 0),
      rule({ type: 'daily', interval: 0 }, '2026-01-01', 0, { kind: 'count', occurrences: 4e9 }),
      rule({ type: 'weekly', interval: 0, dayOfWeekMask: 62 }, '2026-01-01', 0, { kind: 'count', occurrences: 4e9 }),
    ];
    expect(wild.map((each) => [countOccurrences(each), lastOccurrence(each)])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [4e9, '4500-12-31'],
      [4e9, '4500-12-31'],
    ]);
    expect(wild.map((each) => occurrenceDays(each, dayOf('4400-01-01'), dayOf('9999-12-31'), 2).map(dateOf))).toEqual([
      [],
      [],
      [],
      [],
      ['4400-01-01', '4400-01-02'],
      ['4400-01-03', '4400-01-04'],
    ]);
  });

  it('[OX6] agrees with walking the calendar day by day', () => {
    fc.assert(
      fc.property(rules(), fc.nat(4000), fc.nat(900), (series, offset, length) => {
        const from = dayOf(series.firstDate) - 40 + offset;
        const to = from + length;
        const walked = walk(series, to);
        const days = occurrenceDays(series, from, to, 1000);
        expect(days.map(dateOf)).toEqual(walked.filter((day) => day >= from).map(dateOf));
        expect(firstOccurrence(series)).toBe(series.firstDate);
        for (const day of days.slice(0, 3)) expect(occursOn(series, dateOf(day))).toBe(true);
      }),
      options,
    );
  });

  it('[OX7] count and last date agree with walking the calendar', () => {
    fc.assert(
      fc.property(rules(), (series) => {
        if (series.end.kind === 'never') return;
        const last = lastOccurrence(series);
        const days = walk(series, Math.min(dayOf(last ?? ''), dayOf(series.firstDate) + 20_000));
        if (dayOf(last ?? '') > dayOf(series.firstDate) + 20_000) return;
        expect([countOccurrences(series), last]).toEqual([days.length, dateOf(days.at(-1) ?? 0)]);
      }),
      options,
    );
  });
});

function rule(
  pattern: Pattern,
  firstDate: string,
  firstDayOfWeek: number,
  end: PatternEnd = { kind: 'never' },
): PatternRule {
  return { pattern, firstDate, end, firstDayOfWeek };
}

function dates(pattern: Pattern, firstDate: string, most: number, firstDayOfWeek = 0): string[] {
  return occurrenceDays(rule(pattern, firstDate, firstDayOfWeek), dayOf(firstDate), dayOf('2100-01-01'), most).map(
    dateOf,
  );
}

/** The plain definition: each day is asked whether the rule means it. */
function walk(series: PatternRule, to: DayNumber): DayNumber[] {
  const found: DayNumber[] = [];
  const most = series.end.kind === 'count' ? series.end.occurrences : Number.POSITIVE_INFINITY;
  const last = series.end.kind === 'date' ? Math.min(to, dayOf(series.end.date)) : to;
  for (let day = dayOf(series.firstDate); day <= last && found.length < most; day++) {
    if (isMeant(series, day)) found.push(day);
  }
  return found;
}

function isMeant({ pattern, firstDate, firstDayOfWeek }: PatternRule, day: DayNumber): boolean {
  const first = dayOf(firstDate);
  const month = monthIndexOf(day);
  const masked = (of: DayNumber, mask: number) => (mask & (1 << weekdayOf(of))) !== 0;
  const nth = (mask: number, instance: number) => {
    const all: number[] = [];
    for (let n = 0; n < lengthOfMonth(month); n++) {
      if (masked(firstDayOfMonth(month) + n, mask)) all.push(firstDayOfMonth(month) + n);
    }
    return day === (instance === 5 ? all.at(-1) : all[instance - 1]);
  };
  const clamped = (dayOfMonth: number) =>
    day - firstDayOfMonth(month) + 1 === Math.min(dayOfMonth, lengthOfMonth(month));
  const monthsApart = month - monthIndexOf(first);
  const sunday = (of: DayNumber) => of - ((weekdayOf(of) - firstDayOfWeek + 7) % 7);
  switch (pattern.type) {
    case 'daily':
      return (day - first) % pattern.interval === 0;
    case 'weekly':
      return ((sunday(day) - sunday(first)) / 7) % pattern.interval === 0 && masked(day, pattern.dayOfWeekMask);
    case 'monthly':
      return monthsApart % pattern.interval === 0 && clamped(pattern.dayOfMonth);
    case 'monthNth':
      return monthsApart % pattern.interval === 0 && nth(pattern.dayOfWeekMask, pattern.instance);
    case 'yearly':
      return inYear(pattern) && clamped(pattern.dayOfMonth);
    case 'yearNth':
      return inYear(pattern) && nth(pattern.dayOfWeekMask, pattern.instance);
  }
  function inYear({ interval, monthOfYear }: { interval: number; monthOfYear: number }): boolean {
    const years = Math.floor(month / 12) - Math.floor(monthIndexOf(first) / 12);
    return years % interval === 0 && (month % 12) + 1 === monthOfYear;
  }
}
