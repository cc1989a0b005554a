import type { Contact } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

/** People around somebody, by name. */
export const relations: Field<VCard, Pick<Contact, 'spouse' | 'manager' | 'assistant'>> = patching({
  read: ({ related }) => ({
    spouse: oneLine(related?.spouse),
    manager: oneLine(related?.manager),
    assistant: oneLine(related?.assistant),
  }),
  write: (card, value) => ({
    ...card,
    related: {
      ...card.related,
      spouse: putText(card.related?.spouse, value.spouse),
      manager: putText(card.related?.manager, value.manager),
      assistant: putText(card.related?.assistant, value.assistant),
    },
  }),
  survives: ({ spouse, manager, assistant }) => ({
    spouse: oneLine(spouse),
    manager: oneLine(manager),
    assistant: oneLine(assistant),
  }),
});
