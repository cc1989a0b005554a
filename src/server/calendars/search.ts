import type { VEvent, VEventQuery, VEventSeries } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import type { ItemValue, ListResult } from '../../wire/container.ts';
import { page, searcher } from '../search/search.ts';
import { type Calendar, presentSeries } from './calendar-items.ts';
import { instantOfPoint, readPoint } from './point.ts';
import { dirOf } from './rewrite-people.ts';

/**
 * Events that fit a query, nothing expanded: `dateMin` is compared with the end, `dateMax` with the start; a series lasts until its
 * rule ends. Private events are searched as the caller sees them. Rules [Q1] to [Q4].
 */
export function searchSeries(calendar: Calendar, query: VEventQuery | null): ListResult<ItemValue<VEventSeries>> {
  const isWanted = searcher(query);
  const isInWindow = windowOf(query);
  const isAnswered = attendeeOf(calendar, query);
  const { items } = calendar.kernel.store;
  const found = presentSeries(calendar, items.all(calendar.container.id)).filter(
    (item) => isInWindow(item.value) && isAnswered(item.value) && isWanted(item),
  );
  return { values: page(found, query), total: found.length };
}

function windowOf(query: VEventQuery | null): (series: VEventSeries) => boolean {
  const min = query?.dateMin ? at(query.dateMin) : Number.NEGATIVE_INFINITY;
  const max = query?.dateMax ? at(query.dateMax) : Number.POSITIVE_INFINITY;
  return (series) =>
    eventsOf(series).some((event) => {
      const start = event.dtstart ? at(event.dtstart) : 0;
      return endOf(event, start) > min && start < max;
    });
}

/** When an event is over; a rule without an end never is, one with a count is taken as such too. */
function endOf(event: VEvent, start: number): number {
  const end = event.dtend ? at(event.dtend) : start;
  if (!event.rrule) return end;
  return event.rrule.until ? at(event.rrule.until) + (end - start) : Number.POSITIVE_INFINITY;
}

function attendeeOf({ kernel, container }: Calendar, query: VEventQuery | null): (series: VEventSeries) => boolean {
  const wanted = query?.attendee;
  if (!wanted) return () => true;
  const owner = kernel.store.people.entry(container.domain, container.owner);
  const dir = wanted.calendarOwnerAsDir === true && owner !== undefined ? dirOf(owner) : wanted.dir;
  return (series) =>
    eventsOf(series).some((event) =>
      (event.attendees ?? []).some(
        (attendee) =>
          (!dir || attendee.dir === dir) && (!wanted.partStatus || attendee.partStatus === wanted.partStatus),
      ),
    );
}

export function eventsOf(series: VEventSeries): readonly VEvent[] {
  return [...(series.main ? [series.main] : []), ...(series.occurrences ?? [])];
}

function at(date: BmDateTime): number {
  return instantOfPoint(readPoint(date));
}
