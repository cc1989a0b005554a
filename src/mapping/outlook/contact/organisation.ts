import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

type Organisation = Pick<Contact, 'company' | 'division' | 'department' | 'title' | 'role'>;

/**
 * Where somebody works and as what. The office stays in Outlook.
 * @loss the division: Outlook has no member for it
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
      Department: oneLine(value.department),
      JobTitle: oneLine(value.title),
      Profession: oneLine(value.role),
    }),
  survives: ({ company, department, title, role }) => ({
    company: oneLine(company),
    division: '',
    department: oneLine(department),
    title: oneLine(title),
    role: oneLine(role),
  }),
});
