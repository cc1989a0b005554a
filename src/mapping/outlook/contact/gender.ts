import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { type Field, patching } from '../../field.ts';

/** The gender. */
export const gender: Field<OutlookContact, Pick<Contact, 'gender'>> = patching({
  read: (contact) => ({ gender: contact.gender === 1 ? 'female' : contact.gender === 2 ? 'male' : undefined }),
  write: (contact, value) => ({
    ...contact,
    gender: value.gender === 'female' ? 1 : value.gender === 'male' ? 2 : 0,
  }),
  survives: (value) => ({ gender: value.gender }),
});
