import type { Privacy } from '../../../domain/event.ts';
import type { Appointment, Sensitivity } from '../../../outlook/model/appointment.ts';
import { type Field, lossless, patching } from '../../field.ts';

const LEVELS = ['public', 'personal', 'private', 'confidential'] as const satisfies readonly Privacy[];

/** Sensitivity. @source outlook-calendar.md 7.2 */
export const privacy: Field<Appointment, Privacy> = patching(
  lossless({
    read: (item) => LEVELS[item.sensitivity],
    write: (item, value) => ({ ...item, sensitivity: LEVELS.indexOf(value) as Sensitivity }),
  }),
);
