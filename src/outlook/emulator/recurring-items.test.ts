/** Series among the items of a calendar: one item, one row, or every occurrence. */
import { expect, test } from 'vitest';
import { emulatedOutlook, type Late, late, lateOutlook, saved } from './testing/world.ts';

function world() {
  const outlook = emulatedOutlook();
  const { calendar } = lateOutlook(outlook);
  const event = (subject: string, start: string, minutes = 30) =>
    saved(calendar, { Subject: subject, Start: { date: start }, Duration: minutes });
  /** A daily series without end. */
  const series = (subject: string, start: string) => {
    const item = calendar.object('Items').object('Add');
    item.put('Subject', subject);
    item.put('Start', { date: start });
    item.put('Duration', 30);
    const pattern = item.object('GetRecurrencePattern');
    pattern.put('RecurrenceType', 0);
    pattern.put('NoEndDate', true);
    item.call('Save');
    return item;
  };
  return { calendar, event, series };
}

const show = (item: Late) => [item.get('Subject'), (item.get('Start') as { date: string }).date];

function expanded(calendar: Late): Late {
  const items = calendar.object('Items');
  items.call('Sort', '[Start]');
  items.put('IncludeRecurrences', true);
  return items;
}

test('[EO41] [EC52] occurrences are walked only over an ascending sort by Start; the count is no number and the series has no end', () => {
  const { calendar, event, series } = world();
  series('daily', '2026-03-02T09:00:00');
  event('single', '2026-03-03T08:00:00');
  const items = expanded(calendar);
  const first = [1, 2, 3, 4].map((at) => show(late(items.call('Item', at) as Late['raw'])));
  expect(first).toEqual([
    ['daily', '2026-03-02T09:00:00'],
    ['single', '2026-03-03T08:00:00'],
    ['daily', '2026-03-03T09:00:00'],
    ['daily', '2026-03-04T09:00:00'],
  ]);
  expect([items.get('Count'), show(late(items.call('Item', 300) as Late['raw']))]).toEqual([
    0x7fffffff,
    ['daily', '2026-12-25T09:00:00'],
  ]);
  const unsorted = calendar.object('Items');
  unsorted.put('IncludeRecurrences', true);
  expect(unsorted.get('Count')).toBe(2);
  const descending = calendar.object('Items');
  descending.call('Sort', '[Start]', true);
  descending.put('IncludeRecurrences', true);
  expect(descending.get('Count')).toBe(2);
});

test('[EO41] a filter over occurrences finds those of a day', () => {
  const { calendar, event, series } = world();
  series('daily', '2026-03-02T09:00:00');
  event('single', '2026-03-09T08:00:00');
  const day = "[Start] >= '3/9/2026 12:00 AM' And [Start] < '3/10/2026 12:00 AM'";
  const found = expanded(calendar).object('Restrict', day);
  expect([show(found.object('GetFirst')), show(found.object('GetNext')), found.call('GetNext')]).toEqual([
    ['single', '2026-03-09T08:00:00'],
    ['daily', '2026-03-09T09:00:00'],
    null,
  ]);
});

test('[EO56] [EC64] a series is one row of a table', () => {
  const { calendar, event, series } = world();
  series('daily', '2026-03-02T09:00:00');
  event('single', '2026-03-03T08:00:00');
  const rows = calendar.object('GetTable').call('GetArray', 10) as readonly (readonly unknown[])[];
  expect(rows.map((row) => [row[1], row[7]])).toEqual([
    ['daily', true],
    ['single', false],
  ]);
});
