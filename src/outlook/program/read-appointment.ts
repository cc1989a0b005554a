/**
 * How an appointment becomes a snapshot: one bulk read, its two wall times, its body; of these three the bulk read alone where the
 * row of a table has told the others. A second program follows only for what one bulk read cannot hold: attendees, bodies of
 * exceptions, zones of items made by other programs, and a recurrence that is too long for one property.
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
import type { Decoded, Part } from './reading.ts';
import { wallTimesFrom } from './row-times.ts';
import type { RowTimes, RowView } from './rows.ts';
import { APPOINTMENT, APPOINTMENT_IN_FILE, ITEM, TAG_NAMES } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { tagsFrom } from './tags.ts';
import { BadValue, bytes, date, flag, isAbsent, list, number, text, texts } from './values.ts';
import { zoneKeyFrom } from './zone-key.ts';

const PROPERTIES = { ...ITEM, ...APPOINTMENT } as const;
type PropertyName = Exclude<keyof typeof PROPERTIES, 'entryId' | 'longEntryId' | 'cleanGlobalId' | 'invited'>;
const NAMES = (Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[]).filter(
  (name): name is PropertyName => !['entryId', 'longEntryId', 'cleanGlobalId', 'invited'].includes(name),
);
const BULK: readonly string[] = [...NAMES.map((name) => PROPERTIES[name]), ...TAG_NAMES.map(([, name]) => name)];
/** For times of a row: the item's own, in UTC. */
const MOMENTS: readonly string[] = [APPOINTMENT_IN_FILE.start, APPOINTMENT_IN_FILE.end];

/**
 * Reads one appointment.
 * @param row what a table told of it; what the row cannot be believed in is asked of the item
 * @source outlook-calendar.md 8 (bulk reads), 4.8 (recurrence)
 */
export function readAppointment(place: ItemPlace, row?: RowView): Part<AppointmentRead> {
  return (run) => {
    const item = openItem(run, place, 'AppointmentItem');
    const names = row?.times === undefined ? BULK : [...BULK, ...MOMENTS];
    const bulk = run.call(accessorOf(run, item), 'GetProperties', names);
    const told = row?.body();
    const body = told === undefined ? run.value(item, 'Body') : undefined;
    const wall = row?.times === undefined ? askTimes(run, item) : undefined;
    return {
      wanted: [bulk, ...(body === undefined ? [] : [body]), ...(wall === undefined ? [] : Object.values(wall))],
      decode: (values) => {
        const slots = list(values[bulk]);
        const lastModified = `${date(slots[NAMES.indexOf('lastModified')])}Z`;
        // A row and an item of two moments would be a state it never had.
        if (row !== undefined && row.lastModified !== lastModified) return again(place);
        const said = told ?? text(values[body ?? '']);
        if (told === undefined) row?.asked(said);
        const times =
          wall === undefined
            ? timesOfRow(row, slots)
            : { start: date(values[wall.start]), end: date(values[wall.end]) };
        if (times === undefined) return again(place);
        const base = baseFrom(place, lastModified, slots, { ...times, body: said });
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

/** Reads all of it from the item. */
function again(place: ItemPlace): Decoded<AppointmentRead> {
  return { kind: 'more', next: readAppointment(place) };
}

function askTimes(run: Script, item: Ref<'AppointmentItem'>): { readonly start: Handle; readonly end: Handle } {
  return { start: run.value(item, 'StartInStartTimeZone'), end: run.value(item, 'EndInEndTimeZone') };
}

function timesOfRow(row: RowView | undefined, slots: readonly OutlookValue[]): RowTimes | undefined {
  if (row?.times === undefined) return undefined;
  const slot = (name: PropertyName) => slots[NAMES.indexOf(name)];
  const zones = { startZone: slot('startZone'), endZone: slot('endZone'), recurrenceZone: slot('recurrenceZone') };
  const [start, end] = slots.slice(BULK.length);
  return wallTimesFrom(row.times, { start, end, ...zones });
}

function baseFrom(
  place: ItemPlace,
  lastModified: string,
  slots: readonly OutlookValue[],
  members: RowTimes & { readonly body: string },
): AppointmentBase {
  const slot = (name: PropertyName): OutlookValue | undefined => slots[NAMES.indexOf(name)];
  const startZone = zoneFrom(slot('startZone'));
  const recurrence = recurrenceFrom(slot('recurrence'), flag(slot('recurring')));
  return {
    place,
    lastModified,
    messageClass: text(slot('messageClass')),
    recurrence,
    startZone: (recurrence.kind === 'single' ? undefined : zoneFrom(slot('recurrenceZone'))) ?? startZone,
    endZone: zoneFrom(slot('endZone')) ?? startZone,
    plain: {
      subject: text(slot('subject')),
      location: text(slot('location')),
      body: members.body,
      allDay: flag(slot('allDay')),
      start: wholeMinutes(members.start),
      end: wholeMinutes(members.end),
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
      tags: tagsFrom(slots.slice(NAMES.length, BULK.length)),
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
