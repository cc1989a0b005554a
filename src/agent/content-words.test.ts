import { expect, it } from 'vitest';
import { BLANK_CONTACT, type Group } from '../domain/contact.ts';
import { BLANK_EVENT, type Event, type Series } from '../domain/event.ts';
import { NO_PARTS } from '../domain/recurrence.ts';
import type { When } from '../domain/time.ts';
import { type Content, differences, valueInWords } from './content-words.ts';
import { type Person, readerOf } from './reader.ts';
import { whenOf } from './when-words.ts';

const ZONE = 'Europe/Paris';
const timed = (from: string, to: string): When => ({
  kind: 'time',
  start: { wall: from, zone: ZONE },
  end: { wall: to, zone: ZONE },
});
const days = (start: string, end: string): When => ({ kind: 'date', start, end });

function series(main: Partial<Event>, more: Partial<Series> = {}): Series {
  const event: Event = { ...BLANK_EVENT, when: timed('2026-03-09T09:00:00', '2026-03-09T10:00:00'), ...main };
  const nothing = { recurrence: undefined, excluded: [], added: [], exceptions: [] };
  return { kind: 'event', uid: 'u', main: event, ...nothing, ...more };
}

const says = (before: Content, after: Content, locale: 'en' | 'fr') =>
  differences(before, after, locale).map((one) => `${one.field}: ${one.before} → ${one.after}`);

it('an event’s fields and values are said in both languages; the user’s own words stay as they are', () => {
  const person = { name: 'Ann', address: 'ann@example.com', role: 'required', kind: 'individual' } as const;
  const before = series({ title: 'Lunch', reminders: [{ action: 'display', minutes: 15 }], busy: 'outOfOffice' });
  const after = series({
    title: 'Dinner',
    when: timed('2026-03-09T19:00:00', '2026-03-10T01:00:00'),
    attendees: [{ ...person, response: 'declined' }],
    cancelled: true,
  });
  expect(says(before, after, 'en').sort()).toEqual([
    'attendees: nothing → Ann <ann@example.com> (declined)',
    'cancellation: no → yes',
    'reminder: 15 minutes before → nothing',
    'shown as: out of office → busy',
    'time: 2026-03-09 09:00 to 10:00 Europe/Paris → 2026-03-09 19:00 to 2026-03-10 01:00 Europe/Paris',
    'title: “Lunch” → “Dinner”',
  ]);
  expect(says(before, after, 'fr').sort()).toEqual([
    'annulation: non → oui',
    'disponibilité: absent du bureau → occupé',
    'horaire: 2026-03-09 09:00 à 10:00 Europe/Paris → 2026-03-09 19:00 à 2026-03-10 01:00 Europe/Paris',
    'participants: rien → Ann <ann@example.com> (refusé)',
    'rappel: 15 minutes avant → rien',
    'titre: « Lunch » → « Dinner »',
  ]);
});

it('to a person in front of a window dates are written as they write them, and times told by their clock', () => {
  const kept = series({
    when: {
      kind: 'time',
      start: { wall: '2026-12-01T09:00:00', zone: 'UTC' },
      end: { wall: '2026-12-01T23:30:00', zone: 'UTC' },
    },
  });
  const end = { kind: 'untilDate', date: '2026-12-31' } as const;
  const recurrence = { ...NO_PARTS, frequency: 'WEEKLY', interval: 1, end } as const;
  const here = series({ when: timed('2026-03-09T09:00:00', '2026-03-09T10:00:00') }, { recurrence });
  const nowhere = series({ when: { kind: 'date', start: '2026-03-09', end: '2026-03-11' } });
  const said = (reader: Person) => [
    whenOf(kept, reader),
    valueInWords(kept, 'main.when', reader),
    whenOf(here, reader),
    valueInWords(here, 'main.when', reader),
    valueInWords(here, 'recurrence', reader),
    whenOf(nowhere, reader),
    valueInWords(nowhere, 'main.when', reader),
  ];
  expect(said({ language: 'en', habits: 'en-GB', zone: ZONE })).toEqual([
    '1 Dec 2026, 10:00',
    '1 Dec 2026, 10:00 to 2 Dec 2026, 00:30 (kept in UTC)',
    '9 Mar 2026, 09:00, every week',
    '9 Mar 2026, 09:00 to 10:00',
    'every week, until 31 Dec 2026',
    '9 Mar 2026',
    '9 Mar 2026 to 10 Mar 2026 (all day)',
  ]);
  expect(said({ language: 'fr', habits: 'fr-FR', zone: 'America/New_York' })).toEqual([
    '1 déc. 2026, 04:00',
    '1 déc. 2026, 04:00 à 18:30 (prévu au fuseau UTC)',
    '9 mars 2026, 04:00, chaque semaine',
    '9 mars 2026, 04:00 à 05:00 (prévu au fuseau Europe/Paris)',
    'chaque semaine, jusqu’au 31 déc. 2026',
    '9 mars 2026',
    'du 9 mars 2026 au 10 mars 2026 (journées entières)',
  ]);
});

it('habits and zones that nobody knows leave the dates as ISO 8601 writes them', () => {
  const told = { language: 'fr', habits: 'fr-CA', zone: 'europe/paris' } as const;
  expect(readerOf(told)).toEqual({ ...told, zone: ZONE });
  for (const wrong of [{ habits: 'no tag' }, { zone: 'Mars/Olympus' }])
    expect(readerOf({ ...told, ...wrong })).toBe('fr');
});

it('whole days are said with their last one', () => {
  const [one, two] = [days('2026-03-09', '2026-03-10'), days('2026-03-09', '2026-03-11')].map((when) =>
    series({ when }),
  );
  const when = (of: Series | undefined, locale: 'en' | 'fr') => of && valueInWords(of, 'main.when', locale);
  expect([when(one, 'en'), when(two, 'en')]).toEqual(['2026-03-09 (all day)', '2026-03-09 to 2026-03-10 (all day)']);
  expect([when(one, 'fr'), when(two, 'fr')]).toEqual([
    '2026-03-09 (journée entière)',
    'du 2026-03-09 au 2026-03-10 (journées entières)',
  ]);
});

it('a rule is said with its interval, its days and its end', () => {
  const recurrence = {
    ...NO_PARTS,
    frequency: 'MONTHLY',
    interval: 2,
    byDay: [{ day: 'TU', offset: 2 }],
    end: { kind: 'count', count: 5 },
  } as const;
  const of = series({}, { recurrence });
  expect(valueInWords(of, 'recurrence', 'en')).toBe('every 2 months on 2. Tue, 5 times');
  expect(valueInWords(of, 'recurrence', 'fr')).toBe('tous les 2 mois : 2. mar., 5 fois');
  expect(whenOf(of, 'fr')).toBe('2026-03-09 09:00 Europe/Paris, tous les 2 mois');
  const last = series({}, { recurrence: { ...recurrence, byDay: [-1, -2].map((offset) => ({ day: 'FR', offset })) } });
  expect(valueInWords(last, 'recurrence', 'en')).toBe('every 2 months on last Fri, 2. Fri from the end, 5 times');
  expect(valueInWords(last, 'recurrence', 'fr')).toBe('tous les 2 mois : dernier ven., 2. ven. avant la fin, 5 fois');
});

it('what a card says beside its name', () => {
  const person = { ...BLANK_CONTACT, gender: 'female' } as const;
  expect(valueInWords(person, 'gender', 'fr')).toBe('féminin');
  expect(valueInWords(person, 'note', 'fr')).toBe('rien');
});

it('a reminder one minute before is said in the singular', () => {
  const of = series({ reminders: [1, 0, 2].map((minutes) => ({ action: 'display', minutes })) });
  expect(valueInWords(of, 'main.reminders', 'en')).toBe('1 minute before, 0 minutes before, 2 minutes before');
  expect(valueInWords(of, 'main.reminders', 'fr')).toBe('1 minute avant, 0 minute avant, 2 minutes avant');
});

it('a card that became a list, or an event, is said by what each is', () => {
  const note = BLANK_CONTACT.note;
  const group: Group = { kind: 'group', uid: 'g', name: 'Team', members: [], note, categories: [] };
  expect(says(BLANK_CONTACT, group, 'en')).toEqual(['kind of item: contact → distribution list']);
  expect(says(group, BLANK_CONTACT, 'fr')).toEqual(['type d’élément: liste de distribution → contact']);
  expect(says(series({}), BLANK_CONTACT, 'fr')).toEqual(['type d’élément: rendez-vous → contact']);
});
