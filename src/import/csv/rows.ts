/** A record of an Outlook export as the appointment or contact that was exported. */

import { addDays, secondsOf } from '../../domain/time-civil.ts';
import { EMPTY_CONTACT } from '../../mapping/outlook/contact/empty-items.ts';
import { blankAppointment } from '../../mapping/outlook/event/event.ts';
import { shownZone } from '../../mapping/outlook/event/shown-zone.ts';
import type {
  Appointment,
  BusyStatus,
  OutlookImportance,
  Recipient,
  Sensitivity,
} from '../../outlook/model/appointment.ts';
import type { EmailSlot, OutlookContact, PostalAddress } from '../../outlook/model/contact.ts';
import { CONTACT_TEXT_MEMBERS, PHONE_MEMBERS } from '../../outlook/model/contact.ts';
import type { ContactColumn, EventColumn } from './headings.ts';
import { type DateOrder, readDate, readFlag, readList, readTime, wordAmong } from './values.ts';

/** The field of a column; '' where the file has none. */
export type Cells<C> = (column: C) => string;
export type RowContext = { readonly order: DateOrder; readonly zone: string };

/** Two digits of a year: 50 and later were in the last century; of birthdays 30 and later. */
const LATEST = { event: 49, birthday: 29 } as const;

const SENSITIVITIES = [
  ['normal', 'normale'],
  ['personal', 'personnel', 'persönlich'],
  ['private', 'privé', 'privat'],
  ['confidential', 'confidentiel', 'vertraulich'],
] as const;
const PRIORITIES = [
  ['low', 'basse', 'faible', 'niedrig'],
  ['normal', 'normale'],
  ['high', 'haute', 'élevée', 'hoch'],
] as const;
const BUSY = [
  ['free', 'libre', 'disponible', 'frei'],
  ['tentative', 'provisoire', 'mit vorbehalt'],
  ['busy', 'occupé', 'occupé(e)', 'gebucht', 'beschäftigt'],
  ['out of office', 'absent', 'absent(e) du bureau', 'abwesend'],
] as const;

/** @returns the appointment, or why it is none */
export function appointmentOfRow(cell: Cells<EventColumn>, { order, zone }: RowContext): Appointment | string {
  const date = readDate(cell('startDate'), order, LATEST.event);
  if (date === undefined) return 'its start date cannot be read';
  const [time, endTime] = [readTime(cell('startTime')), readTime(cell('endTime') || cell('startTime'))];
  if (time === undefined || endTime === undefined) return 'its time cannot be read';
  const start = `${date}T${time}`;
  const ends = `${readDate(cell('endDate'), order, LATEST.event) ?? date}T${endTime}`;
  const allDay = readFlag(cell('allDay'));
  const windows = shownZone(zone) ?? 'UTC';
  const people = peopleOf(cell);
  return {
    ...blankAppointment(),
    ...people,
    subject: cell('subject'),
    location: cell('location'),
    body: cell('description').replaceAll('\n', '\r\n'),
    allDay,
    start: allDay ? `${date}T00:00:00` : start,
    end: allDay ? dayAfter(date, ends.slice(0, 10)) : ends < start ? start : ends,
    startZone: windows,
    endZone: windows,
    busyStatus: (wordAmong(cell('busy'), BUSY) ?? 2) as BusyStatus,
    sensitivity: readFlag(cell('private')) ? 2 : ((wordAmong(cell('sensitivity'), SENSITIVITIES) ?? 0) as Sensitivity),
    importance: (wordAmong(cell('priority'), PRIORITIES) ?? 1) as OutlookImportance,
    categories: readList(cell('categories')),
    ...reminderOf(cell, start, order),
  };
}

/** The end of an all-day event is the day after its last; one that ends on the day it starts has one day. */
function dayAfter(start: string, end: string): string {
  return `${end > start ? end : addDays(start, 1)}T00:00:00`;
}

function reminderOf(
  cell: Cells<EventColumn>,
  start: string,
  order: DateOrder,
): Pick<Appointment, 'reminderSet' | 'reminderMinutes'> {
  const date = readDate(cell('reminderDate'), order, LATEST.event);
  const time = readTime(cell('reminderTime'));
  if (!readFlag(cell('reminder')) || date === undefined || time === undefined)
    return { reminderSet: false, reminderMinutes: 15 };
  const minutes = Math.round((secondsOf(start) - secondsOf(`${date}T${time}`)) / 60);
  return { reminderSet: minutes >= 0 && minutes <= 527_040, reminderMinutes: Math.max(0, Math.min(minutes, 527_040)) };
}

/** People are there by name, or by address where Outlook knew no name: only those can be kept. */
function peopleOf(cell: Cells<EventColumn>): Pick<Appointment, 'meetingStatus' | 'organizer' | 'recipients'> {
  const organizer = addressIn(cell('organizer'));
  const recipients = (
    [
      ['required', 1],
      ['optional', 2],
      ['resources', 3],
    ] as const
  ).flatMap(([column, type]) =>
    readList(cell(column)).flatMap((name): Recipient[] => {
      const address = addressIn(name);
      return address === undefined ? [] : [{ name: nameIn(name), address, type, response: 0 }];
    }),
  );
  if (organizer === undefined || recipients.length === 0)
    return { meetingStatus: 0, organizer: undefined, recipients: [] };
  return { meetingStatus: 1, organizer: { name: nameIn(cell('organizer')), address: organizer }, recipients };
}

function addressIn(text: string): string | undefined {
  return /[^\s<>()"']{1,64}@[^\s<>()"']{1,255}/.exec(text)?.[0];
}

function nameIn(text: string): string {
  return text.replace(/[<(][^<>()]{0,400}@[^<>()]{0,400}[>)]/, '').trim();
}

/** @returns the contact, or why it is none */
export function contactOfRow(cell: Cells<ContactColumn>, { order }: RowContext): OutlookContact | string {
  const contact: OutlookContact = {
    ...EMPTY_CONTACT,
    text: { ...EMPTY_CONTACT.text, ...filled(CONTACT_TEXT_MEMBERS, (name) => cell(`text.${name}` as ContactColumn)) },
    phones: { ...EMPTY_CONTACT.phones, ...filled(PHONE_MEMBERS, (name) => cell(`phone.${name}`)) },
    emails: [email(cell('email.1')), email(cell('email.2')), email(cell('email.3'))],
    business: postal(cell, 'business'),
    home: postal(cell, 'home'),
    other: postal(cell, 'other'),
    birthday: readDate(cell('birthday'), order, LATEST.birthday),
    anniversary: readDate(cell('anniversary'), order, LATEST.birthday),
    gender: genderOf(cell('gender')),
    categories: readList(cell('categories')),
    body: cell('notes').replaceAll('\n', '\r\n'),
  };
  return isEmpty(contact) ? 'it has neither a name nor anything to reach somebody by' : contact;
}

function filled<K extends string>(names: readonly K[], valueFor: (name: K) => string): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, valueFor(name)])) as Record<K, string>;
}

function email(text: string): EmailSlot {
  const address = addressIn(text) ?? '';
  return { address, displayName: '', type: address === '' ? '' : 'SMTP' };
}

function postal(cell: Cells<ContactColumn>, place: 'business' | 'home' | 'other'): PostalAddress {
  const lines = [cell(`${place}.street`), cell(`${place}.street2`), cell(`${place}.street3`)];
  return {
    street: lines.filter((line) => line !== '').join('\r\n'),
    city: cell(`${place}.city`),
    state: cell(`${place}.state`),
    postalCode: cell(`${place}.postalCode`),
    country: cell(`${place}.country`),
    postOfficeBox: cell(`${place}.postOfficeBox`),
  };
}

function genderOf(text: string): 0 | 1 | 2 {
  const place = wordAmong(text, [
    ['unspecified'],
    ['female', 'féminin', 'femme', 'weiblich'],
    ['male', 'masculin', 'homme', 'männlich'],
  ]);
  return place === 1 || place === 2 ? place : 0;
}

function isEmpty({ text, phones, emails }: OutlookContact): boolean {
  const names = [text.FirstName, text.LastName, text.MiddleName, text.NickName, text.CompanyName, text.FullName];
  return [...names, ...Object.values(phones), ...emails.map(({ address }) => address)].every((value) => value === '');
}
