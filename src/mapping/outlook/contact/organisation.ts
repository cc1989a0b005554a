import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { normalUnits } from '../../contact/normal-units.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

type Organisation = Pick<Contact, 'company' | 'division' | 'department' | 'title' | 'role'>;

/**
 * Where somebody works and as what; the office is a part of the address at work.
 * @loss the division of a contact that has a department too: Outlook has no member for it
 */
export const organisation: Field<OutlookContact, Organisation> = patching({
  read: ({ text }) => ({
    company: oneLine(text.CompanyName),
    division: '',
    department: oneLine(text.Department),
    title: oneLine(text.JobTitle),
    role: oneLine(text.Profession),
  }),
  write: (contact, value) =>
    withTexts(contact, {
      CompanyName: oneLine(value.company),
      Department: unitOf(value),
      JobTitle: oneLine(value.title),
      Profession: oneLine(value.role),
    }),
  survives: (value) => ({
    company: oneLine(value.company),
    division: '',
    department: unitOf(value),
    title: oneLine(value.title),
    role: oneLine(value.role),
  }),
});

function unitOf({ division, department }: Organisation): string {
  return normalUnits({ division: oneLine(division), department: oneLine(department) }).department;
}
