import { describe, expect, it } from 'vitest';
import { instantOf, offsetAt, sameClock, transitionsOf, wallAt, zoneOf } from './zones.ts';

const at = (text: string) => Date.parse(text);

describe('zones', () => {
  it.each([
    ['europe/paris', 'Europe/Paris'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['UTC', 'UTC'],
    ['+02:00', undefined],
    ['Romance Standard Time', undefined],
    ['', undefined],
    ['../etc/passwd', undefined],
  ])('[H10] %j is the zone %j', (id, zone) => {
    expect(zoneOf(id)).toBe(zone);
  });

  it('[H11] keeps wall time over the change of the clock', () => {
    expect(['2026-03-28T09:00:00', '2026-03-29T09:00:00'].map((wall) => instantOf(wall, 'Europe/Paris'))).toEqual([
      at('2026-03-28T08:00:00Z'),
      at('2026-03-29T07:00:00Z'),
    ]);
  });

  it('reads a time that is skipped an hour later, and one that is there twice as the first', () => {
    expect(instantOf('2026-03-29T02:30:00', 'Europe/Paris')).toBe(at('2026-03-29T01:30:00Z'));
    expect(wallAt(instantOf('2026-03-29T02:30:00', 'Europe/Paris'), 'Europe/Paris')).toBe('2026-03-29T03:30:00');
    expect(instantOf('2026-10-25T02:30:00', 'Europe/Paris')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('knows offsets long ago and far ahead', () => {
    expect(offsetAt('Europe/Paris', at('1900-07-01T00:00:00Z'))).toBe(561);
    expect(offsetAt('Europe/Paris', at('2090-07-01T00:00:00Z'))).toBe(7200);
    expect(transitionsOf('Europe/Paris', at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'))).toEqual([
      { at: at('2026-03-29T01:00:00Z'), before: 3600, after: 7200 },
      { at: at('2026-10-25T01:00:00Z'), before: 7200, after: 3600 },
    ]);
  });

  it('tells zones apart by their clocks, not by their names', () => {
    const [from, to] = [at('2020-01-01T00:00:00Z'), at('2030-01-01T00:00:00Z')];
    expect(sameClock('Europe/Paris', 'Europe/Berlin', from, to)).toBe(true);
    expect(sameClock('Europe/Paris', 'Africa/Lagos', from, to)).toBe(false);
    expect(sameClock('Europe/Paris', 'Europe/London', from, to)).toBe(false);
  });
});
