/** Random calendars read twice: with a table that tells part of each item, and by the items alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../base/testing/runs.ts';
import type { EmulatorSwitches } from './emulator/switches.ts';
import { emulatedOutlook } from './emulator/testing/world.ts';
import type { Appointment } from './model/appointment.ts';
import { outlookSide } from './side.ts';
import { folderId } from './side-session.ts';
import { openBench } from './testing/bench.ts';
import { PLAIN_APPOINTMENTS } from './testing/plain-kinds.ts';
import { sampleAppointment, weekly } from './testing/samples.ts';

const HERE = { windows: 'Romance Standard Time', iana: 'Europe/Paris' };
const THERE = { windows: 'Eastern Standard Time', iana: 'America/New_York' };
const ZONES = [HERE.windows, HERE.windows, HERE.windows, THERE.windows, 'Tokyo Standard Time'];

const switches: fc.Arbitrary<Partial<EmulatorSwitches>> = fc.record({
  textCut: fc.constantFrom('characters', 'utf16Bytes', 'utf8Bytes'),
  bodyColumn: fc.constantFrom('served', 'served', 'refused', 'empty', 'otherEnd'),
  localColumns: fc.constantFrom('rules', 'rules', 'today'),
  arrayOrder: fc.constantFrom('rowColumn', 'columnRow'),
  missingCell: fc.constantFrom('null', 'error'),
  shortTermEntryIds: fc.boolean(),
  noLongTermEntryIds: fc.boolean(),
});

const bodies = fc.oneof(
  fc.constantFrom('', 'Agenda', 'One\r\nTwo', 'Agenda \t', ' \r\n'),
  fc
    .tuple(fc.constantFrom('x', 'é', '漢', 'a\r\n'), fc.constantFrom(60, 126, 127, 128, 180, 254, 255, 256, 700))
    .map(([piece, length]) => piece.repeat(length).slice(0, length).trimEnd()),
);

/** Hours of days about the changes of the clocks in Paris and New York, and of plain ones. */
const starts = fc
  .tuple(
    fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-20', '2026-01-15', '2031-07-01', '1995-09-25'),
    fc.nat(23),
  )
  .map(([day, hour]) => `${day}T${String(hour).padStart(2, '0')}:30:00`);

const appointments: fc.Arbitrary<Appointment> = fc
  .record({
    body: bodies,
    start: starts,
    zone: fc.constantFrom(...ZONES),
    how: fc.constantFrom('day', 'series', 'once', 'once'),
  })
  .map(({ body, start, zone, how }) => {
    const day = start.slice(0, 10);
    const zones = { startZone: zone, endZone: zone };
    if (how === 'day')
      return sampleAppointment({ body, allDay: true, start: `${day}T00:00:00`, end: `${nextDay(day)}T00:00:00` });
    const end = `${start.slice(0, 13)}:45:00`;
    const startMinutes = Number(start.slice(11, 13)) * 60 + 30;
    const recurrence = weekly({
      firstDate: day,
      startMinutes,
      durationMinutes: 15,
      pattern: { type: 'daily', interval: 7 },
    });
    return sampleAppointment({ body, start, end, ...zones, ...(how === 'series' ? { recurrence } : {}) });
  });

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

test('[EO52] [EO101] [EO102] [EO103] what is read by way of a table is what the items themselves say', async () => {
  const worlds = fc.record({
    switches,
    items: fc.array(appointments, { minLength: 1, maxLength: 14 }),
    store: fc.constantFrom('pst', 'exchange'),
    moves: fc.boolean(),
  });
  const property = fc.asyncProperty(worlds, async (world) => {
    const outlook = emulatedOutlook({ profile: { storeKind: world.store, zone: HERE } });
    const { executor, clock } = outlook;
    const pause = async () => clock.advance(3000);
    const bench = await openBench({ executor, pause, dispose: async () => {} }, 'calendar');
    const folder = folderId({ entryId: bench.folderId, storeId: bench.storeId });
    for (const item of world.items) await bench.writeAppointment(item);
    await pause();
    if (world.moves) outlook.relocate({ zone: THERE });
    outlook.set(world.switches);
    const seen = async (tableFrom: number) => {
      const side = outlookSide({ executor, kind: PLAIN_APPOINTMENTS, clock, tableFrom });
      const view = await side.view(folder, new Map(), undefined);
      await side.close();
      return { ...view, moved: [...view.moved].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    };
    try {
      const byItems = await seen(Number.POSITIVE_INFINITY);
      expect(byItems.moved.length).toBe(world.items.length);
      expect(await seen(1)).toEqual(byItems);
    } finally {
      outlook.close();
    }
  });
  await fc.assert(property, runs(40));
});
