import type { Appointment } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';
import { asSingleLine } from './single-line.ts';

/**
 * The title.
 * @loss line ends become blanks, control characters go, what is longer than 255 UTF-16 units is cut
 * @source MS-OXCICAL 2.1.3.1.1.20.24
 */
export const title: Field<Appointment, string> = patching({
  read: ({ subject }) => asSingleLine(subject),
  write: (item, value) => ({ ...item, subject: asSingleLine(value) }),
  survives: asSingleLine,
});
