/** Zone names as they stand in calendars → IANA, by the name alone. */
import type { ZoneId } from '../../domain/time.ts';
import { zoneOf } from '../../domain/zones.ts';
import { ianaZoneOf } from '../../outlook/model/windows-zones.ts';

/**
 * The zone a TZID names: an IANA id in any case, one behind a vendor's prefix (`/mozilla.org/20050126_1/Europe/Paris`,
 * `/freeassociation.sourceforge.net/Tzfile/Europe/Paris`), a Windows id, or one of the spellings of UTC.
 */
export function zoneOfName(name: string): ZoneId | undefined {
  const bare = name.replaceAll('"', '').trim();
  if (bare === '') return undefined;
  if (UTC_NAMES.has(bare.toLowerCase())) return 'UTC';
  return zoneOf(bare) ?? behindPrefix(bare) ?? zoneOf(ianaZoneOf(bare) ?? '');
}

const UTC_NAMES = new Set([
  'utc',
  'z',
  'gmt',
  'etc/utc',
  'zulu',
  'tzone://microsoft/utc',
  'coordinated universal time',
]);

function behindPrefix(name: string): ZoneId | undefined {
  const parts = name.split('/').filter((part) => part !== '');
  for (const length of [3, 2]) {
    if (parts.length <= length) continue;
    const zone = zoneOf(parts.slice(-length).join('/'));
    if (zone !== undefined) return zone;
  }
  return undefined;
}
