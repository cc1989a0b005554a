import { Temporal } from 'temporal-polyfill';
import { Failure, isFailure } from '../../base/failure.ts';
import type { Card, Contact } from '../../domain/contact.ts';
import type { Event, Series } from '../../domain/event.ts';
import type { Moment, When } from '../../domain/time.ts';

/** What `outlook edit` can change, as typed. */
export type Edits = {
  readonly subject?: string;
  readonly location?: string;
  readonly body?: string;
  readonly start?: string;
  readonly minutes?: string;
  readonly name?: string;
  readonly company?: string;
  readonly email?: string;
  readonly phone?: string;
};

const FITTING = {
  event: ['subject', 'location', 'body', 'start', 'minutes'],
  contact: ['name', 'company', 'email', 'phone', 'body'],
  group: ['name', 'body'],
} as const satisfies Record<string, readonly (keyof Edits)[]>;
const CALLED = { event: 'An event', contact: 'A contact', group: 'A distribution list' } as const;

/** An edit that changes nothing, or says what an item of this kind has not, is a mistake. @throws VALUE_INVALID */
export function mustFit(kind: keyof typeof FITTING, edits: Readonly<Record<string, unknown>>): void {
  const all: readonly string[] = Object.values(FITTING).flat();
  const given = Object.keys(edits).filter((name) => all.includes(name) && edits[name] !== undefined);
  const fitting: readonly string[] = FITTING[kind];
  const options = fitting.map((name) => `--${name}`).join(', ');
  if (given.length === 0) throw new Failure('VALUE_INVALID', `Say what to change: ${options}.`);
  if (!given.every((name) => fitting.includes(name)))
    throw new Failure('VALUE_INVALID', `${CALLED[kind]} can be changed with ${options}.`);
}

/** @throws VALUE_INVALID */
export function changeSeries(series: Series, edits: Edits): Series {
  if (series.main === undefined)
    throw new Failure('VALUE_INVALID', 'Single occurrences of an unknown series cannot be edited here.');
  const main: Event = {
    ...series.main,
    title: edits.subject ?? series.main.title,
    location: edits.location ?? series.main.location,
    body: edits.body === undefined ? series.main.body : { plain: edits.body, html: undefined },
    when: changeWhen(series.main.when, edits),
  };
  return { ...series, main };
}

function changeWhen(when: When, { start, minutes }: Edits): When {
  if (start === undefined && minutes === undefined) return when;
  try {
    return when.kind === 'date' ? changeDates(when, start, minutes) : changeTimes(when, start, minutes);
  } catch (cause) {
    if (isFailure(cause)) throw cause;
    throw new Failure(
      'VALUE_INVALID',
      'A start looks like 2026-03-09T14:00 (2026-03-09 for all-day events), a length is a number of minutes.',
      { cause },
    );
  }
}

function changeDates(when: When & { kind: 'date' }, start: string | undefined, minutes: string | undefined): When {
  const first = Temporal.PlainDate.from(start ?? when.start);
  const days = minutes === undefined ? Temporal.PlainDate.from(when.start).until(when.end) : daysOf(minutes);
  return { kind: 'date', start: first.toString(), end: first.add(days).toString() };
}

/** @throws VALUE_INVALID when it is not one or more whole days */
function daysOf(minutes: string): Temporal.Duration {
  const days = lengthOf(minutes).minutes / MINUTES_OF_A_DAY;
  if (Number.isInteger(days) && days > 0) return Temporal.Duration.from({ days });
  throw new Failure(
    'VALUE_INVALID',
    'An all-day event lasts whole days: its length in minutes is 1440 for one day, 2880 for two, and so on.',
  );
}

const MINUTES_OF_A_DAY = 24 * 60;

function changeTimes(when: When & { kind: 'time' }, start: string | undefined, minutes: string | undefined): When {
  const at = (moment: Moment, wall = moment.wall) =>
    Temporal.PlainDateTime.from(wall).toZonedDateTime(moment.zone ?? 'UTC');
  const length = minutes === undefined ? at(when.start).until(at(when.end)) : lengthOf(minutes);
  const from = at(when.start, start);
  const end = from.add(length).withTimeZone(when.end.zone ?? 'UTC');
  const moment = (zoned: Temporal.ZonedDateTime, { zone }: Moment): Moment => ({
    wall: zoned.toPlainDateTime().toString({ smallestUnit: 'second' }),
    zone,
  });
  return { kind: 'time', start: moment(from, when.start), end: moment(end, when.end) };
}

/** @throws RangeError when it is no whole number of minutes from 0 on */
function lengthOf(minutes: string): Temporal.Duration {
  const length = Number(minutes);
  if (minutes.trim() === '' || !Number.isInteger(length) || length < 0) throw new RangeError(minutes);
  return Temporal.Duration.from({ minutes: length });
}

export function changeCard(card: Card, edits: Edits): Card {
  const note = edits.body === undefined ? card.note : { plain: edits.body, html: undefined };
  if (card.kind === 'group') return { ...card, note, name: edits.name ?? card.name };
  return {
    ...named(card, edits.name),
    note,
    company: edits.company ?? card.company,
    emails: emailsOf(card, edits.email),
    phones: phonesOf(card, edits.phone),
  };
}

function named(card: Contact, name: string | undefined): Contact {
  if (name === undefined) return card;
  const [given = '', ...rest] = name.trim().split(/\s+/);
  return { ...card, formattedName: name.trim(), name: { ...card.name, given, family: rest.join(' ') } };
}

function emailsOf({ emails }: Contact, address: string | undefined): Contact['emails'] {
  if (address === undefined) return emails;
  const [first, ...others] = emails;
  return [{ place: 'work', primary: true, ...first, address: address.toLowerCase() }, ...others];
}

function phonesOf({ phones }: Contact, number: string | undefined): Contact['phones'] {
  if (number === undefined) return phones;
  const [first, ...others] = phones;
  return [{ kind: 'work', ...first, number }, ...others];
}
