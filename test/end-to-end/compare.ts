/** Whether both sides hold the same, by their facts; what one of them is known not to hold is left out, with its rule. */
import { expect } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { type CardFacts, type EventFacts, letters } from './facts.ts';
import { ORPHAN } from './server-facts.ts';

/** Both sides show the same events. */
export function compareEvents(server: ReadonlyMap<string, EventFacts>, outlook: ReadonlyMap<string, EventFacts>): void {
  expect([...outlook.keys()].sort()).toEqual([...server.keys()].sort());
  const uids = [...server].filter(([, facts]) => facts !== ORPHAN).map(([uid]) => uid);
  const differing = uids.flatMap((uid) => {
    const simplified = outlook.get(uid)?.simplified === true;
    const [held, shown] = [server, outlook].map((side) => comparable(must(side.get(uid)), simplified));
    return differences(uid, must(held), must(shown));
  });
  expect(differing).toEqual([]);
}

/** What differs, short enough to be read: of occurrences only those that one side lacks. */
function differences<T extends object>(uid: string, held: T, shown: T): string[] {
  const names = Object.keys(held) as (keyof T & string)[];
  return names.flatMap((name) => {
    const [a, b]: unknown[] = [held[name], shown[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const lacking = (from: unknown, other: unknown) =>
      Array.isArray(from) && Array.isArray(other) ? from.filter((one) => !other.includes(one)).slice(0, 4) : from;
    return [`${uid}: ${name}: server ${JSON.stringify(lacking(a, b))}, Outlook ${JSON.stringify(lacking(b, a))}`];
  });
}

/** Facts without what Outlook is known not to hold, each with its rule in docs/mapping.md. */
function comparable(event: EventFacts, simplified: boolean) {
  return {
    title: event.title === '---' ? '' : event.title.slice(0, 250),
    location: event.location.slice(0, 250),
    body: letters(event.body.replace(/\[?cid:[^\s\]]+\]?/g, '')),
    allDay: event.allDay,
    occurrences: simplified ? 'simplified' : event.occurrences.map(([start, end]) => `${start}/${end}`).sort(),
    busy: event.busy === 'outOfOffice' ? 'busy' : event.busy === 'elsewhere' ? 'free' : event.busy,
    secret: event.secret,
    categories: event.categories,
  };
}

/** Both sides show the same cards of people. */
export function compareCards(server: ReadonlyMap<string, CardFacts>, outlook: ReadonlyMap<string, CardFacts>): void {
  expect([...outlook.keys()].sort()).toEqual([...server.keys()].sort());
  const differing = [...server].flatMap(([uid, card]) => {
    const shown = must(outlook.get(uid));
    return differences(uid, heldByCard(card, shown), shownByCard(shown, card));
  });
  expect(differing).toEqual([]);
}

/** A card with no more than a name to show: Outlook makes parts of it, and shows the whole as it was. */
function namesOf(card: CardFacts, nameless: boolean) {
  return nameless ? { name: card.shown } : { name: `${card.given}|${card.family}` };
}

function heldByCard(card: CardFacts, shown: CardFacts) {
  return {
    ...namesOf(card, card.given + card.family === ''),
    company: card.company,
    title: card.title,
    // Outlook has three e-mail slots and one telephone of each kind: it shows a part, and nothing else.
    emails: card.emails.slice(0, 3).sort(),
    phones: card.phones.filter((phone) => shown.phones.includes(phone)).sort(),
    note: letters(card.note),
    birthday: card.birthday,
    categories: card.categories.map(letters),
  };
}

function shownByCard(shown: CardFacts, card: CardFacts) {
  return {
    ...namesOf(shown, card.given + card.family === ''),
    company: shown.company,
    title: shown.title,
    emails: [...shown.emails].sort(),
    phones: [...shown.phones].sort(),
    note: letters(shown.note),
    birthday: shown.birthday,
    categories: shown.categories.map(letters),
  };
}
