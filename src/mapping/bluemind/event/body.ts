import type { RichText } from '../../../domain/text.ts';
import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';
import { EMPTY_TEXT, htmlFor, htmlText } from '../../rich-text.ts';

/**
 * The description, an HTML fragment. A text that comes as plain words only replaces the HTML when its words differ.
 * @loss HTML without any words (a picture alone) reads as no text; it stays on the server until words are written
 * @source bluemind-api.md 4.4, 10.2 rule 8
 */
export const body: Field<VEvent, RichText> = patching({
  read: readBody,
  write: (event, value) => ({ ...event, description: htmlFor(value, event.description) || null }),
  survives: (value) => readBody({ description: htmlFor(value, null) }),
});

function readBody(event: VEvent): RichText {
  const text = htmlText(event.description);
  return text.plain === '' ? EMPTY_TEXT : text;
}
