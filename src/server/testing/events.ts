import type { VEvent, VEventSeries } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';

/** A time in Paris, in winter: `paris('2026-03-09T09:00')`. */
export function paris(wall: string, offset = '+01:00'): BmDateTime {
  return { iso8601: `${wall}:00.000${offset}`, timezone: 'Europe/Paris', precision: 'DateTime' };
}

export function day(iso8601: string): BmDateTime {
  return { iso8601, timezone: null, precision: 'Date' };
}

/** One hour on Monday 9 March 2026 in Paris, changed as told. */
export function event(change: Partial<VEvent> = {}): VEvent {
  return { dtstart: paris('2026-03-09T09:00'), dtend: paris('2026-03-09T10:00'), summary: 'Point', ...change };
}

export function series(change: Partial<VEvent> = {}, more: Partial<VEventSeries> = {}): VEventSeries {
  return { main: event(change), occurrences: [], ...more };
}
