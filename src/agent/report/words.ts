/**
 * What may stand in a report: numbers, times, and words that the program itself has. Whatever else is met becomes its length; a report
 * is thus made of what is known to be harmless, and not cleaned of what is known to be harmful.
 */
import { CALENDAR_SETTINGS_SHAPE } from '../../domain/calendar-settings.ts';
import { CONTACT_SHAPE, GROUP_SHAPE } from '../../domain/contact.ts';
import { SERIES_SHAPE } from '../../domain/event.ts';
import { type AnyShape, anyShape } from '../../domain/shape.ts';

/** `text 17` in the place of words that are not the program's. */
export function hidden(value: unknown): string {
  return typeof value === 'string' ? `text ${value.length}` : typeof value;
}

export function oneOf(words: ReadonlySet<string>, value: unknown): string {
  return typeof value === 'string' && words.has(value) ? value : hidden(value);
}

/** A code of ours (`SERVER_TLS`), of Node or the system (`ECONNREFUSED`), a number of HTTP or SQLite; '' for none. */
export function codeOf(value: unknown): string | number {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Math.abs(value) < 100_000 ? value : hidden(value);
  if (value === 'BUG' || value === 'CANCELLED') return value;
  return typeof value === 'string' && /^([A-Z]{2,20}(_[A-Z]{2,20}){1,5}|E[A-Z]{4,14}|E\d{1,2})$/.test(value)
    ? value
    : hidden(value);
}

export function ruleOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Z]{1,2}\d{1,2}$/.test(value) ? value : hidden(value);
}

export function versionOf(value: unknown): string {
  return typeof value === 'string' && /^v?\d{1,6}(\.\d{1,6}){0,4}(-(alpha|beta|rc)(\.\d+)?)?$/.test(value)
    ? value
    : hidden(value);
}

export function timeOf(value: unknown): string {
  const ms = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : hidden(value);
}

export function numberOf(value: unknown): number | string {
  // A number of seven digits and more may be somebody's telephone.
  return typeof value === 'number' && Math.abs(value) < 1_000_000 ? value : hidden(value);
}

const FIELDS = new Set(
  [SERIES_SHAPE, CONTACT_SHAPE, GROUP_SHAPE, CALENDAR_SETTINGS_SHAPE].flatMap((shape) => namesIn(shape as AnyShape)),
);

function namesIn(shape: AnyShape): string[] {
  switch (shape.of) {
    case 'atom':
      return [];
    case 'optional':
      return namesIn(shape.some);
    case 'keyed':
      return namesIn(anyShape(shape.entry as never));
    case 'record':
      return Object.entries(shape.fields).flatMap(([name, field]) => [name, ...namesIn(field)]);
  }
}

/** `exceptions[].location`: the name of a field without the key of its entry, when the program has such fields. */
export function fieldOf(value: unknown): string {
  const plain = typeof value === 'string' ? value.replace(/\[[^\]]*\]/g, '[]') : '';
  return plain !== '' && plain.split('.').every((part) => FIELDS.has(part.replace('[]', ''))) ? plain : hidden(value);
}

export const DEEDS: ReadonlySet<string> = new Set(['link', 'create', 'update', 'merge', 'delete', 'forget']);
export const SIDES: ReadonlySet<string> = new Set(['server', 'outlook']);
export const OUTCOMES: ReadonlySet<string> = new Set(
  'planned done held stale gone refused failed cancelled answered'.split(' '),
);
export const REASONS: ReadonlySet<string> = new Set(
  'asked send-receive outlook push timer start wake online changed'.split(' '),
);
export const KINDS: ReadonlySet<string> = new Set(['calendar', 'contacts', 'addressbook']);
