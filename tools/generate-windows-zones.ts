/**
 * Writes `src/outlook/model/windows-zones.generated.ts` from the CLDR packages: which Windows zone stands for which IANA
 * zones in which territory, and every other name an IANA zone has or had. Run after an update of `cldr-core`:
 * `node tools/generate-windows-zones.ts`. A test runs {@link generateWindowsZones} and compares, so the file cannot rot.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import timeZoneNames from 'cldr-bcp47/bcp47/timezone.json' with { type: 'json' };
import windowsZones from 'cldr-core/supplemental/windowsZones.json' with { type: 'json' };

/** Descriptions of zones, between descriptions of the list itself. */
type TimeZoneKeys = Readonly<Record<string, unknown>>;

/**
 * Ids that Windows dropped and CLDR with it, but that live on in old items.
 * @source zimbra-WindowsTimeZoneInfo (a dump of Windows' own list), rules of 2009
 */
const RETIRED = {
  'Kamchatka Standard Time': { '001': 'Asia/Kamchatka' },
  'Mid-Atlantic Standard Time': { '001': 'Etc/GMT+2' },
} as const;

export const GENERATED_PATH = fileURLToPath(
  new URL('../src/outlook/model/windows-zones.generated.ts', import.meta.url),
);

/** The text of the generated file. */
export function generateWindowsZones(): string {
  const zones = windowsZones.supplemental;
  const keys: TimeZoneKeys = timeZoneNames.keyword.u.tz;
  const windows = new Map<string, Map<string, string>>();
  for (const { mapZone } of zones.windowsZones.mapTimezones) {
    const territories = windows.get(mapZone._other) ?? new Map<string, string>();
    windows.set(mapZone._other, territories.set(mapZone._territory, shortUtc(mapZone._type)));
  }
  for (const [id, territories] of Object.entries(RETIRED)) {
    if (!windows.has(id)) windows.set(id, new Map(Object.entries(territories)));
  }
  return [
    `// Made by tools/generate-windows-zones.ts from CLDR ${zones.version._cldrVersion}; do not edit.`,
    '',
    '/** Windows zone id → territory (ISO 3166, `001` = the default) → IANA zones, the first one the most typical, blanks between. */',
    'export const WINDOWS_ZONES: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...sorted(windows).map(([id, territories]) => `  ${quoted(id)}: ${objectText(sorted(territories))},`),
    '};',
    '',
    '/** Other names of an IANA zone, new and old → the name used in {@link WINDOWS_ZONES}. */',
    'export const ZONE_ALIASES: Readonly<Record<string, string>> = {',
    ...aliases(keys, mappedZones(windows)).map(([alias, zone]) => `  ${quoted(alias)}: ${quoted(zone)},`),
    '};',
    '',
  ].join('\n');
}

function mappedZones(windows: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlySet<string> {
  return new Set([...windows.values()].flatMap((territories) => [...territories.values()].flatMap(names)));
}

function aliases(keys: TimeZoneKeys, mapped: ReadonlySet<string>): (readonly [string, string])[] {
  const found = new Map<string, string>();
  for (const key of Object.values(keys)) {
    if (typeof key !== 'object' || key === null || !('_alias' in key)) continue;
    const all = names(String(key._alias));
    const zone = all.find((name) => mapped.has(name));
    if (zone === undefined) continue;
    for (const name of all) if (name !== zone && !mapped.has(name)) found.set(name, zone);
  }
  return sorted(found);
}

/** The domain calls it `UTC`, as Temporal does. */
function shortUtc(list: string): string {
  return names(list)
    .map((name) => (name === 'Etc/UTC' ? 'UTC' : name))
    .join(' ');
}

function names(list: string): string[] {
  return list.split(' ').filter((name) => name !== '');
}

function sorted<V>(map: ReadonlyMap<string, V>): (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function objectText(entries: readonly (readonly [string, string])[]): string {
  return `{ ${entries.map(([key, value]) => `${/^[A-Z]+$/.test(key) ? key : quoted(key)}: ${quoted(value)}`).join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text}'`;
}

if (import.meta.main) writeFileSync(GENERATED_PATH, generateWindowsZones());
