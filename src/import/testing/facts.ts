/** What an item of a data file says in the few words that other readers print. */
import { outlookContact } from '../../mapping/outlook/contact/contact.ts';
import { APPOINTMENT_IN_FILE } from '../../outlook/program/schema-names.ts';
import { appointmentOf } from '../pst/appointment.ts';
import { bySchema } from '../pst/by-schema.ts';
import { contactOf } from '../pst/contact.ts';
import { distListOf } from '../pst/dist-list.ts';
import type { PstItem } from '../pst/open-pst.ts';

type Facts = Readonly<Record<string, string>>;

/** Moments in UTC, as iCalendar writes them. */
export function readAppointmentFacts(item: PstItem): Facts {
  const read = appointmentOf(item, { home: 'UTC', ownAddress: '' });
  if (typeof read === 'string') return { subject: '', reason: read };
  const moments = bySchema(item.properties);
  const utc = (at: number | undefined) =>
    at === undefined ? '' : new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  return {
    subject: read.subject,
    start: utc(moments.time(APPOINTMENT_IN_FILE.start)),
    end: utc(moments.time(APPOINTMENT_IN_FILE.end)),
    location: read.location,
    repeats: read.recurrence === undefined ? 'no' : 'yes',
  };
}

export function readContactFacts(item: PstItem): Facts {
  const { contact } = contactOf(item);
  const { name, emails, company } = outlookContact.read(contact);
  return {
    family: contact.text.LastName.trim(),
    given: contact.text.FirstName.trim(),
    company: contact.text.CompanyName.trim() || company,
    mobile: contact.phones.MobileTelephoneNumber,
    email: contact.emails[0].address || (emails[0]?.address ?? ''),
    name: `${name.given} ${name.family}`.trim(),
  };
}

export function readGroupFacts(item: PstItem): Facts {
  const { name, members } = distListOf(item, String);
  return { subject: name, members: String(members.length) };
}
