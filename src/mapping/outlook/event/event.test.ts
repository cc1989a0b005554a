import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../base/failure.ts';
import { seriesKit } from '../../../domain/content-kit.ts';
import type { Event, Series } from '../../../domain/event.ts';
import { expandSeries } from '../../../domain/expand-series.ts';
import type { Attendee } from '../../../domain/person.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import { planOf } from '../../../domain/testing/rule-text.ts';
import { anEvent, anException, aSeries } from '../../../domain/testing/samples.ts';
import type { When } from '../../../domain/time.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { plainText } from '../../rich-text.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const write = (series: Series, current?: Appointment) => outlookEvent.write(current, series, context);
const read = (item: Appointment) => outlookEvent.read(item, context);
const at = (start: string, end: string, zone: string | null = 'Europe/Paris'): When => {
  const moment = (wall: string) => ({ wall, zone: zone ?? undefined });
  return { kind: 'time', start: moment(start), end: moment(end) };
};
const rule = (text: string): Recurrence =>
  planOf(text, '2026-03-02T09:00:00', 'floating')?.rule ?? expect.fail('no rule');

/** Mondays at nine, from 2 March 2026. */
const MONDAYS = aSeries({
  main: anEvent({ when: at('2026-03-02T09:00:00', '2026-03-02T10:00:00') }),
  recurrence: rule('FREQ=WEEKLY;BYDAY=MO;COUNT=6'),
});

function moved(original: string, start: string, end: string): ReturnType<typeof anException> {
  return anException(original, { title: `was ${original.slice(0, 10)}`, when: at(start, end) });
}

/** What takes place when, as a list of titles and times. */
function shown(series: Series): readonly string[] {
  const { occurrences } = expandSeries(series, { from: '2026-01-01', to: '2027-01-01' }, 500);
  return occurrences.map(
    ({ when, exception }) => `${exception?.event.title ?? '-'} ${when.kind === 'date' ? when.start : when.start.wall}`,
  );
}

describe('recurrence in Outlook', () => {
  it('[H1] shows exceptions that pass each other, each at its time, by letting occurrences stand for others', () => {
    const series = {
      ...MONDAYS,
      exceptions: [moved('2026-03-09T09:00:00', '2026-03-18T14:00:00', '2026-03-18T15:00:00')],
    };
    const item = write(series);
    const starts = item.recurrence?.exceptions.map(({ originalStart, start }) => `${originalStart} → ${start}`);
    expect(starts).toEqual(['2026-03-09T09:00:00 → 2026-03-16T09:00:00', '2026-03-16T09:00:00 → 2026-03-18T14:00:00']);
    expect(seriesKit.changedFields(series, read(item)).filter((field) => field !== 'recurrence')).toEqual([]);
    expect(shown(read(item))).toEqual(shown(series));
  });

  it('[H1] leaves out the one of two occurrences on a day that was moved, and does not take it for removed', () => {
    const series = {
      ...MONDAYS,
      exceptions: [moved('2026-03-09T09:00:00', '2026-03-16T14:00:00', '2026-03-16T15:00:00')],
    };
    const item = write(series);
    expect([item.recurrence?.deleted, item.recurrence?.exceptions]).toEqual([['2026-03-09'], []]);
    const view = read(item);
    expect([view.excluded, view.exceptions.map(({ original }) => original.at)]).toEqual([[], ['2026-03-09T09:00:00']]);
  });

  it('[H1] an occurrence that the user removes while others stand for each other is the one that was shown there', () => {
    const item = write({
      ...MONDAYS,
      exceptions: [moved('2026-03-09T09:00:00', '2026-03-18T14:00:00', '2026-03-18T15:00:00')],
    });
    const recurrence = item.recurrence && {
      ...item.recurrence,
      deleted: ['2026-03-09'],
      exceptions: item.recurrence.exceptions.slice(1),
    };
    // In the place of the 9th lay the ordinary meeting of the 16th.
    expect(read({ ...item, recurrence }).excluded).toEqual(['2026-03-16T09:00:00']);
  });

  it('[H2] a slot that a removed occurrence leaves can be moved onto', () => {
    const series = {
      ...MONDAYS,
      excluded: ['2026-03-16T09:00:00'],
      exceptions: [moved('2026-03-09T09:00:00', '2026-03-16T11:00:00', '2026-03-16T12:00:00')],
    };
    const item = write(series);
    expect(item.tags[TAG.simplified]).toBeUndefined();
    expect(shown(read(item))).toEqual(shown(series));
  });

  it.each([
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'two days of the month'],
    ['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2,-1', 'two positions'],
    ['FREQ=YEARLY;BYYEARDAY=61,200', 'days of the year'],
    ['FREQ=DAILY;BYHOUR=9,14', 'two hours a day'],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 'a day that months lack'],
  ])('[H5] keeps the rule %s (%s) while Outlook shows part of it', (text) => {
    const series = { ...MONDAYS, recurrence: rule(text) };
    const item = write(series);
    expect(item.tags[TAG.simplified]).toBeDefined();
    const view = read(item);
    expect([view.recurrence, view.main?.when, view.excluded, view.exceptions]).toEqual([
      series.recurrence,
      series.main?.when,
      [],
      [],
    ]);
    const edited = read({ ...item, subject: 'edited' });
    expect(seriesKit.changedFields(view, edited)).toEqual(['main.title']);
  });

  it('[H5] [H11] an hour that the zone skips makes no exception of a partly shown series', () => {
    const when: When = {
      kind: 'time',
      start: { wall: '2026-10-25T02:30:00', zone: 'Europe/Paris' },
      end: { wall: '2026-10-26T02:30:00', zone: 'America/New_York' },
    };
    // On 28 March 2027 it begins at 3:30, and would last into the next one.
    const item = write(aSeries({ main: anEvent({ when }), recurrence: rule('FREQ=HOURLY;INTERVAL=3') }));
    expect(item.recurrence?.exceptions).toEqual([
      { originalStart: '2027-03-28T02:30:00', start: '2027-03-28T03:30:00', end: '2027-03-29T02:30:00' },
    ]);
    expect([read(item).exceptions, read({ ...item, importance: 0 }).exceptions]).toEqual([[], []]);
  });

  it('[H5] an occurrence removed from a partly shown series is removed from the real one', () => {
    const item = write({ ...MONDAYS, recurrence: rule('FREQ=MONTHLY;BYMONTHDAY=1,15') });
    const recurrence = item.recurrence && {
      ...item.recurrence,
      deleted: [...item.recurrence.deleted, '2026-04-15'].sort(),
    };
    expect(read({ ...item, recurrence }).excluded).toEqual(['2026-04-15T09:00:00']);
  });

  it('[H5] refuses to guess when the user changed the recurrence of a partly shown series', () => {
    const item = write({ ...MONDAYS, recurrence: rule('FREQ=MONTHLY;BYMONTHDAY=1,15') });
    const recurrence = item.recurrence && { ...item.recurrence, startMinutes: 600 };
    expect(() => read({ ...item, recurrence })).toThrow(
      expect.toSatisfy((error) => isFailure(error, 'SIMPLIFIED_SERIES_CHANGED')),
    );
  });

  it.each([
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1', { type: 'monthly', interval: 1, dayOfMonth: 31 }],
    ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', { type: 'monthly', interval: 1, dayOfMonth: 30 }],
    ['FREQ=MONTHLY;BYDAY=-1FR', { type: 'monthNth', interval: 1, dayOfWeekMask: 32, instance: 5 }],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', { type: 'monthNth', interval: 1, dayOfWeekMask: 62, instance: 1 }],
    ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { type: 'weekly', interval: 1, dayOfWeekMask: 62 }],
    ['FREQ=HOURLY;INTERVAL=48', { type: 'daily', interval: 2 }],
    [
      'FREQ=YEARLY;BYMONTH=3;BYDAY=1MO',
      { type: 'yearNth', interval: 1, monthOfYear: 3, dayOfWeekMask: 2, instance: 1 },
    ],
  ])('[H5] finds the pattern of %s', (text, pattern) => {
    const item = write({ ...MONDAYS, recurrence: rule(text) });
    expect([item.recurrence?.pattern, item.tags[TAG.simplified]]).toEqual([pattern, undefined]);
    const series = read(item);
    expect(shown(series)).toEqual(shown({ ...MONDAYS, main: series.main, recurrence: rule(text) }));
  });

  it('[H6] an end in UTC is the date of the last occurrence', () => {
    const until: Recurrence = {
      ...rule('FREQ=DAILY'),
      end: { kind: 'untilMoment', moment: { wall: '2026-03-30T06:59:00', zone: 'UTC' } },
    };
    expect(write({ ...MONDAYS, recurrence: until }).recurrence?.end).toEqual({ kind: 'date', date: '2026-03-29' });
  });

  it('[H8] an edit elsewhere keeps the words of the present recurrence', () => {
    const item = write({ ...MONDAYS, recurrence: rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR') });
    // "Every weekday" as Outlook itself writes it: interval 0.
    const own = {
      ...item,
      recurrence: item.recurrence && {
        ...item.recurrence,
        firstDayOfWeek: 0,
        pattern: { type: 'weekly' as const, interval: 0, dayOfWeekMask: 62 },
      },
    };
    const view = read(own);
    const edited = write({ ...view, main: view.main && { ...view.main, title: 'edited' } }, own);
    expect(edited).toEqual({ ...own, subject: 'edited' });
  });

  it('[H8] a rule that comes in other words keeps those of the present recurrence', () => {
    const item = write({ ...MONDAYS, recurrence: rule('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR') });
    const pattern = { type: 'weekly' as const, interval: 0, dayOfWeekMask: 62 };
    const own = { ...item, recurrence: item.recurrence && { ...item.recurrence, pattern } };
    const daily = { ...read(own), recurrence: rule('FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR') };
    expect(write(daily, own)).toEqual(own);
  });

  it('[H8] an exception that Outlook can only show like its occurrence is none', () => {
    const days: When = { kind: 'date', start: '2026-03-02', end: '2026-03-04' };
    const series = aSeries({
      main: anEvent({ when: days }),
      recurrence: rule('FREQ=DAILY'),
      // Occurrences of two days every day overlap: each is shown for one day, and so is the exception.
      exceptions: [anException('2026-03-02', { when: days })],
    });
    const view = read(write(series));
    expect(view.exceptions).toEqual([]);
    expect(read(write(view))).toEqual(view);
  });

  it('[H11] a series keeps its length where clocks change within an occurrence that ends in another zone', () => {
    const when: When = {
      kind: 'time',
      start: { wall: '2029-10-27T00:00:00', zone: 'Europe/Berlin' },
      end: { wall: '2029-10-29T23:01:00', zone: 'Europe/Paris' },
    };
    const series = aSeries({ main: anEvent({ when }), recurrence: rule('FREQ=DAILY;INTERVAL=3;BYDAY=MO,FR,SA') });
    const view = read(write(series));
    expect([view.main?.when, read(write(view))]).toEqual([when, view]);
  });

  it('[H8] a series whose occurrences overlap stays as Outlook has it', () => {
    const item = write(MONDAYS);
    const long = {
      ...item,
      end: '2026-03-12T09:00:00',
      recurrence: item.recurrence && { ...item.recurrence, durationMinutes: 14_400 },
    };
    const own = { ...long, end: '2026-03-12T09:00:00' };
    const view = read(own);
    const edited = write({ ...view, main: view.main && { ...view.main, title: 'edited' } }, own);
    expect(edited).toEqual({ ...own, subject: 'edited' });
  });

  it('[H9] shows one occurrence without a series as an appointment, and knows which it is', () => {
    const orphan = {
      original: { at: '2026-03-09T09:00:00', zone: 'Europe/Paris' },
      event: anEvent({ when: at('2026-03-10T11:00:00', '2026-03-10T12:00:00') }),
    };
    const series: Series = { ...aSeries(), main: undefined, exceptions: [orphan] };
    expect(write(series).recurrence).toBeUndefined();
    expect(read(write(series))).toEqual(series);
  });

  it('[H9] shows several occurrences without a series on their days, and reads none of the series made for them', () => {
    const orphan = (original: string, start: string, title: string) => ({
      original: { at: original, zone: 'Europe/Paris' },
      event: anEvent({ title, when: at(start, `${start.slice(0, 11)}23:00:00`) }),
    });
    const series: Series = {
      ...aSeries(),
      main: undefined,
      exceptions: [
        orphan('2026-03-09T09:00:00', '2026-03-09T09:00:00', 'a'),
        orphan('2026-03-16T09:00:00', '2026-03-17T10:00:00', 'b'),
        orphan('2026-03-30T09:00:00', '2026-03-30T09:00:00', 'c'),
      ],
    };
    const item = write(series);
    expect(read(item)).toEqual(series);
    const recurrence = item.recurrence && {
      ...item.recurrence,
      deleted: [...item.recurrence.deleted, '2026-03-17'].sort(),
    };
    expect(read({ ...item, recurrence }).exceptions.map(({ event }) => event.title)).toEqual(['a', 'c']);
  });

  it('[H9] whole days and times of another zone without a series keep their order', () => {
    const day: When = { kind: 'date', start: '2026-10-24', end: '2026-10-25' };
    const series: Series = {
      ...aSeries(),
      main: undefined,
      exceptions: [
        { original: { at: '2026-10-25', zone: undefined }, event: anEvent({ title: 'day', when: day }) },
        {
          original: { at: '2026-10-25T00:00:00', zone: 'Europe/Paris' },
          // In New York this is the evening before.
          event: anEvent({ title: 'hour', when: at('2026-10-24T00:00:00', '2026-10-24T01:00:00') }),
        },
      ],
    };
    const american = { ...context, zone: 'America/New_York' };
    const item = outlookEvent.write(undefined, series, american);
    const shown = outlookEvent.read(item, american);
    // What has no place is known all the same, and stays told when something else is written.
    expect(shown.exceptions.map(({ event }) => event.title)).toEqual(['hour', 'day']);
    const [hour, ...others] = shown.exceptions;
    const edited = {
      ...shown,
      exceptions: [hour && { ...hour, event: { ...hour.event, location: 'There' } }, ...others],
    };
    const again = outlookEvent.write(item, edited as Series, american);
    expect(again.location).toBe('There');
    for (const { body } of [item, again]) expect(body).toContain('Not shown in Outlook: 24 October 2026 day');
  });

  it('refuses a series whose weeks begin on Sunday where it matters', () => {
    const item = write({ ...MONDAYS, recurrence: rule('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO') });
    const sundays = (dayOfWeekMask: number) => ({
      ...item,
      recurrence: item.recurrence && {
        ...item.recurrence,
        firstDayOfWeek: 0,
        pattern: { type: 'weekly' as const, interval: 2, dayOfWeekMask },
      },
    });
    expect(read(sundays(2 | 8)).recurrence?.byDay.map(({ day }) => day)).toEqual(['MO', 'WE']);
    expect(() => read(sundays(1 | 2))).toThrow(expect.toSatisfy((error) => isFailure(error, 'SERIES_WEEK_START')));
  });
});

describe('time in Outlook', () => {
  const single = (when: When) => aSeries({ main: anEvent({ when }) });

  it('[H10] keeps the IANA zone while the Windows zone is the one written for it', () => {
    const item = write(single(at('2026-07-01T09:00:00', '2026-07-01T10:00:00', 'Europe/Brussels')));
    expect(item.startZone).toBe('Romance Standard Time');
    const zone = (changed: Appointment) => {
      const { when } = read(changed).main as Event;
      return when.kind === 'time' ? when.start.zone : undefined;
    };
    expect([zone(item), zone({ ...item, startZone: 'GMT Standard Time', endZone: 'GMT Standard Time' })]).toEqual([
      'Europe/Brussels',
      'Europe/London',
    ]);
  });

  it("[H11] a traveller's zone changes nothing", () => {
    const series = single(at('2026-07-01T09:00:00', '2026-07-01T10:00:00', 'America/New_York'));
    const item = write(series);
    expect(outlookEvent.read(item, { ...context, zone: 'Asia/Tokyo' })).toEqual(read(item));
  });

  it('[H12] a timed event from midnight to midnight stays timed', () => {
    const series = single(at('2026-07-01T00:00:00', '2026-07-02T00:00:00'));
    expect([write(series).allDay, read(write(series))]).toEqual([false, series]);
  });

  it('[H13] whole days end at the midnight after the last', () => {
    const series = single({ kind: 'date', start: '2026-07-01', end: '2026-07-04' });
    const item = write(series);
    expect([item.allDay, item.start, item.end]).toEqual([true, '2026-07-01T00:00:00', '2026-07-04T00:00:00']);
    expect(read(item)).toEqual(series);
  });

  it('[H14] a floating event is shown in the zone of the user and stays floating until its zone is changed', () => {
    const series = single(at('2026-07-01T09:00:00', '2026-07-01T10:00:00', null));
    const item = write(series);
    expect([item.startZone, read(item)]).toEqual(['Romance Standard Time', series]);
    const { when } = read({ ...item, startZone: 'UTC', endZone: 'UTC' }).main as Event;
    expect(when).toEqual(at('2026-07-01T09:00:00', '2026-07-01T10:00:00', 'UTC'));
  });
});

describe('meetings in Outlook', () => {
  const person = (name: string, more: Partial<Attendee> = {}): Attendee => ({
    name,
    address: `${name.toLowerCase()}@acme.test`,
    role: 'required',
    kind: 'individual',
    response: 'needsAction',
    ...more,
  });
  const meeting = (organizer: string, attendees: readonly Attendee[], more: Partial<Event> = {}) =>
    aSeries({
      main: anEvent({
        organizer: { name: organizer, address: `${organizer.toLowerCase()}@acme.test` },
        attendees,
        ...more,
      }),
    });

  it("[H18] the user's answer on a received meeting is the answer of the item, and nobody else's is sent", () => {
    const item = write(meeting('Ann', [person('Me'), person('Bob', { response: 'accepted' })]));
    expect([item.meetingStatus, item.responseStatus]).toEqual([3, 5]);
    const answered = read({
      ...item,
      responseStatus: 3,
      recipients: item.recipients.map((one) => ({ ...one, response: 4 as const })),
    });
    expect(answered.main?.attendees.map(({ name, response }) => `${name} ${response}`)).toEqual([
      'Me accepted',
      'Bob needsAction',
    ]);
  });

  it('[H18] the organizer sees who answered what', () => {
    const series = meeting('Me', [
      person('Bob', { response: 'declined' }),
      person('Ann', { role: 'optional', response: 'tentative' }),
    ]);
    expect([write(series).meetingStatus, read(write(series))]).toEqual([1, series]);
  });

  it('[H19] a cancelled meeting is told by its status, not by words before its title', () => {
    const item = write(meeting('Ann', [person('Me')], { cancelled: true, title: 'Point' }));
    expect([item.meetingStatus, item.subject, read(item).main?.cancelled]).toEqual([7, 'Point', true]);
    const decorated = read({ ...item, meetingStatus: 3, subject: 'Cancelled: Point' });
    expect([decorated.main?.cancelled, decorated.main?.title]).toEqual([false, 'Cancelled: Point']);
  });

  it('[H21] somebody without an address is kept by name', () => {
    const series = meeting('Me', [{ ...person('Bob'), address: '' }]);
    expect(read(write(series)).main?.attendees).toEqual(series.main?.attendees);
  });
});

describe('texts and reminders in Outlook', () => {
  it('[H30] words that are the same are not a change, whatever their form', () => {
    const item = { ...write(aSeries({ main: anEvent({ body: plainText('a\nb') }) })), body: 'a \r\nb\r\n\r\n' };
    expect(write(read(item), item)).toBe(item);
    expect(read(item).main?.body).toEqual(plainText('a\nb'));
  });

  it('[H30] a category name holds no list separator', () => {
    expect(write(aSeries({ main: anEvent({ categories: ['a, b', 'Work'] }) })).categories).toEqual(['a b', 'Work']);
  });

  it('shows the first reminder that is not a mail, and a sound as a reminder', () => {
    const reminders = [
      { minutes: 1440, action: 'email' as const },
      { minutes: 30, action: 'audio' as const },
      { minutes: 10, action: 'display' as const },
      { minutes: -5, action: 'display' as const },
    ];
    const item = write(aSeries({ main: anEvent({ reminders }) }));
    expect([item.reminderSet, item.reminderMinutes]).toEqual([true, 30]);
    expect(write(aSeries({ main: anEvent({ reminders: reminders.slice(0, 1) }) })).reminderSet).toBe(false);
  });

  it('what is over gets no reminder', () => {
    const series = aSeries({ main: anEvent({ reminders: [{ minutes: 15, action: 'display' }] }) });
    const reminderAt = (now: string) =>
      outlookEvent.write(undefined, series, { ...context, now: Date.parse(now) }).reminderSet;
    expect(['2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z'].map(reminderAt)).toEqual([true, false]);
  });
});
