/** Groups and their members between a server over real HTTP and the emulated Outlook, through the agent. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { emptyCard } from '../../src/mapping/vcard/empty-card.ts';
import type { Step } from '../../src/outlook/program/program.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import type { VCard, VCardMember } from '../../src/wire/addressbook.ts';
import { call, get, inOutlook, outlookItems } from './contact-user.ts';
import { BOOK, type Desk, lineTo, newFolder, openDesk, startServer, USER } from './world.ts';

let server: RunningServer;
let session: Session;
let desk: Desk;

beforeEach(async () => {
  const home = newFolder();
  server = await startServer(home);
  session = lineTo(server.url);
  desk = await openDesk(home, server.url);
});
afterEach(async () => {
  await desk.close();
  await session.close();
  await server.close();
});

const QUIET = { changes: 0, failed: 0, held: 0 };
const DIRECTORY = 'addressbook_demo.test';
const OTHER = `book:CollectedContacts_${USER}`;

async function run() {
  const { changes, failed, held } = totalsOf((await desk.agent.run()).folders);
  return { changes, failed, held };
}

/** Runs until nothing is left to do; few runs are enough. */
async function settle(): Promise<void> {
  for (let runs = 0; runs < 4; runs++) if ((await run()).changes === 0) return;
  expect(await run()).toEqual(QUIET);
}

type Changes = { readonly add?: unknown[]; readonly modify?: unknown[]; readonly delete?: unknown[] };

async function change(changes: Changes, book = BOOK): Promise<void> {
  const body = { add: [], modify: [], delete: [], ...changes };
  const path = `/addressbooks/${encodeURIComponent(book)}/_mupdates`;
  const { errors } = (await session.call({ method: 'PUT', path, body })) as { errors: unknown[] };
  expect(errors).toEqual([]);
}

function group(name: string, member: readonly VCardMember[]): VCard {
  const empty = emptyCard('group');
  return {
    ...empty,
    identification: { ...empty.identification, formatedName: { value: name, parameters: [] } },
    organizational: { ...empty.organizational, member: [...member] },
  };
}

function person(name: string, address: string): VCard {
  const empty = emptyCard('individual');
  return {
    ...empty,
    identification: { ...empty.identification, formatedName: { value: name, parameters: [] } },
    communications: { ...empty.communications, emails: [{ value: address, parameters: [] }] },
  };
}

const free = (name: string): VCardMember => ({
  commonName: name,
  mailto: `${name.toLowerCase()}@x.test`,
  containerUid: null,
  itemUid: null,
});
const nested = (commonName: string, itemUid: string): VCardMember => ({
  commonName,
  mailto: null,
  containerUid: BOOK,
  itemUid,
});
const card = (name: string, containerUid: string, itemUid: string, mailto = `${name.toLowerCase()}@x.test`) => ({
  commonName: name,
  mailto,
  containerUid,
  itemUid,
});

/** The members of the server's group of this name. */
async function onServer(name: string): Promise<readonly VCardMember[]> {
  const path = (rest: string) => `/addressbooks/${encodeURIComponent(BOOK)}/${rest}`;
  const uids = (await session.call({ method: 'GET', path: path('_all') })) as string[];
  const items = (await session.call({ method: 'POST', path: path('_mget'), body: uids })) as { value: VCard }[];
  const found = items.filter(({ value }) => value.identification?.formatedName?.value === name);
  expect(found, name).toHaveLength(1);
  return found[0]?.value.organizational?.member ?? [];
}

async function open(name: string): Promise<Step> {
  const items = await outlookItems(desk.emulator, ['EntryID', 'Subject']);
  const found = items.filter((item) => item['Subject'] === name);
  expect(found, name).toHaveLength(1);
  return call('session', 'GetItemFromID', [String(found[0]?.['EntryID'])], 'item');
}

/** The members of Outlook's list of this name, as `name address`. */
async function inList(name: string): Promise<readonly string[]> {
  const opened = await open(name);
  const { count } = await inOutlook(desk.emulator, [opened, get('item', 'MemberCount', 'count')], ['count']);
  const members: string[] = [];
  for (let at = 1; at <= Number(count); at++) {
    const steps = [opened, call('item', 'GetMember', [at], 'one'), get('one', 'Name', 'n'), get('one', 'Address', 'a')];
    const { n, a } = await inOutlook(desk.emulator, steps, ['n', 'a']);
    members.push(`${String(n).replace(/ \([^()]*\)$/, '')} ${a}`.trim());
  }
  return members.sort();
}

async function inItem(name: string, steps: readonly Step[]): Promise<void> {
  await inOutlook(desk.emulator, [await open(name), ...steps, call('item', 'Save')]);
}

function adding(typed: string): readonly Step[] {
  return [
    call('session', 'CreateRecipient', [typed], 'recipient'),
    call('recipient', 'Resolve'),
    call(
      'item',
      'AddMember',
      ['recipient'].map((handle) => ({ handle })),
    ),
  ];
}

async function newList(name: string, ...members: readonly string[]): Promise<void> {
  await inOutlook(desk.emulator, [
    call('items', 'Add', [7], 'item'),
    { do: 'put', on: 'item', member: 'DLName', value: name },
    ...members.flatMap(adding),
    call('item', 'Save'),
  ]);
}

test('[CM12] groups in groups of the server are lists in lists, three deep, in whatever order they come', async () => {
  await change({ add: [{ uid: 'z', value: group('Innermost', [free('Ann')]) }] });
  await change({ add: [{ uid: 'b', value: group('Middle', [free('Bo'), nested('Innermost', 'z')]) }] });
  await change({ add: [{ uid: 'a', value: group('Outer', [free('Cy'), nested('Middle', 'b')]) }] });
  await settle();
  expect(await inList('Outer')).toEqual(['Cy cy@x.test', 'Middle']);
  expect(await inList('Middle')).toEqual(['Bo bo@x.test', 'Innermost']);
  await inItem('Outer', adding('new@x.test'));
  await settle();
  expect((await onServer('Outer')).map(({ itemUid, mailto }) => itemUid ?? mailto).sort()).toEqual(
    ['b', 'cy@x.test', 'new@x.test'].sort(),
  );
  await change({ modify: [{ uid: 'a', value: group('Outer', [free('Cy')]) }] });
  await settle();
  expect(await inList('Outer')).toEqual(['Cy cy@x.test']);
});

test('[CM12] lists in lists made in Outlook, both new, are groups in groups; removed there, they go', async () => {
  await settle();
  await newList('Inner', 'ann@x.test');
  await newList('Outer', 'cy@x.test', 'Inner');
  await settle();
  const [inner] = (await onServer('Outer')).filter(({ itemUid }) => itemUid);
  expect([inner?.commonName, inner?.containerUid, inner?.mailto]).toEqual(['Inner', BOOK, null]);
  await inItem('Outer', [call('item', 'GetMember', [2], 'one'), call('item', 'RemoveMember', [{ handle: 'one' }])]);
  await settle();
  expect((await onServer('Outer')).map(({ mailto }) => mailto)).toEqual(['cy@x.test']);
  expect(await inList('Inner')).toEqual(['ann@x.test ann@x.test']);
});

test('[CM12] a group that Outlook cannot find by its name stays a member on the server', async () => {
  await change({
    add: [
      { uid: 'one', value: group('Twice', [free('Ann')]) },
      { uid: 'two', value: group('Twice', [free('Bo')]) },
    ],
  });
  await change({ add: [{ uid: 'a', value: group('Outer', [free('Cy'), nested('Twice', 'one')]) }] });
  await settle();
  expect(await inList('Outer')).toEqual(['Cy cy@x.test']);
  await inItem('Outer', adding('new@x.test'));
  await settle();
  expect((await onServer('Outer')).map(({ itemUid, mailto }) => itemUid ?? mailto).sort()).toEqual(
    ['cy@x.test', 'new@x.test', 'one'].sort(),
  );
});

test('members of this book, another one, the directory and free ones are shown, and stay whose they are', async () => {
  await change({ add: [{ uid: 'ann', value: person('Ann', 'ann@x.test') }] });
  await change({ add: [{ uid: 'bo', value: person('Bo', 'bo@x.test') }] }, OTHER);
  const members = [
    card('Ann', BOOK, 'ann'),
    card('Bo', OTHER, 'bo'),
    card('Jane Doe', DIRECTORY, USER, 'jane@demo.test'),
    free('Cy'),
  ];
  await change({ add: [{ uid: 'team', value: group('Team', members) }] });
  await settle();
  expect(await inList('Team')).toEqual(['Ann ann@x.test', 'Bo bo@x.test', 'Cy cy@x.test', 'Jane Doe jane@demo.test']);
  await inItem('Team', adding('new@x.test'));
  await settle();
  const kept = (await onServer('Team')).filter(({ mailto }) => mailto !== 'new@x.test');
  expect(kept.map(({ itemUid, containerUid }) => [itemUid, containerUid])).toEqual(
    members.map(({ itemUid, containerUid }) => [itemUid, containerUid]),
  );
});

test('a member added in Outlook by an address of the directory becomes that person', async () => {
  await settle();
  await newList('Team', '"Jane" <jane@demo.test>', 'cy@x.test');
  await settle();
  const members = await onServer('Team');
  expect(members.map(({ itemUid, containerUid, mailto }) => [itemUid, containerUid, mailto])).toEqual([
    [USER, DIRECTORY, 'jane@demo.test'],
    [null, null, 'cy@x.test'],
  ]);
});

test('a member whose card is deleted, on either side, stays in the group by name and address', async () => {
  await change({
    add: [
      { uid: 'ann', value: person('Ann', 'ann@x.test') },
      { uid: 'bo', value: person('Bo', 'bo@x.test') },
    ],
  });
  await change({ add: [{ uid: 'team', value: group('Team', [card('Ann', BOOK, 'ann'), card('Bo', BOOK, 'bo')]) }] });
  await settle();
  await inItem('Team', adding('cy@x.test'));
  await settle();
  await change({ delete: [{ uid: 'ann' }] });
  await settle();
  await inOutlook(desk.emulator, [await open('Bo'), call('item', 'Delete')]);
  await settle();
  await inItem('Team', adding('dee@x.test'));
  await settle();
  const addresses = ['ann@x.test', 'bo@x.test', 'cy@x.test', 'dee@x.test'];
  expect((await onServer('Team')).map(({ mailto, containerUid }) => [mailto, containerUid])).toEqual(
    addresses.map((address) => [address, null]),
  );
  expect((await inList('Team')).map((one) => one.split(' ').at(-1))).toEqual(addresses);
});

test('a contact that Outlook itself put in a list, and that is deleted there, stays in the group', async () => {
  await change({ add: [{ uid: 'ann', value: person('Ann', 'ann@x.test') }] });
  await settle();
  await newList('Team', 'Ann', 'cy@x.test');
  await settle();
  await inOutlook(desk.emulator, [await open('Ann'), call('item', 'Delete')]);
  await settle();
  await inItem('Team', adding('dee@x.test'));
  await settle();
  expect((await onServer('Team')).map(({ mailto }) => mailto)).toEqual(['ann@x.test', 'cy@x.test', 'dee@x.test']);
});
