import type { Contact, Gender } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withIdentification } from './put.ts';

/**
 * The gender, `F` or `M` on the server; a word beside it stays.
 * @loss other genders: the server keeps them while Outlook says nothing
 * @source RFC 6350 6.2.7
 */
export const gender: Field<VCard, Pick<Contact, 'gender'>> = patching({
  read: (card) => ({ gender: genderOf(card.identification?.gender?.value) }),
  write: (card, value) =>
    withIdentification(card, (now) => ({
      ...now,
      gender: {
        text: null,
        parameters: [],
        ...now.gender,
        value: value.gender === undefined ? null : LETTER[value.gender],
      },
    })),
  survives: (value) => ({ gender: value.gender }),
});

const LETTER = { female: 'F', male: 'M' } as const satisfies Record<Gender, string>;

function genderOf(text: string | null | undefined): Gender | undefined {
  const word = oneLine(text).toLowerCase();
  if (word === 'f' || word === 'female') return 'female';
  return word === 'm' || word === 'male' ? 'male' : undefined;
}
