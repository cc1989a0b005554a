import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/utf8.ts';
import type { Appointment } from '../model/appointment.ts';
import { PATTERN_TYPE, readRecurrenceBlob } from '../model/recurrence-blob.ts';
import { patternOfBlob } from '../model/recurrence-meaning.ts';
import type { OutlookException, Pattern, RecurrencePattern } from '../model/recurrence-pattern.ts';
import { originalStart } from '../program/exception-order.ts';
import { openItem } from '../program/item-place.ts';
import { APPOINTMENT } from '../program/schema-names.ts';
import type { Bench } from './bench.ts';
import { sampleAppointment, weekly } from './samples.ts';

/** Every third day with two days deleted. @source MS-OXOCAL 4.1.1.3 */
const DAILY_WITH_DELETIONS =
  '043004300A2000000000A0050000E010000000000000212000000A0000000000000002000000A0C1DC0C80D2DC0C00000000207EDC0C0016DD0C0630000009300000E0010000FE01000000000000000000000000';
/** Monday, Thursday and Friday with one modified occurrence. @source MS-OXOCAL 4.1.1.3 (following page) */
const WEEKLY_WITH_EXCEPTION =
  '043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000A096BC0C8020BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C11002200210053696D706C6520526563757272656E6365207769746820657863657074696F6E730800070033342F34313431000000000400000000000000000000003499BC0C5299BC0CF898BC0C2100530069006D0070006C006500200052006500630075007200720065006E006300650020007700690074006800200065007800630065007000740069006F006E0073000700330034002F0034003100340031000000000000000000';

/** What series must do. */
export function recurrenceContract(bench: () => Bench): void {
  const store = (recurrence: RecurrencePattern, change: Partial<Appointment> = {}) =>
    bench().writeAppointment(seriesOf(recurrence, change));
  const recurrenceOf = async (entryId: string) => (await bench().appointment(entryId)).snapshot.value.recurrence;
  const stored = async (recurrence: RecurrencePattern, change: Partial<Appointment> = {}) =>
    comparable(await recurrenceOf(await store(recurrence, change)));
  const changed = async (from: RecurrencePattern, to: RecurrencePattern, change: Partial<Appointment> = {}) => {
    const id = await store(from, change);
    const before = await bench().appointment(id);
    await bench().writeAppointment({ ...before.snapshot.value, ...timesOf(to), recurrence: to }, before);
    return comparable(await recurrenceOf(id));
  };

  describe('rules', () => {
    const nth = { dayOfWeekMask: 4, instance: 2 };
    const rules: readonly (readonly [name: string, pattern: Pattern, firstDate: string])[] = [
      ['every third day', { type: 'daily', interval: 3 }, '2026-03-10'],
      ['every second week on Tuesday and Friday', { type: 'weekly', interval: 2, dayOfWeekMask: 36 }, '2026-03-10'],
      ['every workday', { type: 'weekly', interval: 1, dayOfWeekMask: 62 }, '2026-03-10'],
      ['the 31st of every month', { type: 'monthly', interval: 1, dayOfMonth: 31 }, '2026-03-31'],
      ['the second Tuesday of every other month', { type: 'monthNth', interval: 2, ...nth }, '2026-03-10'],
      ['the last weekday of a month', { type: 'monthNth', interval: 1, dayOfWeekMask: 62, instance: 5 }, '2026-03-31'],
      ['every 10 March', { type: 'yearly', interval: 1, monthOfYear: 3, dayOfMonth: 10 }, '2026-03-10'],
      ['every second Tuesday of March', { type: 'yearNth', interval: 1, monthOfYear: 3, ...nth }, '2026-03-10'],
    ];
    for (const [name, pattern, firstDate] of rules) {
      it(`[EC44] keeps ${name}, endless, counted and until a date`, async () => {
        const endless = weekly({ pattern, firstDate, end: { kind: 'never' } });
        const counted = weekly({ pattern, firstDate, end: { kind: 'count', occurrences: 7 } });
        expect([await stored(endless), await stored(counted)]).toEqual([comparable(endless), comparable(counted)]);
        const until = await stored(weekly({ pattern, firstDate, end: { kind: 'date', date: '2030-12-31' } }));
        expect(until).toMatchObject({ pattern, firstDate });
        expect(until?.end.kind).not.toBe('never');
      });
    }

    it('[EC30] every second year stays every second year, whichever way this Outlook counts', async () => {
      const pattern = { type: 'yearly', interval: 2, monthOfYear: 3, dayOfMonth: 10 } as const;
      const series = weekly({ pattern, end: { kind: 'never' } });
      expect((await changed(weekly(), series))?.pattern).toEqual(pattern);
    });

    it('an all-day series keeps its days', async () => {
      const series = weekly({ startMinutes: 0, durationMinutes: 2880 });
      const id = await store(series, { allDay: true, reminderSet: false });
      const { value } = (await bench().appointment(id)).snapshot;
      expect([value.allDay, comparable(value.recurrence)]).toEqual([true, comparable(series)]);
    });

    it('[H11] a series keeps its wall times in its own zone', async () => {
      const zones = { startZone: 'Eastern Standard Time', endZone: 'Eastern Standard Time' };
      const series = weekly();
      const id = await store(series, zones);
      const { value } = (await bench().appointment(id)).snapshot;
      expect([value.startZone, comparable(value.recurrence)]).toEqual(['Eastern Standard Time', comparable(series)]);
    });

    it('[EC64] a series is one row', async () => {
      await store(weekly({ deleted: ['2026-03-17'] }));
      expect((await bench().rows()).length).toBe(1);
    });

    it('[EC26] a single item becomes a series and a series a single item', async () => {
      const id = await bench().writeAppointment(sampleAppointment());
      const single = await bench().appointment(id);
      await bench().writeAppointment({ ...single.snapshot.value, recurrence: weekly() }, single);
      const series = await bench().appointment(id);
      expect(comparable(series.snapshot.value.recurrence)).toEqual(comparable(weekly()));
      const back = {
        ...series.snapshot.value,
        recurrence: undefined,
        start: '2026-03-17T09:00:00',
        end: '2026-03-17T10:00:00',
      };
      await bench().writeAppointment(back, series);
      const { value } = (await bench().appointment(id)).snapshot;
      expect([value.recurrence, value.start, value.end]).toEqual([
        undefined,
        '2026-03-17T09:00:00',
        '2026-03-17T10:00:00',
      ]);
    });

    it('a rule changes its days, its interval, its kind, its times and its end', async () => {
      const targets = [
        weekly({ pattern: { type: 'weekly', interval: 1, dayOfWeekMask: 20 } }),
        weekly({ pattern: { type: 'weekly', interval: 3, dayOfWeekMask: 4 } }),
        weekly({ pattern: { type: 'daily', interval: 2 } }),
        weekly({ startMinutes: 845, durationMinutes: 90 }),
        weekly({ firstDate: '2026-04-07' }),
        weekly({ end: { kind: 'never' } }),
        weekly({ end: { kind: 'count', occurrences: 3 } }),
      ];
      for (const target of targets) expect(await changed(weekly(), target)).toEqual(comparable(target));
    });

    it('a series with an end moves behind that end', async () => {
      const from = weekly({ end: { kind: 'date', date: '2026-04-14' } });
      const to = weekly({ firstDate: '2026-06-02', end: { kind: 'date', date: '2026-07-07' } });
      expect(await changed(from, to)).toMatchObject({ firstDate: '2026-06-02' });
      expect((await changed(from, to))?.end.kind).not.toBe('never');
    });

    it('a series moves to another zone and keeps its occurrences', async () => {
      const id = await store(weekly({ deleted: ['2026-03-17'] }));
      const before = await bench().appointment(id);
      const zone = 'Tokyo Standard Time';
      await bench().writeAppointment({ ...before.snapshot.value, startZone: zone, endZone: zone }, before);
      const { value } = (await bench().appointment(id)).snapshot;
      expect([value.startZone, comparable(value.recurrence)]).toEqual([
        zone,
        comparable(weekly({ deleted: ['2026-03-17'] })),
      ]);
    });
  });

  describe('occurrences', () => {
    const moved = (date: string, start: string, more: Partial<OutlookException> = {}): OutlookException => ({
      originalStart: `${date}T10:00:00`,
      start,
      end: `${start.slice(0, 11)}${String(Number(start.slice(11, 13)) + 1).padStart(2, '0')}${start.slice(13)}`,
      ...more,
    });

    it('[EC36] occurrences are deleted and modified', async () => {
      const series = weekly({
        deleted: ['2026-03-17', '2026-03-31'],
        exceptions: [moved('2026-03-24', '2026-03-25T15:00:00', { subject: 'Décalé', location: 'Ailleurs' })],
      });
      expect(await stored(series)).toEqual(comparable(series));
    });

    it('[EC41] an occurrence says differently whatever it can, its body too', async () => {
      const exception = moved('2026-03-24', '2026-03-24T10:00:00', {
        subject: 'Autre',
        location: 'Là',
        body: 'Un autre texte',
        busyStatus: 1,
        reminderSet: true,
        reminderMinutes: 45,
      });
      const read = await stored(weekly({ exceptions: [exception] }));
      const [one] = read?.exceptions ?? [];
      expect({ ...one, body: one?.body?.trimEnd() }).toMatchObject({
        subject: 'Autre',
        location: 'Là',
        body: 'Un autre texte',
        busyStatus: 1,
        reminderMinutes: 45,
      });
    });

    it('[H1] occurrences pass neither each other nor what was there, step by step', async () => {
      const from = weekly({
        exceptions: [moved('2026-03-10', '2026-03-12T10:00:00'), moved('2026-03-31', '2026-04-02T10:00:00')],
      });
      const to = weekly({
        deleted: ['2026-04-07'],
        exceptions: [
          moved('2026-03-10', '2026-03-14T10:00:00'),
          moved('2026-03-17', '2026-03-19T10:00:00'),
          moved('2026-03-24', '2026-03-20T10:00:00'),
          moved('2026-03-31', '2026-03-25T10:00:00'),
          moved('2026-04-14', '2026-04-01T10:00:00'),
        ],
      });
      expect(await changed(from, to)).toEqual(comparable(to));
    });

    it('[H2] an occurrence takes the slot of a deleted one', async () => {
      const to = weekly({ deleted: ['2026-03-17'], exceptions: [moved('2026-03-10', '2026-03-17T10:00:00')] });
      expect(await changed(weekly(), to)).toEqual(comparable(to));
      const further = weekly({ deleted: ['2026-03-17'], exceptions: [moved('2026-03-10', '2026-03-16T10:00:00')] });
      expect(await changed(to, further)).toEqual(comparable(further));
    });

    it('[H8] a modified occurrence becomes a plain one again, and the others stay', async () => {
      const other = moved('2026-03-31', '2026-04-01T10:00:00', { subject: 'Autre' });
      const from = weekly({ exceptions: [moved('2026-03-24', '2026-03-25T15:00:00', { subject: 'Décalé' }), other] });
      const to = weekly({ exceptions: [other] });
      expect(await changed(from, to)).toEqual(comparable(to));
    });

    it('[H8] a deleted occurrence comes back, and the others stay', async () => {
      const other = moved('2026-03-31', '2026-04-01T10:00:00', { subject: 'Autre' });
      const from = weekly({ deleted: ['2026-03-17', '2026-04-07'], exceptions: [other] });
      const to = weekly({ deleted: ['2026-04-07'], exceptions: [other] });
      expect(await changed(from, to)).toEqual(comparable(to));
    });

    it('[EC42] a changed rule keeps the occurrences that were asked for', async () => {
      const other = { originalStart: '2026-03-31T09:00:00', start: '2026-04-01T09:00:00', end: '2026-04-01T10:00:00' };
      const from = weekly({ exceptions: [moved('2026-03-24', '2026-03-25T15:00:00')] });
      const to = weekly({ startMinutes: 540, deleted: ['2026-03-17'], exceptions: [other] });
      expect(await changed(from, to)).toEqual(comparable(to));
    });

    it('[H4] a removed date on which nothing happens is no error', async () => {
      const read = await stored(weekly({ deleted: ['2026-03-17', '2026-03-18'] }));
      expect(read?.deleted).toContain('2026-03-17');
    });

    it('[EC34] occurrences of a series in another zone are found across the change of clocks', async () => {
      const zones = { startZone: 'Eastern Standard Time', endZone: 'Eastern Standard Time' };
      const series = weekly({
        deleted: ['2026-03-17', '2026-04-07'],
        exceptions: [moved('2026-03-24', '2026-03-24T22:00:00', { subject: 'Tard' })],
      });
      expect(await stored(series, zones)).toEqual(comparable(series));
    });
  });

  describe('the structure of a recurrence', () => {
    for (const [name, hex] of [
      ['deleted occurrences', DAILY_WITH_DELETIONS],
      ['a modified occurrence', WEEKLY_WITH_EXCEPTION],
    ] as const) {
      it(`[EC44] of the specification, with ${name}, comes out of its members byte for byte`, async () => {
        const recurrence = patternOfBlob(readRecurrenceBlob(fromHex(hex)));
        const subject = 'Simple Recurrence';
        const id = await store(recurrence, { subject });
        const values = await bench().do((run) => {
          const item = openItem(run, { entryId: id, storeId: bench().storeId }, 'AppointmentItem');
          const accessor = run.object(item, 'PropertyAccessor', 'PropertyAccessor');
          return [run.call(accessor, 'GetProperty', APPOINTMENT.recurrence)];
        });
        const written = values.GetProperty;
        expect(written instanceof Uint8Array && withoutUserOptions(toHex(written))).toBe(withoutUserOptions(hex));
      });
    }
  });
}

/** A whole series: times as its rule says. */
function seriesOf(recurrence: RecurrencePattern, change: Partial<Appointment>): Appointment {
  return sampleAppointment({ ...timesOf(recurrence), recurrence, ...change });
}

function timesOf(recurrence: RecurrencePattern): Pick<Appointment, 'start' | 'end'> {
  const start = originalStart(recurrence.startMinutes, recurrence.firstDate);
  const end = new Date(Date.parse(`${start}Z`) + recurrence.durationMinutes * 60_000).toISOString().slice(0, 19);
  return { start, end };
}

/** The first day of the week is the user's option and cannot be written. */
function comparable(recurrence: RecurrencePattern | undefined): RecurrencePattern | undefined {
  return recurrence === undefined ? undefined : { ...recurrence, firstDayOfWeek: 0 };
}

/**
 * The structure as a user has it whose weeks begin on Sunday: four bytes before the list of deletions, and what follows from
 * them, the first week of a weekly rule.
 */
function withoutUserOptions(hex: string): string {
  const blob = readRecurrenceBlob(fromHex(hex));
  const bytes = fromHex(hex);
  const firstDayOfWeek = 22 + blob.specific.length * 4 + 8;
  bytes.fill(0, firstDayOfWeek, firstDayOfWeek + 4);
  if (blob.patternType === PATTERN_TYPE.week) bytes.fill(0, 10, 14);
  return toHex(bytes);
}
