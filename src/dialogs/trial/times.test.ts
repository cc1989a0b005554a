import { expect, it } from 'vitest';
import { further, spanOf } from './span.ts';
import { momentsOf, shifted, timesOf } from './times.ts';

it('the last day of an all-day event is the last on which it takes place, both ways', () => {
  const days = { allDay: true, start: '2026-03-09', end: '2026-03-11' };
  expect(timesOf(days)).toMatchObject({ startDate: '2026-03-09', endDate: '2026-03-10' });
  expect(momentsOf(timesOf(days))).toEqual(days);
});

it('times of a form are the moments they were made of, and none where the end is before the start', () => {
  const hour = { allDay: false, start: '2026-03-09T09:00:00.000Z', end: '2026-03-09T10:00:00.000Z' };
  expect(momentsOf(timesOf(hour))).toEqual(hour);
  expect(momentsOf({ ...timesOf(hour), endDate: '2026-03-08' })).toBeUndefined();
  expect(momentsOf({ ...timesOf(hour), startTime: '' })).toBeUndefined();
});

it('keys move whole days by days and never make an end that is not after its start', () => {
  const days = { allDay: true, start: '2026-03-09', end: '2026-03-10' };
  expect(shifted(days, 30)).toEqual({ allDay: true, start: '2026-03-10', end: '2026-03-11' });
  expect(shifted(days, -1440, true)).toEqual(days);
  const half = { allDay: false, start: '2026-03-09T09:00:00.000Z', end: '2026-03-09T09:30:00.000Z' };
  expect(shifted(half, 30, true).end).toBe('2026-03-09T10:00:00.000Z');
  expect(shifted(half, -30, true)).toEqual(half);
});

it('a month is shown with whole weeks, and the next one of the 31st is the next month', () => {
  expect(spanOf('dayGridMonth', '2026-03-31')).toMatchObject({ from: '2026-02-23', to: '2026-04-06' });
  expect(spanOf('timeGridWeek', '2026-03-15')).toMatchObject({ from: '2026-03-09', to: '2026-03-16' });
  expect(further('dayGridMonth', '2026-01-31', 1)).toBe('2026-02-01');
  expect(further('dayGridMonth', '2026-01-31', -1)).toBe('2025-12-01');
});
