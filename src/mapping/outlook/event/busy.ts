import type { Busy } from '../../../domain/event.ts';
import type { Appointment, BusyStatus } from '../../../outlook/model/appointment.ts';
import { type Field, patching } from '../../field.ts';
import type { OutlookEventContext } from './context.ts';

const STATES = ['free', 'tentative', 'busy', 'outOfOffice', 'elsewhere'] as const satisfies readonly Busy[];

/**
 * Show as.
 * @loss working elsewhere becomes free where Outlook does not know it (2010)
 * @source outlook-calendar.md 7.1
 */
export function busy(context: OutlookEventContext): Field<Appointment, Busy> {
  const survives = (value: Busy): Busy => (value === 'elsewhere' && context.elsewhere === false ? 'free' : value);
  return patching({
    read: (item) => survives(STATES[item.busyStatus]),
    write: (item, value) => ({ ...item, busyStatus: STATES.indexOf(survives(value)) as BusyStatus }),
    survives,
  });
}
