import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/utf8.ts';
import type { Appointment } from '../model/appointment.ts';
import { LOW } from '../program/errors.ts';
import { FOLDER, openItem } from '../program/item-place.ts';
import { APPOINTMENT } from '../program/schema-names.ts';
import type { Bench } from './bench.ts';
import { sampleAppointment, ZONE } from './samples.ts';

/** What single appointments and meetings must do. */
export function appointmentContract(bench: () => Bench, supports: { readonly globalIds: boolean }): void {
  const stored = async (appointment: Appointment): Promise<Appointment> => {
    const id = await bench().writeAppointment(appointment);
    return plain((await bench().appointment(id)).snapshot.value);
  };
  const changed = async (appointment: Appointment, change: Partial<Appointment>) => {
    const id = await bench().writeAppointment(appointment);
    const before = await bench().appointment(id);
    await bench().writeAppointment({ ...before.snapshot.value, ...change }, before);
    const after = await bench().appointment(id);
    return { before: plain(before.snapshot.value), after: plain(after.snapshot.value) };
  };

  describe('appointments', () => {
    it('keeps every plain value of an appointment', async () => {
      const appointment = sampleAppointment({ sensitivity: 2, importance: 2, busyStatus: 3 });
      expect({ ...(await stored(appointment)), globalId: '' }).toEqual(appointment);
    });

    it('[EC1] gives a new item a calendar-world id of its own', async () => {
      const { globalId } = await stored(sampleAppointment());
      expect(globalId.startsWith('040000008200E00074C5B7101A82E008')).toBe(true);
    });

    it.runIf(supports.globalIds)('[EC7] takes the calendar-world id it is given, for good', async () => {
      const uid = toHex(new TextEncoder().encode('vCal-Uid\u0001\u0000\u0000\u0000abc-123\u0000'));
      const size = `${(uid.length / 2).toString(16).padStart(2, '0')}000000`;
      const globalId = `040000008200E00074C5B7101A82E008${'0'.repeat(40)}${size}${uid}`.toUpperCase();
      expect((await stored(sampleAppointment({ globalId }))).globalId).toBe(globalId);
    });

    it('keeps a change of one value and nothing else', async () => {
      const { before, after } = await changed(sampleAppointment(), { location: 'Salle 4' });
      expect(after).toEqual({ ...before, location: 'Salle 4' });
    });

    it('[H28] writing nothing does nothing', async () => {
      const id = await bench().writeAppointment(sampleAppointment());
      const before = await bench().appointment(id);
      await bench().pause();
      await bench().writeAppointment(before.snapshot.value, before);
      expect((await bench().appointment(id)).snapshot).toEqual(before.snapshot);
    });

    it('[EC10] an end before the start is refused by its setter', async () => {
      const error = await bench().errorOf((run) => {
        const item = run.open(run.object(FOLDER, 'Items', 'Items'), 'Add', 'AppointmentItem', 1);
        run.put(item, 'Start', { date: '2026-03-10T10:00:00' });
        run.put(item, 'End', { date: '2026-03-10T09:00:00' });
        return [];
      });
      expect(error).not.toBe('done');
    });

    it('moves earlier and later, longer and shorter', async () => {
      for (const [start, end] of [
        ['2025-01-01T08:00:00', '2025-01-01T08:30:00'],
        ['2031-12-31T23:00:00', '2032-01-02T01:00:00'],
        ['2026-03-10T10:00:00', '2026-03-10T10:00:00'],
      ] as const) {
        const { after } = await changed(sampleAppointment(), { start, end });
        expect([after.start, after.end, after.startZone]).toEqual([start, end, ZONE]);
      }
    });

    it('[EC11] an all-day item is its dates, the end exclusive', async () => {
      const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-12T00:00:00' };
      const value = await stored(sampleAppointment({ ...days, busyStatus: 0, reminderSet: false }));
      expect({ allDay: value.allDay, start: value.start, end: value.end }).toEqual(days);
    });

    it('[EC12] busy status and reminder of an all-day item are the ones asked for', async () => {
      const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' };
      for (const wanted of [
        { busyStatus: 2, reminderSet: true, reminderMinutes: 30 },
        { busyStatus: 0, reminderSet: false },
      ] as const) {
        expect(await stored(sampleAppointment({ ...days, ...wanted }))).toMatchObject(wanted);
      }
    });

    it('[EC12] an item that becomes all-day or timed keeps its busy status and reminder', async () => {
      const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' };
      const times = { allDay: false, start: '2026-03-10T14:00:00', end: '2026-03-10T15:00:00' };
      const kept = { busyStatus: 2, reminderSet: true, reminderMinutes: 15 };
      expect((await changed(sampleAppointment(), days)).after).toMatchObject(kept);
      expect((await changed(sampleAppointment(days), times)).after).toMatchObject(kept);
    });

    it('[EC13] a timed item from midnight to midnight stays timed', async () => {
      const value = await stored(sampleAppointment({ start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' }));
      expect([value.allDay, value.start, value.end]).toEqual([false, '2026-03-10T00:00:00', '2026-03-11T00:00:00']);
    });

    it('[H12] becomes all-day and timed again', async () => {
      const days = { allDay: true, start: '2026-03-10T00:00:00', end: '2026-03-11T00:00:00' };
      const times = { allDay: false, start: '2026-03-10T14:00:00', end: '2026-03-10T15:00:00' };
      expect((await changed(sampleAppointment(), days)).after).toMatchObject(days);
      expect((await changed(sampleAppointment(days), times)).after).toMatchObject(times);
    });

    it('[H11] keeps its wall times in the zone it is in, not in that of Windows', async () => {
      const flight = {
        startZone: 'Eastern Standard Time',
        start: '2026-03-10T22:00:00',
        endZone: 'Romance Standard Time',
        end: '2026-03-11T11:30:00',
      };
      expect(await stored(sampleAppointment(flight))).toMatchObject(flight);
      expect((await changed(sampleAppointment(), flight)).after).toMatchObject(flight);
    });

    it('[EC22] categories need no list separator, and the last one can go', async () => {
      const { before, after } = await changed(sampleAppointment({ categories: ['Un', 'Deux'] }), { categories: [] });
      expect([before.categories, after.categories]).toEqual([['Un', 'Deux'], []]);
    });

    it('a reminder is set, moved and taken away', async () => {
      const { after: moved } = await changed(sampleAppointment(), { reminderMinutes: 90 });
      const { after: gone } = await changed(sampleAppointment(), { reminderSet: false });
      const { after: set } = await changed(sampleAppointment({ reminderSet: false }), {
        reminderSet: true,
        reminderMinutes: 0,
      });
      expect([moved.reminderMinutes, gone.reminderSet, set.reminderSet, set.reminderMinutes]).toEqual([
        90,
        false,
        true,
        0,
      ]);
    });

    it('[S10] a write stops before its effect when the item was saved since it was read', async () => {
      const id = await bench().writeAppointment(sampleAppointment());
      const before = await bench().appointment(id);
      await bench().pause();
      await bench().writeAppointment({ ...before.snapshot.value, subject: 'Autre' }, before);
      await expect(
        bench().writeAppointment({ ...before.snapshot.value, location: 'Ailleurs' }, before),
      ).rejects.toThrow(/stale/);
      expect((await bench().appointment(id)).snapshot.value).toMatchObject({ subject: 'Autre', location: 'Salle 3' });
    });
  });

  describe('meetings', () => {
    const people = [
      { name: 'Ada Byron', address: 'ada@example.org', type: 1, response: 0 },
      { name: 'Durand, Zoé', address: 'zoe@example.org', type: 2, response: 0 },
      { name: 'Salle 3', address: 'salle3@example.org', type: 3, response: 0 },
    ] as const;

    it('[EC47] a received meeting keeps organizer, attendees and answer, and nothing is sent', async () => {
      const meeting = {
        meetingStatus: 3,
        responseStatus: 3,
        organizer: { name: 'Ada Byron', address: 'ada@example.org' },
        recipients: people.slice(1),
      } as const;
      expect(await stored(sampleAppointment(meeting))).toMatchObject(meeting);
    });

    it('[EC48] an own meeting keeps its attendees by name, address and role', async () => {
      const value = await stored(sampleAppointment({ meetingStatus: 1, responseStatus: 1, recipients: people }));
      expect(value.recipients).toEqual(people);
    });

    it('[H16] an own meeting counts as sent, so that Outlook does not offer to send it', async () => {
      const id = await bench().writeAppointment(sampleAppointment({ meetingStatus: 1, recipients: people }));
      const values = await bench().do((run) => {
        const item = openItem(run, { entryId: id, storeId: bench().storeId }, 'AppointmentItem');
        const accessor = run.object(item, 'PropertyAccessor', 'PropertyAccessor');
        return [run.call(accessor, 'GetProperty', APPOINTMENT.invited)];
      });
      expect(values.GetProperty).toBe(true);
    });

    it('[H21] attendees are added and removed without touching the others', async () => {
      const meeting = sampleAppointment({ meetingStatus: 1, recipients: people });
      const recipients = [people[2], { name: 'Luc', address: 'luc@example.org', type: 1, response: 0 }] as const;
      const { after } = await changed(meeting, { recipients });
      expect(after.recipients).toEqual(recipients);
    });

    it('[H21] an attendee changes the role', async () => {
      const meeting = sampleAppointment({ meetingStatus: 1, recipients: people });
      const recipients = people.map((person) => ({ ...person, type: person.type === 2 ? (1 as const) : person.type }));
      expect((await changed(meeting, { recipients })).after.recipients).toEqual(recipients);
    });

    it('[H21] an attendee without address is not dropped', async () => {
      const nobody = { name: 'Personne Inconnue', address: '', type: 1, response: 0 } as const;
      const value = await stored(sampleAppointment({ meetingStatus: 1, recipients: [nobody] }));
      expect(value.recipients).toEqual([nobody]);
    });

    it('[H19] a cancelled meeting is one, and the appointment stays', async () => {
      const meeting = {
        meetingStatus: 3,
        organizer: { name: 'Ada Byron', address: 'ada@example.org' },
        recipients: people.slice(1),
      } as const;
      expect((await changed(sampleAppointment(meeting), { meetingStatus: 7 })).after.meetingStatus).toBe(7);
    });
  });

  it('[EC34] an occurrence is asked for only after the series is saved', async () => {
    const error = await bench().errorOf((run) => {
      const item = run.open(run.object(FOLDER, 'Items', 'Items'), 'Add', 'AppointmentItem', 1);
      run.put(item, 'Start', { date: '2026-03-10T10:00:00' });
      const pattern = run.open(item, 'GetRecurrencePattern', 'RecurrencePattern');
      run.open(pattern, 'GetOccurrence', 'AppointmentItem', { date: '2026-03-10T10:00:00' });
      return [];
    });
    expect(error).not.toBe('done');
    expect(error).not.toBe(LOW.busyRetryLater);
  });
}

/** Bodies usually come back with one line end more. */
function plain(value: Appointment): Appointment {
  return { ...value, body: value.body.trimEnd() };
}
