import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { type Field, patching } from '../../field.ts';
import { keptDay, putDay, readDay } from './day.ts';
import { withIdentification } from './put.ts';

/**
 * The birthday, a day in no zone.
 * @loss days from 2200 on
 */
export const birthday: Field<VCard, Pick<Contact, 'birthday'>> = patching({
  read: (card) => ({ birthday: readDay(card.identification?.birthday) }),
  write: (card, value) =>
    withIdentification(card, (now) => ({ ...now, birthday: putDay(now.birthday, value.birthday) })),
  survives: (value) => ({ birthday: keptDay(value.birthday) }),
});
