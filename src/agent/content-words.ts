/** What an event or a card says, field by field, in words: for the history, for conflicts and for what differs between the sides. */
import type { Card } from '../domain/contact.ts';
import { cardKit, seriesKit } from '../domain/content-kit.ts';
import { type Event, originalKey, type Series } from '../domain/event.ts';
import type { Recurrence, SeriesEnd } from '../domain/recurrence.ts';
import type { Moment, When } from '../domain/time.ts';
import { dateOf, dayOf } from '../domain/time-civil.ts';
import type { Locale } from '../sync/explain.ts';
import { fieldInWords } from './field-words.ts';
import { dayInWords } from './setting-words.ts';
import { minutesInWords, namedValue, oftenInWords, tell } from './value-words.ts';

/** What the connector synchronizes, whatever its kind. */
export type Content = Series | Card;

/** A field that two versions of an item say differently. Both values are in words; `nothing` where there is none. */
export type Difference = { readonly field: string; readonly before: string; readonly after: string };

/** The fields in which two versions differ, named as reports name them. */
export function differences(before: Content, after: Content, locale: Locale): readonly Difference[] {
  return changedFields(before, after).map((field) => ({
    field: fieldInWords(field, locale),
    before: valueInWords(before, field, locale),
    after: valueInWords(after, field, locale),
  }));
}

function changedFields(before: Content, after: Content): readonly string[] {
  if (before.kind === 'event' && after.kind === 'event') return seriesKit.changedFields(before, after);
  if (before.kind !== 'event' && after.kind !== 'event') return cardKit.changedFields(before, after);
  return ['kind'];
}

/** What one field of an item says, by the name reports have for it. */
export function valueInWords(content: Content, field: string, locale: Locale): string {
  const value = valueAt(content, field);
  const named = typeof value === 'string' ? namedValue(field, value, locale) : undefined;
  return named ?? inWords(value, locale);
}

function valueAt(content: Content, field: string): unknown {
  const exception = /^exceptions\[([^\]]*)\](?:\.(.*))?$/.exec(field);
  if (exception !== null && content.kind === 'event') {
    const found = content.exceptions.find(({ original }) => originalKey(original) === exception[1]);
    return exception[2] === undefined ? found?.event : memberAt(found?.event, exception[2]);
  }
  return memberAt(content, field);
}

function memberAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);
}

/** @units characters of a text that are shown */
const LONGEST = 80;

function inWords(value: unknown, locale: Locale): string {
  if (value === undefined || value === null || value === '') return tell('nothing', locale);
  if (typeof value === 'string') return quoted(value, locale);
  if (typeof value === 'boolean') return tell(`${value}`, locale);
  if (typeof value !== 'object') return String(value);
  if (!Array.isArray(value)) return objectWords(value as Readonly<Record<string, unknown>>, locale);
  return value.length === 0
    ? tell('nothing', locale)
    : shortened(value.map((entry) => entryWords(entry, locale)).join(', '));
}

function quoted(value: string, locale: Locale): string {
  return tell('quoted', locale, { text: shortened(value) });
}

function objectWords(value: Readonly<Record<string, unknown>>, locale: Locale): string {
  if (isWhen(value)) return whenWords(value, locale);
  if ('plain' in value) return inWords(value['plain'], locale);
  if ('frequency' in value) return ruleWords(value as unknown as Recurrence, locale);
  if ('title' in value && isWhen(value['when']))
    return `${quoted(String(value['title']), locale)}, ${whenWords((value as unknown as Event).when, locale)}`;
  return entryWords(value, locale);
}

/** One entry of a list: what a person would call it by. */
function entryWords(entry: unknown, locale: Locale): string {
  if (typeof entry !== 'object' || entry === null) return String(entry).replace('T', ' ');
  const of = entry as Readonly<Record<string, unknown>>;
  if (typeof of['minutes'] === 'number') return minutesInWords(of['minutes'], locale);
  if (typeof of['wall'] === 'string') return momentWords(of as unknown as Moment);
  const [name, address] = [text(of['name']), text(of['address'])];
  if (name !== '' || address !== '') {
    const who = name !== '' && address !== '' ? `${name} <${address}>` : name + address;
    const response = namedValue('response', text(of['response']), locale);
    return response === undefined ? who : `${who} (${response})`;
  }
  const said = ['number', 'url', 'handle', 'street', 'locality', 'postalCode', 'country'].map((key) => text(of[key]));
  const words = said.filter((word) => word !== '').join(' ');
  return words === '' ? shortened(JSON.stringify(entry)) : words;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isWhen(value: unknown): value is When {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value && 'kind' in value;
}

function whenWords(when: When, locale: Locale): string {
  if (when.kind === 'date') {
    const to = dateOf(dayOf(when.end) - 1);
    return tell(to > when.start ? 'wholeDays' : 'wholeDay', locale, { from: when.start, to });
  }
  const { start, end } = when;
  const sameDay = end.wall.startsWith(start.wall.slice(0, 10));
  const until = (sameDay ? end.wall.slice(11, 16) : end.wall.slice(0, 16)).replace('T', ' ');
  const zone = start.zone ?? tell('floating', locale);
  return tell('span', locale, { from: momentWords({ ...start, zone: undefined }), to: until, zone });
}

function momentWords({ wall, zone }: Moment): string {
  return `${wall.slice(0, 16).replace('T', ' ')}${zone === undefined ? '' : ` ${zone}`}`;
}

function ruleWords({ frequency, interval, byDay, end }: Recurrence, locale: Locale): string {
  const days = byDay.map((one) => ruleDayWords(one, locale));
  const on = days.length === 0 ? '' : tell('on', locale, { days: days.join(', ') });
  return `${oftenInWords(frequency, interval, locale)}${on}${endWords(end, locale)}`;
}

/** `Tue`, `2. Tue`, `last Tue`. */
function ruleDayWords({ day, offset }: Recurrence['byDay'][number], locale: Locale): string {
  const name = dayInWords(day, locale);
  if (offset >= 0) return offset === 0 ? name : `${offset}. ${name}`;
  return offset === -1 ? tell('lastDay', locale, { day: name }) : tell('fromEnd', locale, { n: -offset, day: name });
}

function endWords(end: SeriesEnd, locale: Locale): string {
  switch (end.kind) {
    case 'never':
      return '';
    case 'count':
      return tell('times', locale, { n: end.count });
    case 'untilDate':
      return tell('until', locale, { when: end.date });
    case 'untilMoment':
      return tell('until', locale, { when: momentWords(end.moment) });
  }
}

function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
