/** Values of items for tests, whole and unremarkable; a test changes what it is about. */
import type { Appointment } from '../model/appointment.ts';
import {
  CONTACT_TEXT_MEMBERS,
  type OutlookContact,
  type OutlookDistList,
  PHONE_MEMBERS,
  type PostalAddress,
} from '../model/contact.ts';
import { TAG } from '../model/named-properties.ts';
import type { RecurrencePattern } from '../model/recurrence-pattern.ts';

/** The Windows zone of the machine on which contract tests run. */
export const ZONE = 'Romance Standard Time';

export function sampleAppointment(change: Partial<Appointment> = {}): Appointment {
  return {
    subject: 'Point hebdomadaire',
    location: 'Salle 3',
    body: 'Ordre du jour\r\nDivers',
    allDay: false,
    start: '2026-03-10T10:00:00',
    startZone: ZONE,
    end: '2026-03-10T11:00:00',
    endZone: ZONE,
    busyStatus: 2,
    sensitivity: 0,
    importance: 1,
    categories: ['Équipe', 'Projet'],
    reminderSet: true,
    reminderMinutes: 15,
    meetingStatus: 0,
    responseStatus: 0,
    organizer: undefined,
    recipients: [],
    recurrence: undefined,
    globalId: '',
    tags: { [TAG.token]: 'token-1' },
    ...change,
  };
}

/** Weekly on Tuesdays, six times from 10 March 2026, 10:00 to 11:00. */
export function weekly(change: Partial<RecurrencePattern> = {}): RecurrencePattern {
  return {
    pattern: { type: 'weekly', interval: 1, dayOfWeekMask: 4 },
    firstDate: '2026-03-10',
    end: { kind: 'count', occurrences: 6 },
    startMinutes: 600,
    durationMinutes: 60,
    firstDayOfWeek: 0,
    deleted: [],
    exceptions: [],
    ...change,
  };
}

const NO_ADDRESS: PostalAddress = { street: '', city: '', state: '', postalCode: '', country: '', postOfficeBox: '' };
const NO_EMAIL = { address: '', displayName: '', type: '' };

/** A contact without anything. */
export function emptyContact(change: Partial<OutlookContact> = {}): OutlookContact {
  return {
    text: textRecord(CONTACT_TEXT_MEMBERS),
    phones: textRecord(PHONE_MEMBERS),
    emails: [NO_EMAIL, NO_EMAIL, NO_EMAIL],
    business: NO_ADDRESS,
    home: NO_ADDRESS,
    other: NO_ADDRESS,
    selectedMailingAddress: 0,
    birthday: undefined,
    anniversary: undefined,
    gender: 0,
    certificates: [],
    picture: '',
    body: '',
    categories: [],
    tags: { [TAG.token]: 'token-1' },
    ...change,
  };
}

export function sampleContact(change: Partial<OutlookContact> = {}): OutlookContact {
  const empty = emptyContact();
  return {
    ...empty,
    text: {
      ...empty.text,
      FirstName: 'Amélie',
      LastName: 'Durand',
      FullName: 'Amélie Durand',
      FileAs: 'Durand, Amélie',
      CompanyName: 'Exemple SA',
      JobTitle: 'Directrice',
      WebPage: 'https://example.org/',
    },
    phones: { ...empty.phones, MobileTelephoneNumber: '+33 6 12 34 56 78' },
    emails: [{ address: 'amelie@example.org', displayName: 'Amélie', type: 'SMTP' }, NO_EMAIL, NO_EMAIL],
    business: { ...NO_ADDRESS, street: '1 rue de la Paix', city: 'Paris', postalCode: '75002', country: 'France' },
    selectedMailingAddress: 2,
    birthday: '1980-02-29',
    body: 'Une note',
    categories: ['Amis'],
    ...change,
  };
}

export function sampleDistList(change: Partial<OutlookDistList> = {}): OutlookDistList {
  return {
    name: 'Équipe',
    members: [
      { name: 'Jean Martin', address: 'jean@example.org' },
      { name: 'Zoé, la vraie', address: 'zoe@example.org' },
    ],
    body: 'Liste',
    categories: ['Amis'],
    tags: { [TAG.token]: 'token-1' },
    ...change,
  };
}

function textRecord<K extends string>(names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, ''])) as Record<K, string>;
}
