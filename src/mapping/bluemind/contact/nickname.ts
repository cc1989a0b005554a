import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { putText, withIdentification } from './put.ts';

/** The nickname; several are one text with commas. */
export const nickname: Field<VCard, Pick<Contact, 'nickname'>> = patching({
  read: (card) => ({ nickname: oneLine(card.identification?.nickname?.value) }),
  write: (card, value) =>
    withIdentification(card, (now) => ({
      ...now,
      nickname: { parameters: [], ...now.nickname, value: putText(now.nickname?.value, value.nickname) },
    })),
  survives: (value) => ({ nickname: oneLine(value.nickname) }),
});
