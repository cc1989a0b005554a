import { describe, expect, it } from 'vitest';
import type { DispatchObject } from '../dispatch.ts';
import type { Hint } from '../events.ts';
import { faultOf, late } from '../testing/world.ts';
import { at, calendarWorld, NAME, stored } from './testing/appointments.ts';

function outboxCount({ session }: ReturnType<typeof calendarWorld>) {
  return session.object('GetDefaultFolder', 4).object('Items').get('Count');
}

/** A saved invitation of somebody else. */
function invitation(world: ReturnType<typeof calendarWorld>) {
  const item = world.appointment('2026-03-10T09:00:00');
  item.put('MeetingStatus', 3);
  item.put('BusyStatus', 1);
  item.call('Save');
  return item;
}

describe('meetings', () => {
  it('[EC5] answering replaces the item', () => {
    const world = calendarWorld();
    const item = invitation(world);
    const before = String(item.get('EntryID'));
    const answer = item.object('Respond', 3);
    expect([answer.get('Class'), answer.get('MessageClass'), answer.get('EntryID')]).toEqual([
      53,
      'IPM.Schedule.Meeting.Resp.Pos',
      '',
    ]);
    const now = String(item.get('EntryID'));
    expect([now === before, item.get('ResponseStatus'), item.get('BusyStatus')]).toEqual([false, 3, 2]);
    expect(faultOf(() => world.byId(before))).toBe('NOT_FOUND');
    expect(world.byId(now).get('GlobalAppointmentID')).toBe(item.get('GlobalAppointmentID'));
    expect(answer.object('GetAssociatedAppointment', false).get('EntryID')).toBe(now);
    expect(world.calendar.object('Items').get('Count')).toBe(1);
  });

  it('[EC5] tentative stays tentative, declined goes to Deleted Items, one’s own meeting cannot be answered', () => {
    const world = calendarWorld();
    const item = invitation(world);
    item.call('Respond', 2);
    expect([item.get('ResponseStatus'), item.get('BusyStatus')]).toEqual([2, 1]);
    item.call('Respond', 4);
    expect(item.object('Parent').get('Name')).toBe('Deleted Items');
    const own = world.appointment('2026-03-11T09:00:00');
    own.put('MeetingStatus', 1);
    own.call('Save');
    expect([faultOf(() => own.call('Respond', 3)), faultOf(() => item.call('Respond', 1))]).toEqual([
      'FAILED',
      'INVALID_ARGUMENT',
    ]);
  });

  it('[EC45] dismissing the reminder of a series moves it on and changes the item', () => {
    const world = calendarWorld();
    const item = world.series('2026-03-01T09:30:00', { RecurrenceType: 0 });
    expect(stored(item, NAME.signalTime)).toEqual(at('2026-03-01T08:15:00'));
    const before = item.get('LastModificationTime');
    const hints: Hint[] = [];
    world.emulator.pump();
    world.emulator.watch((hint) => hints.push(hint));
    world.emulator.clock.advance(20 * 60_000);
    world.app.object('Reminders').object('Item', 1).call('Dismiss');
    world.emulator.pump();
    const again = world.reopen(item);
    expect([
      stored(again, NAME.signalTime),
      again.get('ReminderSet'),
      again.get('LastModificationTime') === before,
    ]).toEqual([at('2026-03-02T08:15:00'), true, false]);
    expect(hints.map(({ event }) => event)).toContain('ItemChange');
  });

  it('[EC45] a snoozed reminder stays snoozed when the item is saved, a moved item rings anew', () => {
    const world = calendarWorld();
    const item = world.appointment('2026-03-01T09:30:00');
    item.call('Save');
    world.emulator.clock.advance(20 * 60_000);
    world.app.object('Reminders').object('Item', 1).call('Snooze', 30);
    const again = world.reopen(item);
    again.put('Subject', 'Other');
    again.call('Save');
    expect(stored(again, NAME.signalTime)).toEqual(at('2026-03-01T08:50:00'));
    again.put('Start', at('2026-03-01T11:00:00'));
    again.call('Save');
    expect(stored(again, NAME.signalTime)).toEqual(at('2026-03-01T09:45:00'));
  });

  it('[EC46] Save and Respond send nothing, Send does', () => {
    const world = calendarWorld();
    const item = world.appointment('2026-03-10T09:00:00');
    expect(faultOf(() => item.call('Send'))).toBe('FAILED');
    item.put('MeetingStatus', 1);
    item.object('Recipients').call('Add', 'ana@example.org');
    item.call('Save');
    invitation(world).call('Respond', 3, true);
    expect(outboxCount(world)).toBe(0);
    item.call('Send');
    expect([outboxCount(world), stored(item, NAME.invited)]).toEqual([1, true]);
  });

  it('[EC47] every meeting status can be written, none is sent', () => {
    const world = calendarWorld();
    const shown = [0, 1, 3, 5, 7].map((status) => {
      const item = world.appointment('2026-03-10T09:00:00');
      item.put('MeetingStatus', status);
      item.call('Save');
      return world.reopen(item).get('MeetingStatus');
    });
    expect([shown, outboxCount(world)]).toEqual([[0, 1, 3, 5, 7], 0]);
    expect(faultOf(() => world.add().put('MeetingStatus', 2))).toBe('INVALID_ARGUMENT');
  });

  it('[EC47] one’s own meeting lists oneself first', () => {
    const world = calendarWorld();
    const item = world.appointment('2026-03-10T09:00:00');
    item.object('Recipients').object('Add', '"Ana" <ana@example.org>').put('Type', 2);
    item.put('MeetingStatus', 1);
    item.put('MeetingStatus', 1);
    item.call('Save');
    const recipients = world.reopen(item).object('Recipients');
    expect([1, 2].map((index) => recipients.object('Item', index).get('Name'))).toEqual([
      'Jean Dupont',
      '"Ana" <ana@example.org>',
    ]);
    expect([item.get('ResponseStatus'), item.get('OptionalAttendees'), item.get('RequiredAttendees')]).toEqual([
      1,
      '"Ana" <ana@example.org>',
      '',
    ]);
  });

  it('[EC48] a resolved recipient shows its address in its name', () => {
    const { add, reopen } = calendarWorld();
    const item = add();
    const recipient = item.object('Recipients').object('Add', 'Ana Lee<ana@example.org>');
    expect([recipient.call('Resolve'), recipient.get('Name'), recipient.get('Address')]).toEqual([
      true,
      'Ana Lee (ana@example.org)',
      'ana@example.org',
    ]);
    expect(late(recipient.get('AddressEntry') as DispatchObject).get('Type')).toBe('SMTP');
    item.call('Save');
    const again = reopen(item).object('Recipients').object('Item', 1);
    expect([again.get('Type'), stored(again, NAME.smtpAddress)]).toEqual([1, 'ana@example.org']);
    expect(faultOf(() => again.put('MeetingResponseStatus', 3))).toBe('MEMBER_NOT_FOUND');
    again.object('PropertyAccessor').call('SetProperty', NAME.trackStatus, 3);
    expect(reopen(item).object('Recipients').object('Item', 1).get('MeetingResponseStatus')).toBe(3);
  });

  it('[EC49] who an item was sent for is its organizer once it is saved', () => {
    const { add, reopen } = calendarWorld();
    const item = add();
    item.put('MeetingStatus', 3);
    const accessor = item.object('PropertyAccessor');
    accessor.call(
      'SetProperties',
      [NAME.organizerName, NAME.organizerType, NAME.organizerAddress],
      ['Bea', 'SMTP', 'bea@example.org'],
    );
    expect(item.get('Organizer')).toBe('Jean Dupont');
    item.call('Save');
    expect([item.get('Organizer'), reopen(item).object('GetOrganizer').get('Address')]).toEqual([
      'Bea',
      'bea@example.org',
    ]);
  });

  it('[EC50] the guard keeps people from programs, and leaves the rest readable', () => {
    const { add, emulator } = calendarWorld();
    const item = add();
    emulator.set({ guard: 'deny' });
    const guarded = [
      'Body',
      'RTFBody',
      'Organizer',
      'RequiredAttendees',
      'OptionalAttendees',
      'Resources',
      'PropertyAccessor',
    ];
    expect(guarded.map((member) => faultOf(() => item.get(member)))).toEqual(guarded.map(() => 'NO_SUPPORT'));
    expect([
      faultOf(() => item.call('Send')),
      faultOf(() => item.call('Respond', 3)),
      faultOf(() => item.object('Recipients').get('Count')),
    ]).toEqual(['NO_SUPPORT', 'NO_SUPPORT', 'NO_SUPPORT']);
    emulator.set({ guardDenial: 'abort' });
    expect(faultOf(() => item.get('Body'))).toBe('ABORTED');
    const open = ['Subject', 'Location', 'Start', 'Categories', 'ReminderSet', 'IsRecurring'];
    expect(open.map((member) => faultOf(() => item.get(member)))).toEqual(open.map(() => 'none'));
  });

  it('[EC54] objects that are no appointments lie in calendars, too', () => {
    const { calendar } = calendarWorld();
    for (const messageClass of ['IPM.Schedule.Meeting.Request', 'IPM.Note', 'IPM.Appointment.Custom']) {
      calendar.object('Items').object('Add', messageClass).call('Save');
    }
    const items = calendar.object('Items');
    expect(
      [1, 2, 3].map((index) => [items.object('Item', index).get('Class'), items.object('Item', index).raw.className]),
    ).toEqual([
      [53, 'MeetingItem'],
      [43, 'MailItem'],
      [26, 'AppointmentItem'],
    ]);
  });
});
