import type { Attendee, Person } from './person.ts';
import type { Recurrence } from './recurrence.ts';
import type { Reminder } from './reminder.ts';
import { atom, inline, keyed, optional, record, type Shape } from './shape.ts';
import { RICH_TEXT_SHAPE, type RichText } from './text.ts';
import type { LocalDate, Moment, WallTime, When, ZoneId } from './time.ts';

export type Busy = 'free' | 'tentative' | 'busy' | 'outOfOffice' | 'elsewhere';
export type Privacy = 'public' | 'personal' | 'private' | 'confidential';
export type Importance = 'low' | 'normal' | 'high';

/** A file linked to an event, by its address. */
export type LinkedFile = { readonly name: string; readonly url: string };

/** One event, or one occurrence that differs from its series (every field is its own: nothing is inherited). */
export type Event = {
  readonly title: string;
  readonly when: When;
  readonly location: string;
  readonly body: RichText;
  readonly reminders: readonly Reminder[];
  readonly busy: Busy;
  readonly privacy: Privacy;
  readonly importance: Importance;
  /** Category names as shown, without list separators. */
  readonly categories: readonly string[];
  readonly organizer: Person | undefined;
  readonly attendees: readonly Attendee[];
  readonly cancelled: boolean;
  readonly url: string;
  /** Where people meet online, an address. */
  readonly conference: string | undefined;
  readonly files: readonly LinkedFile[];
};

/** An event of which nothing is known but its time. */
export const BLANK_EVENT: Omit<Event, 'when'> = {
  title: '',
  location: '',
  body: { plain: '', html: undefined },
  reminders: [],
  busy: 'busy',
  privacy: 'public',
  importance: 'normal',
  categories: [],
  organizer: undefined,
  attendees: [],
  cancelled: false,
  url: '',
  conference: undefined,
  files: [],
};

/**
 * The start that an occurrence has by the rule (RECURRENCE-ID): a date for all-day series, else the wall time in the zone
 * of the series' start. `zone` is set only where there is no series (an invitation to single occurrences).
 */
export type OriginalStart = { readonly at: LocalDate | WallTime; readonly zone: ZoneId | undefined };

/** An occurrence that differs from the rule. */
export type Exception = { readonly original: OriginalStart; readonly event: Event };

/**
 * An event with everything that belongs to its uid. `main` undefined: the user is invited to single occurrences only.
 * `recurrence` undefined: a single event, and then `excluded`, `added` and `exceptions` are empty.
 */
export type Series = {
  readonly kind: 'event';
  /** The calendar-world key (iCalendar UID). */
  readonly uid: string;
  readonly main: Event | undefined;
  readonly recurrence: Recurrence | undefined;
  /** Occurrences removed from the rule (EXDATE), as {@link OriginalStart} `at` values. */
  readonly excluded: readonly string[];
  /** Occurrences beyond the rule (RDATE). */
  readonly added: readonly (LocalDate | Moment)[];
  readonly exceptions: readonly Exception[];
  /**
   * What of it the side shows that this was read from; undefined: all of it. No part of the content: it has no place in the shape, crosses
   * to no side, and says only what may be concluded from what is missing.
   */
  readonly shown?: ShownPart | undefined;
};

/** The occurrences that are shown of a series that a side cannot hold. */
export type ShownPart = {
  /** Original dates of the first and the last one; empty where only the main event is shown, without its rule. */
  readonly dates: { readonly from: LocalDate; readonly to: LocalDate } | undefined;
  /** Time went by: later ones have to be shown. */
  readonly isDue: boolean;
};

/** By members: an answer that arrives in Outlook must not take along what Outlook does not know of the attendee. */
const ATTENDEE_SHAPE: Shape<Attendee> = record<Attendee>({
  name: atom(),
  address: atom(),
  role: atom(),
  kind: atom(),
  response: atom(),
});

const EVENT_SHAPE: Shape<Event> = record<Event>({
  title: atom(),
  when: atom(),
  location: atom(),
  body: RICH_TEXT_SHAPE,
  reminders: keyed((reminder) => `${reminder.action}:${reminder.minutes}`),
  busy: atom(),
  privacy: atom(),
  importance: atom(),
  categories: keyed((category) => category.toLowerCase()),
  organizer: atom(),
  attendees: keyed((attendee) => attendee.address || attendee.name, inline(ATTENDEE_SHAPE)),
  cancelled: atom(),
  url: atom(),
  conference: atom(),
  files: keyed((file) => file.url),
});

/** What tells the exceptions of a series apart: `2026-03-09T09:00:00`, with `@Europe/Paris` behind it where a zone is set. */
export function originalKey(original: OriginalStart): string {
  return original.zone === undefined ? original.at : `${original.at}@${original.zone}`;
}

/** How a series is compared and merged; see {@link Shape}. */
export const SERIES_SHAPE: Shape<Omit<Series, 'shown'>> = record<Omit<Series, 'shown'>>({
  kind: atom(),
  uid: atom(),
  main: optional(EVENT_SHAPE),
  recurrence: atom(),
  excluded: keyed((at) => at),
  added: atom(),
  exceptions: keyed(
    (exception) => originalKey(exception.original),
    record<Exception>({ original: atom(), event: inline(EVENT_SHAPE) }),
  ),
});
