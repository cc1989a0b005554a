import type { VEvent } from '../../../wire/calendar.ts';
import { type Field, lossless, patching } from '../../field.ts';

/** The page of the event. */
export const url: Field<VEvent, string> = patching(
  lossless({
    read: (event) => event.url ?? '',
    write: (event, value) => ({ ...event, url: value === '' ? null : value }),
  }),
);
