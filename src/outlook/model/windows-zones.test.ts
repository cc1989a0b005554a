import { describe, expect, it } from 'vitest';
import { hasCorpora, readCorpus } from './testing/corpora.ts';
import {
  canonicalZone,
  ianaZoneOf,
  ianaZonesOf,
  windowsZoneId,
  windowsZoneIds,
  windowsZoneOf,
} from './windows-zones.ts';

describe('windows zones', () => {
  it('[OZ1] each IANA zone has one Windows zone, by any of its names', () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['Europe/Paris', 'Romance Standard Time'],
      ['Europe/Kyiv', 'FLE Standard Time'],
      ['Europe/Kiev', 'FLE Standard Time'],
      ['America/Ciudad_Juarez', 'Mountain Standard Time'],
      ['Asia/Kolkata', 'India Standard Time'],
      ['America/Nuuk', 'Greenland Standard Time'],
      ['UTC', 'UTC'],
      ['Etc/UTC', 'UTC'],
      ['GMT', 'UTC'],
      ['Z', undefined],
      ['Etc/GMT-3', 'E. Africa Standard Time'],
      ['Etc/GMT+3', 'SA Eastern Standard Time'],
      ['Etc/GMT+2', 'UTC-02'],
      ['Asia/Kamchatka', 'Russia Time Zone 11'],
      ['europe/paris', 'Romance Standard Time'],
      ['US/Eastern', 'Eastern Standard Time'],
      ['Antarctica/Troll', undefined],
      ['Europe/Nowhere', undefined],
      ['', undefined],
    ];
    expect(cases.map(([iana]) => [iana, windowsZoneOf(iana)])).toEqual(cases);
  });

  it('[OZ2] every whole-hour Etc zone has a Windows zone', () => {
    const zones = [...range(1, 12).map((n) => `Etc/GMT+${n}`), ...range(1, 14).map((n) => `Etc/GMT-${n}`)];
    expect(zones.filter((zone) => windowsZoneOf(zone) === undefined)).toEqual([]);
  });

  it('[OZ3] a Windows zone leads to its typical IANA zone, or to the one of a territory', () => {
    expect([
      ianaZoneOf('Romance Standard Time'),
      ianaZoneOf('Romance Standard Time', 'BE'),
      ianaZoneOf('Romance Standard Time', 'es'),
      ianaZoneOf('Romance Standard Time', 'US'),
      ianaZoneOf('romance standard time'),
      ianaZoneOf('UTC'),
      ianaZoneOf('Mid-Atlantic Standard Time'),
      ianaZoneOf('constructor'),
      ianaZoneOf('Customized Time Zone'),
    ]).toEqual([
      'Europe/Paris',
      'Europe/Brussels',
      'Europe/Madrid',
      'Europe/Paris',
      'Europe/Paris',
      'UTC',
      'Etc/GMT+2',
      undefined,
      undefined,
    ]);
    expect(ianaZonesOf('Romance Standard Time')).toEqual([
      'Europe/Paris',
      'Europe/Brussels',
      'Europe/Copenhagen',
      'Europe/Madrid',
      'Africa/Ceuta',
    ]);
    expect(windowsZoneId('ROMANCE STANDARD TIME')).toBe('Romance Standard Time');
    expect(canonicalZone('Europe/Kyiv')).toBe('Europe/Kiev');
  });

  it('[OZ4] every zone that a Windows id gives leads back to that id', () => {
    const lost = windowsZoneIds().flatMap((id) => ianaZonesOf(id).filter((zone) => windowsZoneOf(zone) !== id));
    expect(lost).toEqual([]);
    expect(windowsZoneIds().length).toBeGreaterThan(130);
  });

  it.skipIf(!hasCorpora)('[OZ5] agrees with another CLDR release where that one knows a zone', () => {
    const other = readCorpus<{ windowsToIana: Record<string, Record<string, string[]>> }>('tz/windows-zones.json', {
      windowsToIana: {},
    });
    const differing: string[] = [];
    for (const [id, territories] of Object.entries(other.windowsToIana)) {
      for (const zone of Object.values(territories).flat()) {
        if (windowsZoneOf(zone) !== id) differing.push(`${zone}: ${id} there, ${windowsZoneOf(zone)} here`);
      }
    }
    expect(differing).toEqual([]);
  });

  it.skipIf(!hasCorpora)('[OZ6] agrees with TimeZoneConverter on every IANA name', () => {
    const verified = readCorpus('tz/timezoneconverter-verified.json', { IANA_To_Windows: '' }).IANA_To_Windows;
    const pairs = [...verified.matchAll(/^ {2}(.+?): (.+?),?$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']);
    expect(pairs.length).toBeGreaterThan(500);
    const differing = pairs.filter(([iana = '', id]) => (windowsZoneOf(iana) ?? 'null') !== id);
    expect(differing).toEqual([]);
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
