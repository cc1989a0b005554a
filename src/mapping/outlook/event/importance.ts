import type { Importance } from '../../../domain/event.ts';
import type { Appointment, OutlookImportance } from '../../../outlook/model/appointment.ts';
import { type Field, lossless, patching } from '../../field.ts';

const LEVELS = ['low', 'normal', 'high'] as const satisfies readonly Importance[];

/** Importance. @source outlook-calendar.md 7.2 */
export const importance: Field<Appointment, Importance> = patching(
  lossless({
    read: (item) => LEVELS[item.importance],
    write: (item, value) => ({ ...item, importance: LEVELS.indexOf(value) as OutlookImportance }),
  }),
);
