import { afterEach, describe, expect, it } from 'vitest';
import type { OutlookValue } from '../program/program.ts';
import type { Bench } from './bench.ts';
import { at, fails, fresh, type LiveWorld, liveWorld, made } from './live.ts';
import type { ContractSupports } from './outlook-contract.ts';
import { sampleAppointment } from './samples.ts';

const APPOINTMENT = 1;
const NOON = { Subject: 'Noon', Start: at('2026-03-10T12:00'), End: at('2026-03-10T12:30') };
const START_PROPERTY = 'http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/820D0040';

/** Single members of appointments: times, zones, ids, what may be written. */
export function timesContract(bench: () => Bench, supports: ContractSupports): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  const appointment = (members: Readonly<Record<string, OutlookValue>> = NOON, save = true) =>
    made(here().folder, APPOINTMENT, members, save);

  describe('members of appointments', () => {
    it('[EC2] an item of CreateItem lands in the default calendar, one of Items.Add in its folder', async () => {
      const item = await (await here().app()).object('CreateItem', APPOINTMENT);
      await item.call('Save');
      const calendar = await here().session.object('GetDefaultFolder', 9);
      expect(await (await item.object('Parent')).get('EntryID')).toBe(await calendar.get('EntryID'));
      await item.call('Delete');
      const own = await appointment();
      expect(await (await own.object('Parent')).get('EntryID')).toBe(bench().folderId);
    });

    it('[EC3] a deleted item is not in its folder any more; its old id opens it in Deleted Items, or nothing', async () => {
      const item = await appointment();
      const id = await item.get('EntryID');
      await item.call('Delete');
      expect(await (await here().folder.object('Items')).get('Count')).toBe(0);
      const parents: OutlookValue[] = [];
      if (!(await fails(here().session.object('GetItemFromID', id))))
        parents.push(await (await (await here().session.object('GetItemFromID', id)).object('Parent')).get('EntryID'));
      expect(parents).not.toContain(bench().folderId);
    });

    it('[EC4] a copy is another item with the same calendar-world id', async () => {
      const item = await appointment();
      const copy = await item.object('Copy');
      await copy.call('Save');
      expect(await copy.get('GlobalAppointmentID')).toBe(await item.get('GlobalAppointmentID'));
      expect(await copy.get('EntryID')).not.toBe(await item.get('EntryID'));
    });

    it.each([
      ...['EntryID', 'GlobalAppointmentID', 'Organizer', 'ResponseStatus', 'IsRecurring', 'RecurrenceState'],
      'LastModificationTime',
    ])('[EC8] %s cannot be assigned', async (member) => {
      const item = await appointment();
      expect(await fails(item.put(member, member === 'IsRecurring' ? true : 'x'))).toBe(true);
    });

    it('[EC9] another start keeps the length', async () => {
      const item = await appointment();
      await item.put('Start', at('2026-03-11T15:00'));
      expect([await item.get('End'), await item.get('Duration')]).toEqual([at('2026-03-11T15:30'), 30]);
    });

    it('[EC14] another zone keeps the wall time of an own appointment', async () => {
      const item = await appointment();
      const zones = await (await here().app()).object('TimeZones');
      const tokyo = await zones.call('Item', 'Tokyo Standard Time');
      await item.put('StartTimeZone', tokyo);
      expect(await item.get('StartInStartTimeZone')).toEqual(at('2026-03-10T12:00'));
      expect(await item.get('StartUTC')).toEqual(at('2026-03-10T03:00'));
    });

    it('[EC15] [EC17] the local start, the one in its zone and the one in UTC are one instant, and the property is UTC', async () => {
      const item = await fresh(here(), await appointment());
      const zones = await (await here().app()).object('TimeZones');
      const own = await item.object('StartTimeZone');
      const utc = await zones.call(
        'ConvertTime',
        await item.get('StartInStartTimeZone'),
        own.ref,
        await zones.call('Item', 'UTC'),
      );
      expect(await item.get('StartUTC')).toEqual(utc);
      expect(await item.get('StartInStartTimeZone')).toEqual(NOON.Start);
      const accessor = await item.object('PropertyAccessor');
      expect(await accessor.call('GetProperty', START_PROPERTY)).toEqual(utc);
    });

    it('[EC16] zones are asked for by number or by their exact name', async () => {
      const zones = await (await here().app()).object('TimeZones');
      expect(await (await zones.object('Item', 'Tokyo Standard Time')).get('ID')).toBe('Tokyo Standard Time');
      expect(typeof (await (await zones.object('Item', 1)).get('ID'))).toBe('string');
      expect(await fails(zones.call('Item', 'tokyo standard time'))).toBe(true);
      expect(await fails(zones.call('Item', 'Nowhere Standard Time'))).toBe(true);
    });

    it('[EC20] a user property takes no value by its schema name before it had one by its own', async () => {
      const item = await appointment();
      const properties = await item.object('UserProperties');
      await properties.object('Add', 'Connector contract', 1);
      const accessor = await item.object('PropertyAccessor');
      const name =
        'http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/Connector%20contract/0x0000001F';
      expect(await fails(accessor.call('SetProperty', name, 'x'))).toBe(true);
    });

    it('[EC21] names of properties are told apart by their case, and blanks in them are escaped', async () => {
      const item = await appointment();
      const accessor = await item.object('PropertyAccessor');
      const set = 'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/';
      await accessor.call('SetProperty', `${set}Two%20words/0x0000001F`, 'kept');
      expect(await accessor.call('GetProperty', `${set}Two%20words/0x0000001F`)).toBe('kept');
      expect(await fails(accessor.call('GetProperty', `${set}two%20words/0x0000001F`))).toBe(true);
    });

    it('[EC24] a date of the user loses its seconds', async () => {
      const item = await appointment();
      const property = await (await item.object('UserProperties')).object('Add', 'Connector date', 5);
      await property.put('Value', { date: '2026-03-10T12:34:56' });
      expect(await property.get('Value')).toEqual(at('2026-03-10T12:34'));
    });

    it('[EC46] Save sends nothing, and the answer to an invitation is an item that nobody sent', async () => {
      const waiting = async () =>
        (await (await here().session.object('GetDefaultFolder', 4)).object('Items')).get('Count');
      const before = await waiting();
      const item = await appointment({ ...NOON, MeetingStatus: 1 }, false);
      await (await item.object('Recipients')).call('Add', 'ann@other.test');
      await item.call('Save');
      expect([await item.get('MeetingStatus'), await waiting()]).toEqual([1, before]);
      const organizer = { name: 'Ann Poe', address: 'ann@other.test' };
      const id = await bench().writeAppointment(sampleAppointment({ meetingStatus: 3, responseStatus: 5, organizer }));
      const answer = await (await here().session.object('GetItemFromID', id)).call('Respond', 3, true);
      expect([typeof answer === 'object' && answer !== null, await waiting()]).toEqual([true, before]);
    });

    it('[EC61] working elsewhere is a busy status since Outlook 2013', async () => {
      const version = Number.parseInt(String(await (await here().app()).get('Version')), 10);
      const item = await appointment();
      expect(await fails(item.put('BusyStatus', 4))).toBe(version < 15);
    });

    it('[EC63] a new item may start on the first day of the calendar', async () => {
      const item = await appointment({ Subject: 'Old' }, false);
      await item.put('Start', at('1899-12-30T00:00'));
      expect(await item.get('Start')).toEqual(at('1899-12-30'));
    });

    it('[EC65] deleting an item that was never saved is harmless', async () => {
      const item = await appointment(NOON, false);
      await item.call('Delete').catch(() => undefined);
      expect(await (await here().folder.object('Items')).get('Count')).toBe(0);
    });

    it('[EC59] a hidden item is made where there is none, and is not among the others', async () => {
      const look = () => here().folder.object('GetStorage', 'Connector.Contract', 2);
      if (supports.hiddenItems === false) {
        expect(await fails(look())).toBe(true);
        return;
      }
      const storage = await look();
      expect(await storage.get('Size')).toBe(0);
      await storage.call('Save');
      expect(await (await look()).get('EntryID')).toBe(await storage.get('EntryID'));
      expect(await (await here().folder.object('Items')).get('Count')).toBe(0);
    });
  });
}
