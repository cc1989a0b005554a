/**
 * An Outlook appointment ↔ a series, by the fields beside this file. The item is patched: what a series does not say stays.
 *
 * Some of a series does not show in Outlook (docs/mapping.md lists it). It is not lost: the engine compares what Outlook shows with what
 * Outlook showed before, and what did not change there is never sent to the server.
 */
import { isFailure } from '../../../base/failure.ts';
import type { Event, Series } from '../../../domain/event.ts';
import { ruleStarts, untilOf } from '../../../domain/expand-series.ts';
import { secondsOf, wallOf } from '../../../domain/time-civil.ts';
import { instantOf } from '../../../domain/zones.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { globalIdOfUid, uidOfGlobalId } from '../../../outlook/model/global-object-id.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { compose, type Field, isSame } from '../../field.ts';
import { body } from './body.ts';
import { busy } from './busy.ts';
import { categories } from './categories.ts';
import type { OutlookEventContext } from './context.ts';
import { simplifiedSeriesChanged } from './failures.ts';
import { importance } from './importance.ts';
import { conference, files, url } from './links.ts';
import { location } from './location.ts';
import { withNote, withoutNote } from './note.ts';
import { readOrphans, writeOrphans } from './orphans.ts';
import { type Meeting, meeting } from './people.ts';
import { privacy } from './privacy.ts';
import { reminders } from './reminders.ts';
import { readSeries, writeSeries } from './series.ts';
import { truthOf } from './simplified-tag.ts';
import { cancelled } from './status.ts';
import { withTag } from './tags.ts';
import { title } from './title.ts';
import { when } from './when.ts';

/** The fields of one event but its people, which are one field together. */
export function eventFields(context: OutlookEventContext): {
  readonly [K in Exclude<keyof Event, 'organizer' | 'attendees'>]: Field<Appointment, Event[K]>;
} {
  return {
    title,
    when: when(context),
    location,
    body,
    reminders,
    cancelled,
    busy: busy(context),
    privacy,
    importance,
    categories,
    url,
    conference,
    files,
  };
}

/** The mapping of one event, without its recurrence. */
export function eventField(context: OutlookEventContext): Field<Appointment, Event> {
  const rest = compose<Appointment, Omit<Event, 'organizer' | 'attendees'>>(eventFields(context));
  const people = meeting(context);
  return {
    read: (item) => ({ ...rest.read(item), ...people.read(item) }),
    write: (item, event) => people.write(rest.write(item, event), meetingOf(event)),
    survives: (event) => ({ ...rest.survives(event), ...people.survives(meetingOf(event)) }),
  };
}

function meetingOf({ organizer, attendees }: Event): Meeting {
  return { organizer, attendees };
}

/** The value that a new item starts from. */
export function blankAppointment(): Appointment {
  return {
    subject: '',
    location: '',
    body: '',
    allDay: false,
    start: '1970-01-01T00:00:00',
    startZone: 'UTC',
    end: '1970-01-01T00:00:00',
    endZone: 'UTC',
    busyStatus: 2,
    sensitivity: 0,
    importance: 1,
    categories: [],
    reminderSet: false,
    reminderMinutes: 15,
    meetingStatus: 0,
    responseStatus: 0,
    organizer: undefined,
    recipients: [],
    recurrence: undefined,
    globalId: '',
    tags: {},
  };
}

/** The mapping of whole items, as the Outlook side takes it. @throws SIMPLIFIED_SERIES_CHANGED, SERIES_WEEK_START on reading */
export function outlookEventMapping(context: OutlookEventContext): Field<Appointment, Series> {
  return {
    read: (item) => outlookEvent.read(item, context),
    write: (item, series) => outlookEvent.write(item, series, context),
    survives: (series) => outlookEvent.survives(series, context),
  };
}

export const outlookEvent = {
  /**
   * @throws SIMPLIFIED_SERIES_CHANGED when the recurrence of an item that shows only part of it is no longer what it was given
   * @throws SERIES_WEEK_START when the server has no rule for the series
   */
  read(item: Appointment, context: OutlookEventContext): Series {
    return readBare(withoutNote(item), context);
  },

  /** `current` undefined: a new item. */
  write(current: Appointment | undefined, series: Series, context: OutlookEventContext): Appointment {
    const bare = current && withoutNote(current);
    if (current !== undefined && bare !== undefined && isSaid(bare, series, context)) return current;
    return withNote(writeBare(bare, series, context), { current, bare }, context.language ?? 'en');
  },

  /** What Outlook would show of `series`. */
  survives(series: Series, context: OutlookEventContext): Series {
    return readBare(writeBare(undefined, series, context), context);
  },
};

function readBare(item: Appointment, context: OutlookEventContext): Series {
  const field = eventField(context);
  const uid = item.tags[TAG.uid] ?? uidOfGlobalId(item.globalId) ?? '';
  const none = { recurrence: undefined, excluded: [], added: [], exceptions: [] };
  const truth = truthOf(item);
  if (truth?.orphans !== undefined) {
    const exceptions = readOrphans(item, truth.orphans, { field, context });
    return { kind: 'event', uid, main: undefined, ...none, exceptions };
  }
  if (item.recurrence !== undefined) {
    return { kind: 'event', uid, ...readSeries(item, item.recurrence, truth, { field, context }) };
  }
  if (truth?.partial !== undefined) throw simplifiedSeriesChanged();
  const bare: Series = { kind: 'event', uid, main: field.read(item), ...none };
  return truth?.isFirstOnly === true ? { ...bare, shown: { dates: undefined, isDue: false } } : bare;
}

function writeBare(current: Appointment | undefined, series: Series, context: OutlookEventContext): Appointment {
  const mapping = { field: eventField(context), context };
  const item = withUid(current ?? blankAppointment(), series.uid);
  if (series.main === undefined) return writeOrphans(item, series.exceptions, mapping);
  const rings = !isOver(series, context) || (current !== undefined && isSetOnPast(current, context));
  const main = rings ? series.main : { ...series.main, reminders: [] };
  const written = mapping.field.write(item, main);
  if (series.recurrence === undefined && series.added.length === 0) {
    // Its rule is the server's: what is said of it stays.
    if (series.shown !== undefined && truthOf(item)?.isFirstOnly === true) return { ...written, recurrence: undefined };
    return withTag({ ...written, recurrence: undefined }, TAG.simplified, undefined);
  }
  return writeSeries(written, { ...series, main }, item.recurrence, mapping);
}

/** An item that cannot be read says nothing: writing it makes it readable again. */
function isSaid(item: Appointment, series: Series, context: OutlookEventContext): boolean {
  try {
    return isSame(outlookEvent.read(item, context), series);
  } catch {
    return false;
  }
}

/**
 * The calendar-world key: the global id of a new item, and a tag beside it. Outlook 2010 does not take the id; on an item that has another
 * one the tag is the key.
 */
function withUid(item: Appointment, uid: string): Appointment {
  const known = item.tags[TAG.uid] ?? uidOfGlobalId(item.globalId);
  if (known === uid) return item;
  const globalId = item.globalId === '' && uid !== '' ? globalIdOfUid(uid) : item.globalId;
  return withTag({ ...item, globalId }, TAG.uid, uid === '' ? undefined : uid);
}

/** Whether nothing of a series is still to come: it gets no reminder, so that a first run does not open a window for each of them. */
function isOver(series: Series, { now, zone: home }: OutlookEventContext): boolean {
  const { main, recurrence } = series;
  if (now === undefined || main === undefined || recurrence?.end.kind === 'never') return false;
  const { when: first } = main;
  const zone = first.kind === 'time' ? (first.end.zone ?? home) : home;
  const last = first.kind === 'date' ? `${first.end}T00:00:00` : first.end.wall;
  const ends = [instantOf(last, zone)];
  for (const { event } of series.exceptions) {
    ends.push(
      event.when.kind === 'date'
        ? instantOf(`${event.when.end}T00:00:00`, home)
        : instantOf(event.when.end.wall, event.when.end.zone ?? home),
    );
  }
  for (const value of series.added)
    ends.push(
      typeof value === 'string' ? instantOf(`${value}T00:00:00`, home) : instantOf(value.wall, value.zone ?? home),
    );
  if (recurrence !== undefined) ends.push(instantOf(lastStart(series), zone));
  // A day more than exact: how long the last occurrence takes is not asked.
  return Math.max(...ends) + 86_400_000 < now;
}

/** Whether the item has a reminder although it was over before: the user's own, which stays. */
function isSetOnPast(item: Appointment, context: OutlookEventContext): boolean {
  if (!item.reminderSet) return false;
  try {
    return isOver(readBare(item, context), context);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return false;
  }
}

/** The last start that the rule can make: counted, or its end. */
function lastStart({ main, recurrence }: Series): string {
  if (main === undefined || recurrence === undefined) return '1970-01-01T00:00:00';
  const start = secondsOf(main.when.kind === 'date' ? main.when.start : main.when.start.wall);
  if (recurrence.end.kind !== 'count') return wallOf(Math.max(start, untilOf(recurrence, main.when)));
  const starts = ruleStarts(
    recurrence,
    main.when,
    { from: start, to: Number.POSITIVE_INFINITY },
    recurrence.end.count,
  ).at;
  return wallOf(starts.at(-1) ?? start);
}
