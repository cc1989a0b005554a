/** The server's event series → iCalendar text, printed by `ical.js` (folding, escaping, quoting). */
import ICAL from 'ical.js';
import type { ZoneId } from '../../domain/time.ts';
import type { VEvent, VEventSeries } from '../../wire/calendar.ts';
import { readBmDateTime } from '../bluemind/event/date-time.ts';
import { type JCal, type JCalProperty, writeEvent } from './write-event.ts';
import { writeZone, yearOf } from './write-zone.ts';

export type WriteCalendarOptions = {
  /** Which program wrote it: `-//Company//Product//EN`. */
  readonly prodId: string;
  /** The calendar's own name. */
  readonly name?: string | undefined;
};

/**
 * A calendar of these series. The UID written is the item's `icsUid` where it has one.
 * @loss series-level properties, counter proposals, the tags' containers and colours
 */
export function writeCalendar(
  series: readonly { readonly uid: string; readonly value: VEventSeries }[],
  options: WriteCalendarOptions,
): string {
  const events = series.flatMap(({ uid, value }) => {
    const main = value.main ? [writeEvent(value.icsUid ?? uid, value.main)] : [];
    return [...main, ...(value.occurrences ?? []).map((occurrence) => writeEvent(value.icsUid ?? uid, occurrence))];
  });
  const properties: JCalProperty[] = [
    ['version', {}, 'text', '2.0'],
    ['prodid', {}, 'text', options.prodId],
    ['calscale', {}, 'text', 'GREGORIAN'],
    ...(options.name ? [['x-wr-calname', {}, 'unknown', escapeUnknown(options.name)] as const] : []),
  ];
  const zones = [...zonesOf(series)].map(([zone, year]) => writeZone(zone, year));
  const calendar: JCal = ['vcalendar', properties, [...zones, ...events]];
  return `${ICAL.stringify(calendar as unknown as unknown[])}\r\n`;
}

/** Extension properties are printed as they are. */
function escapeUnknown(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
}

/** Every zone named, with the first year in which it is. */
function zonesOf(series: readonly { readonly value: VEventSeries }[]): ReadonlyMap<ZoneId, number> {
  const years = new Map<ZoneId, number>();
  const add = (event: VEvent) => {
    for (const bm of [
      event.dtstart,
      event.dtend,
      event.rrule?.until,
      ...(event.rdate ?? []),
      ...(event.exdate ?? []),
    ]) {
      const value = readBmDateTime(bm);
      if (value === undefined || typeof value === 'string' || value.zone === undefined || value.zone === 'UTC')
        continue;
      years.set(value.zone, Math.min(yearOf(value.wall), years.get(value.zone) ?? 9999));
    }
  };
  for (const { value } of series) {
    if (value.main) add(value.main);
    for (const occurrence of value.occurrences ?? []) {
      add(occurrence);
      add({ dtstart: occurrence.recurid });
    }
  }
  return years;
}
