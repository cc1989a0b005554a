/** What an event or a card says, field by field, in words: for the history, for conflicts and for what differs between the sides. */
import type { Card } from '../domain/contact.ts';
import { cardKit, seriesKit } from '../domain/content-kit.ts';
import { type Event, originalKey, type Series } from '../domain/event.ts';
import type { Recurrence, SeriesEnd } from '../domain/recurrence.ts';
import type { Moment, When } from '../domain/time.ts';
import { dateOf, dayOf } from '../domain/time-civil.ts';
import { fieldInWords } from './field-words.ts';
import { dateFor, endFor, languageOf, momentFor, type Reader, zoneFor } from './reader.ts';
import { dayInWords } from './setting-words.ts';
import { minutesInWords, namedValue, oftenInWords, tell } from './value-words.ts';

/** What the connector synchronizes, whatever its kind. */
export type Content = Series | Card;

/** A field that two versions of an item say differently. Both values are in words; `nothing` where there is none. */
export type Difference = { readonly field: string; readonly before: string; readonly after: string };

/** The fields in which two versions differ, named as reports name them. */
export function differences(before: Content, after: Content, reader: Reader): readonly Difference[] {
  return changedFields(before, after).map((field) => ({
    field: fieldInWords(field, languageOf(reader)),
    before: valueInWords(before, field, reader),
    after: valueInWords(after, field, reader),
  }));
}

function changedFields(before: Content, after: Content): readonly string[] {
  if (before.kind === 'event' && after.kind === 'event') return seriesKit.changedFields(before, after);
  if (before.kind !== 'event' && after.kind !== 'event') return cardKit.changedFields(before, after);
  return ['kind'];
}

/** What one field of an item says, by the name reports have for it. */
export function valueInWords(content: Content, field: string, reader: Reader): string {
  const value = valueAt(content, field);
  const named = typeof value === 'string' ? namedValue(field, value, languageOf(reader)) : undefined;
  return named ?? inWords(value, reader);
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

function inWords(value: unknown, reader: Reader): string {
  if (value === undefined || value === null || value === '') return tell('nothing', languageOf(reader));
  if (typeof value === 'string') return quoted(value, reader);
  if (typeof value === 'boolean') return tell(`${value}`, languageOf(reader));
  if (typeof value !== 'object') return String(value);
  if (!Array.isArray(value)) return objectWords(value as Readonly<Record<string, unknown>>, reader);
  return value.length === 0
    ? tell('nothing', languageOf(reader))
    : shortened(value.map((entry) => entryWords(entry, reader)).join(', '));
}

function quoted(value: string, reader: Reader): string {
  return tell('quoted', languageOf(reader), { text: shortened(value) });
}

function objectWords(value: Readonly<Record<string, unknown>>, reader: Reader): string {
  if (isWhen(value)) return whenWords(value, reader);
  if ('plain' in value) return inWords(value['plain'], reader);
  if ('frequency' in value) return ruleWords(value as unknown as Recurrence, reader);
  if ('title' in value && isWhen(value['when']))
    return `${quoted(String(value['title']), reader)}, ${whenWords((value as unknown as Event).when, reader)}`;
  return entryWords(value, reader);
}

/** One entry of a list: what a person would call it by. */
function entryWords(entry: unknown, reader: Reader): string {
  if (typeof entry !== 'object' || entry === null) return String(entry).replace('T', ' ');
  const of = entry as Readonly<Record<string, unknown>>;
  if (typeof of['minutes'] === 'number') return minutesInWords(of['minutes'], languageOf(reader));
  if (typeof of['wall'] === 'string') return momentWords(of as unknown as Moment, reader);
  const [name, address] = [text(of['name']), text(of['address'])];
  if (name !== '' || address !== '') {
    const who = name !== '' && address !== '' ? `${name} <${address}>` : name + address;
    const response = namedValue('response', text(of['response']), languageOf(reader));
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

function whenWords(when: When, reader: Reader): string {
  const language = languageOf(reader);
  if (when.kind === 'date') {
    const to = dateOf(dayOf(when.end) - 1);
    const [from, last] = [dateFor(when.start, reader), dateFor(to, reader)];
    return tell(to > when.start ? 'wholeDays' : 'wholeDay', language, { from, to: last });
  }
  const { start, end } = when;
  const [from, to] = [momentFor(start, reader), endFor(start, end, reader)];
  const zone = start.zone === undefined ? tell('floating', language) : zoneFor(start, reader);
  if (zone === undefined) return tell('spanHere', language, { from, to });
  // To a person the times are by their own clock: the zone is what the event is kept in.
  const key = typeof reader === 'string' || start.zone === undefined ? 'span' : 'spanKept';
  return tell(key, language, { from, to, zone });
}

function momentWords(moment: Moment, reader: Reader): string {
  const said = momentFor(moment, reader);
  return typeof reader !== 'string' || moment.zone === undefined ? said : `${said} ${moment.zone}`;
}

function ruleWords({ frequency, interval, byDay, end }: Recurrence, reader: Reader): string {
  const days = byDay.map((one) => ruleDayWords(one, reader));
  const on = days.length === 0 ? '' : tell('on', languageOf(reader), { days: days.join(', ') });
  return `${oftenInWords(frequency, interval, languageOf(reader))}${on}${endWords(end, reader)}`;
}

/** `Tue`, `2. Tue`, `last Tue`. */
function ruleDayWords({ day, offset }: Recurrence['byDay'][number], reader: Reader): string {
  const name = dayInWords(day, languageOf(reader));
  if (offset >= 0) return offset === 0 ? name : `${offset}. ${name}`;
  return offset === -1
    ? tell('lastDay', languageOf(reader), { day: name })
    : tell('fromEnd', languageOf(reader), { n: -offset, day: name });
}

function endWords(end: SeriesEnd, reader: Reader): string {
  switch (end.kind) {
    case 'never':
      return '';
    case 'count':
      return tell('times', languageOf(reader), { n: end.count });
    case 'untilDate':
      return tell('until', languageOf(reader), { when: dateFor(end.date, reader) });
    case 'untilMoment':
      return tell('until', languageOf(reader), { when: momentWords(end.moment, reader) });
  }
}

function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
