/**
 * Random books of cards and groups, edited on both sides: nothing is lost, nothing doubled, and every run comes to rest. Real
 * mappings, the real engine, and the server's own cleaning, over values in memory.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { must } from '../../src/base/assert.ts';
import { runs } from '../../src/base/testing/runs.ts';
import type { StoredCard } from '../../src/mapping/bluemind/contact/stored-card.ts';
import type { OutlookCard } from '../../src/mapping/outlook/contact/card.ts';
import type { OutlookContact, OutlookDistList } from '../../src/outlook/model/contact.ts';
import { type BookPair, bookPair, runBooks } from './card-books.ts';
import {
  EMAILS,
  FIELDS,
  MEMBERS,
  mobilesOf,
  nameOf,
  newCard,
  newContact,
  newGroup,
  newList,
  untouched,
} from './card-deeds.ts';

const deeds = fc.record({
  on: fc.constantFrom('server' as const, 'outlook' as const),
  book: fc.nat(1),
  deed: fc.constantFrom(
    'card',
    'group',
    'edit',
    'edit',
    'edit',
    'clear',
    'email',
    'noEmail',
    'member',
    'noMember',
    'delete',
  ),
  pick: fc.nat(20),
  field: fc.nat(Object.keys(FIELDS).length - 1),
  /** Whether a run follows. */
  run: fc.constantFrom(true, true, false),
});
type Deed = typeof deeds extends fc.Arbitrary<infer T> ? T : never;
const histories = fc.array(deeds, { minLength: 3, maxLength: 14 });

/** A card or group that a user made: what it must say, and what was done to it since the last run. */
type Thing = {
  readonly name: string;
  readonly kind: 'contact' | 'group';
  readonly extra: unknown;
  /** The value of each field; of one that both sides edited, either. */
  readonly said: Map<string, Set<string>>;
  /** The mobile number typed in Outlook since the last run, and whether the card ever got two at once. */
  readonly typed: { number: string; two: boolean };
  /** Addresses, or members, that must be there. */
  readonly has: Set<string>;
  readonly touched: Record<'server' | 'outlook', Set<string>>;
  readonly deleted: Record<'server' | 'outlook', boolean>;
  /** What each side said after the last run. */
  readonly agreed: Record<'server' | 'outlook', string>;
};

type World = BookPair & { readonly things: Map<string, Thing> };

const names = Object.keys(FIELDS);
let words = 0;
const word = (prefix: string) => `${prefix}${++words}`;

function serverValue({ server }: World, name: string): { id: string; value: StoredCard } | undefined {
  const found = server
    .items()
    .filter(
      ({ value: { card } }) =>
        shownName(card.identification?.formatedName?.value, card.communications?.emails?.[0]?.value) === name,
    );
  expect(found.length, `${name} on the server`).toBeLessThan(2);
  return found[0];
}

function outlookValue({ outlook }: World, name: string): { id: string; value: OutlookCard } | undefined {
  const found = outlook
    .items()
    .filter(({ value }) => ('members' in value ? value.name === name : value.emails[0].address === nameOf(name)));
  expect(found.length, `${name} in Outlook`).toBeLessThan(2);
  return found[0];
}

/** Groups are known by their names, contacts by their first address. */
function shownName(formatted: string | null | undefined, address: string | null | undefined): string {
  return address ? address.slice(0, address.indexOf('@')) : (formatted ?? '');
}

function act(world: World, { on, deed, pick, field }: Deed): void {
  if (deed === 'card' || deed === 'group') {
    make(world, on, { group: deed === 'group', rich: pick % 2 === 0 });
    return;
  }
  const wanted = deed === 'member' || deed === 'noMember' ? 'group' : deed === 'delete' ? undefined : 'contact';
  const there = [...world.things.values()].filter(
    (thing) => (wanted === undefined || thing.kind === wanted) && valueOn(world, on, thing) !== undefined,
  );
  const thing = there[pick % Math.max(1, there.length)];
  if (thing === undefined) return;
  if (deed === 'delete') remove(world, on, thing);
  else if (thing.kind === 'contact') editContact(world, on, { thing, deed, field, pick });
  else editGroup(world, on, { thing, deed, pick });
}

function valueOn(world: World, on: Deed['on'], { name }: Thing) {
  return on === 'server' ? serverValue(world, name) : outlookValue(world, name);
}

/** Everything that users here can change, as one side says it. */
function saidOn(world: World, side: 'server' | 'outlook', { name, kind }: Thing): string {
  if (side === 'server') {
    const value = serverValue(world, name)?.value;
    if (value === undefined) return '';
    if (kind === 'group') return JSON.stringify([...MEMBERS.server.get(value)].sort());
    return JSON.stringify([names.map((field) => must(FIELDS[field]).server.get(value)), EMAILS.server.get(value)]);
  }
  const value = outlookValue(world, name)?.value;
  if (value === undefined) return '';
  if ('members' in value) return JSON.stringify([...MEMBERS.outlook.get(value)].sort());
  return JSON.stringify([names.map((field) => must(FIELDS[field]).outlook.get(value)), EMAILS.outlook.get(value)]);
}

function make(world: World, on: Deed['on'], { group, rich }: { group: boolean; rich: boolean }): void {
  const name = word(group ? 'G' : 'c');
  const card = group ? newGroup(name) : newCard(name, rich);
  if (on === 'server') world.server.put(name, card);
  else world.outlook.put(`made-${name}`, group ? newList(name) : newContact(name));
  const emails = on === 'server' ? EMAILS.server.get(card) : [nameOf(name)];
  world.things.set(name, {
    name,
    kind: group ? 'group' : 'contact',
    extra: on === 'server' && !group ? untouched(card) : undefined,
    said: new Map(group ? [] : names.map((field) => [field, new Set([''])])),
    typed: { number: '', two: false },
    has: new Set(group ? [] : emails),
    touched: { server: new Set(), outlook: new Set() },
    deleted: { server: false, outlook: false },
    agreed: { server: '', outlook: '' },
  });
}

function remove(world: World, on: Deed['on'], thing: Thing): void {
  const { id } = must(valueOn(world, on, thing));
  world[on].delete(id);
  thing.deleted[on] = true;
}

type Edit = { readonly thing: Thing; readonly deed: Deed['deed']; readonly pick: number; readonly field?: number };

function editContact(world: World, on: Deed['on'], { thing, deed, field = 0, pick }: Edit): void {
  const name = must(names[field]);
  const other = on === 'server' ? 'outlook' : 'server';
  if (deed === 'edit' || deed === 'clear') {
    const text = deed === 'edit' ? word(name === 'mobile' ? '+' : name) : '';
    const told = must(FIELDS[name]);
    if (on === 'server')
      change(world.server, must(serverValue(world, thing.name)), (value) => told.server.set(value, text));
    else
      change(world.outlook, must(outlookValue(world, thing.name)), (value) =>
        told.outlook.set(value as OutlookContact, text),
      );
    if (name === 'mobile' && on === 'outlook') thing.typed.number = text;
    thing.said.set(name, new Set([...(thing.touched[other].has(name) ? must(thing.said.get(name)) : []), text]));
    thing.touched[on].add(name);
    return;
  }
  thing.touched[on].add('emails');
  const address = deed === 'email' ? `${word('e')}@x.test` : '';
  if (on === 'outlook') {
    const slot = pick % 2 === 0 ? 1 : 2;
    const found = must(outlookValue(world, thing.name));
    const before = (found.value as OutlookContact).emails[slot].address;
    change(world.outlook, found, (value) => EMAILS.outlook.put(value as OutlookContact, slot, address));
    thing.has.delete(before);
  } else {
    const found = must(serverValue(world, thing.name));
    const gone = EMAILS.server.get(found.value)[1 + (pick % 3)] ?? '';
    change(world.server, found, (value) =>
      address ? EMAILS.server.add(value, address) : EMAILS.server.remove(value, gone),
    );
    if (!address) thing.has.delete(gone);
  }
  if (address) thing.has.add(address);
}

function editGroup(world: World, on: Deed['on'], { thing, deed, pick }: Edit): void {
  const contacts = [...world.things.values()].filter(({ kind }) => kind === 'contact');
  const known = contacts[pick % Math.max(1, contacts.length)];
  const address = pick % 2 === 0 && known !== undefined ? nameOf(known.name) : `${word('free')}@x.test`;
  thing.touched[on].add('members');
  const edited = (now: readonly string[]) => {
    if (deed === 'member') {
      thing.has.add(address);
      return [...new Set([...now, address])];
    }
    const gone = now[pick % Math.max(1, now.length)];
    if (gone !== undefined) thing.has.delete(gone);
    return now.filter((one) => one !== gone);
  };
  if (on === 'server')
    change(world.server, must(serverValue(world, thing.name)), (value) =>
      MEMBERS.server.set(value, edited(MEMBERS.server.get(value))),
    );
  else
    change(world.outlook, must(outlookValue(world, thing.name)), (value) =>
      MEMBERS.outlook.set(value as OutlookDistList, edited(MEMBERS.outlook.get(value as OutlookDistList))),
    );
}

function change<V>(
  book: { put(id: string, value: V): void },
  { id, value }: { id: string; value: V },
  edit: (value: V) => V,
): void {
  book.put(id, edit(value));
}

/** A run, what it must have brought, and another one that has nothing to do. */
async function settle(world: World): Promise<void> {
  const things = [...world.things.values()];
  const before = things.map((thing) => ({
    server: saidOn(world, 'server', thing),
    outlook: saidOn(world, 'outlook', thing),
  }));
  await runBooks(world);
  things.forEach((thing, at) => {
    expectThere(world, thing, must(before[at]));
  });
  const counts = [world.server.items().length, world.outlook.items().length, world.state.total()];
  expect(counts).toEqual(counts.map(() => world.things.size));
  const again = await runBooks(world);
  expect(again.lines.filter(({ outcome }) => outcome !== 'held')).toEqual([]);
}

function expectThere(world: World, thing: Thing, before: Thing['agreed']): void {
  const { name, deleted, touched } = thing;
  const [server, outlook] = [serverValue(world, name), outlookValue(world, name)];
  const gone =
    (deleted.server && (deleted.outlook || before.outlook === thing.agreed.outlook)) ||
    (deleted.outlook && before.server === thing.agreed.server);
  if (gone) {
    expect([name, server, outlook]).toEqual([name, undefined, undefined]);
    world.things.delete(name);
    return;
  }
  const revived = deleted.server || deleted.outlook;
  const [card, item] = [
    must(server, `${name} is lost on the server`).value,
    must(outlook, `${name} is lost in Outlook`).value,
  ];
  if ('members' in item) expectMembers(thing, MEMBERS.server.get(card), MEMBERS.outlook.get(item));
  else {
    for (const field of names) expectSaid(thing, field, { card, item, revived });
    expectEmails(thing, EMAILS.server.get(card), { shown: EMAILS.outlook.get(item), revived });
    if (thing.extra !== undefined && !deleted.server) expect(untouched(card)).toEqual(thing.extra);
    // A card that came back from Outlook is what Outlook could hold.
    if (deleted.server) world.things.set(name, { ...thing, extra: undefined });
  }
  for (const side of ['server', 'outlook'] as const) {
    touched[side].clear();
    thing.deleted[side] = false;
    thing.agreed[side] = saidOn(world, side, thing);
  }
}

function expectSaid(
  thing: Thing,
  field: string,
  { card, item, revived }: { card: StoredCard; item: OutlookContact; revived: boolean },
): void {
  const told = must(FIELDS[field]);
  const [here, there] = [told.server.get(card), told.outlook.get(item)];
  if (field === 'mobile' && expectNumbers(thing, { card, there, revived })) return;
  expect([thing.name, field, there]).toEqual([thing.name, field, here]);
  // What was edited on the side where the card was deleted after it went with it.
  if (!revived) expect([...must(thing.said.get(field))], `${thing.name} ${field}`).toContain(here);
  thing.said.set(field, new Set([here]));
}

/**
 * Two numbers added at once are two numbers of the card, of which Outlook shows the one typed there; one of them edited later is
 * still one of them. Whether the card has or had two.
 */
function expectNumbers(
  thing: Thing,
  { card, there, revived }: { card: StoredCard; there: string; revived: boolean },
): boolean {
  const { touched, typed, said } = thing;
  const numbers = mobilesOf(card);
  const both = touched.server.has('mobile') && touched.outlook.has('mobile');
  const added = [...must(said.get('mobile'))].filter(Boolean);
  if (both && !revived && numbers.length === 2 && !typed.two) {
    expect([...numbers].sort()).toEqual(added.slice(-2).sort());
    expect([thing.name, there]).toEqual([thing.name, typed.number]);
    typed.two = true;
  }
  if (typed.two) {
    expect([...numbers, ''], `${thing.name} mobile`).toContain(there);
    said.set('mobile', new Set([there]));
  }
  typed.number = '';
  return typed.two;
}

function expectEmails(
  thing: Thing,
  all: readonly string[],
  { shown, revived }: { shown: readonly string[]; revived: boolean },
): void {
  expect(new Set(all).size).toBe(all.length);
  const both = thing.touched.server.has('emails') && thing.touched.outlook.has('emails');
  // Where both sides edited their lists at once, one address may stand for the other's.
  if (!both && !revived) expect(new Set(all)).toEqual(thing.has);
  expect(all).toEqual(expect.arrayContaining([...shown]));
  thing.has.clear();
  for (const address of all) thing.has.add(address);
}

function expectMembers(thing: Thing, here: readonly string[], there: readonly string[]): void {
  expect(new Set(there)).toEqual(new Set(here));
  const both = thing.touched.server.has('members') && thing.touched.outlook.has('members');
  const revived = thing.deleted.server || thing.deleted.outlook;
  if (!both && !revived) expect(new Set(here)).toEqual(thing.has);
  thing.has.clear();
  for (const address of here) thing.has.add(address);
}

test('[S1] [S2] random books, cards, groups and edits on both sides: no loss, no loop, no duplicate', async () => {
  let played = 0;
  let edits = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const books: readonly World[] = [0, 1].map(() => ({ ...bookPair(), things: new Map() }));
      for (const deed of history) {
        const world = must(books[deed.book]);
        act(world, deed);
        edits += 1;
        if (deed.run) await settle(world);
      }
      for (const world of books) await settle(world);
      played += 1;
    }),
    runs(400),
  );
  console.log(`card histories: ${played} played, ${edits} deeds`);
});
