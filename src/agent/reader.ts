/** Who reads what the agent says: in which language, and how dates are written for them. */
import type { Moment } from '../domain/time.ts';
import { instantOf, zoneOf } from '../domain/zones.ts';
import type { Locale } from '../sync/explain.ts';

/** A person in front of a window. */
export type Person = {
  readonly language: Locale;
  /** Whose way of writing dates, as BCP 47 names it: `en-GB`, `fr-CA`. */
  readonly habits: string;
  /** Where they are: moments are told by their clock. */
  readonly zone: string;
};

/** A language alone is for those who read ISO 8601: the command line, and programs. */
export type Reader = Locale | Person;

/** What a window told of its reader; habits or a zone that nobody knows are as if nothing was told of them. */
export function readerOf(told: {
  readonly language?: Locale;
  readonly habits?: string;
  readonly zone?: string;
}): Reader {
  const { language = 'en', habits, zone } = told;
  const known = zone === undefined ? undefined : zoneOf(zone);
  return habits === undefined || known === undefined || !isLanguage(habits)
    ? language
    : { language, habits, zone: known };
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export function languageOf(reader: Reader): Locale {
  return typeof reader === 'string' ? reader : reader.language;
}

/** @param date `2026-03-09` */
export function dateFor(date: string, reader: Reader): string {
  if (typeof reader === 'string') return date;
  return written(Date.parse(`${date}T00:00:00Z`), { ...reader, zone: 'UTC' }, { dateStyle: 'medium' });
}

/** Date and time; of a person by their own clock, where the moment has a zone. */
export function momentFor(moment: Moment, reader: Reader): string {
  if (typeof reader === 'string') return moment.wall.slice(0, 16).replace('T', ' ');
  return written(...placed(moment, reader), { dateStyle: 'medium', timeStyle: 'short' });
}

/** The later end of a span: the time alone where it is on the same day. */
export function endFor(start: Moment, end: Moment, reader: Reader): string {
  if (typeof reader === 'string')
    return end.wall.startsWith(start.wall.slice(0, 10)) ? end.wall.slice(11, 16) : momentFor(end, reader);
  const days = [start, end].map((one) => written(...placed(one, reader), { dateStyle: 'short' }));
  return days[0] === days[1] ? written(...placed(end, reader), { timeStyle: 'short' }) : momentFor(end, reader);
}

/** Its zone, where that has to be said: always, but to a person who lives by it. */
export function zoneFor({ zone }: Moment, reader: Reader): string | undefined {
  return typeof reader !== 'string' && zone === reader.zone ? undefined : zone;
}

/** A moment without a zone is the same wall time wherever one is. */
function placed({ wall, zone }: Moment, person: Person): [number, Person] {
  return zone === undefined ? [instantOf(wall, 'UTC'), { ...person, zone: 'UTC' }] : [instantOf(wall, zone), person];
}

function written(at: number, { habits, zone }: Person, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(habits, { ...style, timeZone: zone }).format(at);
}
