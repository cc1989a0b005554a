import type { WorkingHours } from '../../../domain/calendar-settings.ts';
import { type CalendarOptions, OPTION } from '../../../outlook/model/calendar-options.ts';
import { withWorkTime, workTimeIn } from '../../../outlook/model/work-hours-xml.ts';
import { type Field, patching } from '../../field.ts';
import { isFixed, numberOf, withNumberOf } from './stored.ts';

const DAY = 24 * 60;

/**
 * Start and end of the working day: the hidden work-hours item where there is one, else minutes since midnight in the registry.
 * @loss hours of which a policy fixes one stay
 */
export const workingHours: Field<CalendarOptions, WorkingHours | undefined> = patching({
  read: (options) => {
    const hidden = hasPolicy(options) ? undefined : options.workHours && workTimeIn(options.workHours);
    const found = hidden || registryHours(options);
    return found && found.start >= 0 && found.start < found.end && found.end <= DAY ? found : undefined;
  },
  write: (options, hours) => {
    if (hours === undefined || hasPolicy(options)) return options;
    const started = withNumberOf(options, OPTION.dayStart, hours.start);
    const written = withNumberOf(started, OPTION.dayEnd, hours.end);
    return written.workHours === undefined
      ? written
      : { ...written, workHours: withWorkTime(written.workHours, hours) };
  },
  survives: (hours) => hours,
});

function hasPolicy(options: CalendarOptions): boolean {
  return isFixed(options, OPTION.dayStart, OPTION.dayEnd);
}

function registryHours(options: CalendarOptions): WorkingHours | undefined {
  const [start, end] = [numberOf(options, OPTION.dayStart), numberOf(options, OPTION.dayEnd)];
  if (start === undefined || end === undefined) return undefined;
  return { start, end: end === 0 ? DAY : end };
}
