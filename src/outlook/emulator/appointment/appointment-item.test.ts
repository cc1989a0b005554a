import { describe, expect, it } from 'vitest';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook } from '../testing/world.ts';

const at = (date: string) => ({ date });

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const emulator = emulatedOutlook(options);
  const { app, session, calendar } = lateOutlook(emulator);
  const add = (): Late => calendar.object('Items').object('Add', 1);
  const reopen = (item: Late): Late => session.object('GetItemFromID', item.get('EntryID'), calendar.get('StoreID'));
  return { emulator, app, session, calendar, add, reopen };
}

function appointment(add: () => Late, start: string, minutes = 60, subject = 'Planning'): Late {
  const item = add();
  item.put('Subject', subject);
  item.put('Start', at(start));
  item.put('Duration', minutes);
  return item;
}

describe('AppointmentItem', () => {
  it('[EC1] a new item has no entry id until it is saved', () => {
    const { add, reopen, session } = world();
    const item = appointment(add, '2026-03-10T09:00:00');
    expect([item.get('EntryID'), item.get('GlobalAppointmentID'), item.get('Saved')]).toEqual(['', '', false]);
    item.call('Save');
    expect(item.get('GlobalAppointmentID')).toMatch(
      /^040000008200E00074C5B7101A82E00800000000[0-9A-F]{16}0{16}10000000[0-9A-F]{32}$/,
    );
    expect(reopen(item).get('Subject')).toBe('Planning');
    expect(faultOf(() => session.call('GetItemFromID', '0'.repeat(48)))).toBe('NOT_FOUND');
  });

  it('defaults of a new item: the next half hour, half an hour, busy, a quarter of an hour of warning', () => {
    const { add } = world();
    const item = add();
    const members = ['Subject', 'Duration', 'AllDayEvent', 'BusyStatus', 'Sensitivity', 'Importance', 'ReminderSet'];
    expect(item.get('Start')).toEqual(at('2026-03-01T09:30:00'));
    expect(members.map((member) => item.get(member))).toEqual(['', 30, false, 2, 0, 1, true]);
    expect([item.get('ReminderMinutesBeforeStart'), item.get('MeetingStatus'), item.get('Organizer')]).toEqual([
      15,
      0,
      'Jean Dupont',
    ]);
    expect(item.object('StartTimeZone').get('ID')).toBe('Romance Standard Time');
  });

  it('start', () => {
    const { add, reopen } = world();
    const item = appointment(add, '2026-03-10T09:00:00');
    const pattern = item.object('GetRecurrencePattern');
    pattern.put('RecurrenceType', 1);
    pattern.put('Occurrences', 4);
    item.call('Save');
    const again = reopen(item).object('GetRecurrencePattern');
    const occurrence = again.object('GetOccurrence', at('2026-03-17T09:00:00'));
    occurrence.put('Subject', 'Other');
    occurrence.call('Save');
    expect(occurrence.get('RecurrenceState')).toBe(3);
    again.object('GetOccurrence', at('2026-03-24T09:00:00')).call('Delete');
    const fresh = late(item.raw).object('GetRecurrencePattern').object('Exceptions');
    expect(fresh.get('Count')).toBe(0);
  });
});
