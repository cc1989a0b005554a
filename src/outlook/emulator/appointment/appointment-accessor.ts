/** PropertyAccessor of an appointment, where it differs from that of any item. @source outlook-calendar.md sections 1.5, 8 */
import { itemTarget } from '../accessor-targets.ts';
import type { DispatchObject } from '../dispatch.ts';
import { fail } from '../fault.ts';
import type { LiveItem } from '../live-item.ts';
import type { PropKey } from '../property.ts';
import { propertyAccessor } from '../property-accessor.ts';
import { APPT } from './appointment-props.ts';
import { occurrenceOf } from './occurrence.ts';

/** The object keeps these itself and writes its own over whatever was written beside it. */
const KEPT_BY_OBJECT: readonly PropKey[] = [APPT.start, APPT.end];
const IDS: readonly PropKey[] = [APPT.globalId, APPT.cleanGlobalId];
/** Outlook 2013. */
const TAKES_IDS_FROM = 15;

export function appointmentAccessor(item: LiveItem): DispatchObject {
  const target = itemTarget(item);
  return propertyAccessor({
    ...target,
    set: (key, value) => {
      if (KEPT_BY_OBJECT.includes(key)) return;
      // EC7: an id is taken only from an item that was saved, and by Outlook 2013 or later.
      const wasSaved = item.number !== 0 || occurrenceOf(item) !== undefined;
      const takesIds = wasSaved && item.session.switches.version >= TAKES_IDS_FROM;
      if (IDS.includes(key) && !takesIds) fail('ACCESS_DENIED', key, 'READ_ONLY');
      target.set(key, value);
    },
  });
}
