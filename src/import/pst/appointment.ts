/**
 * An appointment of a data file as the object model would show it, so that one mapping reads both.
 * @source MS-OXOCAL 2.2.1; outlook-calendar.md sections 2 and 4
 */
import { toHex } from '../../base/utf8.ts';
import type { ZoneId } from '../../domain/time.ts';
import { addSeconds, dateOf } from '../../domain/time-civil.ts';
import { wallAt, zoneOf } from '../../domain/zones.ts';
import { shownZone, zoneShownAs } from '../../mapping/outlook/event/shown-zone.ts';
import type {
  Appointment,
  BusyStatus,
  MeetingStatus,
  OutlookImportance,
  Recipient,
  ResponseStatus,
  Sensitivity,
} from '../../outlook/model/appointment.ts';
import { readRecurrenceBlob } from '../../outlook/model/recurrence-blob.ts';
import { exceptionsWithBody, patternOfBlob } from '../../outlook/model/recurrence-meaning.ts';
import type { RecurrencePattern } from '../../outlook/model/recurrence-pattern.ts';
import { readZoneDefinition, readZoneStruct } from '../../outlook/model/time-zone-blob.ts';
import { windowsZoneId } from '../../outlook/model/windows-zones.ts';
import { ianaZoneOfDefinition, ianaZoneOfRule } from '../../outlook/model/zone-rules.ts';
import { addressOf } from '../../outlook/program/read-recipients.ts';
import {
  APPOINTMENT,
  APPOINTMENT_IN_FILE,
  EXCEPTION_ATTACHMENT,
  ITEM,
  RECIPIENT,
} from '../../outlook/program/schema-names.ts';
import { type BySchema, bySchema, rowBySchema } from './by-schema.ts';
import { itemText } from './item-text.ts';
import type { PstItem } from './open-pst.ts';

/** @param home the user's own zone: of appointments that name none */
export type AppointmentContext = { readonly home: ZoneId; readonly ownAddress: string };

/**
 * @throws OUTLOOK_BAD_STRUCTURE, OUTLOOK_UNSUPPORTED_RECURRENCE, IMPORT_DAMAGED; a plain Error never
 * @returns the reason why it is no appointment, or the appointment
 */
export function appointmentOf(item: PstItem, context: AppointmentContext): Appointment | string {
  const read = bySchema(item.properties);
  const [start, end] = [read.time(APPOINTMENT_IN_FILE.start), read.time(APPOINTMENT_IN_FILE.end)];
  if (start === undefined) return 'it has no start';
  const blob = read.flag(APPOINTMENT.recurring) ? read.bytes(APPOINTMENT.recurrence) : undefined;
  const told = zonesOf(read, { year: new Date(start).getUTCFullYear(), series: blob !== undefined }, context);
  const over = end === undefined || end < start;
  const zones = over ? { start: told.start, end: told.start } : told;
  const plain = {
    ...plainOf(read, item),
    ...placeOf({ start, end: over ? start : end }, read, zones, context),
  };
  if (blob === undefined) return plain;
  const recurrence = seriesOf(blob, item, iana(zones.start, context));
  const first = addSeconds(`${recurrence.firstDate}T00:00:00`, recurrence.startMinutes * 60);
  const last = addSeconds(first, recurrence.durationMinutes * 60);
  return { ...plain, recurrence, start: first, end: last, endZone: plain.startZone };
}

function plainOf(read: BySchema, item: PstItem): Appointment {
  const meetingStatus = meetingStatusOf(read.number(APPOINTMENT.stateFlags) ?? 0);
  return {
    subject: read.text(ITEM.subject),
    location: read.text(APPOINTMENT.location),
    body: itemText(read).plain.replaceAll('\n', '\r\n'),
    allDay: read.flag(APPOINTMENT.allDay),
    start: '',
    startZone: '',
    end: '',
    endZone: '',
    busyStatus: within<BusyStatus>(read.number(APPOINTMENT.busyStatus) ?? 2, 4, 2),
    sensitivity: within<Sensitivity>(read.number(ITEM.sensitivity) ?? 0, 3, 0),
    importance: within<OutlookImportance>(read.number(ITEM.importance) ?? 1, 2, 1),
    categories: read.texts(ITEM.keywords),
    reminderSet: read.flag(APPOINTMENT.reminderSet),
    reminderMinutes: Math.max(0, Math.min(read.number(APPOINTMENT.reminderMinutes) ?? 15, 60 * 24 * 366)),
    meetingStatus,
    responseStatus: within<ResponseStatus>(read.number(APPOINTMENT.responseStatus) ?? 0, 5, 0),
    organizer: meetingStatus === 0 ? undefined : organizerOf(read),
    recipients: meetingStatus === 0 ? [] : item.recipients().flatMap(recipientOf),
    recurrence: undefined,
    globalId: toHex(read.bytes(APPOINTMENT.cleanGlobalId) ?? read.bytes(APPOINTMENT.globalId) ?? new Uint8Array(0)),
    tags: {},
  };
}

/** Windows ids. */
type Zones = { readonly start: string; readonly end: string };

/** A series has its zone, a single appointment those of its start and end; the rules of older files are a last way to know. */
function zonesOf(read: BySchema, of: { year: number; series: boolean }, { home }: AppointmentContext): Zones {
  const defined = (schema: string): string | undefined =>
    quietly(() => {
      const bytes = read.bytes(schema);
      if (bytes === undefined) return undefined;
      const definition = readZoneDefinition(bytes);
      const zone = ianaZoneOfDefinition(definition, of.year, [home]);
      return windowsZoneId(definition.keyName) ?? (zone && shownZone(zone));
    });
  const ruled = (): string | undefined =>
    quietly(() => {
      const bytes = read.bytes(APPOINTMENT_IN_FILE.zoneStruct);
      const zone = bytes && ianaZoneOfRule(readZoneStruct(bytes), of.year, [home]);
      return zone && shownZone(zone);
    });
  const own = shownZone(home) ?? 'UTC';
  const series = () => defined(APPOINTMENT.recurrenceZone) ?? ruled();
  const single = defined(APPOINTMENT.startZone);
  const start = (of.series ? (series() ?? single) : (single ?? series())) ?? own;
  return { start, end: of.series ? start : (defined(APPOINTMENT.endZone) ?? start) };
}

/** A zone that is damaged says nothing; what else the appointment says counts all the same. */
function quietly<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function iana(windows: string, { home }: AppointmentContext): ZoneId {
  return zoneShownAs(windows, { zone: zoneOf(home) ?? 'UTC', ownAddress: '' });
}

function placeOf(
  at: { readonly start: number; readonly end: number },
  read: BySchema,
  zones: Zones,
  context: AppointmentContext,
): Pick<Appointment, 'start' | 'startZone' | 'end' | 'endZone'> {
  const named = { startZone: zones.start, endZone: zones.end };
  const start = wallAt(at.start, iana(zones.start, context));
  const end = wallAt(at.end, iana(zones.end, context));
  if (!read.flag(APPOINTMENT.allDay)) return { ...named, start: wholeMinute(start), end: wholeMinute(end) };
  if (isMidnight(start) && isMidnight(end)) return { ...named, start, end };
  // Written in a zone that the item does not name: the midnights nearest to UTC's, as zones go.
  const day = (instant: number) => `${dateOf(Math.round(instant / DAY))}T00:00:00`;
  return { ...named, start: day(at.start), end: day(at.end) };
}

const DAY = 86_400_000;

function isMidnight(wall: string): boolean {
  return wall.endsWith('T00:00:00');
}

function wholeMinute(wall: string): string {
  return `${wall.slice(0, 16)}:00`;
}

/** The recurrence with the texts of changed occurrences, which are kept in attachments. @source MS-OXOCAL 2.2.10 */
function seriesOf(bytes: Uint8Array, item: PstItem, zone: ZoneId): RecurrencePattern {
  const blob = readRecurrenceBlob(bytes);
  const pattern = patternOfBlob(blob);
  const withBody = new Set(exceptionsWithBody(blob));
  if (withBody.size === 0) return pattern;
  const bodies = new Map<string, string>();
  for (const attachment of item.attachments()) {
    const at = bySchema(attachment.properties).time(EXCEPTION_ATTACHMENT.original);
    const message = at === undefined ? undefined : attachment.message();
    if (at === undefined || message === undefined) continue;
    bodies.set(wholeMinute(wallAt(at, zone)), itemText(bySchema(message)).plain.replaceAll('\n', '\r\n'));
  }
  const exceptions = pattern.exceptions.map((exception) => {
    const body = withBody.has(exception.originalStart) ? bodies.get(exception.originalStart) : undefined;
    return body === undefined ? exception : { ...exception, body };
  });
  return { ...pattern, exceptions };
}

function organizerOf(read: BySchema): Appointment['organizer'] {
  const name = read.text(APPOINTMENT.organizerName);
  const address = addressOf(
    read.text(APPOINTMENT.organizerType),
    read.text(APPOINTMENT.organizerAddress),
    read.text(APPOINTMENT.organizerSmtp),
  );
  return name === '' && address === '' ? undefined : { name, address };
}

const ORGANIZER = 0x2;

/** Everybody but the organizer. Types 1 to 3: required, optional, resource. */
function recipientOf(row: Parameters<typeof rowBySchema>[0]): Recipient[] {
  const read = rowBySchema(row);
  const type = (read.number(RECIPIENT.type) ?? 1) & 0xf;
  if (((read.number(RECIPIENT.flags) ?? 0) & ORGANIZER) !== 0 || (type !== 1 && type !== 2 && type !== 3)) return [];
  const address = addressOf(
    read.text(RECIPIENT.addressType),
    read.text(RECIPIENT.address),
    read.text(RECIPIENT.smtpAddress),
  );
  const response = within<ResponseStatus>(read.number(RECIPIENT.response) ?? 0, 5, 0);
  return [{ name: read.text(RECIPIENT.name), address, type, response }];
}

/** asfMeeting 1, asfReceived 2, asfCanceled 4 as the values that OlMeetingStatus has. */
function meetingStatusOf(flags: number): MeetingStatus {
  return (flags & 1) === 0 ? 0 : ((1 | (flags & 6)) as MeetingStatus);
}

function within<T extends number>(value: number, most: number, otherwise: T): T {
  return Number.isInteger(value) && value >= 0 && value <= most ? (value as T) : otherwise;
}
