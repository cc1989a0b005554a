import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../base/digest.ts';
import { isFailure } from '../../../base/failure.ts';
import { runs } from '../../../base/testing/runs.ts';
import { type Event, SERIES_SHAPE, type Series } from '../../../domain/event.ts';
import { textOf } from '../../../domain/shape-text.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { isSame } from '../../field.ts';
import { appointments, items } from '../../testing/arbitrary-appointment.ts';
import * as random from '../../testing/arbitrary-event.ts';
import { fieldLaws } from '../../testing/field-laws.ts';
import type { OutlookEventContext } from './context.ts';
import { eventFields, outlookEvent } from './event.ts';
import { meeting } from './people.ts';

const context: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const fields = eventFields(context);
const values = <K extends keyof typeof fields>(pick: K) => random.events.map((event) => event[pick]);

for (const name of Object.keys(fields) as (keyof typeof fields)[]) {
  // One suite for fields of every type: each is tested with values of its own.
  fieldLaws<object, unknown>({
    name,
    field: fields[name] as never,
    shapes: appointments,
    values: values(name),
    seen: seenAs(name),
  });
}
fieldLaws({
  name: 'meeting',
  field: meeting(context),
  shapes: appointments,
  values: random.events.map(({ organizer, attendees }) => ({ organizer, attendees })),
});

/** A category that is there keeps its spelling. */
function seenAs(name: keyof typeof fields): ((value: unknown) => unknown) | undefined {
  return name === 'categories'
    ? (value) => (value as readonly string[]).map((label) => label.toLowerCase())
    : undefined;
}

/** A series as its laws compare it: categories without their case. */
function said(series: Series): string {
  const seen = (event: Event): Event => ({
    ...event,
    categories: event.categories.map((label) => label.toLowerCase()),
  });
  const exceptions = series.exceptions.map(({ original, event }) => ({ original, event: seen(event) }));
  return textOf(SERIES_SHAPE, { ...series, main: series.main && seen(series.main), exceptions });
}

/** Items whose recurrence the server can hold; the others are refused when read. */
const readable = items.filter((item) => {
  try {
    outlookEvent.read(item, context);
    return true;
  } catch (error) {
    return !isFailure(error, 'SERIES_WEEK_START');
  }
});

describe('a whole item', () => {
  test('what Outlook holds is not changed by writing what was read', () => {
    fc.assert(
      fc.property(readable, (item) => {
        const read = outlookEvent.read(item, context);
        expect(isSame(outlookEvent.write(item, read, context), item)).toBe(true);
      }),
      runs(300),
    );
  });

  test('what is read survives', () => {
    fc.assert(
      fc.property(readable, (item) => {
        const read = outlookEvent.read(item, context);
        expect(said(outlookEvent.survives(read, context))).toBe(said(read));
      }),
      runs(300),
    );
  });

  test('an edit of the title leaves the recurrence as it is', () => {
    fc.assert(
      fc.property(readable, (item) => {
        const read = outlookEvent.read(item, context);
        if (read.main === undefined) return;
        const written = outlookEvent.write(item, { ...read, main: { ...read.main, title: 'edited' } }, context);
        const rule = ({ recurrence }: typeof item) =>
          recurrence && {
            ...recurrence,
            exceptions: recurrence.exceptions.map(({ subject: _, body: __, ...rest }) => rest),
          };
        // A note that is not as it should be is put right with any edit.
        const { [TAG.note]: _, ...tags } = written.tags;
        const { [TAG.note]: __, ...tagsBefore } = item.tags;
        expect(canonicalJson({ ...written, subject: '', body: '', tags, recurrence: rule(written) })).toBe(
          canonicalJson({ ...item, subject: '', body: '', tags: tagsBefore, recurrence: rule(item) }),
        );
        const again = outlookEvent.write(written, { ...read, main: { ...read.main, title: 'once more' } }, context);
        expect([again.body, again.tags]).toEqual([written.body, written.tags]);
      }),
      runs(300),
    );
  });

  test('what is read after writing is what was told to survive', () => {
    fc.assert(
      fc.property(fc.option(readable, { nil: undefined, freq: 3 }), random.seriesList, (current, series) => {
        const survived = outlookEvent.survives(series, context);
        // Where weeks begin is the item's, not the series': programs cannot set it.
        const mondays = current?.recurrence && { ...current, recurrence: { ...current.recurrence, firstDayOfWeek: 1 } };
        const read = outlookEvent.read(outlookEvent.write(mondays ?? current, series, context), context);
        expect(said(read)).toBe(said(survived));
        expect(said(outlookEvent.survives(survived, context))).toBe(said(survived));
      }),
      runs(400),
    );
  });
});
