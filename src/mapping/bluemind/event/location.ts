import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';

/** Where it takes place. */
export const location: Field<VEvent, string> = patching(
  lossless({
    read: (event) => event.location ?? '',
    write: (event, value) => ({ ...event, location: value === '' ? null : value }),
  }),
);
