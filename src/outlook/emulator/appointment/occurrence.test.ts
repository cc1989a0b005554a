import { describe, expect, it } from 'vitest';
import type { OutlookDate } from '../../program/program.ts';
import { type DispatchObject, stateOf } from '../dispatch.ts';
import { reloadItem } from '../item-store.ts';
import type { LiveItem } from '../live-item.ts';
import { faultOf, type Late, late } from '../testing/world.ts';
import { at, calendarWorld, exceptionsOf } from './testing/appointments.ts';

/** Tuesdays at nine, from 10 March 2026 on, five times. */
function tuesdays(options: Parameters<typeof calendarWorld>[0] = {}) {
  const world = calendarWorld(options);
  const item = world.series('2026-03-10T09:00:00', { RecurrenceType: 1, Occurrences: 5 });
  const open = () => world.reopen(item);
  const occurrence = (date: string): Late => open().object('GetRecurrencePattern').object('GetOccurrence', at(date));
  const move = (from: string, to: string) => {
    const moved = occurrence(from);
    moved.put('Start', at(to));
    moved.call('Save');
  };
  return { ...world, item, open, occurrence, move };
}

describe('occurrences', () => {
  it('[EC34] GetOccurrence needs a saved series and the exact local start', () => {
    const { appointment, occurrence } = tuesdays();
    const fresh = appointment('2026-03-10T09:00:00').object('GetRecurrencePattern');
    expect(faultOf(() => fresh.call('GetOccurrence', at('2026-03-10T09:00:00')))).toBe('FAILED');
    const dates = [
      '2026-03-17T09:00:00',
      '2026-03-17T09:01:00',
      '2026-03-17',
      '2026-03-18T09:00:00',
      '2026-04-14T09:00:00',
    ];
    expect(dates.map((date) => faultOf(() => occurrence(date)))).toEqual([
      'none',
      'FAILED',
      'FAILED',
      'FAILED',
      'FAILED',
    ]);
    occurrence('2026-03-24T09:00:00').call('Delete');
    expect(faultOf(() => occurrence('2026-03-24T09:00:00'))).toBe('FAILED');
  });

  it('[EC34] through the change of the clocks the wall time counts', () => {
    const { occurrence } = tuesdays();
    expect([
      occurrence('2026-03-24T09:00:00').get('StartUTC'),
      occurrence('2026-03-31T09:00:00').get('StartUTC'),
    ]).toEqual([at('2026-03-24T08:00:00'), at('2026-03-31T07:00:00')]);
  });

  it('[EC35] a moved occurrence is found where it lies, and no longer where it was', () => {
    const { occurrence, move } = tuesdays();
    move('2026-03-17T09:00:00', '2026-03-19T15:00:00');
    expect(faultOf(() => occurrence('2026-03-17T09:00:00'))).toBe('FAILED');
    expect(occurrence('2026-03-19T15:00:00').get('RecurrenceState')).toBe(3);
    occurrence('2026-03-24T09:00:00').call('Delete');
    move('2026-03-19T15:00:00', '2026-03-24T09:00:00');
    expect([
      occurrence('2026-03-24T09:00:00').get('RecurrenceState'),
      occurrence('2026-03-31T09:00:00').get('RecurrenceState'),
    ]).toEqual([3, 2]);
  });

  it('[EC36] saving an occurrence makes an exception, deleting one an entry without item', () => {
    const { open, occurrence } = tuesdays();
    const other = occurrence('2026-03-17T09:00:00');
    expect([other.get('RecurrenceState'), other.get('IsRecurring'), other.get('EntryID')]).toEqual([
      2,
      true,
      open().get('EntryID'),
    ]);
    other.put('Subject', 'Elsewhere');
    other.put('Start', at('2026-03-17T11:00:00'));
    other.call('Save');
    expect(other.get('RecurrenceState')).toBe(3);
    occurrence('2026-03-31T09:00:00').call('Delete');
    expect(exceptionsOf(open())).toEqual(['2026-03-17T09:00:00 → 2026-03-17T11:00:00', 'deleted 2026-03-31T00:00:00']);
    const deleted = open().object('GetRecurrencePattern').object('Exceptions').object('Item', 2);
    expect(faultOf(() => deleted.get('AppointmentItem'))).toBe('FAILED');
    expect([
      occurrence('2026-03-17T11:00:00').get('Subject'),
      occurrence('2026-03-24T09:00:00').get('Subject'),
    ]).toEqual(['Elsewhere', 'Planning']);
    expect(faultOf(() => deleted.object('Parent').call('Item', 3))).toBe('BAD_INDEX');
  });

  it('[EC36] everything an exception can hold comes back, its body too', () => {
    const { occurrence } = tuesdays();
    const values = {
      Subject: 'Größe – 会議',
      Location: 'Zürich',
      Body: 'Own\r\nbody',
      BusyStatus: 3,
      ReminderSet: true,
      ReminderMinutesBeforeStart: 5,
      MeetingStatus: 1,
    };
    const other = occurrence('2026-03-17T09:00:00');
    for (const [member, value] of Object.entries(values)) other.put(member, value);
    other.call('Save');
    const again = occurrence('2026-03-17T09:00:00');
    expect(Object.fromEntries(Object.keys(values).map((member) => [member, again.get(member)]))).toEqual(values);
    expect(occurrence('2026-03-24T09:00:00').get('Body')).toBe('');
  });

  it('[EC36] an exception can be all-day in a timed series, and be changed again', () => {
    const { occurrence, open } = tuesdays();
    const other = occurrence('2026-03-17T09:00:00');
    other.put('AllDayEvent', true);
    other.call('Save');
    const again = occurrence('2026-03-17');
    expect([again.get('AllDayEvent'), again.get('End')]).toEqual([true, at('2026-03-18')]);
    again.put('AllDayEvent', false);
    again.put('Start', at('2026-03-17T09:00:00'));
    again.put('End', at('2026-03-17T10:00:00'));
    again.call('Save');
    expect(exceptionsOf(open())).toEqual(['2026-03-17T09:00:00 → 2026-03-17T09:00:00']);
  });

  it('[EC36] the date of a deleted occurrence is that of the series’ own calendar', () => {
    const { add, zone, reopen } = calendarWorld();
    const item = add();
    item.put('StartTimeZone', zone('Tokyo Standard Time'));
    item.put('StartInStartTimeZone', at('2026-03-02T07:00:00'));
    item.object('GetRecurrencePattern').put('RecurrenceType', 0);
    item.call('Save');
    const pattern = () => reopen(item).object('GetRecurrencePattern');
    pattern().object('GetOccurrence', at('2026-03-03T23:00:00')).call('Delete');
    expect(pattern().object('Exceptions').object('Item', 1).get('OriginalDate')).toEqual(at('2026-03-04'));
  });

  it('[EC37] an object that reads its item again sees what became of the series', () => {
    const { item, occurrence } = tuesdays();
    expect(exceptionsOf(item)).toEqual([]);
    occurrence('2026-03-17T09:00:00').call('Delete');
    reloadItem(stateOf<LiveItem>(item.raw, 'AppointmentItem'));
    expect(exceptionsOf(item)).toEqual(['deleted 2026-03-17T00:00:00']);
  });

  it('exceptions lie in hidden attachments, which no program is shown', () => {
    const { open, occurrence } = tuesdays();
    const other = occurrence('2026-03-17T09:00:00');
    other.put('Subject', 'Other');
    other.call('Save');
    expect(late(open().get('Attachments') as DispatchObject).get('Count')).toBe(0);
  });

  it('[EC37] a held series does not see later exceptions, and is what one gets while it is held', () => {
    const { item, open, occurrence } = tuesdays();
    item.raw.retain?.();
    expect(exceptionsOf(item)).toEqual([]);
    occurrence('2026-03-17T09:00:00').call('Delete');
    expect([exceptionsOf(item), exceptionsOf(open())]).toEqual([[], []]);
    item.put('Subject', 'Other');
    expect(faultOf(() => item.call('Save'))).toBe('OBJECT_CHANGED');
    item.raw.release?.();
    expect(exceptionsOf(open())).toEqual(['deleted 2026-03-17T00:00:00']);
  });

  it('[EC38] an occurrence may not pass a neighbour or share its day; a refused Save changes nothing', () => {
    const { occurrence, open, item } = tuesdays();
    const before = open().get('LastModificationTime');
    const faults = ['2026-03-24T15:00:00', '2026-03-25T09:00:00', '2026-03-10T15:00:00', '2026-03-09T09:00:00'].map(
      (date) => {
        const other = occurrence('2026-03-17T09:00:00');
        other.put('Start', at(date));
        return faultOf(() => other.call('Save'));
      },
    );
    expect(faults).toEqual(['EXCEPTION', 'EXCEPTION', 'EXCEPTION', 'EXCEPTION']);
    expect([exceptionsOf(open()), open().get('LastModificationTime'), item.get('Saved')]).toEqual([[], before, true]);
  });

  it('[EC39] an exception of a series in a foreign zone may not be opened from the collection', () => {
    const opened = (['refused', 'served'] as const).map((foreignZoneExceptions) => {
      const { add, zone, reopen } = calendarWorld({ switches: { foreignZoneExceptions } });
      const item = add();
      item.put('StartTimeZone', zone('Eastern Standard Time'));
      item.put('StartInStartTimeZone', at('2026-03-02T09:00:00'));
      item.object('GetRecurrencePattern').put('RecurrenceType', 0);
      item.call('Save');
      const other = reopen(item).object('GetRecurrencePattern').object('GetOccurrence', at('2026-03-03T15:00:00'));
      other.put('Subject', 'Other');
      other.call('Save');
      const exception = reopen(item).object('GetRecurrencePattern').object('Exceptions').object('Item', 1);
      expect(exception.get('OriginalDate')).toEqual(at('2026-03-03T15:00:00'));
      return faultOf(() => exception.get('AppointmentItem'));
    });
    expect(opened).toEqual(['FAILED', 'none']);
  });

  it('[EC40] the collection may leave out an entry that the structure has', () => {
    const { open, occurrence, emulator } = tuesdays();
    for (const date of ['2026-03-17', '2026-03-24']) occurrence(`${date}T09:00:00`).call('Delete');
    emulator.set({ omittedExceptions: 1 });
    expect(exceptionsOf(open())).toEqual(['deleted 2026-03-17T00:00:00']);
  });

  it('[EC41] categories and sensitivity of an exception are those of the series', () => {
    const { item, occurrence } = tuesdays();
    item.put('Categories', 'Work');
    item.put('Sensitivity', 2);
    item.call('Save');
    const other = occurrence('2026-03-17T09:00:00');
    other.put('Categories', 'Home');
    other.put('Sensitivity', 0);
    other.put('Location', 'Here');
    other.call('Save');
    const again = occurrence('2026-03-17T09:00:00');
    expect([again.get('Categories'), again.get('Sensitivity'), again.get('Location')]).toEqual(['Work', 2, 'Here']);
  });

  it('[EC43] without a reminder of the series no occurrence has one', () => {
    const { item, occurrence } = tuesdays();
    const other = occurrence('2026-03-17T09:00:00');
    other.put('ReminderSet', true);
    other.put('ReminderMinutesBeforeStart', 60);
    other.call('Save');
    item.put('ReminderSet', false);
    expect(faultOf(() => item.call('Save'))).toBe('OBJECT_CHANGED');
    const fresh = calendarWorld();
    const silent = fresh.series('2026-03-10T09:00:00', { RecurrenceType: 1 });
    silent.put('ReminderSet', false);
    silent.call('Save');
    const there = fresh
      .reopen(silent)
      .object('GetRecurrencePattern')
      .object('GetOccurrence', at('2026-03-17T09:00:00'));
    there.put('ReminderSet', true);
    there.call('Save');
    const again = fresh
      .reopen(silent)
      .object('GetRecurrencePattern')
      .object('GetOccurrence', at('2026-03-17T09:00:00'));
    expect(again.get('ReminderSet')).toBe(false);
  });

  it('the parent of an occurrence is its series, and its pattern that of the series', () => {
    const { occurrence } = tuesdays();
    const other = occurrence('2026-03-17T09:00:00');
    expect([
      other.object('Parent').get('RecurrenceState'),
      other.object('GetRecurrencePattern').get('Occurrences'),
    ]).toEqual([1, 5]);
    expect([faultOf(() => other.call('ClearRecurrencePattern')), other.get('GlobalAppointmentID')]).toEqual([
      'FAILED',
      expect.stringMatching(/^.{32}07EA0311/),
    ]);
  });

  it('[EC53] a range filter finds a series that spans the range, up to an end on its very start', () => {
    const { calendar } = tuesdays();
    const found = (filter: string) => calendar.object('Items').object('Restrict', filter).get('Count');
    expect([
      found("[End] >= '03/30/2026 12:00 AM' AND [Start] < '03/31/2026 12:00 AM'"),
      found("[End] >= '05/01/2026 12:00 AM' AND [Start] < '05/02/2026 12:00 AM'"),
      found("[End] >= '02/01/2026 12:00 AM' AND [Start] < '02/02/2026 12:00 AM'"),
    ]).toEqual([1, 0, 0]);
  });

  it('[EC64] a series is one row of a table', () => {
    const { calendar, appointment } = tuesdays();
    appointment('2026-03-20T09:00:00').call('Save');
    expect([calendar.object('GetTable').call('GetRowCount'), calendar.object('Items').get('Count')]).toEqual([2, 2]);
  });

  it('IncludeRecurrences shows occurrences where they lie, between the single items', () => {
    const { calendar, appointment, move, occurrence } = tuesdays();
    appointment('2026-03-20T09:00:00', 30, 'Single').call('Save');
    move('2026-03-17T09:00:00', '2026-03-21T09:00:00');
    occurrence('2026-03-24T09:00:00').call('Delete');
    const items = calendar.object('Items');
    items.call('Sort', '[Start]');
    items.put('IncludeRecurrences', true);
    const shown = [1, 2, 3, 4].map((index) => {
      const item = items.object('Item', index);
      return `${(item.get('Start') as OutlookDate).date} ${item.get('Subject')} ${item.get('RecurrenceState')}`;
    });
    expect(shown).toEqual([
      '2026-03-10T09:00:00 Planning 2',
      '2026-03-20T09:00:00 Single 0',
      '2026-03-21T09:00:00 Planning 3',
      '2026-03-31T09:00:00 Planning 2',
    ]);
  });
});
