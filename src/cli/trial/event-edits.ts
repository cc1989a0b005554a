/**
 * What the form of an appointment, or a drag in the calendar, makes of it: of one that does not repeat, of a whole series, or of one
 * occurrence. As in Outlook, another time of a whole series takes its changed and deleted occurrences along.
 */
import type { EventForm } from '../../agent/api/trial-routes.ts';
import { Failure } from '../../base/failure.ts';
import { BLANK_EVENT, type Event, type Exception, type Series } from '../../domain/event.ts';
import { occurrenceWhen } from '../../domain/expand-series.ts';
import type { Moment, When, ZoneId } from '../../domain/time.ts';
import { addDays, addSeconds, DAY_SECONDS, dayOf, isLocalDate, weekdayOf } from '../../domain/time-civil.ts';
import { instantOf, wallAt } from '../../domain/zones.ts';
import { repeatsOf, ruleOf, untilShown } from './repeats.ts';

export type EventEdit = { readonly [K in keyof EventForm]?: EventForm[K] | undefined };

/** A new appointment, whole. @param zone in which it takes place */
export function newSeries(form: EventForm, zone: ZoneId): Series {
  const when = whenOf(form, { kind: 'time', start: { wall: '', zone }, end: { wall: '', zone } }, zone);
  const main = { ...edited({ ...BLANK_EVENT, when }, form, zone), when: onWeekday(when, form) };
  const recurrence = ruleOf(form, main.when);
  return { kind: 'event', uid: '', main, recurrence, excluded: [], added: [], exceptions: [] };
}

/** A week day for what repeats on week days: Outlook begins such a series with its first occurrence. */
function onWeekday(when: When, { repeats }: EventEdit): When {
  const start = when.kind === 'date' ? when.start : when.start.wall.slice(0, 10);
  const day = weekdayOf(dayOf(start));
  return repeats === 'weekdays' && day >= SATURDAY ? later(when, 7 - day) : when;
}

/** Of {@link weekdayOf}. */
const SATURDAY = 5;

function later(when: When, days: number): When {
  if (when.kind === 'date') return { ...when, start: addDays(when.start, days), end: addDays(when.end, days) };
  const moved = ({ wall, zone }: Moment): Moment => ({ wall: addSeconds(wall, days * DAY_SECONDS), zone });
  return { ...when, start: moved(when.start), end: moved(when.end) };
}

/** @param at names the occurrence; undefined: all of it. @throws ITEM_NOT_FOUND, VALUE_INVALID */
export function editSeries(series: Series, at: string | undefined, edit: EventEdit, zone: ZoneId): Series {
  if (at !== undefined) return withOccurrence(series, at, (event) => edited(event, edit, zone));
  const main = series.main ?? gone();
  if (series.recurrence === undefined && (edit.repeats ?? 'never') === 'never')
    return { ...series, main: edited(main, edit, zone) };
  return editWhole(series, main, edit, zone);
}

function editWhole(series: Series, main: Event, edit: EventEdit, zone: ZoneId): Series {
  const once = series.recurrence === undefined;
  const next = edited(main, edit, zone);
  // The form shows of a series the time of day: its first day is the rule's own.
  const when = once ? onWeekday(next.when, edit) : onDayOf(main.when, next.when);
  const kept = (edit.repeats ?? 'other') === 'other' || isSameRule(series, main, edit);
  const recurrence = kept ? series.recurrence : ruleOf(edit, when);
  if (recurrence === undefined)
    return { ...series, main: { ...next, when }, recurrence, excluded: [], added: [], exceptions: [] };
  const moved = startOf(when) !== startOf(main.when);
  const dropped = moved || !kept ? { excluded: [], added: [], exceptions: [] } : {};
  return { ...series, ...dropped, main: { ...next, when }, recurrence };
}

function isSameRule(series: Series, main: Event, edit: EventEdit): boolean {
  const until = edit.until === undefined || edit.until === untilShown(series.recurrence);
  return until && repeatsOf(series.recurrence, main.when) === edit.repeats;
}

/** The times of `next` on the day of `first`. */
function onDayOf(first: When, next: When): When {
  const day = (when: When) => startOf(when).slice(0, 10);
  return later(next, dayOf(day(first)) - dayOf(day(next)));
}

/** Takes one occurrence out; undefined: nothing is left. @throws ITEM_NOT_FOUND */
export function withoutOccurrence(series: Series, at: string): Series | undefined {
  const exceptions = series.exceptions.filter(({ original }) => original.at !== at);
  if (series.main !== undefined) return { ...series, exceptions, excluded: [...series.excluded, at] };
  return exceptions.length === 0 ? undefined : { ...series, exceptions };
}

/** What takes place as the occurrence called `at`; undefined `at`: the item itself. @throws ITEM_NOT_FOUND */
export function eventAt(series: Series, at: string | undefined): Event {
  const { main } = series;
  if (at === undefined) return main ?? series.exceptions[0]?.event ?? gone();
  const exception = series.exceptions.find(({ original }) => original.at === at);
  if (exception !== undefined) return exception.event;
  return main === undefined ? gone() : { ...main, when: occurrenceWhen(main.when, at) };
}

function withOccurrence(series: Series, at: string, edit: (event: Event) => Event): Series {
  const event = edit(eventAt(series, at));
  const known = series.exceptions.find(({ original }) => original.at === at);
  const exception: Exception = { original: known?.original ?? { at, zone: undefined }, event };
  return { ...series, exceptions: [...series.exceptions.filter((one) => one !== known), exception] };
}

function gone(): never {
  throw new Failure('ITEM_NOT_FOUND', 'This is not there any more. Look at the calendar again.');
}

function edited(event: Event, edit: EventEdit, zone: ZoneId): Event {
  const { title, location, text, reminder, busy } = edit;
  return {
    ...event,
    title: title ?? event.title,
    location: location ?? event.location,
    body: text === undefined || text === event.body.plain ? event.body : { plain: text, html: undefined },
    reminders: remindersOf(event, reminder),
    busy: busy ?? event.busy,
    privacy: privacyOf(event, edit.private),
    when: whenOf(edit, event.when, zone),
  };
}

function remindersOf({ reminders }: Event, minutes: number | null | undefined): Event['reminders'] {
  if (minutes === undefined || (reminders[0]?.minutes ?? null) === minutes) return reminders;
  return minutes === null ? [] : [{ minutes, action: 'display' }];
}

function privacyOf({ privacy }: Event, hidden: boolean | undefined): Event['privacy'] {
  if (hidden === undefined || hidden === (privacy !== 'public')) return privacy;
  return hidden ? 'private' : 'public';
}

/** @throws VALUE_INVALID */
function whenOf({ start, end, allDay }: EventEdit, before: When, zone: ZoneId): When {
  if (start === undefined && end === undefined && allDay === undefined) return before;
  if (start === undefined || end === undefined || allDay === undefined) throw unlike();
  if (allDay) {
    if (!isLocalDate(start) || !isLocalDate(end) || start >= end) throw unlike();
    return { kind: 'date', start, end };
  }
  const [from, to] = [Date.parse(start), Date.parse(end)];
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw unlike();
  const moment = (instant: number, { zone: own }: Pick<Moment, 'zone'>): Moment => ({
    wall: wallAt(instant, own ?? zone),
    zone: own,
  });
  const [first, last] = before.kind === 'time' ? [before.start, before.end] : [{ zone }, { zone }];
  return { kind: 'time', start: moment(from, first), end: moment(to, last) };
}

function unlike(): Failure {
  return new Failure('VALUE_INVALID', 'Say start, end and whether it lasts all day, with the end after the start.');
}

/** A moment as the browser's calendar takes it. @param zone where floating times are shown */
export function shownMoments(when: When, zone: ZoneId): { start: string; end: string; allDay: boolean } {
  if (when.kind === 'date') return { start: when.start, end: when.end, allDay: true };
  const shown = (moment: Moment) => new Date(instantOf(moment.wall, moment.zone ?? zone)).toISOString();
  return { start: shown(when.start), end: shown(when.end), allDay: false };
}

function startOf(when: When): string {
  return when.kind === 'date' ? when.start : when.start.wall;
}
