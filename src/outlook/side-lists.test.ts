/** Lists in lists, and members whose contact is gone, over the emulator. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import type { Effect, Item } from '../sync/side.ts';
import type { Emulator } from './emulator/open-emulator.ts';
import { emulatedOutlook, type Late, late, lateOutlook, type TestClock } from './emulator/testing/world.ts';
import type { OutlookContact, OutlookDistList } from './model/contact.ts';
import { type OutlookSide, outlookSide } from './side.ts';
import { folderId } from './side-session.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { PLAIN_CARDS } from './testing/plain-kinds.ts';
import { sampleDistList } from './testing/samples.ts';

type Card = OutlookContact | OutlookDistList;
type Members = OutlookDistList['members'];

let outlook: Emulator & { readonly clock: TestClock };
let bench: Bench;
let side: OutlookSide<Card>;
let folder: string;

beforeEach(async () => {
  outlook = emulatedOutlook();
  const pause = async () => outlook.clock.advance(3000);
  bench = await openBench({ executor: outlook.executor, pause, dispose: async () => {} }, 'contacts');
  folder = folderId({ entryId: bench.folderId, storeId: bench.storeId });
  side = outlookSide({ executor: outlook.executor, kind: PLAIN_CARDS, clock: outlook.clock });
});
afterEach(async () => {
  await side.close();
  outlook.close();
});

const INNER: Members[number] = { name: 'Inner', address: '', list: 'inner' };
const ANN: Members[number] = { name: 'Ann', address: 'ann@example.org' };

const listOf = (name: string, members: Members) => sampleDistList({ name, members, tags: {} });

async function create(token: string, content: Card): Promise<Item<Card>> {
  return made(await side.create(folder, [{ token, content }]));
}

async function update({ id, rev }: Item<Card>, content: Card): Promise<Item<Card>> {
  return made(await side.update(folder, [{ target: { folder, id, rev }, content }]));
}

function made([effect]: readonly Effect<Card>[]): Item<Card> {
  if (effect?.ok !== true) throw new Error(JSON.stringify(effect));
  return effect.item;
}

function membersIn({ content }: Item<Card>): Members {
  return (content as OutlookDistList).members;
}

/** What the user does: the item, opened anew, as a late-bound object. */
function opened({ id }: Item<Card>): Late {
  return late(lateOutlook(outlook).session.call('GetItemFromID', id, bench.storeId) as Late['raw']);
}

function recipient(typed: string): Late {
  const found = lateOutlook(outlook).session.object('CreateRecipient', typed);
  found.call('Resolve');
  return found;
}

async function lookedAt(item: Item<Card>): Promise<Item<Card> | undefined> {
  const { moved } = await side.view(folder, new Map([[item.id, item.rev]]), undefined);
  return moved.find(({ id }) => id === item.id);
}

test('a list in the list is the item of that uid, and is read, kept and removed as such', async () => {
  await create('inner', listOf('Inner', [ANN]));
  const outer = await create('outer', listOf('Outer', [ANN, INNER]));
  expect(membersIn(outer)).toEqual([ANN, INNER]);
  const luc = { name: 'Luc', address: 'luc@example.org' };
  const kept = await update(outer, { ...outer.content, members: [INNER, luc] } as Card);
  expect(membersIn(kept)).toEqual([INNER, luc]);
  expect(membersIn(await update(kept, { ...kept.content, members: [luc] } as Card))).toEqual([luc]);
});

test('a list that is not in the folder, and one that Outlook does not find by its name, is left out', async () => {
  expect(membersIn(await create('outer', listOf('Outer', [ANN, INNER])))).toEqual([ANN]);
  await create('inner', listOf('Twice', [ANN]));
  await create('other', listOf('Twice', [ANN]));
  expect(membersIn(await create('next', listOf('Next', [ANN, { ...INNER, name: 'Twice' }])))).toEqual([ANN]);
});

test('a list is found by the name that it has in Outlook, whatever the group calls it', async () => {
  await create('inner', listOf('Renamed', [ANN]));
  expect(membersIn(await create('outer', listOf('Outer', [INNER])))).toEqual([{ ...INNER, name: 'Renamed' }]);
});

test('a list of the user in a list is read again until it is a card', async () => {
  const outer = await create('outer', listOf('Outer', [ANN]));
  const inner = await create('inner', listOf('Inner', []));
  const untagged = opened(inner);
  untagged.object('PropertyAccessor').call('DeleteProperty', TOKEN);
  untagged.call('Save');
  await bench.pause();
  const list = opened(outer);
  list.call('AddMember', recipient('Inner'));
  list.call('Save');
  await bench.pause();
  const awaiting = must(await lookedAt(outer));
  expect(membersIn(awaiting)).toEqual([ANN, { ...INNER, list: '' }]);
  expect(await lookedAt(awaiting)).toBeUndefined();
  const { rev } = must((await side.view(folder, new Map(), undefined)).moved.find(({ id }) => id === inner.id));
  const [marked] = await side.mark(folder, [{ target: { folder, id: inner.id, rev }, token: 'inner' }]);
  expect(marked?.ok).toBe(true);
  const known = must(await lookedAt(awaiting));
  expect(membersIn(known)).toEqual([ANN, INNER]);
  await bench.pause();
  expect(await lookedAt(known)).toBeUndefined();
});

test('a member whose contact is gone is who it was when it was added', async () => {
  const count = 60;
  const marie = lateOutlook(outlook).contacts.object('Items').object('Add', 2);
  marie.put('FullName', 'Marie Curie');
  marie.put('Email1Address', 'marie@example.org');
  marie.call('Save');
  const others = Array.from({ length: count }, (_, n) => ({
    name: `Somebody ${n}`,
    address: `somebody.of.the.house.${n}@example.org`,
  }));
  const made = await create('team', listOf('Team', others));
  const list = opened(made);
  list.call('AddMember', recipient('Marie Curie'));
  list.call('Save');
  for (let n = 0; n < 2; n++) marie.call('Delete');
  await bench.pause();
  expect(late(opened(made).call('GetMember', count + 1) as Late['raw']).get('Name')).toBe('Unknown');
  const read = membersIn(must(await lookedAt(made)));
  expect(read.at(-1)?.address).toBe('marie@example.org');
  expect(read).toHaveLength(count + 1);
});

const TOKEN =
  'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/BlueMindToken/0x0000001F';
