/** Series that Outlook can only show in part, while time goes by. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import { seriesKit } from '../../../domain/content-kit.ts';
import type { Exception, Series } from '../../../domain/event.ts';
import { ruleStarts } from '../../../domain/expand-series.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import { planOf } from '../../../domain/testing/rule-text.ts';
import { anEvent, aSeries } from '../../../domain/testing/samples.ts';
import type { LocalDate, When } from '../../../domain/time.ts';
import { addDays, DAY_SECONDS, dateOf, dayOf, secondsOf, wallOf } from '../../../domain/time-civil.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { dateOf as outlookDate, dayOf as outlookDay } from '../../../outlook/model/day-number.ts';
import { occurrenceDays } from '../../../outlook/model/expand-pattern.ts';
import { encodeAppointmentRecur } from '../../../outlook/model/recurrence-meaning.ts';
import { bluemindEvent } from '../../bluemind/event/event.ts';
import { beginEvent, EVERY_LABEL, type EventWorld, readValue, syncEvent } from '../../testing/event-world.ts';
import type { OutlookEventContext } from './context.ts';
import { dueOf } from './simplified-tag.ts';

const START = '2026-03-02T09:00:00';
const ZONE = 'Europe/Paris';
/** What docs/mapping.md promises (EV6). @units days */
const AHEAD = 183;
/** Of a series at ever other hours. */
const AHEAD_TIGHT = 30;
/** What PropertyAccessor gives of a recurrence. @units bytes */
const MOST_BYTES = 4088;

const RULES = [
  'FREQ=HOURLY',
  'FREQ=HOURLY;INTERVAL=5',
  'FREQ=MINUTELY;INTERVAL=90',
  'FREQ=HOURLY;BYHOUR=8,10,12;BYDAY=MO,TH',
  'FREQ=DAILY;BYHOUR=9,14',
  'FREQ=MONTHLY;BYMONTHDAY=1,15',
  'FREQ=MONTHLY;BYMONTHDAY=2,31',
  'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=2,-1',
  'FREQ=YEARLY;BYYEARDAY=10,61,200,300',
  'FREQ=YEARLY;BYWEEKNO=10,20,30,40;BYDAY=MO,WE',
  'FREQ=YEARLY;INTERVAL=10',
  'FREQ=HOURLY;COUNT=6000',
  'FREQ=WEEKLY;BYHOUR=9,14;COUNT=150',
] as const;

function ruleOf(text: string): Recurrence {
  return planOf(text, START, 'floating')?.rule ?? expect.fail('no rule');
}

function at(wall: string): When {
  const end = wallOf(secondsOf(wall) + 1800);
  return { kind: 'time', start: { wall, zone: ZONE }, end: { wall: end, zone: ZONE } };
}

/** The first start of each day within a span, by every start there is. */
function daysOf(rule: Recurrence, from: LocalDate, to: LocalDate): ReadonlyMap<LocalDate, string> {
  const span = { from: secondsOf(from), to: secondsOf(to) };
  const found = new Map<LocalDate, string>();
  for (const start of ruleStarts(rule, at(START), span, 100_000).at) {
    const name = wallOf(start);
    if (!found.has(name.slice(0, 10))) found.set(name.slice(0, 10), name);
  }
  return found;
}

function exceptionOn(name: string): Exception {
  return { original: { at: name, zone: undefined }, event: anEvent({ title: `On ${name}`, when: at(name) }) };
}

/** A series with occurrences removed and renamed here and there in two years. */
const seriesList = (rules: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...rules), fc.uniqueArray(fc.integer({ min: 0, max: 720 }), { minLength: 1, maxLength: 12 }))
    .map(([text, picked]): Series => {
      const recurrence = ruleOf(text);
      const names = [...daysOf(recurrence, '2026-03-02', '2028-03-02').values()];
      const chosen = [...new Set(picked.map((pick) => names[pick % names.length] ?? START))];
      return aSeries({
        main: anEvent({ when: at(START) }),
        recurrence,
        excluded: chosen.filter((_, i) => i % 2 === 0),
        exceptions: chosen.filter((_, i) => i % 2 === 1).map(exceptionOn),
      });
    });

/** Five hours do not go into a day: most days begin at another hour. */
function isTight({ recurrence }: Series): boolean {
  return recurrence?.frequency === 'HOURLY' && recurrence.interval === 5;
}

function contextAt(date: LocalDate): OutlookEventContext {
  return { zone: ZONE, ownAddress: 'me@acme.test', now: Date.parse(`${date}T06:00:00Z`) };
}

/** What an item shows on its days. */
function shownOn({ subject, recurrence }: Appointment, from: LocalDate, to: LocalDate): ReadonlyMap<LocalDate, string> {
  if (recurrence === undefined) return new Map();
  const deleted = new Set(recurrence.deleted);
  const days = occurrenceDays(recurrence, outlookDay(from), outlookDay(to) - 1, 5000).map(outlookDate);
  const own = new Map(recurrence.exceptions.map((one) => [one.start.slice(0, 10), one.subject ?? subject]));
  return new Map(days.filter((day) => !deleted.has(day)).map((day) => [day, own.get(day) ?? subject]));
}

/** What has to be shown on the days of a span: of several occurrences on a day the first. */
function wantedOn(series: Series, from: LocalDate, to: LocalDate): ReadonlyMap<LocalDate, string> {
  const days = daysOf(series.recurrence ?? expect.fail('no rule'), from, to);
  const titles = new Map(series.exceptions.map(({ original, event }) => [original.at, event.title]));
  const there = [...days].filter(([, name]) => !series.excluded.includes(name));
  return new Map(there.map(([day, name]) => [day, titles.get(name) ?? series.main?.title ?? '']));
}

function begun(series: Series, date: LocalDate): EventWorld {
  return beginEvent(bluemindEvent.write(undefined, series, EVERY_LABEL), contextAt(date));
}

describe('what is shown of a series that Outlook cannot hold', () => {
  test('[H15] moves on with time: half a year to come is always there, as the server has it', () => {
    fc.assert(
      fc.property(seriesList(RULES), (series) => {
        let world = begun(series, '2026-03-10');
        const server = world.value;
        for (let month = 0; month <= 13; month++) {
          const today = addDays('2026-03-10', month * 31);
          const context = contextAt(today);
          world = syncEvent(world, context);
          expect(syncEvent(world, context)).toEqual(world);
          expect(world.value).toBe(server);
          const [from, to] = [today, addDays(today, isTight(series) ? AHEAD_TIGHT : AHEAD)];
          expect(shownOn(world.item, from, to)).toEqual(wantedOn(readValue(server), from, to));
        }
      }),
      runs(3),
    );
  });

  test('[H15] an edit made in Outlook when more is due crosses, and only that', () => {
    fc.assert(
      fc.property(seriesList(RULES), fc.integer({ min: 0, max: 14 }), (series, months) => {
        const world = begun(series, '2026-03-10');
        const context = contextAt(addDays('2026-03-10', months * 31));
        const next = syncEvent({ ...world, item: { ...world.item, subject: 'Edited' } }, context);
        const before = readValue(world.value);
        expect(readValue(next.value)).toEqual({ ...before, main: { ...before.main, title: 'Edited' } });
        expect(syncEvent(next, context)).toEqual(next);
      }),
      runs(6),
    );
  });
});

describe('an hourly series', () => {
  const hourly = aSeries({ main: anEvent({ when: at(START) }), recurrence: ruleOf('FREQ=HOURLY') });

  it('[H5] shows the first occurrence of each of 400 days, and says so', () => {
    const { item } = begun(hourly, '2026-12-01');
    const days = [...shownOn(item, '2026-01-01', '2030-01-01').keys()];
    expect([days.length, days[0], days.at(-1)]).toEqual([400, '2026-08-31', '2027-10-04']);
    expect(item.body).toContain('shows the first occurrence of each day from 31 August 2026 to 4 October 2027.');
  });

  it('[H15] is due again before half a year is left, and not at every run', () => {
    const world = begun(hourly, '2026-12-01');
    const due = dateOf((dueOf(world.item) ?? 0) / 1000 / DAY_SECONDS);
    expect(due).toBe('2027-04-05');
    const before = syncEvent(world, contextAt(addDays(due, -1)));
    expect(before).toEqual(world);
    const later = syncEvent(world, contextAt(due));
    expect(shownOn(later.item, '2026-01-01', '2030-01-01').size).toBe(400);
    expect(later.item.body).toContain('from 3 January 2027 to 6 February 2028.');
    expect(dayOf(dateOf((dueOf(later.item) ?? 0) / 1000 / DAY_SECONDS))).toBeGreaterThan(dayOf(due) + 30);
  });
});

describe('hours that change', () => {
  it.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY;INTERVAL=7',
    'FREQ=HOURLY',
    'FREQ=HOURLY;INTERVAL=5',
    'FREQ=HOURLY;INTERVAL=29;COUNT=9000',
    'FREQ=DAILY;INTERVAL=3;BYHOUR=7,8,9',
  ])('[H5] %s makes a recurrence that Outlook gives as a whole, of any part', (rule) => {
    const series = aSeries({ main: anEvent({ when: at(START) }), recurrence: ruleOf(rule) });
    for (const today of ['2026-01-10', '2026-03-10', '2027-01-10', '2027-05-10', '2027-06-10']) {
      const world = begun(series, today);
      const { recurrence = expect.fail('no series') } = world.item;
      expect(encodeAppointmentRecur(recurrence).length).toBeLessThan(MOST_BYTES);
      expect(syncEvent(world, contextAt(today))).toEqual(world);
      expect(readValue(world.value)).toMatchObject({ recurrence: series.recurrence, exceptions: [], excluded: [] });
    }
  });

  it('[H5] the first day alone is an exception of an hourly series that begins in the morning', () => {
    const hourly = aSeries({ main: anEvent({ when: at(START) }), recurrence: ruleOf('FREQ=HOURLY') });
    expect(begun(hourly, '2026-03-01').item.recurrence).toMatchObject({
      startMinutes: 0,
      exceptions: [{ originalStart: '2026-03-02T00:00:00', start: START }],
    });
  });
});

describe('a part that moves on', () => {
  const series = aSeries({
    main: anEvent({ when: at(START) }),
    recurrence: ruleOf('FREQ=DAILY;BYHOUR=9,14'),
    exceptions: [exceptionOn('2026-03-05T09:00:00'), exceptionOn('2027-05-03T09:00:00')],
    excluded: ['2026-03-06T09:00:00', '2027-05-04T09:00:00'],
  });
  const world = begun(series, '2026-03-10');
  const server = readValue(world.value);

  it('[H15] an edit on the server before more is due leaves the part as it is', () => {
    const value = bluemindEvent.write(
      world.value,
      { ...server, main: anEvent({ when: at(START), title: 'Renamed' }) },
      EVERY_LABEL,
    );
    const next = syncEvent({ ...world, value }, contextAt('2026-09-01'));
    expect(next.item.subject).toBe('Renamed');
    expect(next.item.recurrence).toEqual(world.item.recurrence);
  });

  it('[H15] a rule changed on the server brings along the occurrences that come into sight', () => {
    const value = bluemindEvent.write(world.value, { ...server, recurrence: ruleOf('FREQ=DAILY') }, EVERY_LABEL);
    const next = syncEvent({ ...world, value }, contextAt('2026-06-01'));
    expect(next.item.recurrence).toMatchObject({ end: { kind: 'never' }, deleted: ['2026-03-06', '2027-05-04'] });
    expect(next.item.recurrence?.exceptions.map(({ subject }) => subject)).toEqual([
      'On 2026-03-05T09:00:00',
      'On 2027-05-03T09:00:00',
    ]);
    expect(syncEvent(next, contextAt('2026-06-01'))).toEqual(next);
  });

  it('[H15] dates without a rule move on as well, and nothing is due at once', () => {
    const years = [0, 3, 7, 20, 30].map((year) => `${2010 + year}-06-07T09:00:00`);
    const dates = { recurrence: undefined, added: years.map((wall) => ({ wall, zone: ZONE })) };
    const shown = (today: LocalDate) => {
      const { item } = begun({ ...series, ...dates, excluded: [], exceptions: [] }, today);
      const due = dueOf(item);
      expect(due === undefined || due > Date.parse(`${today}T06:00:00Z`)).toBe(true);
      return [...shownOn(item, '2010-01-01', '2050-01-01').keys()];
    };
    expect(['2026-03-10', '2029-06-01', '2031-01-01', '2040-07-01'].map(shown)).toEqual([
      ['2026-03-02', '2030-06-07'],
      ['2030-06-07'],
      ['2040-06-07'],
      ['2040-06-07'],
    ]);
  });

  it('[H15] what lay in another part when both last agreed was removed by nobody', () => {
    // The process died after Outlook had taken the later part and before that was remembered.
    const context = contextAt('2027-12-01');
    const moved = syncEvent(world, context);
    const next = syncEvent({ ...moved, base: world.base }, context);
    expect(next.value).toEqual(world.value);
  });

  it('digests of what is not due are those of what is shown whole', () => {
    const { shown: _, ...rest } = world.base.outlook;
    expect(seriesKit.digest(world.base.outlook)).toBe(seriesKit.digest(rest));
  });
});

describe('a series that Outlook cannot hold and that is over', () => {
  const over = aSeries({
    main: anEvent({ when: at(START), title: 'Over' }),
    recurrence: ruleOf('FREQ=DAILY;BYHOUR=9,14;COUNT=4'),
    exceptions: [exceptionOn('2026-03-03T09:00:00')],
  });
  const world = begun(over, '2027-03-10');
  const context = contextAt('2027-03-10');
  const said = ['shows only its beginning', 'Not shown in Outlook: 3 March 2026, 09:00 On 2026-03-03T09:00:00'];
  const onServer = (edit: (series: Series) => Series) => {
    const value = bluemindEvent.write(world.value, edit(readValue(world.value)), EVERY_LABEL);
    return syncEvent({ ...world, value }, context);
  };

  it('[H5] says so, also after the next write of either side', () => {
    const renamed = onServer((series) => ({ ...series, main: series.main && { ...series.main, title: 'Renamed' } }));
    expect(renamed.item.subject).toBe('Renamed');
    for (const { item } of [world, renamed]) for (const line of said) expect(item.body).toContain(line);
    const edited = syncEvent({ ...renamed, item: { ...renamed.item, location: 'Here' } }, context);
    expect(readValue(edited.value)).toMatchObject({ recurrence: over.recurrence, main: { location: 'Here' } });
    expect(edited.item.body).toBe(renamed.item.body);
  });

  it('[H5] no more once the server has it as a single event, or goes on with it', () => {
    const single = onServer((series) => ({ ...series, recurrence: undefined, exceptions: [] }));
    expect([single.item.body, single.item.recurrence]).toEqual(['', undefined]);
    const longer = onServer((series) => ({ ...series, recurrence: ruleOf('FREQ=DAILY') }));
    expect(longer.item.body).toBe('');
    expect(longer.item.recurrence?.exceptions.map(({ subject }) => subject)).toEqual(['On 2026-03-03T09:00:00']);
    for (const next of [single, longer]) expect(syncEvent(next, context)).toEqual(next);
  });
});
