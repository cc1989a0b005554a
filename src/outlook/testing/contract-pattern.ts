import { afterEach, describe, expect, it } from 'vitest';
import type { OutlookValue } from '../program/program.ts';
import type { Bench } from './bench.ts';
import { at, fails, fresh, type LiveWorld, liveWorld, made } from './live.ts';

const DAILY = 0;
const WEEKLY = 1;
const MONTHLY = 2;
const TYPES = [DAILY, WEEKLY, MONTHLY, 3, 5, 6];
const MEMBERS = ['DayOfMonth', 'DayOfWeekMask', 'Instance', 'Interval', 'MonthOfYear', 'NoEndDate', 'Occurrences'];

/** Single members of recurrence patterns and occurrences. */
export function patternContract(bench: () => Bench): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  /** A series that begins on Tuesday, 10 March 2026, at noon. */
  const series = async (type: number, members: Readonly<Record<string, OutlookValue>> = {}, save = true) => {
    const start = { Subject: 'Series', Start: at('2026-03-10T12:00'), End: at('2026-03-10T12:30') };
    const item = await made(here().folder, 1, start, false);
    const pattern = await item.object('GetRecurrencePattern');
    await pattern.put('RecurrenceType', type);
    for (const [name, value] of Object.entries(members)) await pattern.put(name, value);
    if (save) await item.call('Save');
    return { item, pattern };
  };
  /** The id of a weekly series whose second occurrence was moved there, or could not be; nothing of it is held any more. */
  const moved = async (start: string, refused: boolean): Promise<OutlookValue> => {
    const { item } = await series(WEEKLY, { Occurrences: 5 });
    const id = await item.get('EntryID');
    const pattern = await (await fresh(here(), item)).object('GetRecurrencePattern');
    const occurrence = await pattern.object('GetOccurrence', at('2026-03-17T12:00'));
    await occurrence.put('Start', at(start));
    expect(await fails(occurrence.call('Save'))).toBe(refused);
    await here().release();
    return id;
  };

  describe('members of recurrence patterns', () => {
    it.each(TYPES)('[EC27] every member can be read of a pattern of type %i', async (type) => {
      const { pattern } = await series(type, {}, false);
      for (const member of MEMBERS) expect(await fails(pattern.get(member))).toBe(false);
    });

    it('[EC28] a bad day, number of times or end is refused by its setter', async () => {
      const { pattern } = await series(MONTHLY, {}, false);
      expect([
        await fails(pattern.put('DayOfMonth', 32)),
        await fails(pattern.put('DayOfMonth', 0)),
        await fails(pattern.put('Occurrences', 0)),
        await fails(pattern.put('PatternEndDate', at('2020-01-01'))),
      ]).toEqual([true, true, true, true]);
    });

    it('[EC29] a number of times makes an end, and an end a number of times; endless again, there is none', async () => {
      const { pattern } = await series(DAILY, { Occurrences: 3 }, false);
      expect([await pattern.get('NoEndDate'), await pattern.get('PatternEndDate')]).toEqual([false, at('2026-03-12')]);
      await pattern.put('PatternEndDate', at('2026-03-14'));
      expect(await pattern.get('Occurrences')).toBe(5);
      await pattern.put('NoEndDate', true);
      expect(await pattern.get('NoEndDate')).toBe(true);
    });

    it('[EC32] a type alone takes its days from the start', async () => {
      const weekly = await series(WEEKLY, {}, false);
      const monthly = await series(MONTHLY, {}, false);
      const yearly = await series(5, {}, false);
      expect([
        await weekly.pattern.get('DayOfWeekMask'),
        await monthly.pattern.get('DayOfMonth'),
        await yearly.pattern.get('MonthOfYear'),
      ]).toEqual([4, 10, 3]);
    });

    it('[EC33] the 31st is the last day of shorter months', async () => {
      const start = { Subject: 'Last', Start: at('2026-01-31T12:00'), End: at('2026-01-31T12:30') };
      const item = await made(here().folder, 1, start, false);
      const pattern = await item.object('GetRecurrencePattern');
      await pattern.put('RecurrenceType', MONTHLY);
      await pattern.put('DayOfMonth', 31);
      await pattern.put('Occurrences', 3);
      await item.call('Save');
      const again = await (await fresh(here(), item)).object('GetRecurrencePattern');
      expect(await (await again.object('GetOccurrence', at('2026-02-28T12:00'))).get('Start')).toEqual(
        at('2026-02-28T12:00'),
      );
    });

    it('[EC35] an occurrence is found where it was moved, and not where it was', async () => {
      const id = await moved('2026-03-18T15:00', false);
      const later = await (await here().session.object('GetItemFromID', id)).object('GetRecurrencePattern');
      expect(await fails(later.call('GetOccurrence', at('2026-03-17T12:00')))).toBe(true);
      expect(await (await later.object('GetOccurrence', at('2026-03-18T15:00'))).get('Start')).toEqual(
        at('2026-03-18T15:00'),
      );
    });

    it('[EC37] a series that is held does not see what becomes of it; nor does what one gets meanwhile; later it does', async () => {
      const { item } = await series(WEEKLY, { Occurrences: 5 });
      const id = await item.get('EntryID');
      const held = await (await item.object('GetRecurrencePattern')).object('Exceptions');
      expect(await held.get('Count')).toBe(0);
      const again = await (await fresh(here(), item)).object('GetRecurrencePattern');
      await (await again.object('GetOccurrence', at('2026-03-17T12:00'))).call('Delete');
      const refetched = await (await fresh(here(), item)).object('GetRecurrencePattern');
      const told = [await held.get('Count'), await (await refetched.object('Exceptions')).get('Count')];
      expect(told).toEqual([0, 0]);
      await here().release();
      const later = await (await here().session.object('GetItemFromID', id)).object('GetRecurrencePattern');
      expect(await (await later.object('Exceptions')).get('Count')).toBe(1);
    });

    it('[EC53] a range finds a series that spans it, up to an end on its very start', async () => {
      await series(WEEKLY, { Occurrences: 4 });
      const single = { Subject: 'Ends at midnight', Start: at('2026-04-09T22:00'), End: at('2026-04-10T00:00') };
      await made(here().folder, 1, single);
      const items = await here().folder.object('Items');
      const found = async (from: string, to: string) =>
        (await items.object('Restrict', `[End] >= '${from}' AND [Start] < '${to}'`)).get('Count');
      expect([
        await found('2026-03-27', '2026-03-28'),
        await found('2026-04-10', '2026-04-11'),
        await found('2026-04-11', '2026-04-12'),
        await found('2026-02-01', '2026-02-02'),
      ]).toEqual([1, 1, 0, 0]);
    });

    it('[EC38] an occurrence cannot be moved onto the day of another, and stays where it was', async () => {
      const id = await moved('2026-03-24T15:00', true);
      const later = await (await here().session.object('GetItemFromID', id)).object('GetRecurrencePattern');
      expect(await (await later.object('Exceptions')).get('Count')).toBe(0);
    });

    it('[EC43] a series that does not ring has no occurrence that does', async () => {
      const { item } = await series(WEEKLY, { Occurrences: 3 });
      await item.put('ReminderSet', false);
      await item.call('Save');
      const pattern = await (await fresh(here(), item)).object('GetRecurrencePattern');
      expect(await (await pattern.object('GetOccurrence', at('2026-03-17T12:00'))).get('ReminderSet')).toBe(false);
    });
  });
}
