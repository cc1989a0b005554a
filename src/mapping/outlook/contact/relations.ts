import type { Contact } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

/** People around somebody, by name. */
export const relations: Field<OutlookContact, Pick<Contact, 'spouse' | 'manager' | 'assistant'>> = patching({
  read: ({ text }) => ({
    spouse: oneLine(text.Spouse),
    manager: oneLine(text.ManagerName),
    assistant: oneLine(text.AssistantName),
  }),
  write: (contact, value) =>
    withTexts(contact, {
      Spouse: oneLine(value.spouse),
      ManagerName: oneLine(value.manager),
      AssistantName: oneLine(value.assistant),
    }),
  survives: ({ spouse, manager, assistant }) => ({
    spouse: oneLine(spouse),
    manager: oneLine(manager),
    assistant: oneLine(assistant),
  }),
});
