import { describe, expect, it } from 'vitest';
import { type DatedRule, writeZoneDefinition } from '../model/time-zone-blob.ts';
import { NO_DATE, zoneRuleOf } from '../model/zone-rules.ts';
import { type ItemMoments, wallTimesFrom } from './row-times.ts';

function rule(iana: string, year: number): DatedRule {
  return { ...zoneRuleOf(iana, year), flags: 0, from: { ...NO_DATE, year: 1601, month: 1, day: 1 } };
}

function zone(keyName: string, ...rules: readonly DatedRule[]): Uint8Array {
  return writeZoneDefinition({ keyName, rules });
}

const PARIS = zone('Romance Standard Time', rule('Europe/Paris', 2026));
const SUMMER = { start: '2026-07-01T10:00:00', end: '2026-07-01T11:00:00' };
const IN_UTC = { start: { date: '2026-07-01T08:00:00' }, end: { date: '2026-07-01T09:00:00' } };

function item(change: Partial<ItemMoments> = {}): ItemMoments {
  return { ...IN_UTC, startZone: PARIS, endZone: PARIS, recurrenceZone: undefined, ...change };
}

describe('the times of a row', () => {
  it('are the wall times where the rules of the item make the same of its moments', () => {
    expect(wallTimesFrom(SUMMER, item())).toEqual(SUMMER);
    expect(wallTimesFrom(SUMMER, item({ recurrenceZone: PARIS }))).toEqual(SUMMER);
  });

  it('hold on both sides of a change of the clocks', () => {
    const wall = { start: '2026-03-29T01:30:00', end: '2026-03-29T03:30:00' };
    const utc = { start: { date: '2026-03-29T00:30:00' }, end: { date: '2026-03-29T01:30:00' } };
    expect(wallTimesFrom(wall, item(utc))).toEqual(wall);
  });

  it('[EO101] are not taken from a table that converts by the offset of today', () => {
    const inWinter = { start: '2026-07-01T09:00:00', end: '2026-07-01T10:00:00' };
    expect(wallTimesFrom(inWinter, item())).toBeUndefined();
  });

  it('are not taken where one of the item’s rules says another hour', () => {
    const before2007 = zone('Eastern Standard Time', rule('America/New_York', 2006), rule('America/New_York', 2026));
    const eastern = { startZone: before2007, endZone: before2007 };
    const inMarch = { start: { date: '2026-03-20T14:00:00' }, end: { date: '2026-03-20T15:00:00' } };
    const shown = { start: '2026-03-20T10:00:00', end: '2026-03-20T11:00:00' };
    expect(wallTimesFrom(shown, item({ ...eastern, ...inMarch }))).toBeUndefined();
    const inJuly = { start: '2026-07-01T04:00:00', end: '2026-07-01T05:00:00' };
    expect(wallTimesFrom(inJuly, item(eastern))).toEqual(inJuly);
  });

  it('are not taken where the item ends, or recurs, in another zone', () => {
    const brussels = zone('W. Europe Standard Time', rule('Europe/Berlin', 2026));
    expect(wallTimesFrom(SUMMER, item({ endZone: brussels }))).toBeUndefined();
    expect(wallTimesFrom(SUMMER, item({ recurrenceZone: brussels }))).toBeUndefined();
  });

  it.each([
    ['no definition', { startZone: { error: 0x8004010f } }],
    ['no definition of the end', { endZone: undefined }],
    ['a damaged definition', { startZone: PARIS.slice(0, 60) }],
    ['a definition without rules', { startZone: zone('Romance Standard Time') }],
    ['no moment', { start: { error: 0x8004010f } }],
  ] as const)('are not taken where the item has %s', (_, change) => {
    expect(wallTimesFrom(SUMMER, item(change))).toBeUndefined();
  });
});
