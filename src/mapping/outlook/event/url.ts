import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { Field } from '../../field.ts';
import { absent } from './single-line.ts';

/** The page of the event. @loss Outlook has no member for it; it stays on the server */
export const url: Field<Appointment, string> = absent('');
