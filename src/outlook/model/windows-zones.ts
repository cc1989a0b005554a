/**
 * Windows zone ids ↔ IANA zone ids, after the CLDR table.
 *
 * One Windows zone stands for many IANA zones; each IANA zone has at most one Windows zone (Antarctica/Troll has none).
 * IANA names given out are CLDR's stable ones (`Asia/Calcutta`, `Europe/Kiev`): every tz database there ever was knows them,
 * while the newer names are unknown to servers that were not updated lately. Every name, old or new, is understood.
 */
import { WINDOWS_ZONES, ZONE_ALIASES } from './windows-zones.generated.ts';

/** Ids without a zone of their own in today's Windows: read, never chosen. */
const RETIRED: ReadonlySet<string> = new Set(['Kamchatka Standard Time', 'Mid-Atlantic Standard Time']);

/** The Windows zone that keeps the time of an IANA zone; undefined for an unknown zone and for one that Windows has not. */
export function windowsZoneOf(iana: string): string | undefined {
  const canonical = canonicalZone(iana);
  return canonical === undefined ? undefined : windowsByIana().get(canonical);
}

/** The IANA zones that a Windows zone stands for, the most typical one first; none for an unknown id. */
export function ianaZonesOf(windowsId: string): readonly string[] {
  const territories = territoriesOf(windowsId);
  if (territories === undefined) return [];
  const all = [...split(territories['001']), ...Object.values(territories).flatMap(split)];
  return [...new Set(all)];
}

/** The IANA zone to use for a Windows zone: the one of the territory (ISO 3166, `BE`) when given and known, else the typical one. */
export function ianaZoneOf(windowsId: string, territory?: string): string | undefined {
  const territories = territoriesOf(windowsId);
  return split(territories?.[territory?.toUpperCase() ?? '001'])[0] ?? split(territories?.['001'])[0];
}

/** A Windows zone id in its proper case: stores made by other programs hold `romance standard time`. Undefined when unknown. */
export function windowsZoneId(id: string): string | undefined {
  return Object.hasOwn(WINDOWS_ZONES, id) ? id : idsByLowerCase().get(id.toLowerCase());
}

/** Every zone that Windows offers, by id. */
export function windowsZoneIds(): readonly string[] {
  return Object.keys(WINDOWS_ZONES).filter((id) => !RETIRED.has(id));
}

/** The name of an IANA zone as this module gives it out (of `Europe/Kyiv`: `Europe/Kiev`); undefined when unknown. */
export function canonicalZone(iana: string): string | undefined {
  const name = namesByLowerCase().get(iana.toLowerCase());
  return name === undefined ? undefined : (ZONE_ALIASES[name] ?? name);
}

function territoriesOf(windowsId: string): Readonly<Record<string, string>> | undefined {
  const id = windowsZoneId(windowsId);
  return id === undefined ? undefined : WINDOWS_ZONES[id];
}

function split(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(' ');
}

const windowsByIana = once(() => {
  const found = new Map<string, string>();
  for (const id of windowsZoneIds()) for (const zone of ianaZonesOf(id)) found.set(zone, id);
  for (const id of RETIRED) for (const zone of ianaZonesOf(id)) if (!found.has(zone)) found.set(zone, id);
  return found;
});

const idsByLowerCase = once(() => new Map(Object.keys(WINDOWS_ZONES).map((id) => [id.toLowerCase(), id])));

const namesByLowerCase = once(
  () => new Map([...windowsByIana().keys(), ...Object.keys(ZONE_ALIASES)].map((name) => [name.toLowerCase(), name])),
);

/** The tables are built at the first question: most programs that import this module never ask. */
function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
