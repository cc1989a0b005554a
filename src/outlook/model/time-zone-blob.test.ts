import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/utf8.ts';
import { hasCorpora, readCorpus } from './testing/corpora.ts';
import {
  effectiveRule,
  readZoneDefinition,
  readZoneStruct,
  writeZoneDefinition,
  writeZoneStruct,
} from './time-zone-blob.ts';
import { ianaZoneOf, windowsZoneIds } from './windows-zones.ts';
import { ianaZoneOfDefinition, ianaZoneOfRule, zoneRuleOf } from './zone-rules.ts';

/** Pacific time with the rules of 2006 and 2007. @source MS-OXOCAL 4.1.4 */
const DEFINITION =
  '0201300002001500500061006300690066006900630020005300740061006E0064006100720064002000540069006D006500020002013E000000D6070000000000000000000000000000E001000000000000C4FFFFFF00000A000000050002000000000000000000040000000100020000000000000002013E000200D7070000000000000000000000000000E001000000000000C4FFFFFF00000B0000000100020000000000000000000300000002000200000000000000';
/** Pacific time. @source MS-OXOCAL 4.1.5 */
const STRUCT = 'E001000000000000C4FFFFFF000000000B00000001000200000000000000000000000300000002000200000000000000';

const damaged = expect.objectContaining({ code: 'OUTLOOK_BAD_STRUCTURE' });

describe('zone structures', () => {
  it('[OT1] reads the definition of the specification, and writes it byte for byte', () => {
    const definition = readZoneDefinition(fromHex(DEFINITION));
    expect([definition.keyName, definition.rules.map(({ flags, from }) => [flags, from.year])]).toEqual([
      'Pacific Standard Time',
      [
        [0, 2006],
        [2, 2007],
      ],
    ]);
    expect(effectiveRule(definition)).toBe(definition.rules[1]);
    expect(toHex(writeZoneDefinition(definition))).toBe(DEFINITION);
  });

  it('[OT2] reads the structure of the specification, and writes it byte for byte', () => {
    const zone = readZoneStruct(fromHex(STRUCT));
    expect([zone.bias, zone.daylightBias, zone.standardDate.month, zone.daylightDate.day]).toEqual([480, -60, 11, 2]);
    expect(toHex(writeZoneStruct(zone))).toBe(STRUCT);
    const { standardYear: _, daylightYear: __, ...rule } = zone;
    expect(rule).toEqual(zoneRuleOf('America/Los_Angeles', 2026));
  });

  it('[OT3] damaged structures are refused, wherever they are cut', () => {
    for (let length = 0; length < STRUCT.length / 2; length++) {
      expect(() => readZoneStruct(fromHex(STRUCT).subarray(0, length))).toThrow(damaged);
    }
    for (let length = 0; length < DEFINITION.length / 2; length++) {
      expect(() => readZoneDefinition(fromHex(DEFINITION).subarray(0, length))).toThrow(damaged);
    }
    const many = fromHex(DEFINITION);
    many.fill(0xff, 50, 52);
    expect(() => readZoneDefinition(many)).toThrow(damaged);
  });

  it('[OT4] the Windows id tells the zone, in the favour of the zones one prefers', () => {
    const romance = { keyName: 'romance standard time', rules: [] };
    expect([
      ianaZoneOfDefinition(romance, 2026),
      ianaZoneOfDefinition(romance, 2026, ['Asia/Tokyo', 'Europe/Brussels']),
      ianaZoneOfDefinition({ keyName: '', rules: [] }, 2026),
    ]).toEqual(['Europe/Paris', 'Europe/Brussels', undefined]);
  });

  it('[OT5] a zone of an unknown name is found by its rules', () => {
    const custom = (iana: string, year: number) => ({
      keyName: 'Customized Time Zone',
      rules: [{ ...zoneRuleOf(iana, year), flags: 2, from: zoneRuleOf(iana, year).standardDate }],
    });
    expect([
      ianaZoneOfDefinition(custom('Europe/Berlin', 2026), 2026),
      ianaZoneOfDefinition(custom('Europe/Berlin', 2026), 2026, ['Europe/Vienna']),
      ianaZoneOfDefinition(custom('Australia/Adelaide', 2026), 2026),
      ianaZoneOfDefinition(custom('Asia/Kathmandu', 2026), 2026),
      ianaZoneOfDefinition(custom('America/Los_Angeles', 2005), 2005),
      ianaZoneOfRule({ ...zoneRuleOf('UTC', 2026), bias: 7 }, 2026),
    ]).toEqual([
      'Europe/Paris',
      'Europe/Vienna',
      'Australia/Adelaide',
      'Asia/Katmandu',
      'America/Los_Angeles',
      undefined,
    ]);
  });

  it('[OT5] a change on the last of a weekday is one, and a zone without changes has none', () => {
    const shown = (iana: string) => {
      const { bias, daylightBias, standardDate, daylightDate } = zoneRuleOf(iana, 2026);
      return [bias, daylightBias, standardDate, daylightDate].map((value) =>
        typeof value === 'number' ? value : [value.month, value.dayOfWeek, value.day, value.hour, value.minute],
      );
    };
    expect(['Europe/Paris', 'Asia/Tokyo', 'America/Sao_Paulo', 'Australia/Lord_Howe'].map(shown)).toEqual([
      [-60, -60, [10, 0, 5, 3, 0], [3, 0, 5, 2, 0]],
      [-540, 0, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
      [180, 0, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]],
      [-630, -30, [4, 0, 1, 2, 0], [10, 0, 1, 2, 0]],
    ]);
  });

  it('[OT6] the rules of every Windows zone lead to a zone that keeps the same time', () => {
    const lost = windowsZoneIds()
      .map((id) => ianaZoneOf(id) ?? '')
      .filter((zone) => {
        const rule = zoneRuleOf(zone, 2026);
        const found = ianaZoneOfRule(rule, 2026);
        return found === undefined || JSON.stringify(zoneRuleOf(found, 2026)) !== JSON.stringify(rule);
      });
    expect(lost).toEqual([]);
  });
});

type ZoneFact = { readonly property: string; readonly hex: string; readonly decoded: { readonly keyName?: string } };

describe.skipIf(!hasCorpora)('zone structures of others (skipped without corpora)', () => {
  const facts = readCorpus<ZoneFact[]>('tz/outlook-tz-blobs.json', []);

  it('[OT7] every zone that Outlook wrote is read and written byte for byte', () => {
    const again = facts.map(({ property, hex }) =>
      property === 'timeZoneStruct'
        ? toHex(writeZoneStruct(readZoneStruct(fromHex(hex))))
        : toHex(writeZoneDefinition(readZoneDefinition(fromHex(hex)))),
    );
    expect(again).toEqual(facts.map(({ hex }) => hex));
    const zones = facts
      .filter(({ property }) => property !== 'timeZoneStruct')
      .map(({ hex }) => ianaZoneOfDefinition(readZoneDefinition(fromHex(hex)), 2022));
    expect([...new Set(zones)].sort()).toEqual(['America/New_York', 'Asia/Tashkent', 'Asia/Tokyo', 'UTC']);
  });
});
