import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { putText, withIdentification } from './put.ts';

type Names = Pick<Contact, 'name' | 'formattedName'>;

/**
 * The parts of the name, and the name as shown.
 * @loss runs of blanks and control characters
 */
export const names: Field<VCard, Names> = patching({
  read: (card) => {
    const name = card.identification?.name;
    return {
      name: {
        family: oneLine(name?.familyNames),
        given: oneLine(name?.givenNames),
        additional: oneLine(name?.additionalNames),
        prefixes: oneLine(name?.prefixes),
        suffixes: oneLine(name?.suffixes),
      },
      formattedName: oneLine(card.identification?.formatedName?.value),
    };
  },
  write: (card, { name, formattedName }) =>
    withIdentification(card, (now) => ({
      ...now,
      name: {
        parameters: [],
        ...now.name,
        familyNames: putText(now.name?.familyNames, name.family),
        givenNames: putText(now.name?.givenNames, name.given),
        additionalNames: putText(now.name?.additionalNames, name.additional),
        prefixes: putText(now.name?.prefixes, name.prefixes),
        suffixes: putText(now.name?.suffixes, name.suffixes),
      },
      formatedName: { parameters: [], ...now.formatedName, value: putText(now.formatedName?.value, formattedName) },
    })),
  survives: ({ name, formattedName }) => ({
    name: {
      family: oneLine(name.family),
      given: oneLine(name.given),
      additional: oneLine(name.additional),
      prefixes: oneLine(name.prefixes),
      suffixes: oneLine(name.suffixes),
    },
    formattedName: oneLine(formattedName),
  }),
});
