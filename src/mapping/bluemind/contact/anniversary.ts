import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { type Field, patching } from '../../field.ts';
import { keptDay, putDay, readDay } from './day.ts';
import { withIdentification } from './put.ts';

/**
 * The anniversary, a day in no zone.
 * @loss days from 2200 on
 */
export const anniversary: Field<VCard, Pick<Contact, 'anniversary'>> = patching({
  read: (card) => ({ anniversary: readDay(card.identification?.anniversary) }),
  write: (card, value) =>
    withIdentification(card, (now) => ({ ...now, anniversary: putDay(now.anniversary, value.anniversary) })),
  survives: (value) => ({ anniversary: keptDay(value.anniversary) }),
});
