import { describe, expect, it } from 'vitest';
import type { OutlookException, RecurrencePattern } from '../model/recurrence-pattern.ts';
import { type OccurrenceChange, occurrenceChanges, originalStart } from './exception-order.ts';

const WEEKLY: RecurrencePattern = {
  pattern: { type: 'weekly', interval: 1, dayOfWeekMask: 2 },
  firstDate: '2026-03-02',
  end: { kind: 'count', occurrences: 6 },
  startMinutes: 600,
  durationMinutes: 60,
  firstDayOfWeek: 1,
  deleted: [],
  exceptions: [],
};

/** Where the six occurrences lie, as days of March; undefined = deleted. The rule puts them on 2, 9, 16, 23, 30 and 37. */
type Days = readonly (number | undefined)[];
const RULE: Days = [2, 9, 16, 23, 30, 37];

function wall(day: number): string {
  return new Date(Date.UTC(2026, 2, day, 10)).toISOString().slice(0, 19);
}

function dayOf(start: string): number {
  return (Date.parse(`${start}Z`) - Date.UTC(2026, 1, 28, 10)) / 86_400_000;
}

function series(days: Days): RecurrencePattern {
  const original = (at: number) => wall(RULE[at] ?? 0);
  const deleted = days.flatMap((day, at) => (day === undefined ? [original(at).slice(0, 10)] : []));
  const exceptions = days.flatMap((day, at): OutlookException[] =>
    day === undefined || day === RULE[at]
      ? []
      : [{ originalStart: original(at), start: wall(day), end: wall(day).replace('T10', 'T11') }],
  );
  return { ...WEEKLY, deleted, exceptions };
}

/** Outlook's rule, step by step: no occurrence passes a neighbour or lands on its day. */
function apply(days: Days, changes: readonly OccurrenceChange[]): Days {
  const now = [...days];
  for (const change of changes) {
    const at = now.findIndex((day) => day !== undefined && wall(day) === change.at);
    expect(at, `an occurrence lies at ${change.at}`).toBeGreaterThanOrEqual(0);
    now[at] = change.do === 'delete' ? undefined : dayOf(change.after.start);
    const there = now.filter((day) => day !== undefined);
    expect(there, `after ${JSON.stringify(change)}`).toEqual([...new Set(there)].sort((a, b) => a - b));
  }
  return now;
}

/** All arrangements of the six in which each lies within a few days of its rule, may be deleted, and none passes another. */
function arrangements(): Days[] {
  let all: Days[] = [[]];
  for (const day of RULE) {
    const places = [undefined, (day ?? 0) - 8, day, (day ?? 0) + 8, (day ?? 0) + 13];
    all = all.flatMap((head) => places.map((place) => [...head, place]));
  }
  const inOrder = (days: Days) => {
    const there = days.filter((day) => day !== undefined);
    return there.every((day, at) => at === 0 || day > (there[at - 1] ?? 0));
  };
  return all.filter(inOrder);
}

describe('the order in which occurrences are changed', () => {
  const all = arrangements();

  it('[H1] reaches every arrangement of six occurrences without ever passing a neighbour', () => {
    expect(all.length).toBeGreaterThan(500);
    for (const days of all) {
      const changes = occurrenceChanges(WEEKLY, series(days));
      expect(changes.kind === 'changes' && apply(RULE, changes.changes)).toEqual(days);
    }
  });

  it('[H1] leads from any arrangement to any other one that brings no deleted occurrence back', () => {
    for (let n = 0; n < all.length; n++) {
      const from = all[n] ?? RULE;
      const to = (all[(n * 7919 + 13) % all.length] ?? RULE).map((day, at) =>
        from[at] === undefined ? undefined : day,
      );
      const changes = occurrenceChanges(series(from), series(to));
      expect(changes.kind === 'changes' && apply(from, changes.changes)).toEqual(to);
    }
  });

  it('[H2] an occurrence moves onto the slot of one that was deleted', () => {
    const changes = occurrenceChanges(WEEKLY, series([9, undefined, 16, 23, 30, 37]));
    expect(changes).toEqual({
      kind: 'changes',
      changes: [
        { do: 'delete', at: '2026-03-09T10:00:00' },
        {
          do: 'modify',
          at: '2026-03-02T10:00:00',
          before: undefined,
          after: { originalStart: '2026-03-02T10:00:00', start: '2026-03-09T10:00:00', end: '2026-03-09T11:00:00' },
        },
      ],
    });
  });

  it('[H2] a moved occurrence is found where it lies now', () => {
    const changes = occurrenceChanges(series([4, 9, 16, 23, 30, 37]), series([undefined, 9, 16, 23, 30, 37]));
    expect(changes).toEqual({ kind: 'changes', changes: [{ do: 'delete', at: '2026-03-04T10:00:00' }] });
  });

  it('[H8] only a deleted occurrence that comes back needs the recurrence to be built anew', () => {
    expect(occurrenceChanges(series([2, undefined, 16, 23, 30, 37]), WEEKLY)).toEqual({ kind: 'rebuild' });
    expect(occurrenceChanges(series([3, 9, 16, 23, 30, 37]), WEEKLY).kind).toBe('changes');
  });

  it('[H8] nothing is done when nothing differs', () => {
    const same = series([3, undefined, 16, 23, 30, 38]);
    expect(occurrenceChanges(same, { ...same })).toEqual({ kind: 'changes', changes: [] });
  });

  it('the rule gives its occurrences their time of day', () => {
    expect(originalStart(605, '2026-03-02')).toBe('2026-03-02T10:05:00');
  });
});
