import { addDays, dayOf, weekdayOf } from '../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../domain/zones.ts';
import type { Attendee, VEvent, VEventSeries } from '../../wire/calendar.ts';
import type { Slot, SlotType } from '../../wire/freebusy.ts';
import { writePoint } from '../calendars/point.ts';
import { occurrencesOf, type Window } from './occurrences.ts';

/** When somebody works. `days` 0 = Monday; `from`, `to` @units hours of the day, halves possible; both 0 = the whole day */
export type WorkingHours = {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly zone: string;
};

/** A calendar that counts, and what the asker may know of it. */
export type Counted = {
  readonly series: readonly VEventSeries[];
  /** The owner's `dir`, to find his answer among the attendees. */
  readonly owner: string | undefined;
  readonly excluded: ReadonlySet<string>;
  summaryOf(event: VEvent): string | null;
};

/** Busy times of a calendar in a window. Rules [FB1] to [FB8]. */
export function busySlots(calendar: Counted, window: Window, home: string): readonly Slot[] {
  return calendar.series
    .filter((series) => !calendar.excluded.has(series.icsUid ?? ''))
    .flatMap((series) => occurrencesOf(series, window, home))
    .flatMap(({ event, start, end }) => {
      const type = typeOf(event, calendar.owner);
      return type === undefined ? [] : [slot(start, end, type, calendar.summaryOf(event))];
    });
}

/** Times outside working hours as unavailable. */
export function closedSlots(hours: WorkingHours, window: Window): readonly Slot[] {
  const closed: Slot[] = [];
  let from = window.from;
  for (const open of openTimes(hours, window)) {
    if (open.from > from) closed.push(slot(from, open.from, 'BUSYUNAVAILABLE', null));
    from = Math.max(from, open.to);
  }
  if (from < window.to) closed.push(slot(from, window.to, 'BUSYUNAVAILABLE', null));
  return closed;
}

/** Days of which the working hours are listed at most. */
const MOST_DAYS = 400;

function openTimes({ days, from, to, zone }: WorkingHours, window: Window): readonly Window[] {
  const open: Window[] = [];
  const whole = from === 0 && to === 0;
  let date = wallAt(window.from, zone).slice(0, 10);
  for (let count = 0; count < MOST_DAYS; count++) {
    const start = instantOf(whole ? `${date}T00:00:00` : `${date}T${clock(from)}`, zone);
    const next = addDays(date, 1);
    const end = whole || to >= 24 ? instantOf(`${next}T00:00:00`, zone) : instantOf(`${date}T${clock(to)}`, zone);
    if (start >= window.to) break;
    if (days.includes(weekdayOf(dayOf(date))) && end > window.from && end > start)
      open.push({ from: Math.max(start, window.from), to: Math.min(end, window.to) });
    date = next;
  }
  return open;
}

function clock(hours: number): string {
  const minutes = Math.round(Math.min(Math.max(hours, 0), 23.98) * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
}

/** How an event counts; undefined when its owner declined. */
function typeOf(event: VEvent, owner: string | undefined): SlotType | undefined {
  const own: Attendee | undefined = event.attendees?.find((attendee) => owner !== undefined && attendee.dir === owner);
  if (own?.partStatus === 'Declined') return undefined;
  if (event.transparency === 'Transparent' || event.status === 'Cancelled') return 'FREE';
  const undecided = [own?.partStatus, event.status].some((word) => word === 'NeedsAction' || word === 'Tentative');
  return undecided ? 'BUSYTENTATIVE' : 'BUSY';
}

function slot(start: number, end: number, type: SlotType, summary: string | null): Slot {
  return { dtstart: utc(start), dtend: utc(end), type, summary };
}

function utc(instant: number): NonNullable<Slot['dtstart']> {
  const text = new Date(instant).toISOString();
  return writePoint({ kind: 'time', wall: text.slice(0, 19), millis: instant % 1000, zone: 'UTC', offset: 0 });
}
