import { expect, it } from 'vitest';
import type { EventForm } from '../../agent/api/trial-routes.ts';
import { must } from '../../base/assert.ts';
import { isFailure } from '../../base/failure.ts';
import type { Series } from '../../domain/event.ts';
import { editSeries, newSeries, withoutOccurrence } from './event-edits.ts';
import { formOf, occurrencesIn } from './pane-events.ts';

const ZONE = 'Europe/Paris';
const FORM: EventForm = {
  title: 'Choir',
  location: 'Hall',
  text: 'Bring the scores.',
  start: '2026-03-09T18:00:00.000Z',
  end: '2026-03-09T19:30:00.000Z',
  allDay: false,
  repeats: 'weekly',
  until: null,
  reminder: 15,
  busy: 'busy',
  private: false,
};
const WEEKLY = newSeries(FORM, ZONE);

function shown(series: Series, from = '2026-03-09', to = '2026-04-13') {
  const item = { id: 'i1', rev: '1', content: series, token: undefined };
  return occurrencesIn([item], { from, to, zone: ZONE }).map(({ start, title }) => [start, title]);
}

it('a weekly appointment keeps its time of day when the clocks change', () => {
  expect(shown(WEEKLY, '2026-03-23', '2026-04-13')).toEqual([
    ['2026-03-23T18:00:00.000Z', 'Choir'],
    ['2026-03-30T17:00:00.000Z', 'Choir'],
    ['2026-04-06T17:00:00.000Z', 'Choir'],
  ]);
});

it('moving one occurrence leaves the others; taking it out afterwards leaves no trace of where it went', () => {
  const at = '2026-03-16T19:00:00';
  const moved = editSeries(
    WEEKLY,
    at,
    { start: '2026-03-17T08:00:00.000Z', end: '2026-03-17T09:00:00.000Z', allDay: false },
    ZONE,
  );
  expect(shown(moved, '2026-03-09', '2026-03-24').map(([start]) => start)).toEqual([
    '2026-03-09T18:00:00.000Z',
    '2026-03-17T08:00:00.000Z',
    '2026-03-23T18:00:00.000Z',
  ]);
  const rest = must(withoutOccurrence(moved, at));
  expect(shown(rest, '2026-03-09', '2026-03-24').map(([start]) => start)).toEqual([
    '2026-03-09T18:00:00.000Z',
    '2026-03-23T18:00:00.000Z',
  ]);
});

it('another time of day of a whole series keeps its days and, as in Outlook, takes changed occurrences along', () => {
  const changed = editSeries(WEEKLY, '2026-03-16T19:00:00', { title: 'Concert' }, ZONE);
  const form = formOf(changed, undefined, ZONE);
  const { attendees: _a, series: _s, ...same } = form;
  expect(editSeries(changed, undefined, same, ZONE)).toEqual(changed);
  const later = { ...same, start: '2026-03-09T19:00:00.000Z', end: '2026-03-09T20:30:00.000Z' };
  expect(shown(editSeries(changed, undefined, later, ZONE), '2026-03-09', '2026-03-24')).toEqual([
    ['2026-03-09T19:00:00.000Z', 'Choir'],
    ['2026-03-16T19:00:00.000Z', 'Choir'],
    ['2026-03-23T19:00:00.000Z', 'Choir'],
  ]);
});

it('what a form shows and says again changes nothing, one occurrence included', () => {
  const once = newSeries({ ...FORM, repeats: 'never' }, ZONE);
  const { attendees: _a, series: _s, ...same } = formOf(once, undefined, ZONE);
  expect(editSeries(once, undefined, same, ZONE)).toEqual(once);
  const days = newSeries(
    { ...FORM, allDay: true, start: '2026-03-09', end: '2026-03-11', repeats: 'yearly', until: '2030-03-09' },
    ZONE,
  );
  const { attendees: _b, series: _t, ...again } = formOf(days, undefined, ZONE);
  expect(again).toMatchObject({ repeats: 'yearly', until: '2030-03-09', start: '2026-03-09', end: '2026-03-11' });
  expect(editSeries(days, undefined, again, ZONE)).toEqual(days);
});

it('a rule that the form does not know stays; choosing another replaces it, "never" leaves a single appointment', () => {
  const rule = must(WEEKLY.recurrence);
  const odd: Series = { ...WEEKLY, recurrence: { ...rule, interval: 3 } };
  expect(formOf(odd, undefined, ZONE).repeats).toBe('other');
  expect(editSeries(odd, undefined, { repeats: 'other', until: null }, ZONE).recurrence).toEqual(odd.recurrence);
  expect(formOf(editSeries(odd, undefined, { repeats: 'monthly', until: null }, ZONE), undefined, ZONE).repeats).toBe(
    'monthly',
  );
  expect(editSeries(odd, undefined, { repeats: 'never', until: null }, ZONE).recurrence).toBeUndefined();
});

it('what repeats on weekdays begins on one', () => {
  const saturday = {
    ...FORM,
    start: '2026-03-14T09:00:00.000Z',
    end: '2026-03-14T10:00:00.000Z',
    repeats: 'weekdays' as const,
  };
  expect(shown(newSeries(saturday, ZONE), '2026-03-13', '2026-03-18').map(([start]) => start)).toEqual([
    '2026-03-16T09:00:00.000Z',
    '2026-03-17T09:00:00.000Z',
  ]);
});

it('an event that began before the window and lasts into it is shown', () => {
  const trip = newSeries({ ...FORM, allDay: true, start: '2026-03-01', end: '2026-03-12', repeats: 'never' }, ZONE);
  expect(shown(trip, '2026-03-09', '2026-03-16')).toEqual([['2026-03-01', 'Choir']]);
});

it.each([
  { start: '2026-03-09T19:00:00.000Z', end: '2026-03-09T18:00:00.000Z', allDay: false },
  { start: 'soon', end: '2026-03-09T18:00:00.000Z', allDay: false },
  { start: '2026-03-09', end: '2026-03-09', allDay: true },
  { start: '2026-03-09T19:00:00.000Z', end: '2026-03-10T19:00:00.000Z', allDay: true },
  { start: '2026-03-09T19:00:00.000Z' },
])('a time that cannot be is refused: %j', (edit) => {
  let refused: unknown;
  try {
    editSeries(WEEKLY, undefined, edit, ZONE);
  } catch (error) {
    refused = error;
  }
  expect(isFailure(refused, 'VALUE_INVALID')).toBe(true);
});
