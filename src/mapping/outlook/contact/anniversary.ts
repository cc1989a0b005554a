import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { type Field, patching } from '../../field.ts';
import { keptDay } from './day.ts';

/**
 * The anniversary, a day in no zone. Written only when the day differs: Outlook makes an appointment of it each time.
 * @loss days before 1601
 */
export const anniversary: Field<OutlookContact, Pick<Contact, 'anniversary'>> = patching({
  read: (contact) => ({ anniversary: keptDay(contact.anniversary) }),
  write: (contact, value) => ({ ...contact, anniversary: keptDay(value.anniversary) }),
  survives: (value) => ({ anniversary: keptDay(value.anniversary) }),
});
