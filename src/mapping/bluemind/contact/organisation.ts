import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

type Organisation = Pick<Contact, 'company' | 'division' | 'department' | 'title' | 'role'>;

/** Where somebody works and as what. */
export const organisation: Field<VCard, Organisation> = patching({
  read: ({ organizational }) => ({
    company: oneLine(organizational?.org?.company),
    division: oneLine(organizational?.org?.division),
    department: oneLine(organizational?.org?.department),
    title: oneLine(organizational?.title),
    role: oneLine(organizational?.role),
  }),
  write: (card, value) => {
    const now = card.organizational;
    return {
      ...card,
      organizational: {
        ...now,
        member: now?.member ?? [],
        title: putText(now?.title, value.title),
        role: putText(now?.role, value.role),
        org: {
          company: putText(now?.org?.company, value.company),
          division: putText(now?.org?.division, value.division),
          department: putText(now?.org?.department, value.department),
        },
      },
    };
  },
  survives: ({ company, division, department, title, role }) => ({
    company: oneLine(company),
    division: oneLine(division),
    department: oneLine(department),
    title: oneLine(title),
    role: oneLine(role),
  }),
});
