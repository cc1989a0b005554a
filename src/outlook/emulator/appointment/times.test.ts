import { describe, expect, it } from 'vitest';
import { faultOf } from '../testing/world.ts';
import {
  durationOf,
  endWall,
  startWall,
  type Times,
  withAllDay,
  withDuration,
  withEnd,
  withEndZone,
  withStart,
  withStartZone,
} from './times.ts';

const PARIS = { windows: 'Romance Standard Time', iana: 'Europe/Paris' };
const EASTERN = { windows: 'Eastern Standard Time', iana: 'America/New_York' };
const PACIFIC = { windows: 'Pacific Standard Time', iana: 'America/Los_Angeles' };

/** 27 October 2026, 10:00 to 11:30 in Paris: two days after the clocks went back. */
const MEETING: Times = {
  start: '2026-10-27T09:00:00',
  end: '2026-10-27T10:30:00',
  startZone: PARIS,
  endZone: PARIS,
  allDay: false,
};

describe('times of an appointment', () => {
  it('[EC9] a new start keeps the length, a new length moves the end', () => {
    expect(shown(withStart(MEETING, '2026-06-01T08:00:00'))).toEqual([
      '2026-06-01T10:00:00',
      '2026-06-01T11:30:00',
      90,
    ]);
    expect(shown(withDuration(MEETING, 0))).toEqual(['2026-10-27T10:00:00', '2026-10-27T10:00:00', 0]);
    expect(faultOf(() => withDuration(MEETING, -1))).toBe('INVALID_ARGUMENT');
  });

  it('[EC9] days of an all-day item stay as many when the clocks change in between', () => {
    const days = withAllDay(withEnd(MEETING, '2026-10-28T12:00:00'), true);
    expect(shown(days)).toEqual(['2026-10-27T00:00:00', '2026-10-29T00:00:00', 2880]);
    expect(shown(withStart(days, '2026-10-23T22:00:00'))).toEqual(['2026-10-24T00:00:00', '2026-10-26T00:00:00', 2880]);
  });

  it('[EC10] an end before the start is refused, an end at the start is not', () => {
    expect(faultOf(() => withEnd(MEETING, '2026-10-27T08:59:59'))).toBe('INVALID_ARGUMENT');
    expect(shown(withEnd(MEETING, MEETING.start))).toEqual(['2026-10-27T10:00:00', '2026-10-27T10:00:00', 0]);
  });

  it('[EC11] all-day rounds outwards to midnights, and a moment at midnight becomes a day', () => {
    expect(shown(withAllDay(MEETING, true))).toEqual(['2026-10-27T00:00:00', '2026-10-28T00:00:00', 1440]);
    const moment = { ...MEETING, start: '2026-10-26T23:00:00', end: '2026-10-26T23:00:00' };
    expect(shown(withAllDay(moment, true))).toEqual(['2026-10-27T00:00:00', '2026-10-28T00:00:00', 1440]);
    const exact = { ...moment, end: '2026-10-28T23:00:00' };
    expect(shown(withAllDay(exact, true))).toEqual(['2026-10-27T00:00:00', '2026-10-29T00:00:00', 2880]);
  });

  it('[EC13] a timed item from midnight to midnight stays timed', () => {
    const night = withDuration(withStart(MEETING, '2026-10-26T23:00:00'), 1440);
    expect([shown(night), night.allDay]).toEqual([['2026-10-27T00:00:00', '2026-10-28T00:00:00', 1440], false]);
  });

  it('[EC14] the organizer keeps the clock time when the zone changes, others keep the instant', () => {
    const pacific: Times = { ...MEETING, start: '2026-10-27T20:00:00', end: '2026-10-27T23:00:00', startZone: PACIFIC };
    const own = withStartZone(pacific, EASTERN, true);
    expect([startWall(pacific), startWall(own), own.start]).toEqual([
      '2026-10-27T13:00:00',
      '2026-10-27T13:00:00',
      '2026-10-27T17:00:00',
    ]);
    const other = withStartZone(pacific, EASTERN, false);
    expect([startWall(other), other.start]).toEqual(['2026-10-27T16:00:00', pacific.start]);
  });

  it('[EC14] where the end would come first, the clock time is recomputed instead', () => {
    const eastern: Times = {
      start: '2026-01-15T18:00:00',
      end: '2026-01-15T20:00:00',
      startZone: EASTERN,
      endZone: EASTERN,
      allDay: false,
    };
    expect(startWall(withStartZone(eastern, PACIFIC, true))).toBe('2026-01-15T10:00:00');
    const late: Times = { ...eastern, start: '2026-01-15T22:00:00', end: '2026-01-15T23:00:00', endZone: PACIFIC };
    expect([endWall(late), endWall(withEndZone(late, EASTERN, true))]).toEqual([
      '2026-01-15T15:00:00',
      '2026-01-15T18:00:00',
    ]);
  });
});

function shown(times: Times): readonly [string, string, number] {
  return [startWall(times), endWall(times), durationOf(times)];
}
