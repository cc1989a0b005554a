/** What the trial adds to the local API: what people do at both sides of it. A real installation has none of these routes. */
import { type Static, Type } from 'typebox';
import { get, post, type RouteTable } from './routes.ts';
import { access, id, kind, object, orNull, side, text, word } from './shapes.ts';

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: '`2026-03-09`' });
const moment = text(40, 'ISO 8601 in UTC; of an all-day event a date, the end exclusive');
const repeats = word(
  ['never', 'daily', 'weekdays', 'weekly', 'monthly', 'yearly', 'other'],
  'by the day of the start; `other`: a rule that this form does not know, left as it is',
);
const busy = word(['free', 'tentative', 'busy', 'outOfOffice', 'elsewhere']);

/** What the form of an appointment says. */
const event = {
  title: text(1000),
  location: text(1000),
  text: text(100_000),
  start: moment,
  end: moment,
  allDay: Type.Boolean(),
  repeats,
  until: orNull(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'the last day; null: without end' })),
  reminder: orNull(Type.Integer({ minimum: 0, maximum: 40_000, description: 'minutes before the start' })),
  busy,
  private: Type.Boolean(),
};

/** What the form of a contact says. */
const contact = {
  name: text(300),
  company: text(300),
  email: text(300),
  phone: text(100),
};

const folder = object({
  id,
  name: Type.String(),
  kind,
  access,
  own: Type.Boolean({ description: 'one that is always there, and neither renamed nor deleted' }),
  twin: orNull(Type.String({ description: 'what shows the same on the other side' })),
});

const place = { side, folder: id };
const one = { ...place, item: id };
const at = Type.Optional(text(40, 'start by the rule of the one occurrence that is meant; left out: all of the item'));

const occurrence = object({
  item: id,
  uid: Type.String(),
  at: orNull(Type.String({ description: 'names the occurrence; null: the item does not repeat' })),
  title: Type.String(),
  location: Type.String(),
  start: moment,
  end: moment,
  allDay: Type.Boolean(),
  changed: Type.Boolean({ description: 'whether the occurrence differs from its series' }),
  busy,
  private: Type.Boolean(),
});

const folderName = text(200);

export const TRIAL_ROUTES = {
  'trial/folders': get(
    'calendars and address books of both sides',
    {},
    object({ outlook: Type.Array(folder), server: Type.Array(folder) }),
  ),
  'trial/events': get(
    'what takes place in a calendar between two days, the second exclusive, by start',
    { ...place, from: day, to: day },
    Type.Array(occurrence),
  ),
  'trial/event': get(
    'an appointment, or one occurrence of it, as its form shows it',
    { ...one, at },
    object({
      ...event,
      series: Type.Boolean({ description: 'whether the item repeats' }),
      attendees: Type.Array(Type.String()),
    }),
  ),
  'trial/events/make': post('makes an appointment', { ...place, ...event }, object({})),
  'trial/events/edit': post(
    'changes an appointment, one occurrence of it, or moves it: `start`, `end` and `allDay` go together',
    { ...one, at, ...Type.Partial(object(event)).properties },
    object({}),
  ),
  'trial/contacts': get(
    'the contacts and lists of an address book, by name',
    place,
    Type.Array(object({ item: id, uid: Type.String(), group: Type.Boolean(), ...contact })),
  ),
  'trial/contacts/make': post('makes a contact', { ...place, ...contact }, object({})),
  'trial/contacts/edit': post(
    'changes a contact, or the name of a list',
    { ...one, ...Type.Partial(object(contact)).properties },
    object({}),
  ),
  'trial/delete': post('deletes an item, or one occurrence of it', { ...one, at }, object({})),
  'trial/move': post('moves an item into another folder of the same side', { ...one, into: id }, object({})),
  'trial/folders/make': post('makes a calendar or an address book', { side, kind, name: folderName }, object({})),
  'trial/folders/rename': post('renames one', { ...place, name: folderName }, object({})),
  'trial/folders/delete': post('deletes one with everything in it', place, object({})),
  'trial/send-receive': post('Outlook sends and receives now', {}, object({})),
} as const satisfies RouteTable;

const eventForm = object(event);
const contactForm = object(contact);
export type EventForm = Static<typeof eventForm>;
export type ContactForm = Static<typeof contactForm>;
export type TrialRoutes = typeof TRIAL_ROUTES;
