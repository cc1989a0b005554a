/** Cards are written before the groups that hold them, and deleted after them, whatever their names. */
import { expect, test } from 'vitest';
import type { Card } from '../../src/domain/contact.ts';
import type { Side, SideName } from '../../src/sync/side.ts';
import { type BookPair, bookPair, runBooks } from './card-books.ts';
import { MEMBERS, nameOf, newCard, newContact, newGroup, newList } from './card-deeds.ts';

const NAMES = ['a', 'b', 'c'] as const;

/** What is created and deleted on a side, in order, by kind. */
function watched(pair: BookPair, on: SideName): { readonly pair: BookPair; readonly calls: string[] } {
  const calls: string[] = [];
  const { side } = pair[on];
  const watching: Side<Card> = {
    ...side,
    create: (folder, creates) => {
      calls.push(...creates.map(({ content }) => content.kind));
      return side.create(folder, creates);
    },
    remove: async (folder, targets) => {
      for (const { id } of targets) calls.push(...(await side.read(folder, [id])).map(({ content }) => content.kind));
      return side.remove(folder, targets);
    },
  };
  return { pair: { ...pair, [on]: { ...pair[on], side: watching } }, calls };
}

const CARDS_FIRST = ['contact', 'contact', 'contact', 'group', 'group', 'group'];

/** Fills a book with cards and groups; whose ids begin like this, so that the alphabet puts them in the wrong order. */
function fill({ server, outlook }: BookPair, on: SideName, ids: { contacts: string; groups: string }): void {
  for (const name of NAMES) {
    if (on === 'server') {
      server.put(`${ids.contacts}-${name}`, newCard(name, false));
      server.put(`${ids.groups}-${name}`, MEMBERS.server.set(newGroup(`G${name}`), NAMES.map(nameOf)));
    } else {
      outlook.put(`${ids.contacts}-${name}`, newContact(name));
      outlook.put(`${ids.groups}-${name}`, MEMBERS.outlook.set(newList(`G${name}`), NAMES.map(nameOf)));
    }
  }
}

test.each(['server', 'outlook'] as const)(
  '[S2] made on the %s, cards reach the other side before groups',
  async (from) => {
    const { pair, calls } = watched(bookPair(), from === 'server' ? 'outlook' : 'server');
    fill(pair, from, { contacts: 'z', groups: 'a' });
    await runBooks(pair);
    expect(calls).toEqual(CARDS_FIRST);
  },
);

test.each(['server', 'outlook'] as const)(
  '[S2] deleted on the %s, groups go from the other side before cards',
  async (from) => {
    const { pair, calls } = watched(bookPair(), from === 'server' ? 'outlook' : 'server');
    fill(pair, from, { contacts: 'a', groups: 'z' });
    await runBooks(pair);
    calls.length = 0;
    for (const { id } of pair[from].items()) pair[from].delete(id);
    await runBooks(pair);
    expect(calls).toEqual([...CARDS_FIRST].reverse());
  },
);
