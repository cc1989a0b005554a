/** When an item is, as its properties hold it. @source outlook-calendar.md sections 1.3, 2, 8.1 */
import { fail } from '../fault.ts';
import type { LiveItem } from '../live-item.ts';
import { APPT } from './appointment-props.ts';
import { definitionOf, type Zone, zoneOfDefinition } from './item-zones.ts';
import { durationOf, type Times } from './times.ts';

/** @throws FAILED "You must specify a time." when the item is damaged. EC55 */
export function timesOf(item: LiveItem): Times {
  const { bag } = item;
  const start = bag.time(APPT.start) ?? fail('FAILED', '', 'NO_TIME');
  const end = bag.time(APPT.end) ?? fail('FAILED', '', 'NO_TIME');
  return { start, end, startZone: startZoneOf(item), endZone: endZoneOf(item), allDay: bag.bool(APPT.allDay) };
}

/** Whether start and end are there at all. */
export function hasTimes(item: LiveItem): boolean {
  return item.bag.time(APPT.start) !== undefined && item.bag.time(APPT.end) !== undefined;
}

/** The zone of an item's start, or of its series; the zone of Windows where nothing says. */
export function startZoneOf(item: LiveItem): Zone {
  const { session, bag } = item;
  const stored = [bag.binary(APPT.startZone), bag.binary(APPT.recurrenceZone)];
  for (const bytes of stored) {
    const zone = zoneOfDefinition(session, bytes);
    if (zone !== undefined) return zone;
  }
  return session.zone();
}

export function endZoneOf(item: LiveItem): Zone {
  return zoneOfDefinition(item.session, item.bag.binary(APPT.endZone)) ?? startZoneOf(item);
}

/** Writes what differs. */
export function storeTimes(item: LiveItem, times: Times): void {
  const { bag } = item;
  bag.setTime(APPT.start, times.start);
  bag.setTime(APPT.end, times.end);
  bag.setLong(APPT.duration, durationOf(times));
  bag.setBool(APPT.allDay, times.allDay);
  const year = Number(times.start.slice(0, 4));
  bag.setBinary(APPT.startZone, definitionOf(times.startZone, year, 'display'));
  bag.setBinary(APPT.endZone, definitionOf(times.endZone, year, 'display'));
}
