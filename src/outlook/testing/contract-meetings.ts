import { afterEach, describe, expect, it } from 'vitest';
import { LOW } from '../program/errors.ts';
import type { OutlookValue } from '../program/program.ts';
import type { Bench } from './bench.ts';
import { at, fails, fresh, type LiveWorld, liveWorld, lowOf, made } from './live.ts';
import type { ContractSupports } from './outlook-contract.ts';
import { sampleAppointment } from './samples.ts';

const NOON = { Subject: 'Noon', Start: at('2026-03-10T12:00'), End: at('2026-03-10T12:30') };
const SET = 'http://schemas.microsoft.com/mapi/id/{6ED8DA90-450B-101B-98DA-00AA003F1305}/00030102';
const PROPTAG = 'http://schemas.microsoft.com/mapi/proptag/';

/** What meetings, people, foreign items and bodies do in a calendar. */
export function meetingsContract(bench: () => Bench, supports: ContractSupports): void {
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
    made(here().folder, 1, members, save);

  describe('meetings', () => {
    it('[EC5] an answer replaces the item: the old id is gone, the calendar-world id stays', async () => {
      const organizer = { name: 'Ann Poe', address: 'ann@other.test' };
      const id = await bench().writeAppointment(sampleAppointment({ meetingStatus: 3, responseStatus: 5, organizer }));
      const item = await here().session.object('GetItemFromID', id);
      const uid = await item.get('GlobalAppointmentID');
      await item.call('Respond', 3, true);
      expect(await lowOf(here().session.call('GetItemFromID', id))).toBe(LOW.notFound);
      const only = await (await here().folder.object('Items')).object('Item', 1);
      expect([await only.get('GlobalAppointmentID'), await only.get('ResponseStatus')]).toEqual([uid, 3]);
    });

    it.skipIf(!supports.globalIds)(
      '[EC7] a calendar-world id of ours is taken after the first save, and read afresh',
      async () => {
        const item = await appointment();
        const id = Uint8Array.from({ length: 56 }, (_, n) => n);
        await (await item.object('PropertyAccessor')).call('SetProperty', SET, id);
        await item.call('Save');
        const entryId = await item.get('EntryID');
        await here().release();
        const again = await here().session.object('GetItemFromID', entryId);
        expect(await again.get('GlobalAppointmentID')).toMatch(/^00010203/);
      },
    );

    it('[EC49] who is written as the sender is the organizer after a save', async () => {
      const item = await appointment({ ...NOON, MeetingStatus: 3 });
      const accessor = await item.object('PropertyAccessor');
      await accessor.call('SetProperty', `${PROPTAG}0x0042001F`, 'Ann Poe');
      await item.call('Save');
      expect(await (await fresh(here(), item)).get('Organizer')).toBe('Ann Poe');
    });
  });

  describe('people', () => {
    it('[EO82] a name with unquoted signs resolves to something without an address, or not at all', async () => {
      const recipient = await here().session.object('CreateRecipient', 'Poe, Ann (Firm) <not an address');
      const resolved = await recipient.call('Resolve');
      const address = resolved === true ? await recipient.get('Address').catch(() => '') : '';
      expect(String(address ?? '')).not.toContain('@');
    });

    it('[EO83] [EO84] an address resolves to itself, and nobody to nothing', async () => {
      const known = await here().session.object('CreateRecipient', 'ann@other.test');
      expect([await known.call('Resolve'), await known.get('Address')]).toEqual([true, 'ann@other.test']);
      const nobody = await here().session.object('CreateRecipient', 'Nobody Of This Name At All');
      expect(await nobody.call('Resolve')).toBe(false);
    });
  });

  describe('what else lies in a calendar', () => {
    it('[EC54] items of other classes lie there, too, and each says its own', async () => {
      const items = await here().folder.object('Items');
      const own = await items.object('Add', 'IPM.Appointment.Custom');
      await own.call('Save');
      expect(await (await fresh(here(), own)).get('MessageClass')).toBe('IPM.Appointment.Custom');
    });

    it('[EC62] a formatted text is bytes, and the plain one its words', async () => {
      const item = await appointment();
      await item.put('RTFBody', new TextEncoder().encode('{\\rtf1\\ansi one\\par two}'));
      expect(String(await item.get('Body')).trim()).toMatch(/^one\r?\n+two$/);
    });

    it('[EO41] [EC52] occurrences are walked over items that are sorted by their start, in its order', async () => {
      const item = await appointment(NOON, false);
      const pattern = await item.object('GetRecurrencePattern');
      await pattern.put('RecurrenceType', 0);
      await pattern.put('Occurrences', 3);
      await item.call('Save');
      await appointment({ ...NOON, Subject: 'Between', Start: at('2026-03-11T08:00'), End: at('2026-03-11T09:00') });
      const items = await here().folder.object('Items');
      await items.call('Sort', '[Start]');
      await items.put('IncludeRecurrences', true);
      const starts: OutlookValue[] = [];
      for (let next = await items.object('GetFirst'), n = 0; n < 4; n++) {
        starts.push(await next.get('Start'));
        if (n < 3) next = await items.object('GetNext');
      }
      const days = ['2026-03-10T12:00', '2026-03-11T08:00', '2026-03-11T12:00', '2026-03-12T12:00'];
      expect(starts).toEqual(days.map(at));
    });

    it('[EO56] [EC64] without them a series is one item', async () => {
      const item = await appointment(NOON, false);
      await (await item.object('GetRecurrencePattern')).put('RecurrenceType', 0);
      await item.call('Save');
      expect(await (await here().folder.object('Items')).get('Count')).toBe(1);
    });

    it('[EO45] a search by words of an index is refused where there is no index, and always when looking for one', async () => {
      const items = await here().folder.object('Items');
      const filter = `@SQL="urn:schemas:httpmail:subject" ci_phrasematch 'noon'`;
      expect(await fails(items.call('Find', filter))).toBe(true);
    });
  });
}
