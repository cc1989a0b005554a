import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import { faultOf } from '../testing/world.ts';
import { at, calendarWorld, NAME, stored } from './testing/appointments.ts';

describe('time zones', () => {
  it('[EC14] an own item keeps its clock time when its zone changes, an invitation its instant', () => {
    const { appointment, zone } = calendarWorld();
    const shown = [0, 3].map((status) => {
      const item = appointment('2026-01-15T22:00:00', 120);
      item.put('MeetingStatus', status);
      item.put('StartTimeZone', zone('Pacific Standard Time'));
      item.put('EndTimeZone', zone('Pacific Standard Time'));
      return [item.get('StartInStartTimeZone'), item.get('Start')];
    });
    expect(shown).toEqual([
      [at('2026-01-15T13:00:00'), at('2026-01-15T22:00:00')],
      [at('2026-01-15T13:00:00'), at('2026-01-15T22:00:00')],
    ]);
  });

  it('[EC14] the documented examples: 1 pm Pacific to Eastern as organizer and as attendee', () => {
    const { appointment, zone } = calendarWorld({
      profile: { zone: { windows: 'Pacific Standard Time', iana: 'America/Los_Angeles' } },
    });
    const shown = [1, 3].map((status) => {
      const item = appointment('2026-01-15T13:00:00', 600);
      item.put('MeetingStatus', status);
      item.put('StartTimeZone', zone('Eastern Standard Time'));
      return item.get('StartInStartTimeZone');
    });
    expect(shown).toEqual([at('2026-01-15T13:00:00'), at('2026-01-15T16:00:00')]);
  });

  it('[EC15] all views of a time agree, through gaps and overlaps of the clocks', () => {
    const { add, zone, reopen } = calendarWorld();
    const zones = [
      'Eastern Standard Time',
      'Romance Standard Time',
      'UTC',
      'AUS Eastern Standard Time',
      'India Standard Time',
    ];
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 });
    fc.assert(
      fc.property(moment, fc.nat(3000), fc.constantFrom(...zones), (minute, length, id) => {
        const item = add();
        item.put('StartTimeZone', zone(id));
        item.put('EndTimeZone', zone(id));
        const start = new Date(minute * 60_000).toISOString().slice(0, 19);
        item.put('StartUTC', at(start));
        item.put('Duration', length);
        item.call('Save');
        const again = reopen(item);
        const views = ['StartUTC', 'Start', 'StartInStartTimeZone', 'EndUTC', 'Duration'].map((member) =>
          again.get(member),
        );
        expect([views[0], views[4]]).toEqual([at(start), length]);
        const wall = again.get('StartInStartTimeZone');
        again.put('StartInStartTimeZone', wall);
        expect(again.get('StartInStartTimeZone')).toEqual(wall);
      }),
      runs(40),
    );
  });

  it('[EC15] a time that the clocks skip is an hour later', () => {
    const { add } = calendarWorld();
    const item = add();
    item.put('Start', at('2026-03-29T02:30:00'));
    expect([item.get('Start'), item.get('StartUTC')]).toEqual([at('2026-03-29T03:30:00'), at('2026-03-29T01:30:00')]);
  });

  it('[EC16] zones are found by number and by their exact id', () => {
    const { app } = calendarWorld();
    const zones = app.object('TimeZones');
    expect([zones.object('Item', 1).get('ID'), zones.object('Item', 'UTC').get('ID')]).toEqual([
      'AUS Central Standard Time',
      'UTC',
    ]);
    expect(
      [0, 10_000, 'romance standard time', 'Mars Standard Time', ''].map((key) =>
        faultOf(() => zones.call('Item', key)),
      ),
    ).toEqual(['BAD_INDEX', 'BAD_INDEX', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT']);
  });

  it('[EC16] a zone tells its biases and this year’s changes', () => {
    const { app } = calendarWorld();
    const current = app.object('TimeZones').object('CurrentTimeZone');
    const members = ['ID', 'Name', 'Bias', 'StandardBias', 'DaylightBias', 'StandardDate', 'DaylightDate'];
    expect(members.map((member) => current.get(member))).toEqual([
      'Romance Standard Time',
      '(UTC+01:00) Romance Standard Time',
      -60,
      0,
      -60,
      at('2026-10-25T03:00:00'),
      at('2026-03-29T02:00:00'),
    ]);
    expect(
      current
        .object('Parent')
        .call('ConvertTime', at('2026-07-01T12:00:00'), current, app.object('TimeZones').object('Item', 'UTC')),
    ).toEqual(at('2026-07-01T10:00:00'));
  });

  it('the zone of an item is stored with its name', () => {
    const { appointment, zone, reopen } = calendarWorld();
    const item = appointment('2026-07-10T09:00:00');
    item.put('StartTimeZone', zone('Tokyo Standard Time'));
    item.call('Save');
    const bytes = stored(item, NAME.startZone) as Uint8Array;
    expect(Buffer.from(bytes).toString('utf16le')).toContain('Tokyo Standard Time');
    expect(reopen(item).object('StartTimeZone').get('ID')).toBe('Tokyo Standard Time');
  });
});
