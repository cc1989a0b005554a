import { describe, expect, it } from 'vitest';
import type { VEventSeries } from '../../wire/calendar.ts';
import { parseCalendar } from './parse-calendar.ts';
import { writeCalendar } from './write-calendar.ts';

function series(zone: string, start: string, offset: string): { uid: string; value: VEventSeries } {
  const at = { iso8601: `${start}.000${offset}`, timezone: zone, precision: 'DateTime' as const };
  return {
    uid: 'u1',
    value: {
      main: { dtstart: at, dtend: at, summary: 'Point; a, b', description: '<p>1 &lt; 2</p>' },
      occurrences: [],
      icsUid: 'u1',
    },
  };
}

const OPTIONS = { prodId: '-//test//test//EN', name: 'Team, all' };

describe('writeCalendar', () => {
  it('prints a calendar that others can read', () => {
    const lines = writeCalendar([series('Europe/Paris', '2026-07-01T09:00:00', '+02:00')], OPTIONS).split('\r\n');
    expect(lines).toContain('X-WR-CALNAME:Team\\, all');
    expect(lines).toContain('DTSTART;TZID=Europe/Paris:20260701T090000');
    expect(lines).toContain('SUMMARY:Point\\; a\\, b');
    expect(lines).toContain('DESCRIPTION:1 < 2');
    expect(lines.every((line) => line.length <= 75)).toBe(true);
    expect(lines.at(-1)).toBe('');
  });

  it('defines a zone by the rules it has', () => {
    const text = writeCalendar([series('Europe/Paris', '2026-07-01T09:00:00', '+02:00')], OPTIONS);
    const zone = text.slice(text.indexOf('BEGIN:VTIMEZONE'), text.indexOf('END:VTIMEZONE'));
    expect(zone.match(/RRULE:.*/g)).toEqual([
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    ]);
  });

  it.each([
    ['America/New_York', '-04:00'],
    ['Australia/Sydney', '+10:00'],
    ['Asia/Kolkata', '+05:30'],
    ['America/Sao_Paulo', '-03:00'],
  ])('the definition of %s alone, without its name, is enough to find it again', (zone, offset) => {
    const named = writeCalendar([series(zone, '2026-07-01T09:00:00', offset)], OPTIONS);
    const [read] = parseCalendar(named.replaceAll(zone, 'Somewhere')).series;
    const start = read?.value.main?.dtstart;
    // Another zone with the same clock is as good.
    expect(start?.iso8601).toBe(`2026-07-01T09:00:00.000${offset}`);
    expect(start?.timezone).not.toBeNull();
  });
});
