/** What the server holds, from the JSON of its API: neither the connector's client types nor its mapping take part. */
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { Session } from '../../src/bluemind/session.ts';
import { type CardFacts, digits, type EventFacts, type Occurrence, squeezed, WINDOW, words } from './facts.ts';
import { BOOK, CALENDAR } from './world.ts';

// The shapes of the API as far as this file reads them; everything is optional, as JSON is.
// biome-ignore lint/suspicious/noExplicitAny: raw JSON of the API, read member by member
type Json = any;

export async function serverEvents(session: Session): Promise<Map<string, EventFacts>> {
  const items = await all(session, `/calendars/${encodeURIComponent(CALENDAR)}`);
  return new Map(items.map(({ uid, value }) => [uid, value.main ? eventFacts(value) : ORPHAN]));
}

/** Cards that are people; groups are counted apart. */
export async function serverCards(session: Session): Promise<Map<string, CardFacts>> {
  const items = await all(session, `/addressbooks/${encodeURIComponent(BOOK)}`);
  return new Map(items.filter(({ value }) => value.kind !== 'group').map(({ uid, value }) => [uid, cardFacts(value)]));
}

async function all(session: Session, path: string): Promise<Json[]> {
  const uids = (await session.call({ method: 'GET', path: `${path}/_all` })) as string[];
  const items: Json[] = [];
  for (let at = 0; at < uids.length; at += 200) {
    items.push(
      ...((await session.call({ method: 'POST', path: `${path}/_mget`, body: uids.slice(at, at + 200) })) as Json[]),
    );
  }
  return items;
}

/** Somebody is invited to single occurrences only: Outlook has no such item and shows what it can, marked as simplified. */
export const ORPHAN: EventFacts = {
  title: '',
  location: '',
  body: '',
  allDay: false,
  occurrences: [],
  busy: '',
  secret: false,
  reminder: undefined,
  categories: [],
  simplified: true,
};

function eventFacts({ main, occurrences }: Json): EventFacts {
  const alarms = (main.alarm ?? [])
    .map(({ trigger }: Json) => Math.round(-trigger / 60))
    .filter((minutes: number) => minutes >= 0);
  return {
    title: squeezed(main.summary ?? ''),
    location: squeezed(main.location ?? ''),
    body: squeezed(plain(main.description ?? '')),
    allDay: main.dtstart.precision === 'Date',
    occurrences:
      main.rrule || (main.rdate ?? []).length > 0 ? seriesOccurrences(main, occurrences ?? []) : [occurrence(main)],
    busy: main.transparency === 'Transparent' ? 'free' : main.status === 'Tentative' ? 'tentative' : 'busy',
    secret: main.classification === 'Private' || main.classification === 'Confidential',
    reminder: alarms.length === 0 ? undefined : Math.max(...alarms),
    categories: (main.categories ?? []).map(({ label }: Json) => label.trim().toLowerCase()).sort(),
    simplified: false,
  };
}

function occurrence({ dtstart, dtend }: Json): Occurrence {
  return [at(dtstart), at(dtend)];
}

/** A date, or the minute in UTC; floating times as if they were in the account's zone. */
function at({ iso8601, precision, timezone }: Json): string {
  if (precision === 'Date') return iso8601.slice(0, 10);
  const offset = /(Z|[+-]\d\d:?\d\d)$/.test(iso8601);
  const instant =
    offset && timezone !== null
      ? Temporal.Instant.from(iso8601)
      : Temporal.PlainDateTime.from(iso8601.slice(0, 19)).toZonedDateTime('Europe/Paris').toInstant();
  return `${instant.toString().slice(0, 16)}Z`;
}

/** A series that is as it was is not expanded again: most are, each time that everything is compared. */
const expanded = new Map<string, readonly Occurrence[]>();

function seriesOccurrences(main: Json, occurrences: Json[]): Occurrence[] {
  const key = JSON.stringify([main, occurrences]);
  const known = expanded.get(key) ?? expandSeries(main, occurrences);
  expanded.set(key, known);
  return [...known];
}

function expandSeries(main: Json, occurrences: Json[]): Occurrence[] {
  const [start, end] = occurrence(main);
  const allDay = main.dtstart.precision === 'Date';
  const length = allDay
    ? Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end)).days
    : Temporal.Instant.from(start).until(Temporal.Instant.from(end)).total('minutes');
  const dropped = new Set([...(main.exdate ?? []), ...occurrences.map(({ recurid }) => recurid)].map(at));
  const starts = expand(main).filter((one) => !dropped.has(one));
  const ended = (one: string) =>
    allDay
      ? Temporal.PlainDate.from(one).add({ days: length }).toString()
      : `${Temporal.Instant.from(one).add({ minutes: length }).toString().slice(0, 16)}Z`;
  return [...starts.map((one): Occurrence => [one, ended(one)]), ...occurrences.map(occurrence)];
}

function expand(main: Json): string[] {
  const added = (main.rdate ?? []).map(at);
  return [...new Set<string>([...added, ...(main.rrule ? expandRule(main) : [at(main.dtstart)])])];
}

function expandRule(main: Json): string[] {
  const zone = main.dtstart.precision === 'Date' ? 'UTC' : (main.dtstart.timezone ?? 'Europe/Paris');
  const date = (text: string) =>
    text
      .replace(/\.\d+/, '')
      .replace(/(Z|[+-]\d\d:?\d\d)$/, '')
      .replace(/[-:]/g, '');
  const start = date(main.dtstart.iso8601) + (main.dtstart.precision === 'Date' ? 'T000000' : '');
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${zone}:${start}\nRRULE:${ruleText(main.rrule, main.dtstart)}`,
    maxIterations: 20_000,
  });
  const from = Temporal.PlainDate.from(WINDOW.from).toZonedDateTime('UTC');
  const to = Temporal.PlainDate.from(WINDOW.to).toZonedDateTime('UTC');
  const found: string[] = [];
  rule.all((zoned: { toInstant(): { toString(): string }; toPlainDate(): { toString(): string } }, index: number) => {
    const instant = Temporal.Instant.from(zoned.toInstant().toString());
    if (Temporal.Instant.compare(instant, to.toInstant()) >= 0) return false;
    if (Temporal.Instant.compare(instant, from.toInstant()) >= 0)
      found.push(
        main.dtstart.precision === 'Date' ? zoned.toPlainDate().toString() : `${instant.toString().slice(0, 16)}Z`,
      );
    return index < WINDOW.most;
  });
  return found.slice(0, WINDOW.most);
}

function ruleText(rule: Json, dtstart: Json): string {
  const parts = [`FREQ=${rule.frequency}`];
  const list = (name: string, values: unknown[] | null | undefined) =>
    values && values.length > 0 && parts.push(`${name}=${values.join(',')}`);
  if ((rule.interval ?? 1) > 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.count) parts.push(`COUNT=${rule.count}`);
  if (rule.until) parts.push(`UNTIL=${untilText(rule.until, dtstart)}`);
  list(
    'BYDAY',
    rule.byDay?.map(({ day, offset }: Json) => `${offset || ''}${day}`),
  );
  list('BYMONTHDAY', rule.byMonthDay);
  list('BYMONTH', rule.byMonth);
  list('BYSETPOS', rule.bySetPos);
  list('BYYEARDAY', rule.byYearDay);
  list('BYWEEKNO', rule.byWeekNo);
  list('BYHOUR', rule.byHour);
  list('BYMINUTE', rule.byMinute);
  return parts.join(';');
}

/** A bound that is a date includes the whole day in the zone of the start. */
function untilText(until: Json, dtstart: Json): string {
  const compact = (instant: Temporal.Instant) => `${instant.toString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  if (until.precision === 'Date') {
    const zone = dtstart.precision === 'Date' ? 'UTC' : (dtstart.timezone ?? 'Europe/Paris');
    return compact(
      Temporal.PlainDate.from(until.iso8601.slice(0, 10))
        .toPlainDateTime({ hour: 23, minute: 59, second: 59 })
        .toZonedDateTime(zone)
        .toInstant(),
    );
  }
  return compact(Temporal.Instant.from(until.iso8601));
}

function cardFacts(card: Json): CardFacts {
  const identification = card.identification ?? {};
  const organisation = card.organizational ?? {};
  const birthday = identification.birthday;
  return {
    shown: words(identification.name?.prefixes || identification.formatedName?.value || ''),
    given: squeezed(identification.name?.givenNames ?? ''),
    family: squeezed(identification.name?.familyNames ?? ''),
    company: squeezed(organisation.org?.company ?? ''),
    title: squeezed(organisation.title ?? ''),
    emails: (card.communications?.emails ?? []).map(({ value }: Json) => value.toLowerCase()),
    phones: (card.communications?.tels ?? []).map(({ value }: Json) => digits(value ?? '')).filter(Boolean),
    birthday:
      typeof birthday === 'number' ? Temporal.Instant.fromEpochMilliseconds(birthday).toString().slice(0, 10) : '',
    note: squeezed(plain(card.explanatory?.note ?? '')),
    categories: (card.explanatory?.categories ?? []).map(({ label }: Json) => label.trim().toLowerCase()).sort(),
  };
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** HTML as text, in the simplest way that shows the same words. */
function plain(html: string): string {
  const text = html
    .replace(/<(style|script|head)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ');
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(
      name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)),
    );
  });
}
