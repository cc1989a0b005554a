import type { RichText } from '../../../domain/text.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';
import { crlfFor, plainText } from '../../rich-text.ts';

/**
 * The text of the item. While its words are the same it is not written, so that Outlook's own formatting stays.
 * @loss formatting: Outlook shows the words (the HTML stays on the server until the words change)
 */
export const body: Field<Appointment, RichText> = patching({
  read: (item) => plainText(item.body),
  write: (item, value) => ({ ...item, body: crlfFor(value, item.body) }),
  survives: (value) => plainText(value.plain),
});
