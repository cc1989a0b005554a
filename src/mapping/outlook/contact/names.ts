import type { Contact, PersonName } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

type Names = Pick<Contact, 'name' | 'formattedName'>;

/**
 * The parts of the name. The full name is Outlook's own, made from them; where it is written to, Outlook takes it apart again and
 * overwrites the parts, so it is set only to what Outlook makes of them. File-as is never written: Outlook makes it by the user's
 * option, or the user has set it.
 * @loss the name as shown, where it is not what the parts make
 * @source outlook-objects 6.1
 */
export const names: Field<OutlookContact, Names> = patching({
  read: ({ text }) => {
    const name: PersonName = {
      family: oneLine(text.LastName),
      given: oneLine(text.FirstName),
      additional: oneLine(text.MiddleName),
      prefixes: oneLine(text.Title),
      suffixes: oneLine(text.Suffix),
    };
    const known = Object.values(name).some((part) => part !== '');
    return { name, formattedName: known ? '' : oneLine(text.FullName) };
  },
  write: (contact, { name }) => {
    const written = withTexts(contact, {
      LastName: name.family,
      FirstName: name.given,
      MiddleName: name.additional,
      Title: name.prefixes,
      Suffix: name.suffixes,
    });
    const parts = [name.prefixes, name.given, name.additional, name.family, name.suffixes];
    return withTexts(written, { FullName: parts.filter(Boolean).join(' ') });
  },
  survives: ({ name, formattedName: _ }) => ({
    name: {
      family: oneLine(name.family),
      given: oneLine(name.given),
      additional: oneLine(name.additional),
      prefixes: oneLine(name.prefixes),
      suffixes: oneLine(name.suffixes),
    },
    formattedName: '',
  }),
});
