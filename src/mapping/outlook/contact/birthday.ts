import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { type Field, patching } from '../../field.ts';
import { keptDay } from './day.ts';

/**
 * The birthday, a day in no zone. Written only when the day differs: Outlook makes an appointment of it each time.
 * @loss days before 1601
 */
export const birthday: Field<OutlookContact, Pick<Contact, 'birthday'>> = patching({
  read: (contact) => ({ birthday: keptDay(contact.birthday) }),
  write: (contact, value) => ({ ...contact, birthday: keptDay(value.birthday) }),
  survives: (value) => ({ birthday: keptDay(value.birthday) }),
});
