/** When the one reminder of an item rings. @source outlook-calendar.md section 6; MS-OXORMDR 2.2.1.2 */
import type { LiveItem } from '../live-item.ts';
import { PROP } from '../property.ts';
import { shift } from '../zone-time.ts';
import { instances } from './occurrence-list.ts';
import { patternOf, seriesOf } from './series.ts';
import type { Times } from './times.ts';

/** `start`: of the occurrence that the reminder is for; `signal`: when it rings. @units UTC */
export type ReminderTimes = { readonly start: string; readonly signal: string };

/** Occurrences that are looked through for the next one. */
const REACH = 20_000;

/**
 * The reminder of a single item, or of the first occurrence of a series that rings after `after`; undefined when none is left.
 */
export function reminderTimes(item: LiveItem, times: Times, after = item.session.now()): ReminderTimes | undefined {
  const before = -60 * item.bag.long(PROP.reminderDelta);
  const series = seriesOf(item);
  if (series === undefined) return { start: times.start, signal: shift(times.start, before) };
  let seen = 0;
  for (const { start, exception } of instances(patternOf(series), times)) {
    const signal = shift(start, before);
    if (signal > after && exception?.reminderSet !== false) return { start, signal };
    if (++seen > REACH) return undefined;
  }
  return undefined;
}
