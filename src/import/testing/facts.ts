/** What an item of a data file says in the few words that other readers print. */
import { instantOf } from '../../domain/zones.ts';
import { outlookContact } from '../../mapping/outlook/contact/contact.ts';
import type { PhoneMember } from '../../outlook/model/contact.ts';
import type { RecurrencePattern } from '../../outlook/model/recurrence-pattern.ts';
import { ianaZoneOf } from '../../outlook/model/windows-zones.ts';
import { APPOINTMENT_IN_FILE } from '../../outlook/program/schema-names.ts';
import { appointmentOf } from '../pst/appointment.ts';
import { bySchema } from '../pst/by-schema.ts';
import { contactOf } from '../pst/contact.ts';
import { distListOf } from '../pst/dist-list.ts';
import type { PstItem } from '../pst/open-pst.ts';

export type Facts = Readonly<Record<string, string>>;

/** Moments in UTC, as iCalendar writes them: of a zone that was read wrongly they are others. Of a day without a time those of the file. */
export function readAppointmentFacts(item: PstItem): Facts {
  const read = appointmentOf(item, { home: 'UTC', ownAddress: '' });
  if (typeof read === 'string') return { subject: '', reason: read };
  const moments = bySchema(item.properties);
  const start = read.allDay ? moments.time(APPOINTMENT_IN_FILE.start) : momentOf(read.start, read.startZone);
  const end = read.allDay ? moments.time(APPOINTMENT_IN_FILE.end) : momentOf(read.end, read.endZone);
  return {
    ...{ subject: read.subject, start: utc(start), end: utc(end), location: read.location },
    repeats: read.recurrence === undefined ? 'no' : 'yes',
  };
}

/** The series of an appointment, with the wall time that it begins at. */
export function readSeriesFacts(item: PstItem): {
  readonly wall: string;
  readonly recurrence: RecurrencePattern | undefined;
} {
  const read = appointmentOf(item, { home: 'UTC', ownAddress: '' });
  return typeof read === 'string'
    ? { wall: '', recurrence: undefined }
    : { wall: read.start, recurrence: read.recurrence };
}

function momentOf(wall: string, zone: string): number {
  return instantOf(wall, ianaZoneOf(zone) ?? 'UTC');
}

function utc(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function readContactFacts(item: PstItem): Facts {
  const { contact } = contactOf(item);
  const { name, emails, company } = outlookContact.read(contact);
  const phone = (member: PhoneMember) => contact.phones[member].trim();
  return {
    family: contact.text.LastName.trim(),
    given: contact.text.FirstName.trim(),
    company: contact.text.CompanyName.trim() || company,
    job: contact.text.JobTitle.trim(),
    ...{ 'phone.business': phone('BusinessTelephoneNumber'), 'phone.home': phone('HomeTelephoneNumber') },
    ...{ 'phone.mobile': phone('MobileTelephoneNumber'), 'phone.primary': phone('PrimaryTelephoneNumber') },
    ...{ 'phone.businessFax': phone('BusinessFaxNumber'), 'phone.homeFax': phone('HomeFaxNumber') },
    email: contact.emails[0].address || (emails[0]?.address ?? ''),
    name: `${name.given} ${name.family}`.trim(),
  };
}

export function readGroupFacts(item: PstItem): Facts {
  const { name, members } = distListOf(item, String);
  return { subject: name, members: String(members.length) };
}
