/**
 * Modified occurrences. Each is read and written as if it were an item: the series with the exception's own members laid over it, by the
 * same fields; what then differs from the series is the exception. What Outlook cannot let differ (privacy, categories, importance,
 * people, further zones) is the series'.
 * @source outlook-calendar.md 4.6; MS-OXOCAL 2.2.10.2
 */
import type { Event } from '../../../domain/event.ts';
import { wallIn } from '../../../domain/expand-series.ts';
import type { When, ZoneId } from '../../../domain/time.ts';
import { addSeconds } from '../../../domain/time-civil.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import type { OutlookException } from '../../../outlook/model/recurrence-pattern.ts';
import { type Field, isSame } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';
import { homeZone, seriesZone } from './when.ts';

/** How one event is read and written. */
export type EventMapping = { readonly field: Field<Appointment, Event>; readonly context: OutlookEventContext };

/** The series' item as the given occurrence shows it. Hours of an occurrence of whole days are those of the user's zone. */
function occurrenceItem(series: Appointment, exception: OutlookException, context: OutlookEventContext): Appointment {
  const [zone, end] = series.tags[TAG.zones]?.split('|') ?? [];
  const startZone = series.allDay ? homeZone(context) : series.startZone;
  return {
    ...series,
    recurrence: undefined,
    start: exception.start,
    end: exception.end,
    startZone,
    endZone: startZone,
    tags: end === undefined ? series.tags : { ...series.tags, [TAG.zones]: `${zone}|${zone}` },
    subject: exception.subject ?? series.subject,
    location: exception.location ?? series.location,
    body: exception.body ?? series.body,
    allDay: exception.allDay ?? series.allDay,
    busyStatus: exception.busyStatus ?? series.busyStatus,
    // A series without a reminder has none on its exceptions either (EC43).
    reminderSet: series.reminderSet && (exception.reminderSet ?? true),
    reminderMinutes: exception.reminderMinutes ?? series.reminderMinutes,
    meetingStatus: exception.meetingStatus ?? series.meetingStatus,
  };
}

/** The event that an exception shows. Who is invited is the series' to say: an exception has no list of its own. */
export function readException(series: Appointment, exception: OutlookException, mapping: EventMapping): Event {
  const { organizer, attendees } = mapping.field.read(series);
  return { ...mapping.field.read(occurrenceItem(series, exception, mapping.context)), organizer, attendees };
}

/** An occurrence as the rule has it. @param minutes length @units minutes */
export function plainOccurrence(originalStart: string, minutes: number): OutlookException {
  return { originalStart, start: originalStart, end: addSeconds(originalStart, minutes * 60) };
}

/** The exception that shows `event`; `current` is what is there now, or the occurrence as the rule has it. */
export function writeException(
  series: Appointment,
  current: OutlookException,
  event: Event,
  mapping: EventMapping,
): OutlookException {
  const { field, context } = mapping;
  const item = occurrenceItem(series, current, context);
  const shown = readException(series, current, mapping);
  const zone = series.allDay ? context.zone : seriesZone(series, context);
  const wanted: Event = {
    ...event,
    when: inZone(event.when, zone),
    privacy: shown.privacy,
    categories: shown.categories,
    importance: shown.importance,
    organizer: shown.organizer,
    attendees: shown.attendees,
    url: shown.url,
    conference: shown.conference,
    files: shown.files,
    reminders: series.reminderSet ? event.reminders : shown.reminders,
  };
  if (isSame(field.survives(wanted), shown)) return current;
  const people = field.read(item);
  const written = field.write(item, { ...wanted, organizer: people.organizer, attendees: people.attendees });
  return {
    originalStart: current.originalStart,
    start: written.start,
    end: written.end,
    ...differences(series, written, current),
  };
}

/** Exceptions are told in the zone in which their series starts. */
function inZone(when: When, zone: ZoneId | undefined): When {
  if (when.kind === 'date') return when;
  return { kind: 'time', start: { wall: wallIn(when.start, zone), zone }, end: { wall: wallIn(when.end, zone), zone } };
}

/** What differs from the series, and what was said to be of its own although it does not. */
function differences(series: Appointment, item: Appointment, current: OutlookException): Partial<OutlookException> {
  const isOwn = (name: keyof Inherited) => item[name] !== series[name] || current[name] !== undefined;
  const names = INHERITED.filter((name) => isOwn(name) && (name !== 'reminderMinutes' || item.reminderSet));
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

type Inherited = Omit<OutlookException, 'originalStart' | 'start' | 'end'>;
const INHERITED = [
  'subject',
  'location',
  'body',
  'allDay',
  'busyStatus',
  'reminderSet',
  'reminderMinutes',
  'meetingStatus',
] as const satisfies readonly (keyof Inherited)[];
