import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { type Field, patching } from '../../field.ts';
import { htmlFor, htmlText } from '../../rich-text.ts';
import { withExplanatory } from './put.ts';

/** The note, HTML on the server; what says the words already keeps its formatting. */
export const note: Field<VCard, Pick<Contact, 'note'>> = patching({
  read: (card) => ({ note: htmlText(card.explanatory?.note) }),
  write: (card, value) => withExplanatory(card, { note: htmlFor(value.note, card.explanatory?.note) || null }),
  survives: ({ note: text }) => ({ note: htmlText(htmlFor(text, undefined)) }),
});
