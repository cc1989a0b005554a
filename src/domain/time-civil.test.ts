import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import {
  addDays,
  addSeconds,
  civilDate,
  dateOf,
  dayNumber,
  dayOf,
  isLocalDate,
  isWallTime,
  secondsOf,
  wallOf,
  weekdayOf,
} from './time-civil.ts';

describe('civil time', () => {
  it('agrees with the calendar of the language over four thousand years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600_000, max: 1_500_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
        expect(civilDate(day)).toEqual(civil);
        expect(dayNumber(civil.year, civil.month, civil.day)).toBe(day);
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
        expect(dateOf(day)).toBe(date.toISOString().slice(0, 10));
        expect(dayOf(dateOf(day))).toBe(day);
      }),
      runs(100),
    );
  });

  it('counts seconds on the wall clock', () => {
    expect(wallOf(secondsOf('2026-03-29T02:30:15'))).toBe('2026-03-29T02:30:15');
    expect(addSeconds('2026-12-31T23:59:59', 1)).toBe('2027-01-01T00:00:00');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  });

  it('knows dates and times that exist', () => {
    expect(['2024-02-29', '2023-02-29', '2024-13-01', '2024-00-10', '20240101'].map(isLocalDate)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['2024-02-29T23:59:59', '2024-02-29T24:00:00', '2024-02-29'].map(isWallTime)).toEqual([true, false, false]);
  });
});
