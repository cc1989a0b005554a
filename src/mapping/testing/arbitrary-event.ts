/** Random values of the domain's events: ordinary ones, and those at the edges of zones, days and lists. */
import fc from 'fast-check';
import type { Busy, Event, Exception, Importance, Privacy, Series } from '../../domain/event.ts';
import { expandRule } from '../../domain/expand-rule.ts';
import type { Attendee, Person } from '../../domain/person.ts';
import { type ByDay, NO_PARTS, type Recurrence, type SeriesEnd, type Weekday } from '../../domain/recurrence.ts';
import type { Reminder } from '../../domain/reminder.ts';
import type { RichText } from '../../domain/text.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from '../../domain/time.ts';
import { addDays, addSeconds, dateOf, secondsOf, wallOf } from '../../domain/time-civil.ts';
import { htmlText, plainText } from '../rich-text.ts';

export const zones: fc.Arbitrary<ZoneId | undefined> = fc.constantFrom(
  'Europe/Paris',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Calcutta',
  'Australia/Sydney',
  'Africa/Casablanca',
  'UTC',
  undefined,
);

/** Whole minutes, often on the days when European and American clocks change. */
export const walls: fc.Arbitrary<WallTime> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom('2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2024-02-29', '2025-12-31', '2026-01-31'),
      fc.integer({ min: 19_000, max: 23_000 }).map(dateOf),
    ),
    fc.oneof(fc.constantFrom(0, 120, 150, 180, 540, 1439), fc.nat(1439)),
  )
  .map(([date, minutes]) => addSeconds(`${date}T00:00:00`, minutes * 60));

export const dates: fc.Arbitrary<LocalDate> = walls.map((wall) => wall.slice(0, 10));

export const moments: fc.Arbitrary<Moment> = fc.record({ wall: walls, zone: zones });

export const whens: fc.Arbitrary<When> = fc.oneof(
  fc
    .tuple(dates, fc.integer({ min: 1, max: 12 }))
    .map(([start, days]): When => ({ kind: 'date', start, end: addDays(start, days) })),
  fc
    .tuple(moments, fc.nat(3000), fc.option(fc.constantFrom('America/New_York', 'Europe/Paris'), { freq: 6 }))
    .map(([start, minutes, zone]): When => {
      const wall = addSeconds(start.wall, minutes * 60 + (zone === null ? 0 : 86_400));
      return { kind: 'time', start, end: { wall, zone: start.zone && (zone ?? start.zone) } };
    }),
);

const letters = fc.constantFrom('a', 'B', 'é', ' ', '<', '&', ';', ',', '"', '漢', '🙂', '-', '\\');
export const words: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: letters, maxLength: 12 }),
  fc.constantFrom('', '---', 'Point', 'x'.repeat(300)),
);

export const texts: fc.Arbitrary<RichText> = fc.oneof(
  fc.string({ unit: fc.oneof(letters, fc.constant('\n')), maxLength: 20 }).map(plainText),
  fc.constantFrom('<p>agenda</p><p>two</p>', '<b>x</b> &amp; y<br>z', '<ul><li>a</li><li>b</li></ul>').map(htmlText),
);

export const reminderLists: fc.Arbitrary<readonly Reminder[]> = fc.uniqueArray(
  fc.record({
    minutes: fc.oneof(fc.constantFrom(0, 5, 15, 1080, 10_080), fc.integer({ min: -30, max: 5000 })),
    action: fc.constantFrom<Reminder['action']>('display', 'display', 'email', 'audio'),
  }),
  { maxLength: 3, selector: (reminder) => `${reminder.action}:${reminder.minutes}` },
);

const addresses = fc.constantFrom('ann@acme.test', 'Bob@acme.test', 'room4@acme.test', 'carl@else.test', '');
export const people: fc.Arbitrary<Person> = fc.record({
  name: fc.constantFrom('Ann', 'Bob', 'Room 4', ''),
  address: addresses,
});

export const attendeeLists: fc.Arbitrary<readonly Attendee[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('Ann', 'Bob', 'Room 4', 'Zoé', ''),
    address: addresses,
    role: fc.constantFrom<Attendee['role']>('required', 'optional', 'chair', 'none'),
    kind: fc.constantFrom<Attendee['kind']>('individual', 'group', 'resource', 'room', 'unknown'),
    response: fc.constantFrom<Attendee['response']>(
      'needsAction',
      'accepted',
      'declined',
      'tentative',
      'delegated',
      'completed',
    ),
  }),
  { maxLength: 4, selector: (attendee) => attendee.address.toLowerCase() || attendee.name },
);

export const categoryLists: fc.Arbitrary<readonly string[]> = fc.uniqueArray(
  fc.constantFrom('Work', 'Home', 'a, b', 'x;y', 'Été'),
  { maxLength: 3 },
);

export const events: fc.Arbitrary<Event> = fc.record({
  title: words,
  when: whens,
  location: words,
  body: texts,
  reminders: reminderLists,
  busy: fc.constantFrom<Busy>('free', 'tentative', 'busy', 'outOfOffice', 'elsewhere'),
  privacy: fc.constantFrom<Privacy>('public', 'personal', 'private', 'confidential'),
  importance: fc.constantFrom<Importance>('low', 'normal', 'high'),
  categories: categoryLists,
  organizer: fc.option(people, { nil: undefined }),
  attendees: attendeeLists,
  cancelled: fc.boolean(),
  url: fc.constantFrom('', 'https://acme.test/e/1'),
  conference: fc.constantFrom(undefined, 'https://visio.test/1'),
  files: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('a.pdf', 'b.txt'),
      url: fc.constantFrom('https://acme.test/f/1', 'https://acme.test/f/2'),
    }),
    {
      maxLength: 2,
      selector: (file) => file.url,
    },
  ),
});

const weekdays = fc.constantFrom<Weekday>('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const byDays = (...offsets: readonly number[]): fc.Arbitrary<readonly ByDay[]> =>
  fc.uniqueArray(fc.record({ day: weekdays, offset: fc.constantFrom(...offsets) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ day, offset }) => `${offset}${day}`,
  });
const listOf = (min: number, max: number, most = 3) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: most });

/** Rules that Outlook can hold, and rules that it cannot; `until` is set by the series. */
export const rules: fc.Arbitrary<Omit<Recurrence, 'end'>> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }),
    fc.oneof(
      fc.constant({ frequency: 'DAILY' as const }),
      byDays(0).map((byDay) => ({ frequency: 'WEEKLY' as const, byDay })),
      fc
        .constantFrom<'MONTHLY' | 'YEARLY' | 'WEEKLY'>('MONTHLY', 'YEARLY', 'WEEKLY')
        .map((frequency) => ({ frequency })),
      listOf(1, 31).map((byMonthDay) => ({ frequency: 'MONTHLY' as const, byMonthDay })),
      byDays(1, 2, 3, 4, 5, -1).map((byDay) => ({ frequency: 'MONTHLY' as const, byDay })),
      fc.tuple(byDays(0), listOf(-2, 4, 2)).map(([byDay, bySetPos]) => ({
        frequency: 'MONTHLY' as const,
        byDay,
        bySetPos: bySetPos.filter((position) => position !== 0),
      })),
      fc
        .tuple(listOf(1, 12, 2), listOf(1, 31, 2))
        .map(([byMonth, byMonthDay]) => ({ frequency: 'YEARLY' as const, byMonth, byMonthDay })),
      fc
        .tuple(listOf(1, 12, 1), byDays(1, 2, -1))
        .map(([byMonth, byDay]) => ({ frequency: 'YEARLY' as const, byMonth, byDay })),
      byDays(0).map((byDay) => ({ frequency: 'DAILY' as const, byDay })),
      listOf(1, 366).map((byYearDay) => ({ frequency: 'YEARLY' as const, byYearDay })),
      fc
        .tuple(listOf(1, 53), byDays(0))
        .map(([byWeekNo, byDay]) => ({ frequency: 'YEARLY' as const, byWeekNo, byDay })),
      fc.constantFrom({ frequency: 'HOURLY' as const }, { frequency: 'DAILY' as const, byHour: [9, 14] }),
    ),
  )
  .map(([interval, parts]) => ({ ...NO_PARTS, interval, ...parts }));

type Draft = { readonly series: Series; readonly starts: readonly number[] };

const drafts: fc.Arbitrary<Draft> = fc
  .tuple(events, rules, fc.nat(3), fc.integer({ min: 1, max: 40 }))
  .map(([event, rule, kind, count]) => {
    const start = secondsOf(event.when.kind === 'date' ? event.when.start : event.when.start.wall);
    const endless: Recurrence = { ...rule, end: { kind: 'never' } };
    const plan = { rule: endless, start, until: Number.POSITIVE_INFINITY };
    const { starts } = expandRule(plan, start, start + 20 * 366 * 86_400, 60);
    // A series starts with its first occurrence, as every program makes it and as the server has it.
    const first = starts[0] ?? start;
    const main = { ...event, when: movedTo(event.when, first) };
    const end = endOf(kind, count, starts, main.when);
    const series: Series = {
      kind: 'event',
      uid: 'u1',
      main,
      recurrence: { ...rule, end },
      excluded: [],
      added: [],
      exceptions: [],
    };
    return { series, starts };
  });

function endOf(kind: number, count: number, starts: readonly number[], when: When): SeriesEnd {
  const last = starts[Math.min(count, starts.length) - 1];
  if (kind === 0 || last === undefined) return { kind: 'never' };
  if (kind === 1) return { kind: 'count', count };
  if (kind === 2 || when.kind === 'date') return { kind: 'untilDate', date: wallOf(last).slice(0, 10) };
  return { kind: 'untilMoment', moment: { wall: wallOf(last), zone: when.start.zone } };
}

/** The same event at another start. @param start wall seconds */
export function movedTo(when: When, start: number): When {
  if (when.kind === 'date') {
    const length = secondsOf(when.end) - secondsOf(when.start);
    return { kind: 'date', start: wallOf(start).slice(0, 10), end: wallOf(start + length).slice(0, 10) };
  }
  const length = secondsOf(when.end.wall) - secondsOf(when.start.wall);
  return {
    kind: 'time',
    start: { wall: wallOf(start), zone: when.start.zone },
    end: { wall: wallOf(start + length), zone: when.end.zone },
  };
}

const changes = fc.record({
  at: fc.nat(9),
  days: fc.integer({ min: -9, max: 9 }),
  minutes: fc.integer({ min: -90, max: 600 }),
  event: events,
  allOwn: fc.boolean(),
});

const repeating: fc.Arbitrary<Series> = fc
  .tuple(
    drafts,
    fc.uniqueArray(fc.nat(9), { maxLength: 3 }),
    fc.uniqueArray(changes, { maxLength: 3, selector: ({ at }) => at }),
    fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 2 }),
  )
  .map(([{ series, starts }, removed, changed, extra]): Series => {
    const { main } = series;
    if (main === undefined) return series;
    const nameOf = (at: number) => (main.when.kind === 'date' ? wallOf(at).slice(0, 10) : wallOf(at));
    const drafted = changed.flatMap(({ at, days, minutes, event, allOwn }): readonly Exception[] => {
      const start = starts[at];
      if (start === undefined) return [];
      const shift = days * 86_400 + (main.when.kind === 'date' ? 0 : minutes * 60);
      const own = allOwn ? event : { ...main, title: event.title };
      return [
        {
          original: { at: nameOf(start), zone: undefined },
          event: { ...own, when: movedTo(main.when, start + shift) },
        },
      ];
    });
    // Two occurrences of an hourly rule on whole days have one name.
    const exceptions = [...new Map(drafted.map((entry) => [entry.original.at, entry])).values()];
    const names = new Set(exceptions.map(({ original }) => original.at));
    const excluded = removed
      .flatMap((at) => starts[at] ?? [])
      .map(nameOf)
      .filter((name) => !names.has(name));
    const zone = main.when.kind === 'time' ? main.when.start.zone : undefined;
    const added = [...new Set(extra)].map((days) => nameOf((starts[0] ?? 0) + days * 86_400));
    return {
      ...series,
      excluded,
      exceptions,
      added: added.map((at) => (main.when.kind === 'date' ? at : { wall: at, zone })),
    };
  });

const single: fc.Arbitrary<Series> = events.map((main) => ({
  kind: 'event',
  uid: 'u1',
  main,
  recurrence: undefined,
  excluded: [],
  added: [],
  exceptions: [],
}));

const orphans: fc.Arbitrary<Series> = fc
  .uniqueArray(fc.tuple(events, fc.integer({ min: -5, max: 5 })), {
    minLength: 1,
    maxLength: 3,
    selector: ([event]) => originalOf(event),
  })
  .map((list) => ({
    kind: 'event',
    uid: 'u1',
    main: undefined,
    recurrence: undefined,
    excluded: [],
    added: [],
    exceptions: list.map(([event, days]): Exception => {
      const { when } = event;
      const at = originalOf(event);
      const start = secondsOf(when.kind === 'date' ? when.start : when.start.wall) + days * 86_400;
      return {
        original: { at, zone: when.kind === 'time' ? when.start.zone : undefined },
        event: { ...event, when: movedTo(when, start) },
      };
    }),
  }));

function originalOf({ when }: Event): string {
  return when.kind === 'date' ? when.start : when.start.wall;
}

/** Single events, series of every kind, and occurrences without a series. */
export const seriesList: fc.Arbitrary<Series> = fc.oneof(
  { weight: 3, arbitrary: single },
  { weight: 6, arbitrary: repeating },
  { weight: 1, arbitrary: orphans },
);
