import type { Contact } from '../../../domain/contact.ts';
import { type Field, patching } from '../../field.ts';
import { crlfFor, plainText } from '../../rich-text.ts';

/**
 * The note, as plain text, of a contact or a distribution list.
 * @loss formatting
 */
export function note<S extends { readonly body: string }>(): Field<S, Pick<Contact, 'note'>> {
  return patching({
    read: (item) => ({ note: plainText(item.body) }),
    write: (item, value) => ({ ...item, body: crlfFor(value.note, item.body) }),
    survives: (value) => ({ note: plainText(value.note.plain) }),
  });
}
