/** What users do to an event: on the server with any client, in Outlook in its own ways. */
import fc from 'fast-check';
import type { Event, Series } from '../../domain/event.ts';
import { addDays, addSeconds } from '../../domain/time-civil.ts';
import type { Appointment, BusyStatus, ResponseStatus, Sensitivity } from '../../outlook/model/appointment.ts';
import { dateOf, dayOf } from '../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../outlook/model/expand-pattern.ts';
import type { OutlookException, RecurrencePattern } from '../../outlook/model/recurrence-pattern.ts';
import type { VEventSeries } from '../../wire/calendar.ts';
import { bluemindEvent } from '../bluemind/event/event.ts';
import { seriesList, words } from './arbitrary-event.ts';
import { EVERY_LABEL, readValue } from './event-world.ts';

/** `from`: what a counterexample must show to be understood. */
export type Edit =
  | {
      readonly on: 'server';
      readonly what: string;
      readonly from: unknown;
      readonly edit: (value: VEventSeries) => VEventSeries;
    }
  | { readonly on: 'outlook'; readonly what: string; readonly edit: (item: Appointment) => Appointment };

const EVENT_FIELDS = [
  'title',
  'location',
  'body',
  'reminders',
  'busy',
  'privacy',
  'importance',
  'categories',
  'organizer',
  'attendees',
  'cancelled',
  'url',
  'conference',
  'files',
  'when',
] as const satisfies readonly (keyof Event)[];
const SERIES_FIELDS = ['recurrence', 'excluded', 'added', 'exceptions'] as const satisfies readonly (keyof Series)[];

/** On the server: a part of the event becomes that of another one. */
const serverEdits: fc.Arbitrary<Edit> = fc
  .tuple(seriesList, fc.constantFrom(...EVENT_FIELDS, ...SERIES_FIELDS, 'all' as const))
  .map(([donor, what]) => ({ on: 'server', what, from: donor, edit: (value) => serverEdit(value, donor, what) }));

function serverEdit(
  value: VEventSeries,
  donor: Series,
  what: (typeof EVENT_FIELDS)[number] | (typeof SERIES_FIELDS)[number] | 'all',
): VEventSeries {
  const series = readValue(value);
  if (what === 'all') return bluemindEvent.write(value, { ...donor, uid: series.uid }, EVERY_LABEL);
  // An event of neither a series nor an occurrence is none.
  if (series.main === undefined && donor.exceptions.length === 0) return value;
  const isField = (name: string): name is (typeof EVENT_FIELDS)[number] =>
    (EVENT_FIELDS as readonly string[]).includes(name);
  if (!isField(what)) return bluemindEvent.write(value, { ...series, [what]: donor[what] }, EVERY_LABEL);
  const from = donor.main ?? donor.exceptions[0]?.event;
  if (series.main === undefined || from === undefined) return value;
  return bluemindEvent.write(value, { ...series, main: { ...series.main, [what]: from[what] } }, EVERY_LABEL);
}

/** A day among the first of a series. */
const nth = fc.nat(6);

const outlookEdits: fc.Arbitrary<Edit> = fc
  .oneof(
    fc.record({ subject: words }),
    fc.record({ location: words }),
    fc.record({ body: fc.constantFrom('', 'written in Outlook\r\n', 'two\r\nlines') }),
    fc.record({ busyStatus: fc.constantFrom<BusyStatus>(0, 1, 2, 3, 4) }),
    fc.record({ sensitivity: fc.constantFrom<Sensitivity>(0, 1, 2, 3) }),
    fc.record({ importance: fc.constantFrom(0 as const, 1 as const, 2 as const) }),
    fc.record({ categories: fc.constantFrom(['Work'], ['work', 'Home'], []) }),
    fc.record({ reminderSet: fc.boolean(), reminderMinutes: fc.constantFrom(0, 10, 600) }),
  )
  .map(
    (members): Edit => ({
      on: 'outlook',
      what: Object.keys(members).join(),
      edit: (item) => ({ ...item, ...members }),
    }),
  );

const answers: fc.Arbitrary<Edit> = fc.constantFrom<ResponseStatus>(2, 3, 4).map((response) => ({
  on: 'outlook',
  what: 'answer',
  edit: (item) =>
    item.meetingStatus === 3
      ? { ...item, responseStatus: response }
      : { ...item, recipients: item.recipients.map((one) => ({ ...one, response })) },
}));

/** The user writes above or below what is there. */
const writing: fc.Arbitrary<Edit> = fc.boolean().map((above) => ({
  on: 'outlook',
  what: 'text',
  edit: (item) => ({ ...item, body: above ? `above\r\n${item.body}` : `${item.body}\r\nbelow` }),
}));

const moving: fc.Arbitrary<Edit> = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 30, -45))
  .map(([days, minutes]) => ({
    on: 'outlook',
    what: 'time',
    edit: (item) => {
      if (item.recurrence !== undefined) return item;
      const by = days * 86_400 + (item.allDay ? 0 : minutes * 60);
      return { ...item, start: addSeconds(item.start, by), end: addSeconds(item.end, by) };
    },
  }));

const zoning: fc.Arbitrary<Edit> = fc
  .constantFrom('Romance Standard Time', 'Eastern Standard Time', 'UTC')
  .map((zone) => ({
    on: 'outlook',
    what: 'zone',
    edit: (item) => (item.allDay || item.recurrence !== undefined ? item : { ...item, startZone: zone, endZone: zone }),
  }));

const removing: fc.Arbitrary<Edit> = nth.map((at) => ({
  on: 'outlook',
  what: 'remove occurrence',
  edit: (item) =>
    onOccurrence(item, at, (recurrence, date) => ({
      ...recurrence,
      deleted: [...new Set([...recurrence.deleted, date])].sort(),
      exceptions: recurrence.exceptions.filter(({ originalStart }) => originalStart.slice(0, 10) !== date),
    })),
}));

/** An occurrence gets another title, and perhaps another time of its day. */
const changing: fc.Arbitrary<Edit> = fc.tuple(nth, fc.constantFrom('A', 'B'), fc.constantFrom(0, 15, -30)).map(
  ([at, subject, minutes]): Edit => ({
    on: 'outlook',
    what: 'change occurrence',
    edit: (item) =>
      onOccurrence(item, at, (recurrence, date) => {
        const originalStart = addSeconds(`${date}T00:00:00`, recurrence.startMinutes * 60);
        const there = recurrence.exceptions.find((exception) => exception.originalStart === originalStart);
        const plain: OutlookException = {
          originalStart,
          start: originalStart,
          end: addSeconds(originalStart, recurrence.durationMinutes * 60),
        };
        const before = there ?? plain;
        const start = addSeconds(before.start, minutes * 60);
        const fits =
          !item.allDay && start.slice(0, 10) === before.start.slice(0, 10) && before.end.slice(0, 10) === date;
        const times = fits ? { start, end: addSeconds(start, Math.min(recurrence.durationMinutes, 20) * 60) } : {};
        const changed = { ...before, ...times, subject };
        const others = recurrence.exceptions.filter((exception) => exception !== there);
        const exceptions = [...others, changed].sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1));
        return { ...recurrence, exceptions };
      }),
  }),
);

/** Changes the recurrence at its nth occurrence that is there. */
function onOccurrence(
  item: Appointment,
  at: number,
  change: (recurrence: RecurrencePattern, date: string) => RecurrencePattern,
): Appointment {
  const { recurrence } = item;
  if (recurrence === undefined) return item;
  const from = dayOf(recurrence.firstDate);
  const dates = occurrenceDays(recurrence, from, from + 4000, 60)
    .map(dateOf)
    .filter((date) => !recurrence.deleted.includes(date));
  const date = dates[at];
  // The last occurrence of a series cannot be removed in Outlook.
  return date === undefined || dates.length < 2 ? item : { ...item, recurrence: change(recurrence, date) };
}

/** A rule made anew in Outlook, which forgets its exceptions with it. */
const repeating: fc.Arbitrary<Edit> = fc
  .tuple(fc.constantFrom('daily', 'weekly', 'none'), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 9 }))
  .map(([type, interval, occurrences]) => ({
    on: 'outlook',
    what: 'rule',
    edit: (item) => {
      if (type === 'none') return { ...item, recurrence: undefined };
      const minutes = minutesOf(item);
      // Outlook takes no occurrences that overlap, and its own form no zones that differ.
      if (minutes > 1440 || item.startZone !== item.endZone) return item;
      const firstDate = item.start.slice(0, 10);
      return {
        ...item,
        recurrence: {
          pattern:
            type === 'daily'
              ? { type: 'daily', interval }
              : { type: 'weekly', interval: 1, dayOfWeekMask: 1 << ((dayOf(firstDate) + 1) % 7) },
          firstDate,
          end: { kind: 'count', occurrences },
          firstDayOfWeek: 1,
          startMinutes: Number(item.start.slice(11, 13)) * 60 + Number(item.start.slice(14, 16)),
          durationMinutes: minutes,
          deleted: [],
          exceptions: [],
        },
      };
    },
  }));

function minutesOf({ start, end }: Appointment): number {
  const days = dayOf(end) - dayOf(start);
  return days * 1440 + clock(end) - clock(start);
}

function clock(wall: string): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** A day more or less of whole days. */
const lengthening: fc.Arbitrary<Edit> = fc.constant({
  on: 'outlook',
  what: 'whole days',
  edit: (item) =>
    item.recurrence !== undefined
      ? item
      : {
          ...item,
          allDay: true,
          start: `${item.start.slice(0, 10)}T00:00:00`,
          end: `${addDays(item.end.slice(0, 10), 1)}T00:00:00`,
          startZone: 'Romance Standard Time',
          endZone: 'Romance Standard Time',
        },
} satisfies Edit);

/** Anything that one user does at once. */
export const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: serverEdits },
  { weight: 3, arbitrary: outlookEdits },
  { weight: 4, arbitrary: fc.oneof(answers, writing, moving, zoning, lengthening) },
  { weight: 4, arbitrary: fc.oneof(removing, changing, changing, repeating) },
);
