/** IANA zones ↔ the Windows zones that Outlook shows them in. */
import type { ZoneId } from '../../../domain/time.ts';
import { sameClock, zoneOf } from '../../../domain/zones.ts';
import { ianaZoneOf, windowsZoneId, windowsZoneIds, windowsZoneOf } from '../../../outlook/model/windows-zones.ts';
import type { OutlookEventContext } from './context.ts';

/** The Windows zone with the clock of an IANA zone; undefined when there is none (Antarctica/Troll). */
export function shownZone(zone: ZoneId): string | undefined {
  if (!found.has(zone)) found.set(zone, windowsZoneOf(zone) ?? alike(zone));
  return found.get(zone);
}

const found = new Map<ZoneId, string | undefined>();

// Zones without a name in the table may still keep the time of one that has: compared over these years.
const FROM = Date.UTC(2015, 0, 1);
const TO = Date.UTC(2035, 0, 1);

function alike(zone: ZoneId): string | undefined {
  return windowsZoneIds().find((id) => sameClock(zoneOf(ianaZoneOf(id) ?? '') ?? 'UTC', zone, FROM, TO));
}

/** The IANA zone that a Windows zone means to this user: the own one where it is shown the same, else the one of the territory. */
export function zoneShownAs(windows: string, context: OutlookEventContext): ZoneId {
  const id = windowsZoneId(windows);
  if (id === undefined || id === shownZone(context.zone)) return context.zone;
  return zoneOf(ianaZoneOf(id, context.territory) ?? '') ?? context.zone;
}
