import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../base/digest.ts';
import { runs } from '../../../base/testing/runs.ts';
import { type Event, SERIES_SHAPE, type Series } from '../../../domain/event.ts';
import { textOf } from '../../../domain/shape-text.ts';
import type { VEvent, VEventSeries } from '../../../wire/calendar.ts';
import type { BmDateTime } from '../../../wire/common.ts';
import { isSame } from '../../field.ts';
import { plainOfHtml } from '../../rich-text.ts';
import * as random from '../../testing/arbitrary-event.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import { bmDateTime } from './date-time.ts';
import { type BluemindEventContext, bluemindEvent, eventFields } from './event.ts';
import { added, excluded, formOf } from './exceptions.ts';
import { recurrence } from './recurrence.ts';

const tagOf = (label: string) => ({ containerUid: 'tags', itemUid: `t-${label}`, label, color: 'ff0000' });
const context: BluemindEventContext = { tagOf };
const fields = eventFields(tagOf);

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const bmTimes: fc.Arbitrary<BmDateTime> = fc.oneof(random.dates, random.moments).map(bmDateTime);
const shortTexts = fc.constantFrom('', 'a', '---', 'Room 4');

/** What a server may hold, with members that Outlook knows nothing of. */
const vevents: fc.Arbitrary<VEvent> = fc
  .record({
    when: random.whens,
    summary: maybe(shortTexts),
    location: maybe(shortTexts),
    description: maybe(fc.constantFrom('', '<p>a</p>', 'a', '<img src="x">', '<p>two<br>lines</p>')),
    classification: maybe(fc.constantFrom('Public' as const, 'Private' as const, 'Confidential' as const)),
    priority: maybe(fc.integer({ min: 0, max: 9 })),
    status: maybe(
      fc.constantFrom(
        'NeedsAction' as const,
        'Completed' as const,
        'InProcess' as const,
        'Cancelled' as const,
        'Confirmed' as const,
        'Tentative' as const,
      ),
    ),
    transparency: maybe(fc.constantFrom('Opaque' as const, 'Transparent' as const)),
    alarm: maybe(
      fc.array(
        fc.record({
          action: maybe(fc.constantFrom('Display' as const, 'Email' as const, 'Audio' as const)),
          trigger: maybe(fc.constantFrom(-900, -600, 0, 60, -37, 300)),
          description: maybe(shortTexts),
          duration: fc.constantFrom(0, 60),
          repeat: fc.nat(2),
          summary: fc.constant(null),
        }),
        { maxLength: 4 },
      ),
    ),
    attendees: maybe(
      fc.array(
        fc.record({
          commonName: maybe(fc.constantFrom('Ann', '')),
          mailto: maybe(fc.constantFrom('ann@acme.test', 'BOB@acme.test')),
          dir: maybe(fc.constant('bm://acme.test/users/U2')),
          partStatus: maybe(fc.constantFrom('Accepted' as const, 'Declined' as const)),
          role: maybe(fc.constantFrom('Chair' as const, 'OptionalParticipant' as const)),
          rsvp: maybe(fc.boolean()),
          lang: maybe(fc.constant('fr')),
        }),
        { maxLength: 3 },
      ),
    ),
    organizer: maybe(
      fc.record({
        commonName: maybe(fc.constant('Ann')),
        mailto: maybe(fc.constantFrom('Ann@acme.test', 'x@y.z')),
        dir: maybe(fc.constant('bm://acme.test/users/U1')),
      }),
    ),
    categories: maybe(
      fc.array(
        fc.record({
          containerUid: fc.constant('tags'),
          itemUid: fc.constantFrom('t1', 't2'),
          label: maybe(fc.constantFrom('Work', 'work', ' Été ', '')),
        }),
        { maxLength: 3 },
      ),
    ),
    url: maybe(fc.constantFrom('', 'https://acme.test')),
    attachments: maybe(
      fc.array(
        fc.record({
          publicUrl: maybe(fc.constantFrom('https://acme.test/f/1', '')),
          name: maybe(fc.constantFrom('a.pdf', '')),
          cid: maybe(fc.constant('c1')),
        }),
        { maxLength: 3 },
      ),
    ),
    properties: maybe(
      fc.record(
        {
          theirs: fc.constant('x'),
          outlookConnectorBusy: fc.constantFrom('outOfOffice', 'elsewhere', 'tentative', 'odd'),
          outlookConnectorPrivacy: fc.constant('personal'),
        },
        { requiredKeys: [] },
      ),
    ),
    conference: fc.constantFrom('https://visio.test/1', null),
    sequence: fc.nat(5),
    draft: fc.boolean(),
    exdate: maybe(fc.array(bmTimes, { maxLength: 3 })),
    rdate: maybe(fc.array(bmTimes, { maxLength: 3 })),
    rrule: maybe(
      fc.record({
        frequency: maybe(fc.constantFrom('DAILY' as const, 'MONTHLY' as const)),
        interval: maybe(fc.integer({ min: 0, max: 3 })),
        count: maybe(fc.nat(3)),
        until: maybe(bmTimes),
        byDay: maybe(
          fc.array(
            fc.record({ day: maybe(fc.constantFrom('MO', 'XX')), offset: maybe(fc.integer({ min: -1, max: 2 })) }),
            { maxLength: 2 },
          ),
        ),
        byHour: maybe(fc.array(maybe(fc.nat(23)), { maxLength: 2 })),
      }),
    ),
  })
  .map(({ when, ...rest }) => ({ ...rest, dtstart: bmDateTime(when.start), dtend: bmDateTime(when.end) }));

const shapes = vevents;
const values = <K extends keyof typeof fields>(pick: K) => random.events.map((event) => event[pick]);

fieldLaws({ name: 'title', field: fields.title, shapes, values: values('title') });
fieldLaws({ name: 'when', field: fields.when, shapes, values: values('when') });
fieldLaws({ name: 'location', field: fields.location, shapes, values: values('location') });
fieldLaws({
  name: 'body',
  field: fields.body,
  shapes,
  values: values('body'),
  // Words that already stand there in HTML keep their formatting, whoever says them: that HTML is not told by the words alone.
  except: (shape, value) => value.html === undefined && plainOfHtml(shape.description ?? '') === value.plain,
});
fieldLaws({ name: 'reminders', field: fields.reminders, shapes, values: values('reminders') });
fieldLaws({ name: 'busy', field: fields.busy, shapes, values: values('busy') });
fieldLaws({ name: 'privacy', field: fields.privacy, shapes, values: values('privacy') });
fieldLaws({ name: 'importance', field: fields.importance, shapes, values: values('importance') });
fieldLaws({
  name: 'categories',
  field: fields.categories,
  shapes,
  values: values('categories'),
  // A category is the same in any case, and a tag that is there keeps its spelling.
  seen: (list) => list.map((label) => label.trim().toLowerCase()),
});
fieldLaws({ name: 'organizer', field: fields.organizer, shapes, values: values('organizer') });
fieldLaws({ name: 'attendees', field: fields.attendees, shapes, values: values('attendees') });
fieldLaws({ name: 'cancelled', field: fields.cancelled, shapes, values: values('cancelled') });
fieldLaws({ name: 'url', field: fields.url, shapes, values: values('url') });
fieldLaws({ name: 'files', field: fields.files, shapes, values: values('files') });
fieldLaws({
  name: 'recurrence',
  field: recurrence,
  shapes,
  values: fc.option(
    random.seriesList.map((series) => series.recurrence),
    { nil: undefined },
  ),
});

const form = formOf({
  kind: 'time',
  start: { wall: '2026-03-02T09:00:00', zone: 'Europe/Paris' },
  end: { wall: '2026-03-02T10:00:00', zone: 'Europe/Paris' },
});
fieldLaws({ name: 'excluded', field: excluded(form), shapes, values: fc.uniqueArray(random.walls, { maxLength: 3 }) });
fieldLaws({ name: 'added', field: added(form), shapes, values: fc.array(random.moments, { maxLength: 3 }) });

const serverSeries: fc.Arbitrary<VEventSeries> = fc
  .record({
    main: vevents,
    occurrences: fc.uniqueArray(fc.record({ event: vevents, recurid: bmTimes }), {
      maxLength: 2,
      selector: ({ recurid }) => recurid.iso8601,
    }),
    icsUid: fc.constantFrom('u1', null),
    counters: fc.constant([{ originator: { email: 'x@y.z' } }]),
  })
  .map(({ occurrences, ...rest }) => ({
    ...rest,
    acceptCounters: false,
    occurrences: occurrences.map(({ event, recurid }) => ({ ...event, recurid })),
  }));

/** A series as its laws compare it: see those of the body and of the categories. */
function said(series: Series): string {
  const seen = (event: Event): Event => ({
    ...event,
    body: { plain: event.body.plain, html: undefined },
    categories: event.categories.map((category) => category.toLowerCase()),
  });
  const exceptions = series.exceptions.map(({ original, event }) => ({ original, event: seen(event) }));
  return textOf(SERIES_SHAPE, { ...series, main: series.main && seen(series.main), exceptions });
}

describe('a whole item', () => {
  test('what the server holds is not changed by writing what was read', () => {
    fc.assert(
      fc.property(serverSeries, (value) => {
        const read = bluemindEvent.read(value, 'item');
        const written = bluemindEvent.write(value, read, context);
        // Doubles of one occurrence, and people without a meeting, are no state that a server can be in.
        const doubles =
          read.exceptions.length !== value.occurrences?.length ||
          read.excluded.length !== new Set(value.main?.exdate?.map((date) => canonicalJson(date))).size;
        const isMeeting = [value.main, ...(value.occurrences ?? [])].every(
          (event) => (event?.organizer?.mailto || event?.organizer?.dir) && (event.attendees?.length ?? 0) > 0,
        );
        if (!doubles && isMeeting && value.main?.rrule?.frequency) expect(isSame(written, value)).toBe(true);
        expect([written.counters, written.acceptCounters, written.icsUid]).toEqual([
          value.counters,
          value.acceptCounters,
          value.icsUid,
        ]);
      }),
      runs(200),
    );
  });

  test('what is read after writing is what was told to survive', () => {
    fc.assert(
      fc.property(fc.option(serverSeries, { nil: undefined, freq: 3 }), random.seriesList, (current, series) => {
        const survived = bluemindEvent.survives(series, context);
        const written = bluemindEvent.write(current && { ...current, icsUid: series.uid }, series, context);
        const read = bluemindEvent.read(written, 'item');
        expect(said(read)).toBe(said(survived));
        expect(said(bluemindEvent.survives(survived, context))).toBe(said(survived));
      }),
      runs(400),
    );
  });
});
