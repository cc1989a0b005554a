import type { LinkedFile } from '../../../domain/event.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { Field } from '../../field.ts';
import { absent } from './single-line.ts';

/** Linked files. @loss Outlook's attachments are contents, not links; the links stay on the server */
export const files: Field<Appointment, readonly LinkedFile[]> = absent<Appointment, readonly LinkedFile[]>([]);
