import { describe, expect, it } from 'vitest';
import { deleteProperty } from '../stored-properties.ts';
import { faultOf } from '../testing/world.ts';
import { APPT } from './appointment-props.ts';
import { at, calendarWorld, NAME, stored } from './testing/appointments.ts';

describe('AppointmentItem', () => {
  it('[EC1] a new item has no entry id until it is saved', () => {
    const { appointment, reopen, byId } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    expect([item.get('EntryID'), item.get('GlobalAppointmentID'), item.get('Saved')]).toEqual(['', '', false]);
    item.call('Save');
    expect(item.get('GlobalAppointmentID')).toMatch(
      /^040000008200E00074C5B7101A82E00800000000[0-9A-F]{16}0{16}10000000[0-9A-F]{32}$/,
    );
    expect([reopen(item).get('Subject'), item.get('Saved')]).toEqual(['Planning', true]);
    expect(faultOf(() => byId('0'.repeat(48)))).toBe('NOT_FOUND');
  });

  it('[EC2] an item of CreateItem is saved in the default calendar, one of a folder there', () => {
    const { app, calendar, session } = calendarWorld();
    const own = app.object('CreateItem', 1);
    own.call('Save');
    const other = calendar.object('Folders').object('Add', 'Projects', 9);
    const there = other.object('Items').object('Add', 1);
    there.call('Save');
    expect([own.object('Parent').get('Name'), there.object('Parent').get('Name')]).toEqual(['Calendar', 'Projects']);
    expect(session.object('GetItemFromID', own.get('EntryID')).get('MessageClass')).toBe('IPM.Appointment');
  });

  it('[EC3] Delete moves to Deleted Items, a second Delete there is final', () => {
    const { appointment, byId } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    item.call('Save');
    const id = String(item.get('EntryID'));
    item.call('Delete');
    const gone = byId(id);
    expect(gone.object('Parent').get('Name')).toBe('Deleted Items');
    gone.call('Delete');
    expect(faultOf(() => byId(id))).toBe('NOT_FOUND');
  });

  it('[EC4] a copy has another entry id and the same global id and properties', () => {
    const { appointment } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    const ours =
      'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/BlueMindToken/0x0000001F';
    item.object('PropertyAccessor').call('SetProperty', ours, 'token');
    item.call('Save');
    const copy = item.object('Copy');
    expect(copy.get('EntryID')).not.toBe(item.get('EntryID'));
    expect([copy.get('GlobalAppointmentID'), stored(copy, ours)]).toEqual([item.get('GlobalAppointmentID'), 'token']);
  });

  it('[EC6] an item of another program may have no global id', () => {
    const { appointment, reopen, emulator } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    item.call('Save');
    deleteProperty(emulator.session.database, 'i1', APPT.globalId);
    const again = reopen(item);
    expect([again.get('GlobalAppointmentID'), again.get('Subject')]).toEqual(['', 'Planning']);
    again.put('Subject', 'Other');
    again.call('Save');
    expect(again.get('GlobalAppointmentID')).toBe('');
  });

  it('[EC7] a global id is taken after the first Save and shown after the item is opened again', () => {
    const { appointment, reopen } = calendarWorld();
    const id = Uint8Array.from({ length: 56 }, (_, n) => n);
    const write = (item: ReturnType<typeof appointment>) =>
      item.object('PropertyAccessor').call('SetProperty', NAME.globalId, id);
    const item = appointment('2026-03-10T09:00:00');
    expect(faultOf(() => write(item))).toBe('ACCESS_DENIED');
    item.call('Save');
    const own = item.get('GlobalAppointmentID');
    write(item);
    item.call('Save');
    expect(item.get('GlobalAppointmentID')).toBe(own);
    expect(reopen(item).get('GlobalAppointmentID')).toBe(Buffer.from(id).toString('hex').toUpperCase());
    const old = calendarWorld({ switches: { version: 14 } });
    const there = old.appointment('2026-03-10T09:00:00');
    there.call('Save');
    expect(faultOf(() => write(there))).toBe('ACCESS_DENIED');
  });

  it('[EC8] members that nobody sets refuse it', () => {
    const { add } = calendarWorld();
    const item = add();
    const members = [
      'EntryID',
      'GlobalAppointmentID',
      'Organizer',
      'ResponseStatus',
      'IsRecurring',
      'RecurrenceState',
      'LastModificationTime',
    ];
    expect(members.map((member) => faultOf(() => item.put(member, 1)))).toEqual(members.map(() => 'MEMBER_NOT_FOUND'));
  });

  it('a new item starts with the next half hour, busy, a quarter of an hour of warning', () => {
    const { add } = calendarWorld();
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

  it('[EC9] Start keeps Duration, Duration moves End', () => {
    const { appointment } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00', 45);
    item.put('StartInStartTimeZone', at('2026-04-01T15:00:00'));
    expect([item.get('End'), item.get('Duration'), item.get('StartUTC')]).toEqual([
      at('2026-04-01T15:45:00'),
      45,
      at('2026-04-01T13:00:00'),
    ]);
  });

  it('[EC10] an End before Start throws at each of the setters, an End at Start does not', () => {
    const { appointment } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    const early = at('2026-03-10T07:00:00');
    expect(['End', 'EndUTC', 'EndInEndTimeZone'].map((member) => faultOf(() => item.put(member, early)))).toEqual([
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
    ]);
    item.put('End', at('2026-03-10T09:00:00'));
    expect(item.get('Duration')).toBe(0);
  });

  it('[EC11] AllDayEvent rounds to whole days, [EC13] and is not told from the times', () => {
    const { appointment, reopen } = calendarWorld();
    const item = appointment('2026-03-10T22:00:00', 180);
    item.put('AllDayEvent', true);
    item.call('Save');
    const again = reopen(item);
    expect(['Start', 'End', 'Duration', 'AllDayEvent'].map((member) => again.get(member))).toEqual([
      at('2026-03-10'),
      at('2026-03-12'),
      2880,
      true,
    ]);
    const night = appointment('2026-03-10T00:00:00', 1440);
    expect(night.get('AllDayEvent')).toBe(false);
  });

  it('[EC12] AllDayEvent frees the day and warns 18 hours before, or does not', () => {
    const shown = [true, false].map((allDayDefaults) => {
      const { appointment } = calendarWorld({ switches: { allDayDefaults } });
      const item = appointment('2026-03-10T22:00:00');
      item.put('AllDayEvent', true);
      return [item.get('BusyStatus'), item.get('ReminderMinutesBeforeStart')];
    });
    expect(shown).toEqual([
      [0, 1080],
      [2, 15],
    ]);
  });

  it('[EC12] without AllDayEvent the midnights stay, or become a working day', () => {
    const shown = (['midnights', 'businessHours'] as const).map((allDayOff) => {
      const { appointment } = calendarWorld({ switches: { allDayOff } });
      const item = appointment('2026-03-10T22:00:00');
      item.put('AllDayEvent', true);
      item.put('AllDayEvent', false);
      return [item.get('Start'), item.get('End')];
    });
    expect(shown).toEqual([
      [at('2026-03-10'), at('2026-03-11')],
      [at('2026-03-10T08:00:00'), at('2026-03-10T08:30:00')],
    ]);
  });

  it('[EC17] PropertyAccessor shows UTC where the members show local time', () => {
    const { appointment } = calendarWorld();
    const item = appointment('2026-07-10T09:00:00');
    expect([item.get('Start'), stored(item, NAME.start)]).toEqual([
      at('2026-07-10T09:00:00'),
      at('2026-07-10T07:00:00'),
    ]);
  });

  it('start and end written beside the object are lost', () => {
    const { appointment, reopen } = calendarWorld();
    const item = appointment('2026-07-10T09:00:00');
    item.object('PropertyAccessor').call('SetProperty', NAME.start, at('2026-07-11T07:00:00'));
    item.call('Save');
    expect(reopen(item).get('Start')).toEqual(at('2026-07-10T09:00:00'));
  });

  it('[EC22] categories are joined by the list separator of the region', () => {
    const shown = (['en-US', 'fr-FR'] as const).map((locale) => {
      const { add } = calendarWorld({ profile: { locale } });
      const item = add();
      item.put('Categories', locale === 'en-US' ? 'Work,  Home' : 'Work;Home, sweet');
      return item.get('Categories');
    });
    expect(shown).toEqual(['Work, Home', 'Work; Home, sweet']);
  });

  it('[EC55] a damaged item has no times, and its zone and last change cannot be read', () => {
    const { appointment, reopen, emulator } = calendarWorld();
    const item = appointment('2026-03-10T09:00:00');
    item.call('Save');
    deleteProperty(emulator.session.database, 'i1', APPT.start);
    const again = reopen(item);
    expect([again.get('Subject'), again.get('Start'), again.get('End')]).toEqual(['Planning', null, null]);
    expect(['LastModificationTime', 'StartTimeZone'].map((member) => faultOf(() => again.get(member)))).toEqual([
      'FAILED',
      'FAILED',
    ]);
  });

  it('[EC61] busy status 4 exists since Outlook 2013', () => {
    const faults = [14, 15].map((version) => {
      const { add } = calendarWorld({ switches: { version } });
      const item = add();
      return faultOf(() => item.put('BusyStatus', 4));
    });
    expect(faults).toEqual(['INVALID_ARGUMENT', 'none']);
  });

  it('[EC62] RTFBody is bytes, and Body its text', () => {
    const { add } = calendarWorld();
    const item = add();
    const rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\f0 caf\\'e9 \\{1\\}\\par \\u8364?\\tab end}";
    item.put('RTFBody', new Uint8Array(Buffer.from(rtf, 'latin1')));
    expect(item.get('Body')).toBe('café {1}\r\n€\tend');
    item.put('Body', 'a\nb — \\c');
    expect(item.get('Body')).toBe('a\r\nb — \\c');
    const written = item.get('RTFBody');
    item.put('RTFBody', written);
    expect(item.get('Body')).toBe('a\r\nb — \\c');
    item.put('RTFBody', ' ');
    expect(item.get('Body')).toBe('');
  });

  it('[EC63] the zero of VT_DATE is a start like any other', () => {
    const { add } = calendarWorld();
    const item = add();
    item.put('Start', at('1899-12-30'));
    expect(item.get('Start')).toEqual(at('1899-12-30'));
  });

  it('[EC65] deleting an item that was never saved is harmless', () => {
    const { add, calendar } = calendarWorld();
    add().call('Delete');
    expect(calendar.object('Items').get('Count')).toBe(0);
  });
});
