import { FOLDER, type Given } from './item-place.ts';
import type { Program } from './program.ts';
import { script } from './script.ts';
import type { Values } from './values.ts';
import type { YearlyInterval } from './write-pattern.ts';

const APPOINTMENT_ITEM = 1;
const YEARLY = 5;

/**
 * Asks this Outlook how it counts the interval of yearly patterns, on an item that is never saved: sources disagree, and a
 * series of every second year must not become one of every twenty-fourth.
 * @source outlook-calendar.md 4.4
 */
export function askYearlyInterval(given: Given): Program {
  return script('ask yearly interval', given, (run) => {
    const item = run.open(run.object(FOLDER, 'Items', 'Items'), 'Add', 'AppointmentItem', APPOINTMENT_ITEM);
    const pattern = run.open(item, 'GetRecurrencePattern', 'RecurrencePattern');
    run.put(pattern, 'RecurrenceType', YEARLY);
    return [run.value(pattern, 'Interval')];
  });
}

/** What {@link askYearlyInterval} returned means. */
export function yearlyIntervalFrom(values: Values): YearlyInterval {
  return values.Interval === 1 ? 'years' : 'months';
}
