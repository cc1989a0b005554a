import type { Contact } from '../../domain/contact.ts';

type Units = Pick<Contact, 'division' | 'department'>;

/** Division and department in the form of the domain: one unit alone is the department, which is all that Outlook has. */
export function normalUnits({ division, department }: Units): Units {
  return department === '' ? { division: '', department: division } : { division, department };
}
