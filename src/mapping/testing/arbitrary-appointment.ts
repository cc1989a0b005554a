/** Random Outlook appointments, as a read of them may give: also in states that the connector would not make. */
import fc from 'fast-check';
import { addDays, addSeconds } from '../../domain/time-civil.ts';
import type {
  Appointment,
  BusyStatus,
  MeetingStatus,
  ResponseStatus,
  Sensitivity,
} from '../../outlook/model/appointment.ts';
import { dateOf, dayOf } from '../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../outlook/model/expand-pattern.ts';
import { TAG } from '../../outlook/model/named-properties.ts';
import type {
  OutlookException,
  Pattern,
  PatternEnd,
  RecurrencePattern,
} from '../../outlook/model/recurrence-pattern.ts';
import { walls, words } from './arbitrary-event.ts';

const windowsZones = fc.constantFrom(
  'Romance Standard Time',
  'W. Europe Standard Time',
  'Eastern Standard Time',
  'India Standard Time',
  'UTC',
);
const addresses = fc.constantFrom('me@acme.test', 'ann@acme.test', 'BOB@acme.test', '');
const responses = fc.constantFrom<ResponseStatus>(0, 1, 2, 3, 4, 5);
const masks = fc.integer({ min: 1, max: 127 });

const patterns: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ type: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ type: fc.constant('weekly' as const), interval: fc.integer({ min: 0, max: 3 }), dayOfWeekMask: masks }),
  fc.record({
    type: fc.constant('monthly' as const),
    interval: fc.integer({ min: 1, max: 14 }),
    dayOfMonth: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    type: fc.constant('monthNth' as const),
    interval: fc.integer({ min: 1, max: 3 }),
    dayOfWeekMask: masks,
    instance: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    type: fc.constant('yearly' as const),
    interval: fc.integer({ min: 1, max: 2 }),
    monthOfYear: fc.integer({ min: 1, max: 12 }),
    dayOfMonth: fc.integer({ min: 1, max: 28 }),
  }),
  fc.record({
    type: fc.constant('yearNth' as const),
    interval: fc.constant(1),
    monthOfYear: fc.integer({ min: 1, max: 12 }),
    dayOfWeekMask: masks,
    instance: fc.integer({ min: 1, max: 5 }),
  }),
);

const singles: fc.Arbitrary<Appointment> = fc
  .record({
    subject: words,
    location: words,
    body: fc.constantFrom(
      '',
      'a\r\nb\r\n',
      'two  blanks ',
      'a\r\n\r\n----- BlueMind -----\r\nPage: https://acme.test/e/9 <https://acme.test/e/9>\r\n--------------------\r\n',
      '----- BlueMind -----\r\nPage: https://acme.test/e/9\r\nof the user\r\n--------------------\r\nbelow',
    ),
    allDay: fc.boolean(),
    start: walls,
    minutes: fc.nat(3000),
    startZone: windowsZones,
    endZone: windowsZones,
    sameZone: fc.boolean(),
    busyStatus: fc.constantFrom<BusyStatus>(0, 1, 2, 3, 4),
    sensitivity: fc.constantFrom<Sensitivity>(0, 1, 2, 3),
    importance: fc.constantFrom(0 as const, 1 as const, 2 as const),
    categories: fc.uniqueArray(fc.constantFrom('Work', 'work', 'a, b', ' Été '), { maxLength: 3 }),
    reminderSet: fc.boolean(),
    reminderMinutes: fc.constantFrom(0, 15, 1080),
    meetingStatus: fc.constantFrom<MeetingStatus>(0, 1, 3, 5, 7),
    responseStatus: responses,
    organizer: fc.option(fc.record({ name: fc.constantFrom('Me', 'Ann'), address: addresses }), { nil: undefined }),
    recipients: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('Me', 'Ann', 'Room'),
        address: addresses,
        type: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
        response: responses,
      }),
      { maxLength: 3, selector: (recipient) => recipient.address.toLowerCase() || recipient.name },
    ),
    tags: fc.record(
      {
        [TAG.token]: fc.constant('t1'),
        [TAG.zones]: fc.constantFrom(
          'Europe/Paris|Europe/Paris',
          'Europe/Berlin|Europe/Berlin',
          'Asia/Calcutta|America/New_York',
          'odd',
        ),
        [TAG.floating]: fc.constantFrom('Romance Standard Time', 'UTC'),
        [TAG.uid]: fc.constant('u1'),
        [TAG.note]: fc.constantFrom(
          '{"u":"https://acme.test/e/9","f":[["a.pdf","https://acme.test/f/1"]],"l":["Page: https://acme.test/e/9"]}',
          '{"l":["Page: https://acme.test/e/9","File: a.pdf https://acme.test/f/1"]}',
          'odd',
        ),
      },
      { requiredKeys: [] },
    ),
    globalId: fc.constantFrom(
      '',
      '040000008200E00074C5B7101A82E00800000000000000000000000000000000000000001000000072431A5051B5244193A263ED04391A3B',
    ),
  })
  .map(({ minutes, sameZone, ...rest }): Appointment => {
    const midnight = `${rest.start.slice(0, 10)}T00:00:00`;
    const start = rest.allDay ? midnight : rest.start;
    const end = rest.allDay
      ? `${addDays(rest.start.slice(0, 10), 1 + (minutes % 4))}T00:00:00`
      : addSeconds(start, minutes * 60);
    return {
      ...rest,
      start,
      end,
      endZone: sameZone ? rest.startZone : rest.endZone,
      recurrence: undefined,
      tags: definedOf(rest.tags),
    };
  });

function definedOf(tags: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

type Change = {
  readonly at: number;
  readonly minutes: number;
  readonly subject: string | undefined;
  readonly busyStatus: BusyStatus | undefined;
};
const changes: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(6),
  minutes: fc.integer({ min: -60, max: 60 }),
  subject: fc.option(
    words.map((text) => text.slice(0, 50)),
    { nil: undefined },
  ),
  busyStatus: fc.option(fc.constantFrom<BusyStatus>(0, 2, 3), { nil: undefined }),
});

const series: fc.Arbitrary<Appointment> = fc
  .tuple(
    singles,
    patterns,
    fc.integer({ min: 0, max: 12 }),
    fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
    fc.uniqueArray(changes, { maxLength: 2, selector: ({ at }) => at }),
    fc.constantFrom(0, 1),
  )
  .map(([item, pattern, count, removed, changed, firstDayOfWeek]): Appointment => {
    const from = item.start.slice(0, 10);
    const draft = { pattern, firstDate: from, firstDayOfWeek, end: { kind: 'never' } as const };
    const [first, second] = occurrenceDays(draft, dayOf(from), dayOf(from) + 20_000, 2);
    if (first === undefined || second === undefined) return item;
    const firstDate = dateOf(first);
    const shift = (first - dayOf(from)) * 86_400;
    // Occurrences do not overlap, and exceptions here do not reach their neighbours.
    const minutes = item.allDay ? 1440 : Math.min(240, (second - first) * 1440 - 300);
    const start = addSeconds(item.start, shift);
    const end: PatternEnd = count === 0 ? { kind: 'never' } : { kind: 'count', occurrences: count };
    const rule = { pattern, firstDate, firstDayOfWeek, end };
    const days = occurrenceDays(rule, first, first + 20_000, 7).map(dateOf);
    const startMinutes = Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
    const deleted = removed
      .flatMap((at) => days[at] ?? [])
      .filter((date) => !changed.some(({ at }) => days[at] === date));
    const exceptions = item.allDay
      ? []
      : changed.flatMap((change) => exceptionOf(days[change.at], change, { startMinutes, minutes }));
    const recurrence: RecurrencePattern = {
      ...rule,
      startMinutes,
      durationMinutes: minutes,
      deleted: deleted.sort(),
      exceptions: exceptions.sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1)),
    };
    return { ...item, start, end: addSeconds(start, minutes * 60), endZone: item.startZone, recurrence };
  });

function exceptionOf(
  date: string | undefined,
  change: Change,
  usual: { readonly startMinutes: number; readonly minutes: number },
): readonly OutlookException[] {
  if (date === undefined) return [];
  const originalStart = addSeconds(`${date}T00:00:00`, usual.startMinutes * 60);
  // Within the day, so that no neighbour is passed.
  const moved = Math.min(1439, Math.max(0, usual.startMinutes + change.minutes)) - usual.startMinutes;
  const start = addSeconds(originalStart, moved * 60);
  const end = addSeconds(start, Math.min(usual.minutes, 30) * 60);
  return [
    {
      originalStart,
      start,
      end,
      ...(change.subject === undefined ? {} : { subject: change.subject }),
      ...(change.busyStatus === undefined ? {} : { busyStatus: change.busyStatus }),
    },
  ];
}

/** Single appointments. */
export const appointments: fc.Arbitrary<Appointment> = singles;
/** Appointments of every kind. */
export const items: fc.Arbitrary<Appointment> = fc.oneof(singles, series);
