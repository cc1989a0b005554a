import type { Appointment } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';
import { asSingleLine } from './single-line.ts';

/**
 * Where it takes place.
 * @loss as the title: 255 UTF-16 units in one line
 * @source MS-OXCICAL 2.1.3.1.1.20.15
 */
export const location: Field<Appointment, string> = patching({
  read: (item) => asSingleLine(item.location),
  write: (item, value) => ({ ...item, location: asSingleLine(value) }),
  survives: asSingleLine,
});
