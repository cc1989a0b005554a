import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';

/** The server's words for an event without a title: it refuses an empty one. @source bluemind-api.md 4.11, 10.1 */
export const UNTITLED = '---';

/**
 * The title.
 * @loss a title that is exactly `---` means none
 */
export const title: Field<VEvent, string> = patching({
  read: (event) => (event.summary === UNTITLED ? '' : (event.summary ?? '')),
  write: (event, value) => ({ ...event, summary: isUntitled(value) ? UNTITLED : value }),
  survives: (value) => (isUntitled(value) ? '' : value),
});

function isUntitled(value: string): boolean {
  return value.trim() === '' || value === UNTITLED;
}
