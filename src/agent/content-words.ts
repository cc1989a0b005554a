/** What an event or a card says, field by field, in words: for the history, for conflicts and for what differs between the sides. */
import type { Card } from '../domain/contact.ts';
import { cardKit, seriesKit } from '../domain/content-kit.ts';
import { type Event, originalKey, type Series } from '../domain/event.ts';
import type { SeriesEnd } from '../domain/recurrence.ts';
import type { Moment, When } from '../domain/time.ts';
import { fieldInWords } from './field-words.ts';

/** What the connector synchronizes, whatever its kind. */
export type Content = Series | Card;

/** A field that two versions of an item say differently. Both values are in words; `nothing` where there is none. */
export type Difference = { readonly field: string; readonly before: string; readonly after: string };

/** The fields in which two versions differ, named as reports name them. */
export function differences(before: Content, after: Content): readonly Difference[] {
  return changedFields(before, after).map((field) => ({
    field: fieldInWords(field, 'en'),
    before: valueInWords(before, field),
    after: valueInWords(after, field),
  }));
}

function changedFields(before: Content, after: Content): readonly string[] {
  if (before.kind === 'event' && after.kind === 'event') return seriesKit.changedFields(before, after);
  if (before.kind !== 'event' && after.kind !== 'event') return cardKit.changedFields(before, after);
  return ['kind'];
}

/** What one field of an item says, by the name reports have for it. */
export function valueInWords(content: Content, field: string): string {
  return inWords(valueAt(content, field));
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

function inWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'string') return `“${shortened(value)}”`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : shortened(value.map(entryWords).join(', '));
  return objectWords(value as Readonly<Record<string, unknown>>);
}

function objectWords(value: Readonly<Record<string, unknown>>): string {
  if (isWhen(value)) return whenWords(value);
  if ('plain' in value) return inWords(value['plain']);
  if ('frequency' in value) return ruleWords(value as unknown as Rule);
  if ('title' in value && isWhen(value['when']))
    return `“${shortened(String(value['title']))}”, ${whenWords((value as unknown as Event).when)}`;
  return entryWords(value);
}

/** One entry of a list: what a person would call it by. */
function entryWords(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry).replace('T', ' ');
  const of = entry as Readonly<Record<string, unknown>>;
  if (typeof of['minutes'] === 'number') return `${of['minutes']} minutes before`;
  if (typeof of['wall'] === 'string') return momentWords(of as unknown as Moment);
  const [name, address] = [text(of['name']), text(of['address'])];
  if (name !== '' || address !== '') {
    const who = name !== '' && address !== '' ? `${name} <${address}>` : name + address;
    return typeof of['response'] === 'string' ? `${who} (${of['response']})` : who;
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

function whenWords(when: When): string {
  if (when.kind === 'date') return `${when.start} to ${when.end} (all day)`;
  const end = when.end.wall.startsWith(when.start.wall.slice(0, 10)) ? when.end.wall.slice(11, 16) : when.end.wall;
  return `${momentWords({ ...when.start, zone: undefined })} to ${end.slice(0, 16).replace('T', ' ')} ${when.start.zone ?? 'floating'}`;
}

function momentWords({ wall, zone }: Moment): string {
  return `${wall.slice(0, 16).replace('T', ' ')}${zone === undefined ? '' : ` ${zone}`}`;
}

type Rule = { readonly frequency: string; readonly interval: number; readonly end: SeriesEnd };

function ruleWords(rule: Rule): string {
  const { frequency, interval, end } = rule;
  const days = (rule as { byDay?: readonly { day: string }[] }).byDay ?? [];
  const often = interval === 1 ? frequency.toLowerCase() : `${frequency.toLowerCase()}, every ${interval}`;
  const on = days.length === 0 ? '' : ` on ${days.map(({ day }) => day).join(', ')}`;
  return `${often}${on}${endWords(end)}`;
}

function endWords(end: SeriesEnd): string {
  switch (end.kind) {
    case 'never':
      return '';
    case 'count':
      return `, ${end.count} times`;
    case 'untilDate':
      return `, until ${end.date}`;
    case 'untilMoment':
      return `, until ${momentWords(end.moment)}`;
  }
}

function shortened(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
