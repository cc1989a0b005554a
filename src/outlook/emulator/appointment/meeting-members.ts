/** Meetings: status, attendees, sending and answering. @source outlook-calendar.md section 5 */

import { addressEntryObject } from '../address-entry.ts';
import { oneOffId } from '../address-ids.ts';
import { bool, given, long, text } from '../arguments.ts';
import { FOLDER } from '../default-folders.ts';
import type { DispatchObject, DispatchValue, Member, MemberTable } from '../dispatch.ts';
import { fail } from '../fault.ts';
import { newItem, saveItem } from '../item-store.ts';
import { joinList, splitList } from '../list-text.ts';
import type { LiveItem, Part } from '../live-item.ts';
import { PROP } from '../property.ts';
import { bind, newRecipient, RECIPIENT, recipientsObject } from '../recipients.ts';
import { resolve } from '../resolution.ts';
import { defaultFolder, defaultStore } from '../stores.ts';
import { APPT, STATE } from './appointment-props.ts';
import { occurrenceOf } from './occurrence.ts';
import { answerMeeting } from './respond.ts';
import { shownOf } from './save-appointment.ts';
import { memoryOf } from './series.ts';

/** OlMeetingStatus: 0 none, 1 meeting, 3 received, 5 cancelled, 7 received and cancelled: the state flags themselves. */
const MEETING_STATUS: readonly number[] = [0, 1, 3, 5, 7];
const ORGANIZER_FLAGS = 3;
/** OlResponseStatus of one's own meeting. */
const ORGANIZED = 1;

/** Assigning a status sends nothing. EC47 */
function putStatus(item: LiveItem, status: number): void {
  if (!MEETING_STATUS.includes(status)) fail('INVALID_ARGUMENT', 'MeetingStatus');
  const flags = item.bag.long(APPT.stateFlags);
  item.bag.setLong(APPT.stateFlags, (flags & ~7) | status);
  if (status === 1) beOrganizer(item);
}

/** One's own meeting lists oneself first. @source outlook-calendar.md section 5.3 */
function beOrganizer(item: LiveItem): void {
  const { session } = item;
  item.bag.setLong(APPT.responseStatus, ORGANIZED);
  const [name, address] = [session.setting('user.name'), session.setting('user.address')];
  const listed = item.recipients.some(({ bag }) => (bag.long(RECIPIENT.flags) & 2) !== 0);
  const found = address === undefined ? undefined : resolve(session, address);
  if (listed || name === undefined || found === undefined) return;
  const part = newRecipient(name, 1);
  bind(session, part, { ...found, name });
  part.bag.setLong(RECIPIENT.flags, ORGANIZER_FLAGS);
  item.recipients.unshift(part);
  item.partsDirty = true;
}

/** Names by kind, joined by semicolons; assigning replaces those of the kind. */
function attendees(type: number): Member<LiveItem> {
  const isOfKind = ({ bag }: Part) => bag.long(RECIPIENT.type) === type && (bag.long(RECIPIENT.flags) & 2) === 0;
  return {
    get: (item) =>
      item.recipients
        .filter(isOfKind)
        .map(({ bag }) => bag.text(RECIPIENT.name))
        .join('; '),
    put: (item, value) => {
      const others = item.recipients.filter((part) => !isOfKind(part));
      const names = text(value)
        .split(';')
        .map((name) => name.trim());
      const added = names.filter((name) => name !== '').map((name) => newRecipient(name, type));
      item.recipients.splice(0, item.recipients.length, ...others, ...added);
      item.partsDirty = true;
    },
  };
}

/** The request leaves: an item in the Outbox stands for it. EC46 */
function send(item: LiveItem): null {
  if ((item.bag.long(APPT.stateFlags) & STATE.meeting) === 0) return fail('FAILED');
  const cancelled = (item.bag.long(APPT.stateFlags) & STATE.cancelled) !== 0;
  item.bag.setBool(APPT.invited, true);
  saveItem(item);
  sendMail(item, cancelled ? 'IPM.Schedule.Meeting.Canceled' : 'IPM.Schedule.Meeting.Request');
  return null;
}

function sendMail(item: LiveItem, messageClass: string): void {
  const { session } = item;
  const store = defaultStore(session);
  const outbox = defaultFolder(session, store, FOLDER.outbox, true) ?? fail('NOT_FOUND');
  const mail = newItem(session, messageClass, { store: store.id, folder: outbox.entry_id });
  mail.bag.setText(PROP.subject, item.bag.text(PROP.subject));
  saveItem(mail);
}

function organizerEntry(item: LiveItem): DispatchObject {
  const { bag, session } = item;
  const name = shownNow(item).organizer;
  const address = bag.text(APPT.organizerAddress) || (session.setting('user.address') ?? '');
  const type = bag.text(APPT.organizerType) || 'SMTP';
  const id = bag.binary(APPT.organizerEntryId) ?? oneOffId({ name, type, address });
  return addressEntryObject(session, { name, address, type, userType: type === 'EX' ? 0 : 30, id });
}

/** As the item was when it was opened: what is written by property shows after it is opened again. */
export function shownNow(item: LiveItem): ReturnType<typeof shownOf> {
  const memory = memoryOf(item);
  if (item.number !== 0 || occurrenceOf(item) !== undefined) memory.shown ??= shownOf(item);
  return memory.shown ?? { globalId: undefined, organizer: item.session.setting('user.name') ?? '' };
}

function respond(item: LiveItem, [response, , dialog]: readonly DispatchValue[]): DispatchObject {
  if (given(dialog)) bool(dialog);
  return answerMeeting(item, long(response));
}

export const MEETING_MEMBERS: MemberTable<LiveItem> = {
  MeetingStatus: {
    get: (item) => item.bag.long(APPT.stateFlags) & 7,
    put: (item, value) => putStatus(item, long(value)),
  },
  ResponseStatus: { get: (item) => item.bag.long(APPT.responseStatus) },
  ResponseRequested: {
    get: (item) => item.bag.bool(APPT.responseRequested),
    put: (item, value) => item.bag.setBool(APPT.responseRequested, bool(value)),
  },
  Organizer: { get: (item) => shownNow(item).organizer },
  GetOrganizer: { call: organizerEntry },
  Recipients: { get: recipientsObject },
  RequiredAttendees: attendees(1),
  OptionalAttendees: attendees(2),
  Resources: attendees(3),
  ForceUpdateToAllAttendees: { get: () => false, put: (_, value) => void bool(value) },
  Send: { call: send },
  Respond: { call: respond },
  Companies: {
    get: (item) => joinList(item.bag.texts(PROP.companies), item.session.locale()),
    put: (item, value) => item.bag.setTexts(PROP.companies, splitList(text(value), item.session.locale())),
  },
};

/** @source outlook-calendar.md section 5.5 */
export const MEETING_GUARDED: readonly string[] = [
  'Organizer',
  'RequiredAttendees',
  'OptionalAttendees',
  'Resources',
  'Respond',
  'Send',
  'GetOrganizer',
];
