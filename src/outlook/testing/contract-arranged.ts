import { afterEach, describe, expect, it } from 'vitest';
import { must } from '../../base/assert.ts';
import { isFailure } from '../../base/failure.ts';
import { LOW } from '../program/errors.ts';
import type { OutlookDate, OutlookValue, Step } from '../program/program.ts';
import { type Arrange, type ArrangedBehaviour, type Arrangement, leftOut } from './arrange.ts';
import type { Bench } from './bench.ts';
import { at, fails, fresh, type Live, type LiveWorld, liveWorld, lowOf, made } from './live.ts';
import type { ContractSupports } from './outlook-contract.ts';
import { sampleAppointment } from './samples.ts';

const NOON = { Subject: 'Noon', Start: at('2026-03-10T12:00'), End: at('2026-03-10T12:30') };
const RECURRENCE = 'http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/82160102';
const SIGNAL = 'http://schemas.microsoft.com/mapi/id/{00062008-0000-0000-C000-000000000046}/85600040';
const UNKNOWN_ID = `${'0'.repeat(40)}00ABCDEF`;
const OUTBOX = 4;

/** What a calendar shows of an Outlook to which something has happened, see `arrange.ts`. */
export function arrangedContract(bench: () => Bench, supports: ContractSupports): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  const arrange = (): Arrange => must(bench().arrange, 'an Outlook that can be told what to do');
  const happen = (arrangement: Arrangement) => arrange().happen(arrangement);
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  const behaviour = (name: ArrangedBehaviour, title: string, show: () => Promise<void>) => {
    const reason = leftOut(supports, name);
    it.skipIf(reason !== undefined)(`[${name}] ${title}${reason === undefined ? '' : ` (left out: ${reason})`}`, show);
  };
  const appointment = (members: Readonly<Record<string, OutlookValue>> = NOON, save = true) =>
    made(here().folder, 1, members, save);
  const idOf = async (item: Live) => String(await item.get('EntryID'));
  /** A series of this kind, saved; nothing of it is held any more. */
  const series = async (type: number, members: Readonly<Record<string, OutlookValue>>): Promise<string> => {
    const item = await appointment(NOON, false);
    const pattern = await item.object('GetRecurrencePattern');
    for (const [name, value] of Object.entries({ RecurrenceType: type, ...members })) await pattern.put(name, value);
    await item.call('Save');
    const id = await idOf(item);
    await here().release();
    return id;
  };
  const opened = (id: string) => here().session.object('GetItemFromID', id);
  const patternOf = async (id: string) => (await opened(id)).object('GetRecurrencePattern');
  const steps = (all: readonly Step[]) => bench().executor.run({ label: 'arranged', steps: all, returns: [] });
  const open = (ids: readonly string[]): Step[] => [
    { do: 'get', on: 'application', member: 'Session', as: 'session' },
    ...ids.map((id, n): Step => ({ do: 'call', on: 'session', member: 'GetItemFromID', args: [id], as: `item${n}` })),
  ];
  const reminderOf = async (caption: string): Promise<Live> => {
    const reminders = await (await here().app()).object('Reminders');
    for (let at = Number(await reminders.get('Count')); at > 0; at--) {
      const reminder = await reminders.object('Item', at);
      if ((await reminder.get('Caption')) === caption) return reminder;
    }
    return expect.fail(`no reminder of ${caption}`);
  };
  const waiting = async () =>
    (await (await here().session.object('GetDefaultFolder', OUTBOX)).object('Items')).get('Count');

  describe('an Outlook to which something has happened', () => {
    behaviour('EC6', 'an item of another program may have no calendar-world id', async () => {
      const id = await bench().writeAppointment(sampleAppointment());
      await happen({ do: 'damage', entryId: id, what: 'globalId' });
      const { value } = (await bench().appointment(id)).snapshot;
      expect([value.globalId, value.subject]).toEqual(['', sampleAppointment().subject]);
    });

    behaviour('EC25', 'an attachment has no type of its own before its item is saved', async () => {
      const item = await appointment(NOON, false);
      const attachments = await item.object('Attachments');
      const attachment = await attachments.object('Add', await arrange().file('note.txt'));
      expect(await attachment.get('Type')).toBe(6);
      await item.call('Save');
      expect(await (await (await fresh(here(), item)).object('Attachments')).get('Count')).toBe(1);
    });

    behaviour('EC31', '"every weekday" may have the interval 0, and 1 over it is not saved', async () => {
      const id = await series(1, { DayOfWeekMask: 62 });
      const accessor = await (await opened(id)).object('PropertyAccessor');
      const bytes = (await accessor.call('GetProperty', RECURRENCE)) as Uint8Array;
      await here().release();
      await happen({ do: 'recurrence', entryId: id, bytes: bytes.with(4, 0x0a) });
      const item = await opened(id);
      const pattern = await item.object('GetRecurrencePattern');
      expect([await pattern.get('DayOfWeekMask'), await pattern.get('Interval')]).toEqual([62, 0]);
      await pattern.put('Interval', 1);
      expect(await fails(item.call('Save'))).toBe(true);
    });

    behaviour('EC39', 'an exception of a series in a foreign zone is not opened from the collection', async () => {
      const item = await appointment(NOON, false);
      const zones = await (await here().app()).object('TimeZones');
      const zone = await item.object('StartTimeZone');
      const foreign = (await zone.get('ID')) === 'Eastern Standard Time' ? 'UTC' : 'Eastern Standard Time';
      await item.put('StartTimeZone', (await zones.object('Item', foreign)).ref);
      await (await item.object('GetRecurrencePattern')).put('RecurrenceType', 0);
      await item.call('Save');
      const id = await idOf(item);
      await here().release();
      const next = (await (await opened(id)).get('Start')) as OutlookDate;
      const second = { date: next.date.replace(/^.{10}/, nextDay(next.date.slice(0, 10))) };
      const occurrence = await (await patternOf(id)).object('GetOccurrence', second);
      await occurrence.put('Subject', 'Other');
      await occurrence.call('Save');
      await here().release();
      const exceptions = await (await patternOf(id)).object('Exceptions');
      const exception = await exceptions.object('Item', 1);
      expect(await exception.get('OriginalDate')).toEqual(second);
      expect(await fails(exception.get('AppointmentItem'))).toBe(true);
    });

    behaviour('EC40', 'the collection may leave out an exception, which the connector reads all the same', async () => {
      const deleted = ['2026-03-11', '2026-03-12'];
      const id = await series(0, { Occurrences: 5 });
      for (const date of deleted)
        await (await (await patternOf(id)).object('GetOccurrence', at(`${date}T12:00`))).call('Delete');
      await here().release();
      await happen({ do: 'omittedExceptions', count: 1 });
      expect(await (await (await patternOf(id)).object('Exceptions')).get('Count')).toBe(1);
      await here().release();
      expect((await bench().appointment(id)).recurrence?.deleted).toEqual(deleted);
    });

    behaviour('EC45', 'a dismissed reminder of a series moves on and changes the item', async () => {
      const item = await (await here().app()).object('CreateItem', 1);
      await item.put('Subject', 'Rings');
      await item.call('Save');
      const { date } = (await item.get('LastModificationTime')) as OutlookDate;
      await item.put('Start', { date: minutesLater(`${date.slice(0, 17)}00`, 90) });
      await item.put('ReminderSet', true);
      await item.put('ReminderMinutesBeforeStart', 75);
      await (await item.object('GetRecurrencePattern')).put('RecurrenceType', 0);
      await item.call('Save');
      const id = await idOf(item);
      await here().release();
      const now = async () => {
        const live = await opened(id);
        const signal = await (await live.object('PropertyAccessor')).call('GetProperty', SIGNAL);
        return {
          signal: (signal as OutlookDate).date,
          changed: (await live.get('LastModificationTime')) as OutlookDate,
        };
      };
      const before = await now();
      await here().release();
      await happen({ do: 'wait', minutes: 20 });
      await (await reminderOf('Rings')).call('Dismiss');
      await here().release();
      const after = await now();
      expect(Date.parse(`${after.signal}Z`) - Date.parse(`${before.signal}Z`)).toBe(86_400_000);
      expect(after.changed.date > before.changed.date).toBe(true);
      await (await opened(id)).call('Delete');
    });

    behaviour('EC46', 'Send sends, and the guard stands before it', async () => {
      const item = await appointment({ ...NOON, MeetingStatus: 1 }, false);
      await (await item.object('Recipients')).call('Add', 'ann@other.test');
      await item.call('Save');
      const before = Number(await waiting());
      await happen({ do: 'guard', answer: 'deny' });
      expect(await fails(item.call('Send'))).toBe(true);
      await happen({ do: 'guard', answer: 'allow' });
      expect(await waiting()).toBe(before);
      await item.call('Send');
      expect(await waiting()).toBe(before + 1);
    });

    behaviour('EC50', 'the guard keeps people and texts from programs, and leaves the rest readable', async () => {
      const item = await appointment();
      await happen({ do: 'guard', answer: 'deny' });
      const guarded = ['Body', 'RTFBody', 'Organizer', 'RequiredAttendees', 'OptionalAttendees', 'PropertyAccessor'];
      const refused: (number | undefined)[] = [];
      for (const member of guarded) refused.push(await lowOf(item.get(member)));
      expect(refused).toEqual(guarded.map(() => LOW.denied));
      for (const member of ['Subject', 'Location', 'Start', 'Categories', 'ReminderSet', 'IsRecurring'])
        expect(await fails(item.get(member))).toBe(false);
      await happen({ do: 'guard', answer: 'allow' });
      expect(await fails(item.get('Body'))).toBe(false);
    });

    behaviour('EC55', 'a damaged item has no times, and its last change cannot be read', async () => {
      const id = await idOf(await appointment());
      await here().release();
      await happen({ do: 'damage', entryId: id, what: 'times' });
      const item = await opened(id);
      expect([await item.get('Subject'), await item.get('Start'), await item.get('End')]).toEqual(['Noon', null, null]);
      for (const member of ['LastModificationTime', 'StartTimeZone']) expect(await fails(item.get(member))).toBe(true);
    });

    behaviour(
      'EC56',
      'errors have the same low bits and other high ones each time, and texts of their language',
      async () => {
        await happen({ do: 'chaoticErrors' });
        const codes = new Set<number>();
        const texts = new Set<string>();
        for (const locale of ['en-US', 'fr-FR', 'de-DE', 'en-US', 'fr-FR', 'de-DE'] as const) {
          await happen({ do: 'language', locale });
          const outcome = await steps(open([UNKNOWN_ID]));
          if (outcome.kind !== 'failed') expect.fail(outcome.kind);
          codes.add(outcome.hresult);
          texts.add(outcome.message);
        }
        expect([...codes].map((code) => code & 0xfffff)).toEqual([...codes].map(() => LOW.notFound));
        expect([codes.size > 1, texts.size]).toEqual([true, 3]);
      },
    );

    behaviour('EC57', 'above a number of open items calls fail; released ones make room', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 3; n++) ids.push(await idOf(await appointment()));
      await here().release();
      await happen({ do: 'openItems', most: 2 });
      expect(await steps(open(ids))).toMatchObject({
        kind: 'failed',
        hresult: expect.toSatisfy((code) => (code & 0xfffff) === 0x40305),
      });
      expect(await steps(open(ids.slice(1)))).toMatchObject({ kind: 'done' });
    });

    behaviour('EC58', 'a busy Outlook is asked again; one that was closed stays away', async () => {
      await happen({ do: 'busy', calls: 3 });
      expect(await steps(open([]))).toMatchObject({ kind: 'done' });
      const held = await here().folder.object('Items');
      await bench().close();
      await happen({ do: 'quit' });
      for (const _again of [1, 2]) {
        const error = await held.get('Count').catch((thrown: unknown) => thrown);
        expect(isFailure(error, 'OUTLOOK_UNAVAILABLE')).toBe(true);
      }
    });

    behaviour('EC60', 'the last change may lie before the moment of the own save', async () => {
      const item = await appointment(NOON, false);
      await happen({ do: 'lateModification', seconds: 2 });
      await item.call('Save');
      const shown = ((await item.get('LastModificationTime')) as OutlookDate).date;
      const id = await idOf(item);
      await here().release();
      const told = ((await (await opened(id)).get('LastModificationTime')) as OutlookDate).date;
      expect(Date.parse(`${shown}Z`) - Date.parse(`${told}Z`)).toBe(2000);
    });
  });
}

function minutesLater(wall: string, minutes: number): string {
  return new Date(Date.parse(`${wall}Z`) + minutes * 60_000).toISOString().slice(0, 19);
}

function nextDay(date: string): string {
  return minutesLater(`${date}T00:00:00`, 1440).slice(0, 10);
}
