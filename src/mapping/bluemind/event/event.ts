/**
 * A BlueMind calendar item ↔ a series, by the fields beside this file.
 *
 * The server's value is patched, never rebuilt: unknown properties, counter proposals, conference, sequence and draft, further
 * alarms, details of attendees and HTML stay as they are. `occurrences` is always a list: null makes the server fail.
 */
import { Failure } from '../../../base/failure.ts';
import type { Event, OriginalStart, Series } from '../../../domain/event.ts';
import { isDirectoryEntry } from '../../../domain/person.ts';
import type { VEvent, VEventOccurrence, VEventSeries } from '../../../wire/calendar.ts';
import { compose, type Field } from '../../field.ts';
import { body } from './body.ts';
import { busy } from './busy.ts';
import { categories, type TagOf } from './categories.ts';
import { conference } from './conference.ts';
import { settledMoment } from './date-time.ts';
import {
  added,
  type EventMapping,
  excluded,
  formOf,
  readExceptions,
  settledName,
  writeExceptions,
} from './exceptions.ts';
import { files } from './files.ts';
import { importance } from './importance.ts';
import { location } from './location.ts';
import { attendees, organizer } from './people.ts';
import { privacy } from './privacy.ts';
import { recurrence } from './recurrence.ts';
import { reminders } from './reminders.ts';
import { cancelled } from './status.ts';
import { title } from './title.ts';
import { url } from './url.ts';
import { when } from './when.ts';

/** What the mapping must know to write. */
export type BluemindEventContext = {
  /** The tag of a category; the caller makes missing ones beforehand. */
  readonly tagOf: TagOf;
};

/** The item holds neither an event nor an occurrence. */
export const EVENT_EMPTY = 'EVENT_EMPTY';

/** The fields of one event. `cancelled` before `busy`, which needs to know it. */
export function eventFields(tagOf: TagOf): { readonly [K in keyof Event]: Field<VEvent, Event[K]> } {
  return {
    title,
    when,
    location,
    body,
    reminders,
    cancelled,
    busy,
    privacy,
    importance,
    categories: categories(tagOf),
    organizer,
    attendees,
    url,
    conference,
    files,
  };
}

/** The mapping of one event, without its recurrence. */
export function eventField(tagOf: TagOf): Field<VEvent, Event> {
  return compose<VEvent, Event>(eventFields(tagOf));
}

const READING: Field<VEvent, Event> = eventField(() => undefined);

export const bluemindEvent = {
  /**
   * @throws EVENT_EMPTY, EVENT_WITHOUT_START when the item holds no event that can be shown
   */
  read(value: VEventSeries, uid: string): Series {
    const main = value.main ?? undefined;
    const form = main && formOf(when.read(main));
    const exceptions = readExceptions(value.occurrences ?? [], form, READING);
    if (main === undefined && exceptions.length === 0) throw new Failure(EVENT_EMPTY, 'The item holds no event.');
    return settleSeries({
      kind: 'event',
      uid: value.icsUid || uid,
      main: main && READING.read(main),
      recurrence: main && recurrence.read(main),
      excluded: main && form ? excluded(form).read(main) : [],
      added: main && form ? added(form).read(main) : [],
      exceptions,
    });
  },

  /** `current` undefined: a new item. */
  write(current: VEventSeries | undefined, series: Series, context: BluemindEventContext): VEventSeries {
    const mapping = eventField(context.tagOf);
    const old = current?.main ?? undefined;
    const main = series.main && writeMain(old ?? NEW_EVENT, series, series.main, mapping);
    const form = series.main && formOf(when.survives(series.main.when));
    const oldForm = old && formOf(when.read(old));
    const occurrences = writeExceptions(
      current?.occurrences ?? [],
      series.exceptions,
      { form, main, oldForm },
      mapping,
    );
    return {
      ...(current ?? { counters: [], properties: {}, icsUid: series.uid, acceptCounters: true }),
      main: main ?? null,
      occurrences: occurrences.map((occurrence): VEventOccurrence => keepMeeting(occurrence, true)),
    };
  },

  /** What the server would hold after storing `series`, its own rewriting of meetings included. */
  survives(series: Series, context: BluemindEventContext): Series {
    return survivesSeries(series, eventField(context.tagOf));
  },
};

const NEW_EVENT: VEvent = {
  status: 'Confirmed',
  transparency: 'Opaque',
  classification: 'Public',
  alarm: [],
  attendees: [],
  organizer: null,
  categories: [],
  attachments: [],
  conferenceConfiguration: {},
  properties: {},
  sequence: 0,
  draft: false,
};

function writeMain(current: VEvent, series: Series, main: Event, mapping: EventMapping): VEvent {
  const form = formOf(when.survives(main.when));
  const ruled = recurrence.write(mapping.write(current, main), series.recurrence);
  const extended = added(form).write(ruled, series.added);
  return keepMeeting(excluded(form).write(extended, repeats(series) ? series.excluded : []), false);
}

function repeats(series: Series): boolean {
  return series.recurrence !== undefined || series.added.length > 0;
}

/**
 * The server keeps people only of a real meeting: an organizer with an address, and somebody invited (an exception may lack those).
 * @source bluemind-api.md 10.2 rule 2
 */
function keepMeeting<E extends VEvent>(event: E, isException: boolean): E {
  const hasAddress = Boolean(event.organizer?.mailto?.includes('@') || event.organizer?.dir);
  const invited = event.attendees ?? [];
  if (hasAddress ? invited.length > 0 || isException : event.organizer == null && invited.length === 0) return event;
  return { ...event, organizer: null, attendees: [] };
}

function meetingSurvives(event: Event, isException: boolean): Event {
  const { address = '' } = event.organizer ?? {};
  const hasAddress = address.includes('@') || isDirectoryEntry(address);
  if (hasAddress && (event.attendees.length > 0 || isException)) return event;
  return { ...event, organizer: undefined, attendees: [] };
}

function survivesSeries(series: Series, mapping: Field<VEvent, Event>): Series {
  const main = series.main && meetingSurvives(mapping.survives(series.main), false);
  const form = main && formOf(main.when);
  return settleSeries({
    ...series,
    main,
    recurrence: main && recurrence.survives(series.recurrence),
    excluded: form ? excluded(form).survives(series.excluded) : [],
    added: form ? added(form).survives(series.added) : [],
    exceptions: series.exceptions.map(({ original, event }) => ({
      original: form ? { at: settledName(original.at, form), zone: undefined } : settledOrphan(original),
      event: meetingSurvives(mapping.survives(event), true),
    })),
  });
}

/** An occurrence without a series names its own zone. */
function settledOrphan({ at, zone }: OriginalStart): OriginalStart {
  return at.length > 10 ? { at: settledMoment({ wall: at, zone }).wall, zone } : { at, zone: undefined };
}

/** What no longer means anything is left out: removed occurrences where nothing repeats, or where the occurrence was changed. */
function settleSeries(series: Series): Series {
  const changed = new Set(series.main ? series.exceptions.map((exception) => exception.original.at) : []);
  const excluded = repeats(series) ? series.excluded.filter((at) => !changed.has(at)) : [];
  return excluded.length === series.excluded.length ? series : { ...series, excluded };
}
