/** Appointments, contacts and lists as the properties that Outlook would write, for data files of tests. */
import { fromHex } from '../../base/utf8.ts';
import { instantOf } from '../../domain/zones.ts';
import type { Appointment } from '../../outlook/model/appointment.ts';
import { byteWriter } from '../../outlook/model/bytes.ts';
import {
  CONTACT_TEXT_MEMBERS,
  type OutlookContact,
  type OutlookDistList,
  PHONE_MEMBERS,
  type PostalAddress,
} from '../../outlook/model/contact.ts';
import { encodeAppointmentRecur } from '../../outlook/model/recurrence-meaning.ts';
import { writeZoneDefinition } from '../../outlook/model/time-zone-blob.ts';
import { ianaZoneOf } from '../../outlook/model/windows-zones.ts';
import {
  ADDRESS_KINDS,
  ADDRESS_PARTS,
  ATTACHMENT,
  CONTACT_ADDRESS,
  CONTACT_EMAIL,
  CONTACT_IN_FILE,
  CONTACT_OTHER,
  CONTACT_PHONE,
  CONTACT_TEXT,
} from '../../outlook/program/contact-schema.ts';
import { APPOINTMENT, APPOINTMENT_IN_FILE, ITEM, RECIPIENT } from '../../outlook/program/schema-names.ts';
import type { NewItem, Values } from './pst-items.ts';

export function appointmentItem(item: Appointment): NewItem {
  const zone = (id: string) => writeZoneDefinition({ keyName: id, rules: [] });
  const at = (wall: string, id: string) => ({ time: instantOf(wall, ianaZoneOf(id) ?? 'UTC') });
  const flags = item.meetingStatus === 0 ? 0 : item.meetingStatus;
  const values: Values = {
    [ITEM.messageClass]: 'IPM.Appointment',
    [ITEM.subject]: item.subject,
    [ITEM.sensitivity]: item.sensitivity,
    [ITEM.importance]: item.importance,
    [ITEM.keywords]: item.categories,
    [APPOINTMENT.location]: item.location,
    [APPOINTMENT.allDay]: item.allDay,
    [APPOINTMENT.busyStatus]: item.busyStatus,
    [APPOINTMENT.stateFlags]: flags,
    [APPOINTMENT.responseStatus]: item.responseStatus,
    [APPOINTMENT.recurring]: item.recurrence !== undefined,
    [APPOINTMENT.startZone]: zone(item.startZone),
    [APPOINTMENT.endZone]: zone(item.endZone),
    [APPOINTMENT.reminderSet]: item.reminderSet,
    [APPOINTMENT.reminderMinutes]: item.reminderMinutes,
    [APPOINTMENT_IN_FILE.start]: at(item.start, item.startZone),
    [APPOINTMENT_IN_FILE.end]: at(item.end, item.endZone),
    [APPOINTMENT_IN_FILE.body]: item.body,
    ...(item.globalId === '' ? {} : { [APPOINTMENT.globalId]: fromHex(item.globalId) }),
    ...(item.recurrence === undefined
      ? {}
      : {
          [APPOINTMENT.recurrence]: encodeAppointmentRecur(item.recurrence),
          [APPOINTMENT.recurrenceZone]: zone(item.startZone),
        }),
    ...(item.organizer === undefined
      ? {}
      : {
          [APPOINTMENT.organizerName]: item.organizer.name,
          [APPOINTMENT.organizerType]: 'SMTP',
          [APPOINTMENT.organizerAddress]: item.organizer.address,
        }),
  };
  const recipients = item.recipients.map(
    ({ name, address, type, response }): Values => ({
      [RECIPIENT.name]: name,
      [RECIPIENT.addressType]: 'SMTP',
      [RECIPIENT.address]: address,
      [RECIPIENT.type]: type === 0 ? 1 : type,
      [RECIPIENT.flags]: type === 0 ? 2 : 1,
      [RECIPIENT.response]: response,
    }),
  );
  return { values, recipients };
}

/** @param photo the bytes that `contact.picture` names */
export function contactItem(contact: OutlookContact, photo?: Uint8Array): NewItem {
  const day = (date: string | undefined, schema: string): Values =>
    date === undefined ? {} : { [schema]: { time: Date.parse(`${date}T00:00:00Z`) } };
  const values: Values = {
    [ITEM.messageClass]: 'IPM.Contact',
    [ITEM.keywords]: contact.categories,
    [APPOINTMENT_IN_FILE.body]: contact.body,
    ...Object.fromEntries(CONTACT_TEXT_MEMBERS.map((member) => [CONTACT_TEXT[member], contact.text[member]])),
    ...Object.fromEntries(PHONE_MEMBERS.map((member) => [CONTACT_PHONE[member], contact.phones[member]])),
    ...Object.fromEntries(
      ADDRESS_KINDS.flatMap((kind) =>
        (Object.keys(ADDRESS_PARTS) as (keyof PostalAddress)[]).map((part) => [
          CONTACT_ADDRESS[kind][part],
          contact[kind][part],
        ]),
      ),
    ),
    ...Object.fromEntries(
      contact.emails.flatMap(({ address, displayName, type }, at) => {
        const schema = CONTACT_EMAIL[at];
        return schema === undefined
          ? []
          : [
              [schema.address, address],
              [schema.displayName, displayName],
              [schema.type, type],
            ];
      }),
    ),
    ...day(contact.birthday, CONTACT_OTHER.birthdayLocal),
    ...day(contact.anniversary, CONTACT_OTHER.anniversaryLocal),
    [CONTACT_OTHER.gender]: contact.gender,
    [CONTACT_OTHER.certificates]: contact.certificates.map(fromHex),
    [CONTACT_OTHER.hasPicture]: photo !== undefined,
  };
  const picture = { [ATTACHMENT.contactPhoto]: true, [ATTACHMENT.data]: photo ?? new Uint8Array(0) };
  return { values, attachments: photo === undefined ? [] : [{ values: picture }] };
}

/** @param lists the nodes of the lists that are members, by what the list calls them */
export function distListItem(list: OutlookDistList, lists: ReadonlyMap<string, number> = new Map()): NewItem {
  const members = list.members.map(({ name, address, list: of = '' }) => {
    const node = lists.get(of);
    return node === undefined ? oneOff(name, address) : wrapped(node);
  });
  return {
    values: {
      [ITEM.messageClass]: 'IPM.DistList',
      [ITEM.keywords]: list.categories,
      [APPOINTMENT_IN_FILE.body]: list.body,
      [CONTACT_IN_FILE.listName]: list.name,
      [CONTACT_IN_FILE.listMembers]: members,
      [CONTACT_IN_FILE.listOneOffs]: list.members.map(({ name, address }) => oneOff(name, address)),
    },
  };
}

function oneOff(name: string, address: string): Uint8Array {
  const to = byteWriter().u32(0).bytes(fromHex('812B1FA4BEA310199D6E00DD010F5402')).u16(0).u16(0x8000);
  return to.utf16(`${name}\0${address === '' ? 'MAPIPDL' : 'SMTP'}\0${address}\0`).done();
}

/** A list in the same file. @source MS-OXCDATA 2.2.5.1; MS-PST 2.4.3.2 */
function wrapped(node: number): Uint8Array {
  const to = byteWriter().u32(0).bytes(fromHex('C091ADD3519DCF11A4A900AA0047FAA4')).u8(0xb4);
  return to.u32(0).bytes(new Uint8Array(16)).u32(node).done();
}
