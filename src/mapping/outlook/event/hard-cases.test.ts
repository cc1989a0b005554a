/** Hard cases that concern both sides and the merge between them. */
import { describe, expect, it } from 'vitest';
import { originalKey, type Series } from '../../../domain/event.ts';
import type { Recurrence } from '../../../domain/recurrence.ts';
import { planOf } from '../../../domain/testing/rule-text.ts';
import { anEvent, anException, aSeries } from '../../../domain/testing/samples.ts';
import type { When } from '../../../domain/time.ts';
import type { Appointment } from '../../../outlook/model/appointment.ts';
import { globalIdOfUid } from '../../../outlook/model/global-object-id.ts';
import { bluemindEvent } from '../../bluemind/event/event.ts';
import { beginEvent, EVERY_LABEL, type EventWorld, readValue, syncEvent } from '../../testing/event-world.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const rule = (text: string): Recurrence =>
  planOf(text, '2026-03-02T09:00:00', 'floating')?.rule ?? expect.fail('no rule');

function at(start: string, end: string): When {
  return { kind: 'time', start: { wall: start, zone: 'Europe/Paris' }, end: { wall: end, zone: 'Europe/Paris' } };
}

function moved(original: string): ReturnType<typeof anException> {
  const day = original.slice(0, 10);
  return anException(original, { title: 'Moved', when: at(`${day}T14:00:00`, `${day}T15:00:00`) });
}

function mondays(text: string, more: Partial<Series> = {}): Series {
  return aSeries({ recurrence: rule(text), ...more });
}

function begun(series: Series, now?: string): EventWorld {
  const value = bluemindEvent.write(undefined, series, EVERY_LABEL);
  return beginEvent(value, now === undefined ? context : { ...context, now: Date.parse(now) });
}

function onServer(world: EventWorld, edit: (series: Series) => Series): EventWorld {
  const value = bluemindEvent.write(world.value, edit(readValue(world.value)), EVERY_LABEL);
  return syncEvent({ ...world, value }, context);
}

function inOutlook(world: EventWorld, edit: (item: Appointment) => Appointment): EventWorld {
  return syncEvent({ ...world, item: edit(world.item) }, context);
}

describe('this and following', () => {
  const series = mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=10', {
    exceptions: [moved('2026-03-09T09:00:00'), moved('2026-04-20T09:00:00')],
  });

  it('[H7] a series cut short in Outlook takes its later exceptions along, in one change of the server', () => {
    const next = inOutlook(begun(series), (item) => ({
      ...item,
      recurrence: item.recurrence && {
        ...item.recurrence,
        end: { kind: 'count', occurrences: 4 },
        exceptions: item.recurrence.exceptions.slice(0, 1),
      },
    }));
    const server = readValue(next.value);
    expect(server.recurrence?.end).toEqual({ kind: 'count', count: 4 });
    expect(server.exceptions.map(({ original }) => originalKey(original))).toEqual(['2026-03-09T09:00:00']);
    expect(server.excluded).toEqual([]);
  });

  it('[H7] an exception beyond the new end of the server stays there, is not shown, and is told', () => {
    const world = onServer(begun(series), (one) => ({ ...one, recurrence: rule('FREQ=WEEKLY;BYDAY=MO;COUNT=4') }));
    expect(world.item.recurrence?.exceptions.map(({ originalStart }) => originalStart)).toEqual([
      '2026-03-09T09:00:00',
    ]);
    expect(world.item.body).toContain('Not shown in Outlook: 20 April 2026, 14:00 Moved');
    const edited = inOutlook(world, (item) => ({ ...item, subject: 'edited' }));
    expect(readValue(edited.value).exceptions).toHaveLength(2);
  });
});

describe('what lies outside of the time that is shown', () => {
  it('[H15] is no deletion, neither when it is not shown yet nor when time goes by', () => {
    const world = begun(
      mondays('FREQ=DAILY;BYHOUR=9,14', { excluded: ['2030-03-04T09:00:00'] }),
      '2026-03-10T00:00:00Z',
    );
    for (const now of ['2026-03-10T00:00:00Z', '2029-01-01T00:00:00Z']) {
      const later = { ...context, now: Date.parse(now) };
      const next = syncEvent({ ...world, item: { ...world.item, subject: 'edited' } }, later);
      expect(readValue(next.value)).toEqual({
        ...readValue(world.value),
        main: { ...readValue(world.value).main, title: 'edited' },
      });
    }
  });
});

describe('single occurrences whose series arrives', () => {
  it('[H9] are taken into it, and what was edited of them in Outlook meanwhile crosses', () => {
    const orphan = {
      original: { at: '2026-03-09T09:00:00', zone: 'Europe/Paris' },
      event: moved('2026-03-09T09:00:00').event,
    };
    const alone = begun({ ...aSeries(), main: undefined, exceptions: [orphan] });
    expect(alone.item.recurrence).toBeUndefined();
    const series = mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=10', { exceptions: [moved('2026-03-09T09:00:00')] });
    const arrived = onServer({ ...alone, item: { ...alone.item, location: 'Here' } }, () => series);
    expect(arrived.item.recurrence?.end).toEqual({ kind: 'count', occurrences: 10 });
    expect(readValue(arrived.value)).toMatchObject({ main: series.main, recurrence: series.recurrence });
    const places = readValue(arrived.value).exceptions.map(({ original, event }) => [
      originalKey(original),
      event.location,
    ]);
    expect(places).toEqual([['2026-03-09T09:00:00', 'Here']]);
    expect(syncEvent(arrived, context)).toEqual(arrived);
  });
});

describe('what is over', () => {
  const past = { ...context, now: Date.parse('2026-06-01T00:00:00Z') };
  const reminders = [{ minutes: 15, action: 'display' }] as const;
  const single = aSeries({ main: anEvent({ when: at('2026-03-02T09:00:00', '2026-03-02T10:00:00'), reminders }) });
  const edit = ({ value, ...world }: EventWorld, main: object): EventWorld => {
    const series = readValue(value);
    const edited = { ...series, main: series.main && { ...series.main, ...main } };
    return syncEvent({ ...world, value: bluemindEvent.write(value, edited, EVERY_LABEL) }, past);
  };

  it('[EV12] gets no reminder, and keeps the one that the user sets there all the same', () => {
    const world = beginEvent(bluemindEvent.write(undefined, single, EVERY_LABEL), past);
    expect(edit(world, { title: 'Renamed' }).item).toMatchObject({ subject: 'Renamed', reminderSet: false });
    const set = syncEvent({ ...world, item: { ...world.item, reminderSet: true } }, past);
    expect(edit(set, { title: 'Renamed' }).item).toMatchObject({ subject: 'Renamed', reminderSet: true });
  });

  it('[EV12] loses its reminder when it is moved into the past', () => {
    const coming = {
      ...single,
      main: single.main && { ...single.main, when: at('2026-07-02T09:00:00', '2026-07-02T10:00:00') },
    };
    const world = beginEvent(bluemindEvent.write(undefined, coming, EVERY_LABEL), past);
    expect(world.item.reminderSet).toBe(true);
    expect(edit(world, { when: single.main?.when }).item.reminderSet).toBe(false);
  });
});

describe('identity', () => {
  it.each([
    '5c2a@bm.lan',
    '040000008200E00074C5B7101A82E00800000000000000000000000000000000000000001000000072431A5051B5244193A263ED04391A3B',
  ])('[H17] an item that Outlook made of an invitation is the event of the uid %s', (uid) => {
    const item: Appointment = {
      ...outlookEvent.write(undefined, aSeries(), context),
      globalId: globalIdOfUid(uid),
      tags: {},
    };
    expect(outlookEvent.read(item, context).uid).toBe(uid);
    expect(outlookEvent.write(undefined, aSeries({ uid }), context).globalId).toBe(globalIdOfUid(uid));
  });
});

describe('calendars of others', () => {
  it('[H20] whoever sent an invitation for somebody else stays, whatever is edited in Outlook', () => {
    const organizer = { name: 'Boss', address: 'boss@acme.test' };
    const attendee = { role: 'required', kind: 'individual', response: 'needsAction' } as const;
    const series = aSeries({
      main: anEvent({ organizer, attendees: [{ name: 'Me', address: 'me@acme.test', ...attendee }] }),
    });
    const plain = bluemindEvent.write(undefined, series, EVERY_LABEL);
    const value = {
      ...plain,
      main: plain.main && {
        ...plain.main,
        organizer: plain.main.organizer && { ...plain.main.organizer, dir: 'bm://acme.test/users/boss' },
        attendees: plain.main.attendees?.map((one) => ({ ...one, sentBy: 'mailto:secretary@acme.test' })) ?? [],
      },
    };
    const next = inOutlook(beginEvent(value, context), (item) => ({ ...item, responseStatus: 3 }));
    expect(next.value.main?.organizer?.dir).toBe('bm://acme.test/users/boss');
    expect(next.value.main?.attendees).toEqual([
      { ...value.main?.attendees[0], partStatus: 'Accepted', sentBy: 'mailto:secretary@acme.test' },
    ]);
  });

  it('[H20] in a calendar of somebody else the owner is the organizer, not whoever reads it', () => {
    const attendees = [
      { name: 'Ann', address: 'ann@acme.test', role: 'required', kind: 'individual', response: 'accepted' },
    ] as const;
    const series = aSeries({ main: anEvent({ organizer: { name: 'Boss', address: 'boss@acme.test' }, attendees }) });
    const status = (ownAddress: string) =>
      outlookEvent.write(undefined, series, { ...context, ownAddress }).meetingStatus;
    expect([status('boss@acme.test'), status('me@acme.test')]).toEqual([1, 3]);
  });
});

describe('a series and its exception that come to say the same', () => {
  const exception = {
    ...moved('2026-03-09T09:00:00').event,
    when: at('2026-03-09T09:00:00', '2026-03-09T10:00:00'),
    reminders: [
      { minutes: 10, action: 'display' },
      { minutes: 60, action: 'email' },
    ] as const,
  };
  const series = mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=10', {
    main: anEvent({
      title: 'Plain',
      when: at('2026-03-02T09:00:00', '2026-03-02T10:00:00'),
      reminders: exception.reminders,
    }),
    exceptions: [{ original: { at: '2026-03-09T09:00:00', zone: undefined }, event: exception }],
  });
  const world = begun(series);
  const value = {
    ...world.value,
    occurrences:
      world.value.occurrences?.map((occurrence) => ({ ...occurrence, properties: { theirs: 'kept' } })) ?? [],
  };
  const renamed = inOutlook({ ...world, value }, (item) => ({ ...item, subject: 'Moved' }));

  it('[H28] a series renamed in Outlook to the title of its exception leaves that on the server, with all that is there', () => {
    expect(readValue(renamed.value).main?.title).toBe('Moved');
    expect(renamed.value.occurrences).toEqual(value.occurrences);
    expect(syncEvent(renamed, context)).toEqual(renamed);
  });

  it('[H28] a series renamed to the title of its exception, which loses its other differences in the same edit, removes nothing', () => {
    const other = { ...exception, location: 'Elsewhere', when: at('2026-03-09T14:00:00', '2026-03-09T15:00:00') };
    const there = begun({
      ...series,
      exceptions: [{ original: { at: '2026-03-09T09:00:00', zone: undefined }, event: other }],
    });
    const next = inOutlook(there, (item) => ({
      ...item,
      subject: 'Moved',
      recurrence: item.recurrence && { ...item.recurrence, exceptions: [] },
    }));
    const plain = { ...other, location: '', when: exception.when };
    expect(readValue(next.value).exceptions.map(({ event }) => event)).toEqual([plain]);
    expect(syncEvent(next, context)).toEqual(next);
  });

  it('[H28] an exception that is seen again takes to the server only what was edited', () => {
    const again = inOutlook(renamed, (item) => ({ ...item, subject: 'Other' }));
    expect(readValue(again.value).main?.title).toBe('Other');
    expect(again.value.occurrences).toEqual(value.occurrences);
    expect(syncEvent(again, context)).toEqual(again);
  });

  it('[H28] an exception that the user makes like its series again, or removes, is removed on the server', () => {
    const reset = inOutlook({ ...world, value }, (item) => ({
      ...item,
      recurrence: item.recurrence && { ...item.recurrence, exceptions: [] },
    }));
    expect(readValue(reset.value).exceptions).toEqual([]);
    const removed = inOutlook({ ...world, value }, (item) => ({
      ...item,
      subject: 'Moved',
      recurrence: item.recurrence && { ...item.recurrence, deleted: ['2026-03-09'], exceptions: [] },
    }));
    expect(readValue(removed.value)).toMatchObject({ excluded: ['2026-03-09T09:00:00'], exceptions: [] });
  });
});

describe('what random histories found', () => {
  it('[H28] an occurrence removed in Outlook is removed on the server, also where that has an exception of it that Outlook cannot show', () => {
    const exceptions = [anException('2026-03-09T09:00:00', { when: at('2026-03-09T09:00:00', '2026-03-09T10:00:00') })];
    const world = begun(mondays('FREQ=WEEKLY;BYDAY=MO;COUNT=4', { exceptions }));
    expect([readValue(world.value).exceptions.length, world.base.outlook.exceptions.length]).toEqual([1, 0]);
    const next = inOutlook(world, (item) => ({
      ...item,
      recurrence: item.recurrence && { ...item.recurrence, deleted: ['2026-03-09'] },
    }));
    expect(readValue(next.value)).toMatchObject({ excluded: ['2026-03-09T09:00:00'], exceptions: [] });
    expect(next.item.recurrence?.deleted).toEqual(['2026-03-09']);
    expect(syncEvent(next, context)).toEqual(next);
  });

  it('[H28] a text edited in Outlook makes no exception of an occurrence that was only cut where the next one begins', () => {
    const long = (start: string, end: string): When => ({
      kind: 'time',
      start: { wall: start, zone: 'Europe/Paris' },
      end: { wall: end, zone: 'America/New_York' },
    });
    const moving = anException('2026-03-29T14:00:00', { when: long('2026-04-01T14:00:00', '2026-04-02T14:00:00') });
    const series = aSeries({
      main: anEvent({ when: long('2026-03-29T14:00:00', '2026-03-30T14:00:00') }),
      recurrence: rule('FREQ=DAILY;INTERVAL=2;BYHOUR=9,14'),
      exceptions: [moving],
    });
    const next = inOutlook(begun(series), (item) => ({ ...item, body: 'edited' }));
    const server = readValue(next.value);
    expect(server.main?.body.plain).toBe('edited');
    expect(server.exceptions.map(({ original, event }) => [original, event.when])).toEqual([
      [moving.original, moving.event.when],
    ]);
    expect(syncEvent(next, context)).toEqual(next);
  });
});
