import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import type { Appointment } from '../../model/appointment.ts';
import { dayOf, minutesOf, wallOf } from '../../model/day-number.ts';
import { occurrenceDays } from '../../model/expand-pattern.ts';
import type { OutlookException, RecurrencePattern } from '../../model/recurrence-pattern.ts';
import { patterns } from '../../model/testing/arbitraries.ts';
import { openBench } from '../../testing/bench.ts';
import { emulatedOutlook } from '../testing/world.ts';
import { mayLie } from './placement.ts';

const options = runs(15);

const HERE = 'Romance Standard Time';
const ZONES = [HERE, HERE, 'Eastern Standard Time', 'UTC', 'Tokyo Standard Time', 'AUS Eastern Standard Time'] as const;

/** What the appointments have in common: of other members an exception may differ. */
const PLAIN = {
  subject: 'Planning',
  location: 'Here',
  body: 'Body',
  busyStatus: 2,
  sensitivity: 0,
  importance: 1,
  categories: ['Work'],
  reminderSet: true,
  reminderMinutes: 10,
  meetingStatus: 0,
  responseStatus: 0,
  organizer: undefined,
  recipients: [],
  globalId: '',
  tags: {},
} as const;

/** Appointments that Outlook can hold: occurrences do not overlap, weeks begin as the emulated Outlook has them. */
function appointments(): fc.Arbitrary<Appointment> {
  const series = patterns().filter(({ pattern, firstDayOfWeek }) => pattern.type !== 'weekly' || firstDayOfWeek === 0);
  const length = fc.integer({ min: 0, max: 1400 });
  const moves = fc.array(fc.integer({ min: -600, max: 600 }), { minLength: 6, maxLength: 6 });
  return fc
    .record({ series, zone: fc.constantFrom(...ZONES), allDay: fc.boolean(), single: fc.boolean(), length, moves })
    .map(({ series, zone, allDay, single, length, moves }) => {
      const startMinutes = allDay ? 0 : series.startMinutes;
      const durationMinutes = allDay ? 1440 : length;
      const start = wallOf(dayOf(series.firstDate) * 1440 + startMinutes);
      const zones = allDay ? { startZone: HERE, endZone: HERE } : { startZone: zone, endZone: zone };
      const shape = { ...series, startMinutes, durationMinutes, firstDayOfWeek: 0, exceptions: [] };
      const recurrence = { ...shape, exceptions: allDay ? [] : exceptionsOf(series, shape, moves) };
      const end = wallOf(minutesOf(start) + durationMinutes);
      return { ...PLAIN, ...zones, allDay, start, end, recurrence: single ? undefined : recurrence };
    });
}

/** Exceptions that say something, some of them moved as far as their neighbours let them. */
function exceptionsOf(
  from: RecurrencePattern,
  series: RecurrencePattern,
  moves: readonly number[],
): OutlookException[] {
  return from.exceptions.flatMap(({ originalStart, subject, location, busyStatus }, index) => {
    const original = wallOf(dayOf(originalStart) * 1440 + series.startMinutes);
    const moved = wallOf(minutesOf(original) + (moves[index] ?? 0));
    const end = wallOf(minutesOf(moved) + series.durationMinutes);
    const days = occurrenceDays(series, dayOf(original) - 3, dayOf(original) + 3, 9).length;
    const lies = days === 1 && mayLie(series, { original, start: moved, end });
    const at = lies
      ? { start: moved, end }
      : { start: original, end: wallOf(minutesOf(original) + series.durationMinutes) };
    const differing = Object.entries({ subject, location, busyStatus }).filter(
      ([name, value]) => value !== undefined && value !== PLAIN[name as keyof typeof PLAIN],
    );
    if (differing.length === 0 && at.start === original) return [];
    return [{ originalStart: original, ...at, ...Object.fromEntries(differing) }];
  });
}

it('[EC36] whatever is written by programs is read back, new and over anything else', async () => {
  const emulator = emulatedOutlook();
  const outlook = {
    executor: emulator.executor,
    pause: () => emulator.clock.sleep(5000),
    dispose: async () => undefined,
  };
  const bench = await openBench(outlook, 'calendar');
  const read = async (id: string) => {
    const found = await bench.appointment(id);
    return { found, value: { ...found.snapshot.value, globalId: '' } };
  };
  await fc.assert(
    fc.asyncProperty(appointments(), appointments(), async (first, second) => {
      const id = await bench.writeAppointment(first);
      const { found, value } = await read(id);
      expect(value).toEqual(first);
      await bench.pause();
      await bench.writeAppointment({ ...second, globalId: found.snapshot.value.globalId }, found);
      expect((await read(id)).value).toEqual(second);
    }),
    options,
  );
  expect(emulator.executor.openObjects()).toBe(2);
});
