import type { Answer } from '../../agent/api/routes.ts';
import type { TrialRoutes } from '../../agent/api/trial-routes.ts';
import type { Event, Series } from '../../domain/event.ts';
import { expandSeries } from '../../domain/expand-series.ts';
import type { When, ZoneId } from '../../domain/time.ts';
import { addDays, dayOf } from '../../domain/time-civil.ts';
import { eventAt, shownMoments } from './event-edits.ts';
import type { PaneItem } from './pane.ts';
import { repeatsOf, untilShown } from './repeats.ts';

type Row = Answer<'trial/events', TrialRoutes>[number];
type Window = { readonly from: string; readonly to: string; readonly zone: ZoneId };

/** Occurrences of one series that are listed; a month has fewer of any that people make. */
const MOST = 200;
/** @units days that one event is believed to last at the most */
const LONGEST = 62;

/** What takes place between two days, by start. */
export function occurrencesIn(items: readonly PaneItem[], window: Window): Row[] {
  return items
    .flatMap(({ id, content }) => (content.kind === 'event' ? rowsOf(id, content, window) : []))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}

function rowsOf(item: string, series: Series, { from, to, zone }: Window): Row[] {
  const repeats = series.recurrence !== undefined || series.added.length > 0 || series.main === undefined;
  // One day more on each side: the series' own zone may be another than the one that looks.
  const wide = { from: addDays(from, -1 - daysOf(series)), to: addDays(to, 1) };
  return expandSeries(series, wide, MOST)
    .occurrences.map(({ at, exception }): Row => {
      const event = eventAt(series, repeats ? at : undefined);
      return {
        ...{ item, uid: series.uid, at: repeats ? at : null, title: event.title, location: event.location },
        ...shownMoments(event.when, zone),
        ...{ changed: exception !== undefined, busy: event.busy, private: event.privacy !== 'public' },
      };
    })
    .filter(({ start, end }) => start.slice(0, 10) < to && end.slice(0, 10) >= from);
}

function daysOf(series: Series): number {
  const events = [...(series.main === undefined ? [] : [series.main]), ...series.exceptions.map(({ event }) => event)];
  return Math.min(LONGEST, Math.max(0, ...events.map(({ when }) => lengthOf(when))));
}

function lengthOf(when: When): number {
  return when.kind === 'date' ? dayOf(when.end) - dayOf(when.start) : dayOf(when.end.wall) - dayOf(when.start.wall);
}

/** As the form shows it. @throws ITEM_NOT_FOUND */
export function formOf(series: Series, at: string | undefined, zone: ZoneId): Answer<'trial/event', TrialRoutes> {
  const event = eventAt(series, at);
  const { recurrence } = series;
  return {
    ...wordsOf(event),
    ...shownMoments(event.when, zone),
    repeats: at === undefined ? repeatsOf(recurrence, event.when) : 'never',
    until: at === undefined ? untilShown(recurrence) : null,
    series: recurrence !== undefined,
    attendees: event.attendees.map(({ name, address }) => name || address),
  };
}

function wordsOf({ title, location, body, reminders, busy, privacy }: Event) {
  const reminder = reminders.find(({ minutes }) => minutes >= 0)?.minutes ?? null;
  return { title, location, text: body.plain, reminder, busy, private: privacy !== 'public' };
}
