import { describe, expect, it } from 'vitest';
import type { RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { faultOf } from '../testing/world.ts';
import {
  draftOfPattern,
  movesOccurrences,
  newDraft,
  type PatternDraft,
  patternOfDraft,
  shownEndDate,
  shownInterval,
  shownOccurrences,
  withDayOfMonth,
  withEndDate,
  withEndTime,
  withInterval,
  withLength,
  withMask,
  withMonthOfYear,
  withNoEnd,
  withOccurrences,
  withStartDate,
  withStartTime,
  withType,
} from './pattern-draft.ts';
import { mayLie } from './placement.ts';

/** Thursday, 30 April 2026, 09:00, half an hour. */
const WEEKLY = newDraft({ startDate: '2026-04-30', startMinutes: 540, durationMinutes: 30, firstDayOfWeek: 1 });

describe('recurrence members', () => {
  it('[EC32] a type alone takes weekday, day and month from the first date', () => {
    const shown = [0, 1, 2, 3, 5, 6].map((type) => {
      const { dayOfWeekMask, dayOfMonth, monthOfYear, instance, interval } = withType({ ...WEEKLY, type: 0 }, type);
      return [type, dayOfWeekMask, dayOfMonth, monthOfYear, instance, interval];
    });
    expect(shown.slice(1)).toEqual([
      [1, 16, 0, 0, 0, 1],
      [2, 0, 30, 0, 0, 1],
      [3, 16, 0, 0, 5, 1],
      [5, 0, 30, 4, 0, 12],
      [6, 16, 0, 4, 5, 12],
    ]);
    expect(faultOf(() => withType(WEEKLY, 4))).toBe('INVALID_ARGUMENT');
  });

  it('[EC28] setters refuse what cannot be, at once', () => {
    const monthly = withType(WEEKLY, 2);
    const wrong: readonly (() => unknown)[] = [
      ...[-1, 0, 32].map((day) => () => withDayOfMonth(monthly, day)),
      ...[0, -1, 100].map((interval) => () => withInterval(WEEKLY, interval, 'months')),
      () => withInterval(withType(WEEKLY, 0), 1000, 'months'),
      () => withInterval(withType(WEEKLY, 5), 18, 'months'),
      ...[0, -3, 1000].map((count) => () => withOccurrences(WEEKLY, count)),
      () => withEndDate(WEEKLY, '2026-04-29'),
      () => withStartDate(withEndDate(WEEKLY, '2026-06-01'), '2026-06-02'),
      () => withMask(WEEKLY, 0),
      () => withMonthOfYear(WEEKLY, 13),
      () => withLength(WEEKLY, -1),
    ];
    expect(wrong.map(faultOf)).toEqual(wrong.map(() => 'INVALID_ARGUMENT'));
  });

  it('[EC28] an instance above 5 and a missing weekday are refused at Save', () => {
    const nth = withType(WEEKLY, 3);
    expect([
      faultOf(() => patternOfDraft({ ...nth, instance: 6 }, true)),
      faultOf(() => patternOfDraft({ ...nth, dayOfWeekMask: 0 }, true)),
      faultOf(() => patternOfDraft(nth, true)),
    ]).toEqual(['EXCEPTION', 'EXCEPTION', 'none']);
  });

  it('[EC29] a count and an end date fill each other, and no end clears both', () => {
    const counted = withOccurrences(WEEKLY, 3);
    const dated = withEndDate(WEEKLY, '2026-05-20');
    expect(
      [counted, dated, withNoEnd(counted, true), withNoEnd(WEEKLY, false), withNoEnd(dated, false)].map(ends),
    ).toEqual([
      [3, '2026-05-14'],
      [3, '2026-05-20'],
      [0, '4500-08-31'],
      [10, '2026-07-02'],
      [3, '2026-05-20'],
    ]);
  });

  it('[EC30] yearly intervals count months, or years where the documentation holds', () => {
    const yearly = withType(WEEKLY, 5);
    expect([
      shownInterval(yearly, 'months'),
      shownInterval(yearly, 'years'),
      patternOfDraft(withInterval(yearly, 24, 'months'), true).pattern,
      patternOfDraft(withInterval(yearly, 2, 'years'), true).pattern,
    ]).toEqual([
      12,
      1,
      { type: 'yearly', interval: 2, monthOfYear: 4, dayOfMonth: 30 },
      { type: 'yearly', interval: 2, monthOfYear: 4, dayOfMonth: 30 },
    ]);
  });

  it('[EC33] the 31st is the last day of a shorter month', () => {
    const monthly = withDayOfMonth(withType(WEEKLY, 2), 31);
    expect(shownEndDate(withOccurrences(monthly, 3))).toBe('2026-06-30');
  });

  it('[EC42] only the end of a series may move without moving its occurrences', () => {
    expect(
      [
        withOccurrences(WEEKLY, 4),
        withNoEnd(WEEKLY, true),
        withMask(WEEKLY, 16),
        withMask(WEEKLY, 17),
        withStartTime(WEEKLY, 600),
        withStartDate(WEEKLY, '2026-05-01'),
        withType(WEEKLY, 0),
      ].map((after) => movesOccurrences(WEEKLY, after)),
    ).toEqual([false, false, false, true, true, true, true]);
  });

  it('[EC28] occurrences that overlap are refused at Save', () => {
    const daily = withType(WEEKLY, 0);
    expect([1440, 1441].map((minutes) => faultOf(() => patternOfDraft(withLength(daily, minutes), false)))).toEqual([
      'none',
      'EXCEPTION',
    ]);
    expect(faultOf(() => patternOfDraft(withLength(daily, 5000), true))).toBe('none');
  });

  it('an end time before the start is on the next day', () => {
    expect(
      [withEndTime(WEEKLY, 480), withEndTime(WEEKLY, 540), withEndTime(WEEKLY, 600)].map((d) => d.durationMinutes),
    ).toEqual([1380, 0, 60]);
  });

  it('a stored series is shown by the members it was made with', () => {
    const drafts: readonly PatternDraft[] = [0, 1, 2, 3, 5, 6].map((type) => withType({ ...WEEKLY, type: 0 }, type));
    const again = drafts.map((draft) =>
      draftOfPattern(
        { ...patternOfDraft(draft.type === 1 ? WEEKLY : draft, true), deleted: [], exceptions: [] },
        false,
      ),
    );
    expect(again).toEqual(
      drafts.map((draft) =>
        draft.type === 1 ? WEEKLY : { ...draft, dayOfWeekMask: draft.type === 0 ? 0 : draft.dayOfWeekMask },
      ),
    );
  });
});

describe('placement', () => {
  const series: RecurrencePattern = {
    ...patternOfDraft(WEEKLY, true),
    deleted: ['2026-05-14'],
    exceptions: [{ originalStart: '2026-05-28T09:00:00', start: '2026-05-26T12:00:00', end: '2026-05-26T13:00:00' }],
  };
  const moved = (original: string, start: string) =>
    mayLie(series, { original: `${original}T09:00:00`, start, end: start });

  it('[EC38] an occurrence stays between its neighbours, deleted ones do not count, moved ones count where they lie', () => {
    expect([
      moved('2026-05-07', '2026-05-07T18:00:00'),
      moved('2026-05-07', '2026-04-30T18:00:00'),
      moved('2026-05-07', '2026-05-01T08:00:00'),
      moved('2026-05-07', '2026-05-20T23:00:00'),
      moved('2026-05-07', '2026-05-21T07:00:00'),
      moved('2026-05-07', '2026-05-22T07:00:00'),
      moved('2026-05-21', '2026-05-25T09:00:00'),
      moved('2026-05-21', '2026-05-26T09:00:00'),
      moved('2026-05-21', '2026-05-27T09:00:00'),
      moved('2026-06-04', '2026-05-28T09:00:00'),
      moved('2026-04-30', '2026-04-01T09:00:00'),
    ]).toEqual([true, false, true, true, false, false, true, false, false, true, true]);
  });

  it('[EC38] neighbours are found far behind deleted occurrences', () => {
    const daily: RecurrencePattern = {
      ...patternOfDraft(withType(WEEKLY, 0), true),
      deleted: Array.from({ length: 300 }, (_, n) => new Date(Date.UTC(2026, 4, 1 + n)).toISOString().slice(0, 10)),
      exceptions: [],
    };
    const at = { original: '2027-02-25T09:00:00', start: '2026-04-30T12:00:00', end: '2026-04-30T12:00:00' };
    expect([mayLie(daily, at), mayLie(daily, { ...at, start: '2026-05-01T12:00:00' })]).toEqual([false, true]);
  });
});

function ends(draft: PatternDraft): readonly [number, string] {
  return [shownOccurrences(draft), shownEndDate(draft)];
}
