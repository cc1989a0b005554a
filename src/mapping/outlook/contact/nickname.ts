import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

/** The nickname. */
export const nickname: Field<OutlookContact, Pick<Contact, 'nickname'>> = patching({
  read: ({ text }) => ({ nickname: oneLine(text.NickName) }),
  write: (contact, value) => withTexts(contact, { NickName: oneLine(value.nickname) }),
  survives: (value) => ({ nickname: oneLine(value.nickname) }),
});
