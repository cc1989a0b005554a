import { describe, expect, it } from 'vitest';
import type { Series } from './event.ts';
import { expandSeries } from './expand-series.ts';
import { NO_PARTS, type Recurrence } from './recurrence.ts';
import { anEvent, anException, aSeries } from './testing/samples.ts';
import type { When } from './time.ts';

const daily = (end: Recurrence['end'] = { kind: 'never' }): Recurrence => ({
  ...NO_PARTS,
  frequency: 'DAILY',
  interval: 1,
  end,
});
const at = (start: string, end: string, zone = 'Europe/Paris'): When => ({
  kind: 'time',
  start: { wall: start, zone },
  end: { wall: end, zone },
});
const WEEK = { from: '2026-03-27', to: '2026-04-03' };

const shown = (series: Series, most = 50) =>
  expandSeries(series, WEEK, most).occurrences.map(({ at: name, when }) => [
    name,
    when.kind === 'date' ? when.start : when.start.wall,
  ]);

describe('expandSeries', () => {
  it('lists rule, added and removed occurrences, and exceptions where they were moved to', () => {
    const main = anEvent({ when: at('2026-03-28T09:00:00', '2026-03-28T10:00:00') });
    const series = aSeries({
      main,
      recurrence: daily({ kind: 'count', count: 4 }),
      excluded: ['2026-03-29T09:00:00'],
      added: [{ wall: '2026-04-02T15:00:00', zone: 'Europe/Paris' }],
      exceptions: [anException('2026-03-30T09:00:00', { when: at('2026-04-01T11:00:00', '2026-04-01T12:00:00') })],
    });
    expect(shown(series)).toEqual([
      ['2026-03-28T09:00:00', '2026-03-28T09:00:00'],
      ['2026-03-31T09:00:00', '2026-03-31T09:00:00'],
      ['2026-03-30T09:00:00', '2026-04-01T11:00:00'],
      ['2026-04-02T15:00:00', '2026-04-02T15:00:00'],
    ]);
  });

  it('[H6] ends at a moment of another zone', () => {
    const until = (wall: string) => daily({ kind: 'untilMoment', moment: { wall, zone: 'UTC' } });
    const main = anEvent({ when: at('2026-03-28T09:00:00', '2026-03-28T10:00:00') });
    expect(shown(aSeries({ main, recurrence: until('2026-03-30T07:00:00') }))).toHaveLength(3);
    expect(shown(aSeries({ main, recurrence: until('2026-03-30T06:59:59') }))).toHaveLength(2);
  });

  it('names an occurrence that the zone skips as the server does', () => {
    const main = anEvent({ when: at('2026-03-28T02:30:00', '2026-03-28T03:00:00') });
    expect(shown(aSeries({ main, recurrence: daily({ kind: 'count', count: 2 }) })).map(([name]) => name)).toEqual([
      '2026-03-28T02:30:00',
      '2026-03-29T03:30:00',
    ]);
  });

  it('[H9] lists occurrences without a series', () => {
    const orphan = {
      original: { at: '2026-03-28T09:00:00', zone: 'Europe/Paris' },
      event: anEvent({ when: at('2026-03-29T10:00:00', '2026-03-29T11:00:00') }),
    };
    expect(shown({ ...aSeries(), main: undefined, exceptions: [orphan] })).toEqual([
      ['2026-03-28T09:00:00', '2026-03-29T10:00:00'],
    ]);
  });

  it('says when there is more than it lists', () => {
    const series = aSeries({
      main: anEvent({ when: { kind: 'date', start: '2026-03-27', end: '2026-03-28' } }),
      recurrence: daily(),
    });
    expect([2, 50].map((most) => expandSeries(series, WEEK, most).complete)).toEqual([false, true]);
  });
});
