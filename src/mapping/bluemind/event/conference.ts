import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, patching } from '../../field.ts';

/** Where people meet online: the address; what else the server knows of the conference stays as it is. @loss an empty address is none */
export const conference: Field<VEvent, string | undefined> = patching({
  read: (event) => event.conference || undefined,
  write: (event, value) => ({ ...event, conference: value || null }),
  survives: (value) => value || undefined,
});
