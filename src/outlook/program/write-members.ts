/** The members of an appointment that do not depend on each other's order, and the properties that have no member. */
import { fromHex } from '../../base/utf8.ts';
import type { Appointment } from '../model/appointment.ts';
import { categoryChange } from './categories.ts';
import type { MemberOf } from './members.ts';
import { oneOffEntryId } from './one-off.ts';
import type { OutlookValue } from './program.ts';
import { APPOINTMENT, SENDER } from './schema-names.ts';
import type { Ref, Script } from './script.ts';
import { type Property, tagChanges } from './tags.ts';

/** What a new item is known to have; everything else is written whatever Outlook's options make it. */
export const NEW_APPOINTMENT = {
  subject: '',
  location: '',
  body: '',
  sensitivity: 0,
  importance: 1,
  categories: [],
  meetingStatus: 0,
  responseStatus: 0,
  organizer: undefined,
  recipients: [],
  recurrence: undefined,
  globalId: '',
  tags: {},
} as const satisfies Partial<Appointment>;

/** What is known of an item before it is written. */
export type KnownAppointment = Partial<Appointment> & Pick<Appointment, keyof typeof NEW_APPOINTMENT>;

type Writable = { readonly [K in keyof Appointment]?: MemberOf<'AppointmentItem'> };
const TEXTS = {
  subject: 'Subject',
  location: 'Location',
  body: 'Body',
  sensitivity: 'Sensitivity',
  importance: 'Importance',
} as const satisfies Writable;

/** Texts and choices. */
export function writeTexts(
  run: Script,
  item: Ref<'AppointmentItem'>,
  before: KnownAppointment,
  after: Appointment,
): void {
  for (const name of Object.keys(TEXTS) as (keyof typeof TEXTS)[]) {
    if (before[name] !== after[name]) run.put(item, TEXTS[name], after[name]);
  }
}

/**
 * Busy status and reminder: after all-day, which changes both. The minutes are left alone while there is no reminder.
 * @source outlook-calendar.md 1.3, section 6
 */
export function writeBusyAndReminder(
  run: Script,
  item: Ref<'AppointmentItem'>,
  before: KnownAppointment,
  after: Appointment,
): void {
  const rounded = before.allDay !== after.allDay;
  if (rounded || before.busyStatus !== after.busyStatus) run.put(item, 'BusyStatus', after.busyStatus);
  const switched = rounded || before.reminderSet !== after.reminderSet;
  if (switched) run.put(item, 'ReminderSet', after.reminderSet);
  if (after.reminderSet && (switched || before.reminderMinutes !== after.reminderMinutes)) {
    run.put(item, 'ReminderMinutesBeforeStart', after.reminderMinutes);
  }
}

/** Properties to set and to delete: categories (as a list, no separator involved), our tags, and what makes a meeting. */
export function propertyChanges(
  before: KnownAppointment,
  after: Appointment,
): { readonly set: readonly Property[]; readonly remove: readonly string[] } {
  const tags = tagChanges(before.tags, after.tags);
  return {
    set: [...categoryChange(before.categories, after.categories), ...meetingChanges(before, after), ...tags.set],
    remove: tags.remove,
  };
}

/**
 * The organizer of a received meeting is whom the item was sent for; ours is ourselves. `invited` keeps Outlook from offering to
 * send what the server has sent already.
 */
function meetingChanges(before: KnownAppointment, after: Appointment): readonly Property[] {
  const changes: Property[] = [];
  if (before.responseStatus !== after.responseStatus) changes.push([APPOINTMENT.responseStatus, after.responseStatus]);
  if (after.meetingStatus !== 0 && before.meetingStatus === 0) changes.push([APPOINTMENT.invited, true]);
  const { organizer } = after;
  const received = (after.meetingStatus & 2) !== 0;
  if (!received || organizer === undefined || sameOrganizer(before.organizer, organizer)) return changes;
  const { name, address } = organizer;
  const entryId = oneOffEntryId(name, address);
  const whole: readonly OutlookValue[] = [entryId, name, 'SMTP', address];
  const names = [
    SENDER.representingEntryId,
    APPOINTMENT.organizerName,
    APPOINTMENT.organizerType,
    APPOINTMENT.organizerAddress,
  ];
  const sender = [SENDER.entryId, SENDER.name, SENDER.type, SENDER.address];
  for (const [at, value] of whole.entries()) changes.push([names[at] ?? '', value], [sender[at] ?? '', value]);
  return changes;
}

/**
 * The calendar-world id of a new item. It is taken only after the first Save and must not change afterwards.
 * @source outlook-calendar.md 1.5
 */
export function globalIdProperties(before: KnownAppointment, after: Appointment): readonly Property[] {
  if (after.globalId === '' || before.globalId !== '') return [];
  const id = fromHex(after.globalId);
  const clean = Uint8Array.from(id);
  // Bytes 16 to 19 hold the date of one occurrence; the clean id is the one that all of a series share.
  clean.fill(0, 16, 20);
  return [
    [APPOINTMENT.globalId, id],
    [APPOINTMENT.cleanGlobalId, clean],
  ];
}

function sameOrganizer(a: Appointment['organizer'], b: Appointment['organizer']): boolean {
  return a?.name === b?.name && a?.address === b?.address;
}
