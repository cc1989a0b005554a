/** The server's VEvent → VEVENT as jCal, the form `ical.js` prints. */
import type { LocalDate, Moment } from '../../domain/time.ts';
import type { Attendee, Organizer, RRule, VAlarm, VEvent, VEventOccurrence } from '../../wire/calendar.ts';
import type { BmDateTime } from '../../wire/common.ts';
import { readBmDateTime } from '../bluemind/event/date-time.ts';
import { OWN_PROPERTY } from '../bluemind/event/own-properties.ts';
import { plainOfHtml } from '../rich-text.ts';
import { ANSWER_WORDS, KIND_WORDS, NO_ADDRESS, ROLE_WORDS } from './read-people.ts';

type Parameters = Readonly<Record<string, string>>;
export type JCalProperty = readonly [name: string, parameters: Parameters, type: string, ...values: readonly unknown[]];
export type JCal = readonly [name: string, properties: readonly JCalProperty[], children: readonly JCal[]];

/** One event or occurrence of the series `uid`. */
export function writeEvent(uid: string, event: VEvent | VEventOccurrence): JCal {
  const recurid = 'recurid' in event ? event.recurid : undefined;
  const properties: JCalProperty[] = [
    text('uid', uid),
    // The server keeps no stamp of its own for us to repeat, and a pure room has no clock.
    ['dtstamp', {}, 'date-time', '1970-01-01T00:00:00Z'],
    ...time('recurrence-id', recurid),
    ...time('dtstart', event.dtstart),
    ...time('dtend', event.dtend),
    ...optional('summary', event.summary),
    ...optional('location', event.location),
    ...describe(event.description),
    ...(event.classification ? [text('class', event.classification.toUpperCase())] : []),
    ...(event.priority == null ? [] : [['priority', {}, 'integer', event.priority] as const]),
    ...(event.status ? [text('status', STATUS_WORDS[event.status])] : []),
    text('transp', event.transparency === 'Transparent' ? 'TRANSPARENT' : 'OPAQUE'),
    text('x-microsoft-cdo-busystatus', busyWord(event)),
    ...(event.sequence == null ? [] : [['sequence', {}, 'integer', event.sequence] as const]),
    ...(event.url ? [['url', {}, 'uri', event.url] as const] : []),
    ...(event.conference ? [['conference', { value: 'URI' }, 'uri', event.conference] as const] : []),
    ...(event.rrule ? [['rrule', {}, 'recur', ruleOf(event.rrule)] as const] : []),
    ...(event.exdate ?? []).flatMap((date) => time('exdate', date)),
    ...(event.rdate ?? []).flatMap((date) => time('rdate', date)),
    ...categories(event),
    ...people(event),
    ...(event.attachments ?? []).flatMap((file) =>
      file.publicUrl ? [['attach', file.name ? { filename: file.name } : {}, 'uri', file.publicUrl] as const] : [],
    ),
  ];
  return ['vevent', properties, (event.alarm ?? []).flatMap(alarmOf)];
}

function text(name: string, value: string): JCalProperty {
  return [name, {}, name.startsWith('x-') ? 'unknown' : 'text', value];
}

function optional(name: string, value: string | null | undefined): readonly JCalProperty[] {
  return value ? [text(name, value)] : [];
}

const STATUS_WORDS = {
  NeedsAction: 'NEEDS-ACTION',
  Completed: 'COMPLETED',
  InProcess: 'IN-PROCESS',
  Cancelled: 'CANCELLED',
  Confirmed: 'CONFIRMED',
  Tentative: 'TENTATIVE',
} as const satisfies Record<NonNullable<VEvent['status']>, string>;

function busyWord(event: VEvent): string {
  const own = event.properties?.[OWN_PROPERTY.busy];
  if (own === 'outOfOffice') return 'OOF';
  if (own === 'elsewhere') return 'WORKINGELSEWHERE';
  if (event.transparency === 'Transparent') return 'FREE';
  return event.status === 'Tentative' ? 'TENTATIVE' : 'BUSY';
}

/** A BmDateTime as a jCal time property; nothing when it is absent or unreadable. */
function time(name: string, bm: BmDateTime | null | undefined): readonly JCalProperty[] {
  const value = readBmDateTime(bm);
  if (value === undefined) return [];
  const zone = typeof value === 'string' || value.zone === 'UTC' ? undefined : value.zone;
  const parameters: Parameters = zone === undefined ? {} : { tzid: zone };
  return [[name, parameters, typeof value === 'string' ? 'date' : 'date-time', timeText(value)]];
}

function timeText(value: LocalDate | Moment): string {
  if (typeof value === 'string') return value;
  return value.zone === 'UTC' ? `${value.wall}Z` : value.wall;
}

/** The text that every program reads, and the HTML beside it as Outlook does. */
function describe(html: string | null | undefined): readonly JCalProperty[] {
  if (!html) return [];
  const plain = plainOfHtml(html);
  const rich: JCalProperty = ['x-alt-desc', { fmttype: 'text/html' }, 'text', `<html><body>${html}</body></html>`];
  return [...(plain === '' ? [] : [text('description', plain)]), rich];
}

function ruleOf(rule: RRule): Readonly<Record<string, unknown>> {
  const until = readBmDateTime(rule.until);
  const parts: Record<string, unknown> = { freq: rule.frequency ?? 'DAILY' };
  if (rule.interval != null && rule.interval > 1) parts.interval = rule.interval;
  if (rule.count != null) parts.count = rule.count;
  if (until !== undefined) parts.until = timeText(until);
  const days = (rule.byDay ?? []).map(({ day, offset }) => `${offset || ''}${day}`);
  if (days.length > 0) parts.byday = days;
  for (const [member, part] of NUMBER_PARTS) {
    const numbers = rule[member] ?? [];
    if (numbers.length > 0) parts[part] = [...numbers];
  }
  return parts;
}

const NUMBER_PARTS = [
  ['byMonthDay', 'bymonthday'],
  ['byMonth', 'bymonth'],
  ['bySetPos', 'bysetpos'],
  ['byYearDay', 'byyearday'],
  ['byWeekNo', 'byweekno'],
  ['byHour', 'byhour'],
  ['byMinute', 'byminute'],
  ['bySecond', 'bysecond'],
] as const;

function categories(event: VEvent): readonly JCalProperty[] {
  const labels = (event.categories ?? []).flatMap((tag) => (tag.label ? [tag.label] : []));
  return labels.length > 0 ? [['categories', {}, 'text', ...labels]] : [];
}

function people(event: VEvent): readonly JCalProperty[] {
  const organizer = event.organizer ? person('organizer', event.organizer, {}) : [];
  return [
    ...organizer,
    ...(event.attendees ?? []).flatMap((attendee) => person('attendee', attendee, attendeeParameters(attendee))),
  ];
}

function attendeeParameters(attendee: Attendee): Parameters {
  const parameters: Record<string, string> = {};
  if (attendee.cutype) parameters.cutype = KIND_WORDS.get(attendee.cutype) ?? 'UNKNOWN';
  if (attendee.role) parameters.role = ROLE_WORDS.get(attendee.role) ?? 'REQ-PARTICIPANT';
  if (attendee.partStatus) parameters.partstat = ANSWER_WORDS.get(attendee.partStatus) ?? 'NEEDS-ACTION';
  if (attendee.rsvp) parameters.rsvp = 'TRUE';
  if (attendee.lang) parameters.language = attendee.lang;
  if (attendee.delTo) parameters['delegated-to'] = `mailto:${attendee.delTo}`;
  if (attendee.delFrom) parameters['delegated-from'] = `mailto:${attendee.delFrom}`;
  if (attendee.sentBy) parameters['sent-by'] = `mailto:${attendee.sentBy}`;
  if (attendee.member) parameters.member = `mailto:${attendee.member}`;
  if (attendee.responseComment) parameters['x-response-comment'] = attendee.responseComment;
  return parameters;
}

function person(name: string, who: Attendee | Organizer, more: Parameters): readonly JCalProperty[] {
  if (!who.mailto && !who.commonName) return [];
  const parameters: Record<string, string> = { ...more };
  if (who.commonName) parameters.cn = who.commonName;
  if (who.dir) parameters.dir = who.dir;
  return [[name, parameters, 'cal-address', `mailto:${who.mailto ?? NO_ADDRESS}`]];
}

function alarmOf(alarm: VAlarm): readonly JCal[] {
  if (alarm.trigger == null) return [];
  const properties: JCalProperty[] = [
    text('action', (alarm.action ?? 'Display').toUpperCase()),
    ['trigger', {}, 'duration', durationText(alarm.trigger)],
    // Required of what is shown or sent (RFC 5545 3.6.6); a sound needs none.
    ...optional('description', alarm.description ?? (alarm.action === 'Audio' ? null : (alarm.summary ?? 'Reminder'))),
    ...optional('summary', alarm.summary),
  ];
  if (alarm.repeat && alarm.duration) {
    properties.push(
      ['duration', {}, 'duration', durationText(alarm.duration)],
      ['repeat', {}, 'integer', alarm.repeat],
    );
  }
  return [['valarm', properties, []]];
}

function durationText(seconds: number): string {
  const rest = Math.abs(seconds);
  const sign = seconds < 0 ? '-' : '';
  if (rest > 0 && rest % 86_400 === 0) return `${sign}P${rest / 86_400}D`;
  const parts = [
    [Math.floor(rest / 3600), 'H'],
    [Math.floor(rest / 60) % 60, 'M'],
    [rest % 60, 'S'],
  ] as const;
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value}${unit}`);
  return `${sign}PT${shown.join('') || '0S'}`;
}
