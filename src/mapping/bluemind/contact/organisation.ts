import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { normalUnits } from '../../contact/normal-units.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

type Organisation = Pick<Contact, 'company' | 'division' | 'department' | 'title' | 'role'>;

/**
 * Where somebody works and as what. A card whose division stands alone (a vCard with one unit) has it as its department, and it
 * stays where it stands.
 */
export const organisation: Field<VCard, Organisation> = patching({
  read: ({ organizational }) => ({
    company: oneLine(organizational?.org?.company),
    ...normalUnits({
      division: oneLine(organizational?.org?.division),
      department: oneLine(organizational?.org?.department),
    }),
    title: oneLine(organizational?.title),
    role: oneLine(organizational?.role),
  }),
  write: (card, value) => {
    const now = card.organizational;
    const alone = oneLine(now?.org?.division) !== '' && oneLine(now?.org?.department) === '';
    const units = normalUnits(value);
    const { division, department } =
      alone && units.division === '' ? { division: units.department, department: '' } : units;
    return {
      ...card,
      organizational: {
        ...now,
        member: now?.member ?? [],
        title: putText(now?.title, value.title),
        role: putText(now?.role, value.role),
        org: {
          company: putText(now?.org?.company, value.company),
          division: putText(now?.org?.division, division),
          department: putText(now?.org?.department, department),
        },
      },
    };
  },
  survives: ({ company, division, department, title, role }) => ({
    company: oneLine(company),
    ...normalUnits({ division: oneLine(division), department: oneLine(department) }),
    title: oneLine(title),
    role: oneLine(role),
  }),
});
