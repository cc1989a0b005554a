/** The zones of an item: their stored forms, and what the emulator's Windows knows of them. @source outlook-calendar.md section 3 */
import { isFailure } from '../../../base/failure.ts';
import {
  RULE_FLAG,
  readZoneDefinition,
  type SystemTime,
  writeZoneDefinition,
  writeZoneStruct,
} from '../../model/time-zone-blob.ts';
import { ianaZoneOf, windowsZoneId, windowsZoneOf } from '../../model/windows-zones.ts';
import { ianaZoneOfDefinition, zoneRuleOf } from '../../model/zone-rules.ts';
import type { CurrentZone } from '../locale.ts';
import type { Session } from '../session.ts';

/** A zone by its Windows id, with the IANA zone that keeps its time here. */
export type Zone = CurrentZone;

/** The zone of a Windows id as `TimeZones` has it; undefined when Windows has none of that id in exactly that case. */
export function zoneById(session: Session, id: string): Zone | undefined {
  const current = session.zone();
  if (id === current.windows) return current;
  const iana = windowsZoneId(id) === id ? ianaZoneOf(id) : undefined;
  return iana === undefined ? undefined : { windows: id, iana };
}

/** The zone that a TZDEFINITION names; undefined when it is damaged or says nothing. */
export function zoneOfDefinition(session: Session, bytes: Uint8Array | undefined): Zone | undefined {
  if (bytes === undefined) return undefined;
  const year = Number(session.now().slice(0, 4));
  const here = session.zone().iana;
  const seen = lately.get(bytes);
  if (seen?.year === year && seen.here === here) return seen.zone;
  const zone = zoneOfBytes(bytes, year, here);
  lately.set(bytes, { year, here, zone });
  return zone;
}

/** The zones of values in memory, which nobody changes in place. */
const lately = new WeakMap<
  Uint8Array,
  { readonly year: number; readonly here: string; readonly zone: Zone | undefined }
>();

function zoneOfBytes(bytes: Uint8Array, year: number, here: string): Zone | undefined {
  const key = `${here} ${year} ${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')}`;
  if (named.has(key)) return named.get(key);
  const zone = readZone(bytes, year, here);
  if (named.size > MOST_ZONES) named.clear();
  named.set(key, zone);
  return zone;
}

/** Zones by the definition that names them: a calendar has a few, and asks for them at every call. */
const named = new Map<string, Zone | undefined>();
const MOST_ZONES = 1000;

function readZone(bytes: Uint8Array, year: number, here: string): Zone | undefined {
  try {
    const definition = readZoneDefinition(bytes);
    const iana = ianaZoneOfDefinition(definition, year, [here]);
    if (iana === undefined) return undefined;
    return { windows: windowsZoneId(definition.keyName) ?? windowsZoneOf(iana) ?? definition.keyName, iana };
  } catch (error) {
    if (isFailure(error, 'OUTLOOK_BAD_STRUCTURE')) return undefined;
    throw error;
  }
}

/**
 * TZDEFINITION of a zone with the rules of one year.
 * Nobody changes one in place: items share it.
 * @param use `display`: how an item's start or end is shown; `recurrence`: how a series is expanded
 */
export function definitionOf(zone: Zone, year: number, use: 'display' | 'recurrence'): Uint8Array {
  const key = `${zone.windows} ${zone.iana} ${year} ${use}`;
  const known = definitions.get(key);
  if (known !== undefined) return known;
  const flags = RULE_FLAG.effective | (use === 'recurrence' ? RULE_FLAG.recurCurrent : 0);
  const made = writeZoneDefinition({
    keyName: zone.windows,
    rules: [{ ...zoneRuleOf(zone.iana, year), flags, from: SINCE_EVER }],
  });
  if (definitions.size > MOST_ZONES) definitions.clear();
  definitions.set(key, made);
  return made;
}

const definitions = new Map<string, Uint8Array>();

/** TZREG of a zone with the rules of one year. */
export function structOf(zone: Zone, year: number): Uint8Array {
  return writeZoneStruct({ ...zoneRuleOf(zone.iana, year), standardYear: 0, daylightYear: 0 });
}

/** The display name: `(UTC+01:00) Romance Standard Time`; offsets are those of standard time. */
export function zoneText(zone: Zone, year: number): string {
  const { bias } = zoneRuleOf(zone.iana, year);
  if (bias === 0) return `(UTC) ${zone.windows}`;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const minutes = Math.abs(bias);
  return `(UTC${bias < 0 ? '+' : '-'}${two(minutes / 60)}:${two(minutes % 60)}) ${zone.windows}`;
}

const SINCE_EVER: SystemTime = {
  year: 1601,
  month: 1,
  dayOfWeek: 0,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  millisecond: 0,
};
