import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { type Field, patching } from '../../field.ts';

/**
 * The picture. Outlook makes one of its own out of what it is given, so a tag says of which original the one that is shown was
 * made: while it stands, the contact has the original, and the smaller copy never goes anywhere.
 * @source outlook-objects.md 6.5, EO76; hard cases 29
 */
export const photo: Field<OutlookContact, Pick<Contact, 'photo'>> = patching({
  read: (contact) => ({ photo: readPhoto(contact) }),
  write: (contact, value) => {
    const { [TAG.photo]: _made, ...tags } = contact.tags;
    return { ...contact, picture: value.photo ?? '', tags };
  },
  survives: (value) => ({ photo: value.photo || undefined }),
});

function readPhoto({ picture, tags }: OutlookContact): string | undefined {
  const [original, shown = ''] = (tags[TAG.photo] ?? '').split(' ');
  return original && shown === picture ? original : picture || undefined;
}
