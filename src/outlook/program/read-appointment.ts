/**
 * How an appointment becomes a snapshot: one bulk read, its two wall times, its body. A second program follows only for what
 * one bulk read cannot hold: attendees, bodies of exceptions, zones of items made by other programs, and a recurrence that is
 * too long for one property.
 */
import { must } from '../../base/assert.ts';
import { toHex } from '../../base/utf8.ts';
import type {
  Appointment,
  BusyStatus,
  MeetingStatus,
  OutlookImportance,
  ResponseStatus,
  Sensitivity,
} from '../model/appointment.ts';
import { readRecurrenceBlob } from '../model/recurrence-blob.ts';
import { exceptionsWithBody, patternOfBlob } from '../model/recurrence-meaning.ts';
import { type AppointmentBase, type AppointmentRead, completeRead } from './appointment-read.ts';
import { isError, meaningOf } from './errors.ts';
import { accessorOf, type ItemPlace, openItem } from './item-place.ts';
import type { Handle, OutlookValue } from './program.ts';
import { type Rest, readRest } from './read-appointment-rest.ts';
import { addressOf } from './read-recipients.ts';
import type { Part } from './reading.ts';
import { APPOINTMENT, ITEM, TAG_NAMES } from './schema-names.ts';
import { tagsFrom } from './tags.ts';
import { BadValue, bytes, date, flag, isAbsent, list, number, text, texts, type Values } from './values.ts';
import { zoneKeyFrom } from './zone-key.ts';

const PROPERTIES = { ...ITEM, ...APPOINTMENT } as const;
type PropertyName = Exclude<keyof typeof PROPERTIES, 'entryId' | 'longEntryId' | 'cleanGlobalId' | 'invited'>;
const NAMES = (Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).filter(
  (name): name is PropertyName => !['entryId', 'longEntryId', 'cleanGlobalId', 'invited'].includes(name),
);
const BULK: readonly string[] = [...NAMES.map((name) => PROPERTIES[name]), ...TAG_NAMES.map(([, name]) => name)];

/** Reads one appointment. @source outlook-calendar.md 8 (bulk reads), 4.8 (recurrence) */
export function readAppointment(place: ItemPlace): Part<AppointmentRead> {
  return (run) => {
    const item = openItem(run, place, 'AppointmentItem');
    const bulk = run.call(accessorOf(run, item), 'GetProperties', BULK);
    const body = run.value(item, 'Body');
    const start = run.value(item, 'StartInStartTimeZone');
    const end = run.value(item, 'EndInEndTimeZone');
    return {
      wanted: [bulk, body, start, end],
      decode: (values) => {
        const base = baseFrom(place, values, { bulk, body, start, end });
        const rest = restOf(base);
        if (rest !== undefined) return { kind: 'more', next: readRest(base, rest, () => readAppointment(place)) };
        const startZone = must(base.startZone);
        const recurrence = base.recurrence.kind === 'known' ? base.recurrence.pattern : undefined;
        const endZone = must(base.endZone);
        return { kind: 'value', value: completeRead(base, { startZone, endZone, recurrence, recipients: [] }) };
      },
    };
  };
}

function baseFrom(
  place: ItemPlace,
  values: Values,
  handles: Readonly<Record<'bulk' | 'body' | 'start' | 'end', Handle>>,
): AppointmentBase {
  const slots = list(values[handles.bulk]);
  const slot = (name: PropertyName): OutlookValue | undefined => slots[NAMES.indexOf(name)];
  const startZone = zoneFrom(slot('startZone'));
  const recurrence = recurrenceFrom(slot('recurrence'), flag(slot('recurring')));
  return {
    place,
    lastModified: `${date(slot('lastModified'))}Z`,
    messageClass: text(slot('messageClass')),
    recurrence,
    startZone: (recurrence.kind === 'single' ? undefined : zoneFrom(slot('recurrenceZone'))) ?? startZone,
    endZone: zoneFrom(slot('endZone')) ?? startZone,
    plain: {
      subject: text(slot('subject')),
      location: text(slot('location')),
      body: text(values[handles.body]),
      allDay: flag(slot('allDay')),
      start: wholeMinutes(date(values[handles.start])),
      end: wholeMinutes(date(values[handles.end])),
      busyStatus: within<BusyStatus>(number(slot('busyStatus'), 2), 4, 2),
      sensitivity: within<Sensitivity>(number(slot('sensitivity')), 3, 0),
      importance: within<OutlookImportance>(number(slot('importance'), 1), 2, 1),
      categories: texts(slot('keywords')),
      reminderSet: flag(slot('reminderSet')),
      reminderMinutes: number(slot('reminderMinutes')),
      meetingStatus: meetingStatusOf(number(slot('stateFlags'))),
      responseStatus: within<ResponseStatus>(number(slot('responseStatus')), 5, 0),
      organizer: meetingStatusOf(number(slot('stateFlags'))) === 0 ? undefined : organizerFrom(slot),
      globalId: toHex(bytes(slot('globalId')) ?? new Uint8Array(0)),
      tags: tagsFrom(slots.slice(NAMES.length)),
    },
  };
}

/** What a second program must bring; undefined when the first one told everything. */
function restOf(base: AppointmentBase): Rest | undefined {
  const meeting = base.plain.meetingStatus !== 0;
  const zones = base.startZone === undefined || base.endZone === undefined;
  const pattern = base.recurrence.kind === 'tooLong';
  const bodies = base.recurrence.kind === 'known' ? base.recurrence.withBody : [];
  return meeting || zones || pattern || bodies.length > 0 ? { meeting, zones, pattern, bodies } : undefined;
}

/** PropertyAccessor gives at most some 4 kB of a property: a series with many exceptions is read by its members instead. */
function recurrenceFrom(slot: OutlookValue | undefined, recurring: boolean): AppointmentBase['recurrence'] {
  if (!recurring) return { kind: 'single' };
  if (isAbsent(slot) || (isError(slot) && meaningOf(slot.error) === 'tooLong')) return { kind: 'tooLong' };
  const structure = bytes(slot);
  if (structure === undefined) throw new BadValue('The recurrence is neither there nor absent.');
  const blob = readRecurrenceBlob(structure);
  return { kind: 'known', pattern: patternOfBlob(blob), withBody: exceptionsWithBody(blob) };
}

/** A zone that cannot be read this way, for whatever reason, is one to ask Outlook for. */
function zoneFrom(slot: OutlookValue | undefined): string | undefined {
  return zoneKeyFrom(slot instanceof Uint8Array ? slot : undefined);
}

/** Only for meetings: Outlook names the user as sender of every appointment. */
function organizerFrom(slot: (name: PropertyName) => OutlookValue | undefined): Appointment['organizer'] {
  const read = (name: PropertyName) => (isError(slot(name)) ? '' : text(slot(name)));
  const name = read('organizerName');
  const address = addressOf(read('organizerType'), read('organizerAddress'), read('organizerSmtp'));
  return name === '' && address === '' ? undefined : { name, address };
}

/** asfMeeting 1, asfReceived 2, asfCanceled 4 as the values that OlMeetingStatus has. */
function meetingStatusOf(flags: number): MeetingStatus {
  if ((flags & 1) === 0) return 0;
  const value = 1 | (flags & 2) | (flags & 4);
  return value as MeetingStatus;
}

function within<T extends number>(value: number, most: number, otherwise: T): T {
  return value >= 0 && value <= most ? (value as T) : otherwise;
}

function wholeMinutes(wall: string): string {
  return `${wall.slice(0, 16)}:00`;
}
