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
import { seriesZone } from './when.ts';

type EventField = Field<Appointment, Event>;

/** The series' item as the given occurrence shows it. */
function occurrenceItem(series: Appointment, exception: OutlookException): Appointment {
  const [zone, end] = series.tags[TAG.zones]?.split('|') ?? [];
  return {
    ...series,
    recurrence: undefined,
    start: exception.start,
    end: exception.end,
    endZone: series.startZone,
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

/** The event that an exception shows. */
export function readException(series: Appointment, exception: OutlookException, field: EventField): Event {
  return field.read(occurrenceItem(series, exception));
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
  mapping: { readonly field: EventField; readonly context: OutlookEventContext },
): OutlookException {
  const { field, context } = mapping;
  const item = occurrenceItem(series, current);
  const shown = field.read(item);
  const zone = series.allDay ? context.zone : seriesZone(series, context);
  const wanted: Event = {
    ...event,
    when: inZone(event.when, zone),
    privacy: shown.privacy,
    categories: shown.categories,
    importance: shown.importance,
    organizer: shown.organizer,
    attendees: shown.attendees,
    reminders: series.reminderSet ? event.reminders : shown.reminders,
  };
  if (isSame(field.survives(wanted), shown)) return current;
  const written = field.write(item, wanted);
  return {
    originalStart: current.originalStart,
    start: written.start,
    end: written.end,
    ...differences(series, written),
  };
}

/** Exceptions are told in the zone in which their series starts. */
function inZone(when: When, zone: ZoneId | undefined): When {
  if (when.kind === 'date') return when;
  return { kind: 'time', start: { wall: wallIn(when.start, zone), zone }, end: { wall: wallIn(when.end, zone), zone } };
}

function differences(series: Appointment, item: Appointment): Partial<OutlookException> {
  return {
    ...(item.subject === series.subject ? {} : { subject: item.subject }),
    ...(item.location === series.location ? {} : { location: item.location }),
    ...(item.body === series.body ? {} : { body: item.body }),
    ...(item.allDay === series.allDay ? {} : { allDay: item.allDay }),
    ...(item.busyStatus === series.busyStatus ? {} : { busyStatus: item.busyStatus }),
    ...(item.reminderSet === series.reminderSet ? {} : { reminderSet: item.reminderSet }),
    ...(!item.reminderSet || item.reminderMinutes === series.reminderMinutes
      ? {}
      : { reminderMinutes: item.reminderMinutes }),
    ...(item.meetingStatus === series.meetingStatus ? {} : { meetingStatus: item.meetingStatus }),
  };
}
