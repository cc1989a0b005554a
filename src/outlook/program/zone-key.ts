import { byteReader } from '../model/bytes.ts';
import { windowsZoneId } from '../model/windows-zones.ts';

/**
 * The Windows zone id inside a TZDEFINITION (PidLidAppointmentTimeZoneDefinition*); undefined when the property is absent,
 * damaged, or names a zone that Windows has not (other programs write such names): Outlook is then asked for the zone.
 * @source outlook-calendar.md section 3 (binary forms)
 */
export function zoneKeyFrom(definition: Uint8Array | undefined): string | undefined {
  if (definition === undefined || definition.length < 8) return undefined;
  const read = byteReader(definition, 'time zone');
  read.bytes(6);
  const length = read.u16();
  if (length === 0 || read.remaining() < length * 2) return undefined;
  return windowsZoneId(read.utf16(length));
}
