import type { Static } from 'typebox';
import { BmDateTime } from './common.ts';
import { epoch, flag, list, mapOf, maybe, primitive, shape, text, whole, word } from './schema.ts';
import { TagRef } from './tags.ts';

/**
 * The calendar shapes, as sent and received. Field meanings and traps: fact sheet 4.3 to 4.6; what the server rewrites: docs/server.md.
 */
export const WEEK_DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** `day` MO to SU (the server checks it by itself: EVENT_WEEKDAY_INVALID); `offset` 0 = every one, 2 = second, -1 = last. */
export const ByDayRule = shape({ day: maybe(text), offset: primitive(whole, 0) }, 'ByDayRule');
export type ByDayRule = Static<typeof ByDayRule>;

export const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const numbers = () => maybe(list(maybe(whole)));

/** A recurrence rule; there is no WKST, weeks start on Monday. `interval` null means 1. */
export const RRule = shape(
  {
    frequency: maybe(word(FREQUENCIES)),
    count: maybe(whole),
    until: maybe(BmDateTime),
    interval: maybe(whole),
    bySecond: numbers(),
    byMinute: numbers(),
    byHour: numbers(),
    byDay: maybe(list(ByDayRule)),
    byMonthDay: numbers(),
    byYearDay: numbers(),
    byWeekNo: numbers(),
    byMonth: numbers(),
    bySetPos: numbers(),
  },
  'RRule',
);
export type RRule = Static<typeof RRule>;

/** `trigger` @units seconds, negative = before the start; `duration` @units seconds */
export const VAlarm = shape(
  {
    action: maybe(word(['Audio', 'Display', 'Email'])),
    trigger: maybe(whole),
    description: maybe(text),
    duration: maybe(whole),
    repeat: maybe(whole),
    summary: maybe(text),
  },
  'VAlarm',
);
export type VAlarm = Static<typeof VAlarm>;

/** `dir` `bm://<domain>/users/<uid>` for people of the directory; `uri` `<containerUid>/<itemUid>` of a card. */
export const Attendee = shape(
  {
    cutype: maybe(word(['Individual', 'Group', 'Resource', 'Room', 'Unknown'])),
    member: maybe(text),
    role: maybe(word(['Chair', 'RequiredParticipant', 'OptionalParticipant', 'NonParticipant'])),
    partStatus: maybe(word(['NeedsAction', 'Accepted', 'Declined', 'Tentative', 'Delegated', 'Completed'])),
    rsvp: maybe(flag),
    delTo: maybe(text),
    delFrom: maybe(text),
    sentBy: maybe(text),
    commonName: maybe(text),
    dir: maybe(text),
    lang: maybe(text),
    mailto: maybe(text),
    uri: maybe(text),
    internal: primitive(flag, false),
    responseComment: maybe(text),
    counter: maybe(BmDateTime),
  },
  'Attendee',
);
export type Attendee = Static<typeof Attendee>;

export const Organizer = shape(
  { uri: maybe(text), commonName: maybe(text), mailto: maybe(text), dir: maybe(text) },
  'Organizer',
);
export type Organizer = Static<typeof Organizer>;

/** A file by its public address. `expirationDate` @units epoch milliseconds, not persisted by the server */
export const AttachedFile = shape(
  { publicUrl: maybe(text), expirationDate: maybe(epoch), name: maybe(text), cid: maybe(text) },
  'AttachedFile',
);
export type AttachedFile = Static<typeof AttachedFile>;

export const EVENT_STATUSES = ['NeedsAction', 'Completed', 'InProcess', 'Cancelled', 'Confirmed', 'Tentative'] as const;
export const CLASSIFICATIONS = ['Public', 'Private', 'Confidential'] as const;

/** The members that events and tasks share (`ICalendarElement`). `description` @units HTML fragment */
export const elementMembers = {
  dtstart: maybe(BmDateTime),
  summary: maybe(text),
  classification: maybe(word(CLASSIFICATIONS)),
  location: maybe(text),
  description: maybe(text),
  priority: maybe(whole),
  alarm: maybe(list(VAlarm)),
  status: maybe(word(EVENT_STATUSES)),
  attendees: maybe(list(Attendee), []),
  organizer: maybe(Organizer),
  categories: maybe(list(TagRef), []),
  exdate: maybe(list(BmDateTime)),
  rdate: maybe(list(BmDateTime)),
  rrule: maybe(RRule),
  url: maybe(text),
  conference: maybe(text),
  conferenceId: maybe(text),
  conferenceConfiguration: maybe(mapOf(maybe(text)), {}),
  attachments: maybe(list(AttachedFile), []),
  sequence: maybe(whole),
  draft: primitive(flag, false),
  properties: maybe(mapOf(maybe(text)), {}),
};

const eventMembers = {
  ...elementMembers,
  dtend: maybe(BmDateTime),
  transparency: maybe(word(['Opaque', 'Transparent'])),
};

/** One event. `dtend` is exclusive; all-day when the precision of `dtstart` is Date. */
export const VEvent = shape(eventMembers, 'VEvent');
export type VEvent = Static<typeof VEvent>;

/** An occurrence that differs from its series: a whole event (nothing is inherited) and its original start. */
export const VEventOccurrence = shape({ ...eventMembers, recurid: maybe(BmDateTime) }, 'VEventOccurrence');
export type VEventOccurrence = Static<typeof VEventOccurrence>;

/** A proposal of another time by an attendee. */
export const VEventCounter = shape(
  {
    originator: maybe(shape({ commonName: maybe(text), email: maybe(text) })),
    counter: maybe(VEventOccurrence),
  },
  'VEventCounter',
);
export type VEventCounter = Static<typeof VEventCounter>;

/**
 * What a calendar item holds. `main` null with occurrences: invited to single occurrences only.
 * On an update `icsUid` null and `properties` null keep what is stored; `occurrences` null makes the server fail: send [].
 */
export const VEventSeries = shape(
  {
    main: maybe(VEvent),
    occurrences: maybe(list(VEventOccurrence), []),
    counters: maybe(list(VEventCounter), []),
    properties: maybe(mapOf(maybe(text))),
    icsUid: maybe(text),
    acceptCounters: primitive(flag, true),
  },
  'VEventSeries',
);
export type VEventSeries = Static<typeof VEventSeries>;

const written = shape({
  uid: maybe(text),
  value: maybe(VEventSeries),
  sendNotification: primitive(flag, false),
});

/** A batch: adds, then modifies, then deletes. */
export const VEventChanges = shape(
  {
    add: maybe(list(written)),
    modify: maybe(list(written)),
    delete: maybe(list(shape({ uid: maybe(text), sendNotification: primitive(flag, false) }))),
  },
  'VEventChanges',
);
export type VEventChanges = Static<typeof VEventChanges>;

/** `dateMin` is compared with the end, `dateMax` with the start; series are not expanded. */
export const VEventQuery = shape(
  {
    query: maybe(text),
    from: primitive(whole, 0),
    size: primitive(whole, 10_000),
    escapeQuery: primitive(flag, false),
    dateMin: maybe(BmDateTime),
    dateMax: maybe(BmDateTime),
    resolveAttendees: primitive(flag, true),
    attendee: maybe(shape({ dir: maybe(text), calendarOwnerAsDir: primitive(flag, false), partStatus: maybe(text) })),
  },
  'VEventQuery',
);
export type VEventQuery = Static<typeof VEventQuery>;

export const CalendarsVEventQuery = shape(
  { owner: maybe(text), containers: maybe(list(text)), eventQuery: maybe(VEventQuery) },
  'CalendarsVEventQuery',
);
export type CalendarsVEventQuery = Static<typeof CalendarsVEventQuery>;

/** `dayStart`, `dayEnd` @units milliseconds since midnight; `minDuration` @units minutes */
export const CalendarSettingsData = shape(
  {
    workingDays: maybe(list(word(WEEK_DAYS))),
    dayStart: maybe(whole),
    dayEnd: maybe(whole),
    minDuration: maybe(whole),
    timezoneId: maybe(text),
  },
  'CalendarSettingsData',
);
export type CalendarSettingsData = Static<typeof CalendarSettingsData>;

export const CalendarView = shape(
  {
    label: maybe(text),
    type: maybe(word(['DAY', 'WEEK', 'MONTH', 'LIST'])),
    isDefault: primitive(flag, false),
    calendars: maybe(list(text)),
  },
  'CalendarView',
);
export type CalendarView = Static<typeof CalendarView>;

const writtenView = shape({ uid: maybe(text), value: maybe(CalendarView) });
export const CalendarViewChanges = shape(
  {
    add: maybe(list(writtenView)),
    modify: maybe(list(writtenView)),
    delete: maybe(list(shape({ uid: maybe(text) }))),
  },
  'CalendarViewChanges',
);
export type CalendarViewChanges = Static<typeof CalendarViewChanges>;

/** What an ICS import tells when its task ends. */
export const ImportStats = shape({ uids: maybe(list(text)), total: primitive(whole, 0) }, 'ImportStats');
export type ImportStats = Static<typeof ImportStats>;
