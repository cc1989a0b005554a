/** AppointmentItem. @source outlook-calendar.md sections 1 to 7 */
import { toHex } from '../../../base/utf8.ts';
import { OPTION } from '../../model/calendar-options.ts';
import { bool, long, text } from '../arguments.ts';
import type { DispatchObject, DispatchValue, Member, MemberTable } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { Column, ItemClass, Occurrence } from '../item-class.ts';
import { deleteItem } from '../item-members.ts';
import { copyItem, itemRow, openItem, saveItem } from '../item-store.ts';
import type { LiveItem } from '../live-item.ts';
import { localTime, textMember } from '../member-kinds.ts';
import { PROP, type PropKey, PT } from '../property.ts';
import { optionNumber } from '../registry.ts';
import { appointmentAccessor } from './appointment-accessor.ts';
import { APPT } from './appointment-props.ts';
import { hasTimes, storeTimes, timesOf } from './item-times.ts';
import { MEETING_GUARDED, MEETING_MEMBERS, shownNow } from './meeting-members.ts';
import { deleteOccurrence, occurrenceItem, occurrenceOf, saveOccurrence } from './occurrence.ts';
import { instances } from './occurrence-list.ts';
import { patternObject } from './recurrence-pattern-object.ts';
import { reminderTimes } from './reminder-times.ts';
import { rtfOfText, textOfRtf } from './rtf.ts';
import { afterSave, beforeSave } from './save-appointment.ts';
import { clearSeries, freshItem, isSeries, memoryOf, patternOf, seriesOf } from './series.ts';
import { WHEN_MEMBERS } from './when-members.ts';

/** OlBusyStatus; 4 (elsewhere) since Outlook 2013. EC61 */
function putBusy(item: LiveItem, busy: number): void {
  const most = item.session.switches.version >= 15 ? 4 : 3;
  if (busy < 0 || busy > most) fail('INVALID_ARGUMENT', 'BusyStatus');
  item.bag.setLong(APPT.busyStatus, busy);
}

function putReminderMinutes(item: LiveItem, minutes: number): void {
  if (minutes < 0) fail('INVALID_ARGUMENT', 'ReminderMinutesBeforeStart');
  item.bag.setLong(PROP.reminderDelta, minutes);
  memoryOf(item).reminderMoved = true;
}

function putReminderSet(item: LiveItem, on: boolean): void {
  item.bag.setBool(PROP.reminderSet, on);
  memoryOf(item).reminderMoved = true;
}

function boolMember(key: PropKey): Member<LiveItem> {
  return {
    get: (item) => item.bag.bool(key),
    put: (item, value) => item.bag.setBool(key, bool(value)),
  };
}

/** A text deletes the formatting, as bytes it is RTF. EC62 */
function putRtf(item: LiveItem, value: DispatchValue): void {
  const bytes = value instanceof Uint8Array ? value : rtfOfText(text(value).trim());
  item.bag.setBinary(PROP.rtf, bytes);
  item.bag.setText(PROP.body, textOfRtf(bytes));
}

function putBody(item: LiveItem, value: DispatchValue): void {
  item.bag.setText(PROP.body, text(value).replace(/\r\n|\r|\n/g, '\r\n'));
  item.bag.delete(PROP.rtf);
}

function recurrenceState(item: LiveItem): number {
  const of = occurrenceOf(item);
  if (of !== undefined) return of.modified ? 3 : 2;
  return recurs(item) ? 1 : 0;
}

/** After ClearRecurrencePattern an item shows a new recurrence only when it was saved. */
function recurs(item: LiveItem): boolean {
  return occurrenceOf(item) !== undefined || (isSeries(item) && !memoryOf(item).cleared);
}

/** The series of an occurrence, as an object of its own. */
function masterOf(item: LiveItem): LiveItem | undefined {
  const of = occurrenceOf(item);
  if (of === undefined) return undefined;
  return openItem(item.session, itemRow(item.session, of.master) ?? fail('OBJECT_DELETED'));
}

function clear(item: LiveItem): null {
  if (occurrenceOf(item) !== undefined) return fail('FAILED');
  clearSeries(item);
  return null;
}

function save(item: LiveItem): null {
  const of = occurrenceOf(item);
  if (of === undefined) saveItem(item);
  else saveOccurrence(item, of);
  return null;
}

function remove(item: LiveItem): null {
  const of = occurrenceOf(item);
  if (of === undefined) deleteItem(item);
  else deleteOccurrence(item, of);
  return null;
}

/** A copy of an occurrence is an item of its own. */
function copy(item: LiveItem): DispatchObject {
  return copyItem(item).object();
}

const MEMBERS: MemberTable<LiveItem> = {
  ...WHEN_MEMBERS,
  ...MEETING_MEMBERS,
  EntryID: { get: (item) => occurrenceOf(item)?.master ?? item.entryId },
  Parent: { get: (item) => masterOf(item)?.object() ?? item.session.objects.folder(item.place.folder) },
  GlobalAppointmentID: { get: (item) => toHex(shownNow(item).globalId ?? new Uint8Array(0)) },
  Location: textMember(APPT.location),
  Body: { get: (item) => item.bag.text(PROP.body), put: putBody },
  RTFBody: { get: (item) => item.bag.binary(PROP.rtf) ?? rtfOfText(item.bag.text(PROP.body)), put: putRtf },
  BusyStatus: { get: (item) => item.bag.long(APPT.busyStatus, 2), put: (item, value) => putBusy(item, long(value)) },
  ReminderSet: {
    get: (item) => item.bag.bool(PROP.reminderSet),
    put: (item, value) => putReminderSet(item, bool(value)),
  },
  ReminderMinutesBeforeStart: {
    get: (item) => item.bag.long(PROP.reminderDelta),
    put: (item, value) => putReminderMinutes(item, long(value)),
  },
  ReminderOverrideDefault: boolMember(APPT.reminderOverride),
  ReminderPlaySound: boolMember(APPT.reminderPlaySound),
  ReminderSoundFile: textMember(APPT.reminderSoundFile),
  IsRecurring: { get: recurs },
  RecurrenceState: { get: recurrenceState },
  GetRecurrencePattern: { call: (item) => patternObject(masterOf(item) ?? item) },
  ClearRecurrencePattern: { call: clear },
  // EC55: what is damaged has no time to show.
  LastModificationTime: {
    get: (item) => (hasTimes(item) ? localTime(item, PROP.modified) : fail('FAILED', '', 'NO_TIME')),
  },
  ReplyTime: { get: (item) => localTime(item, APPT.replyTime) },
  NoAging: boolMember(APPT.noAging),
  Mileage: textMember(PROP.mileage),
  BillingInformation: textMember(PROP.billing),
  MeetingWorkspaceURL: { get: () => '' },
  IsConflict: { get: () => false },
  DownloadState: { get: () => 1 },
  OutlookVersion: { get: (item) => `${item.session.switches.version}.0` },
  OutlookInternalVersion: { get: (item) => item.session.switches.version * 10_000 },
  PropertyAccessor: { get: appointmentAccessor },
  Saved: { get: (item) => (item.number !== 0 || occurrenceOf(item) !== undefined) && !item.dirty },
  Save: { call: save },
  Delete: { call: remove },
  Copy: { call: copy },
  Display: { call: () => null },
};

/** Half past or on the hour, whichever comes next. */
function start(item: LiveItem): void {
  const { bag, session } = item;
  const zone = session.zone();
  const next = (Math.floor(session.clock.now() / 1_800_000) + 1) * 1_800_000;
  const at = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 19);
  bag.setText(PROP.subject, '');
  bag.setText(APPT.location, '');
  bag.setText(PROP.body, '');
  bag.setLong(PROP.importance, 1);
  bag.setLong(PROP.sensitivity, 0);
  bag.setLong(APPT.busyStatus, 2);
  bag.setLong(APPT.stateFlags, 0);
  bag.setLong(APPT.responseStatus, 0);
  bag.setBool(APPT.responseRequested, true);
  bag.setBool(APPT.recurring, false);
  bag.setBool(PROP.reminderSet, true);
  bag.setLong(PROP.reminderDelta, optionNumber(item.session, OPTION.reminder.registry) ?? DEFAULT_REMINDER);
  storeTimes(item, { start: at(next), end: at(next + 1_800_000), startZone: zone, endZone: zone, allDay: false });
}

/** @units minutes @source MS-OXOCFG 2.2.5.1.1, piRemindDefault */
const DEFAULT_REMINDER = 15;

/** Every occurrence, or the item itself. */
function* occurrences(item: LiveItem): Generator<Occurrence> {
  const series = seriesOf(item);
  if (series === undefined) {
    const { start, end } = timesOf(item);
    yield { start, end, open: () => item.object() };
    return;
  }
  for (const instance of instances(patternOf(series), timesOf(item))) {
    const open = () => occurrenceItem(freshItem(item.session, item.entryId), instance).object();
    yield { start: instance.start, end: instance.end, open };
  }
}

const COLUMNS: Readonly<Record<string, Column>> = {
  Location: { key: APPT.location, type: PT.UNICODE },
  AllDayEvent: { key: APPT.allDay, type: PT.BOOLEAN },
  BusyStatus: { key: APPT.busyStatus, type: PT.LONG },
  Duration: { key: APPT.duration, type: PT.LONG },
  MeetingStatus: { key: APPT.stateFlags, type: PT.LONG },
  ResponseStatus: { key: APPT.responseStatus, type: PT.LONG },
  Organizer: { key: APPT.organizerName, type: PT.UNICODE },
  ReminderMinutesBeforeStart: { key: PROP.reminderDelta, type: PT.LONG },
};

export const APPOINTMENT: ItemClass = {
  className: 'AppointmentItem',
  olClass: 26,
  itemType: 1,
  messageClass: 'IPM.Appointment',
  guarded: MEETING_GUARDED,
  members: MEMBERS,
  start,
  beforeSave,
  afterSave,
  occurrences,
  nextSignal: (item, after) => (isSeries(item) ? reminderTimes(item, timesOf(item), after)?.signal : undefined),
  columns: COLUMNS,
};
