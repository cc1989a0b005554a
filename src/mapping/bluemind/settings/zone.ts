import type { ZoneId } from '../../../domain/time.ts';
import { zoneOf } from '../../../domain/zones.ts';
import { type Field, patching } from '../../field.ts';
import { type StoredSettings, withSetting } from './stored.ts';

/** The time zone: `timezone`, an IANA id. One that nobody knows counts as not said. @source BlueMind API 6 */
export const zone: Field<StoredSettings, ZoneId | undefined> = patching({
  read: ({ user, calendar }) => zoneOf(calendar?.timezoneId ?? user['timezone'] ?? ''),
  write: (stored, id) => (id === undefined ? stored : withSetting(stored, { timezoneId: id }, { timezone: id })),
  survives: (id) => id,
});
