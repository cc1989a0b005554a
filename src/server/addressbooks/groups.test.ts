import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VCard, VCardMember } from '../../wire/addressbook.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const UID = 'book:Contacts_U1';
const BOOK = `/addressbooks/${encodeURIComponent(UID)}`;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const card = (name: string, ...mails: string[]): VCard => ({
  kind: 'individual',
  identification: { formatedName: { value: name } },
  communications: { emails: mails.map((value) => ({ value })) },
});
const group = (name: string, ...member: VCardMember[]): VCard => ({
  kind: 'group',
  identification: { formatedName: { value: name } },
  organizational: { member },
});
const put = (uid: string, value: VCard, book = BOOK) => world.john.call('PUT', `${book}/${uid}`, value);
const members = async (uid: string) =>
  (await world.john.call('GET', `${BOOK}/${uid}/complete`)).value.organizational.member;

test('[AB20] a member without a book is of this one', async () => {
  await put('a1', card('Jane', 'jane@x.test'));
  await put('g1', group('G', { commonName: 'J', mailto: 'Jane@X.test', itemUid: 'a1' }));
  expect(await members('g1')).toEqual([{ commonName: 'J', mailto: 'jane@x.test', containerUid: UID, itemUid: 'a1' }]);
});

test('[AB21] members without a mail are dropped unless they are groups', async () => {
  await put('a2', card('Mailless'));
  await put('g2', group('Inner'));
  await put('g3', group('Outer', { commonName: 'x' }, { itemUid: 'a2' }, { itemUid: 'g2' }, { mailto: 'free@x.test' }));
  expect(await members('g3')).toEqual([
    { commonName: 'Inner', mailto: null, containerUid: UID, itemUid: 'g2' },
    { commonName: null, mailto: 'free@x.test', containerUid: null, itemUid: null },
  ]);
});

test('[AB22] a card that no longer holds the mail gives its own name and main address', async () => {
  await put('a3', card('Ann', 'new@x.test'));
  await put('g4', group('G', { commonName: 'Old', mailto: 'old@x.test', itemUid: 'a3' }));
  expect(await members('g4')).toEqual([{ commonName: 'Ann', mailto: 'new@x.test', containerUid: UID, itemUid: 'a3' }]);
});

test('[AB23] a vanished card leaves name and mail, and belongs to no book', async () => {
  await put('g5', group('G', { commonName: 'Gone', mailto: 'gone@x.test', containerUid: UID, itemUid: 'gone' }));
  expect(await members('g5')).toEqual([
    { commonName: 'Gone', mailto: 'gone@x.test', containerUid: null, itemUid: 'gone' },
  ]);
});

test('[AB23] a card in a book that the writer may not read is as vanished', async () => {
  const hidden = 'book:Contacts_U2';
  await world.ann.call('PUT', `/addressbooks/${encodeURIComponent(hidden)}/s`, card('Secret', 'secret@x.test'));
  await put('g6', group('G', { commonName: 'S', mailto: 'guess@x.test', containerUid: hidden, itemUid: 's' }));
  expect(await members('g6')).toEqual([{ commonName: 'S', mailto: 'guess@x.test', containerUid: null, itemUid: 's' }]);
});

test('[AB24] changing name or mail of a card changes the groups that hold it, and they show in the change set', async () => {
  await put('a7', card('Before', 'before@x.test'));
  await put('g7', group('G', { commonName: 'Before', mailto: 'before@x.test', itemUid: 'a7' }));
  const since = await world.john.call('GET', `${BOOK}/_version`);
  await world.john.call('POST', `${BOOK}/a7`, card('After', 'after@x.test'));
  expect((await world.john.call('GET', `${BOOK}/_changeset?since=${since}`)).updated.sort()).toEqual(['a7', 'g7']);
  expect((await members('g7'))[0]).toMatchObject({ commonName: 'After', mailto: 'after@x.test' });
});

test('[AB24] a new name alone reaches the groups too', async () => {
  await put('a9', card('Once', 'same@x.test'));
  await put('g9', group('G', { commonName: 'Nick', mailto: 'same@x.test', itemUid: 'a9' }));
  await world.john.call('POST', `${BOOK}/a9`, { ...card('Once', 'same@x.test'), explanatory: { note: 'new' } });
  expect((await members('g9'))[0].commonName).toBe('Nick');
  await world.john.call('POST', `${BOOK}/a9`, card('Now', 'same@x.test'));
  expect((await members('g9'))[0].commonName).toBe('Now');
});

test('[AB24] a change that members are not told of leaves the groups alone', async () => {
  const since = await world.john.call('GET', `${BOOK}/_version`);
  const value = { ...card('After', 'after@x.test'), explanatory: { note: 'new' } };
  await world.john.call('POST', `${BOOK}/a7`, value);
  expect((await world.john.call('GET', `${BOOK}/_changeset?since=${since}`)).updated).toEqual(['a7']);
});

test('[AB24] removing a card changes the groups that held it', async () => {
  await world.john.call('DELETE', `${BOOK}/a7`);
  expect(await members('g7')).toEqual([
    { commonName: 'After', mailto: 'after@x.test', containerUid: null, itemUid: 'a7' },
  ]);
});

test('[AB25] a group of another book is INVALID_GROUP_MEMBER', async () => {
  const other = 'book:CollectedContacts_U1';
  await put('far', group('Far'), `/addressbooks/${encodeURIComponent(other)}`);
  expect(await world.john.refused('PUT', `${BOOK}/g8`, group('G', { containerUid: other, itemUid: 'far' }))).toBe(
    'INVALID_GROUP_MEMBER 500',
  );
});

test('[AB25] groups that hold each other come to an end', async () => {
  const add = [
    { uid: 'loop1', value: group('One', { itemUid: 'loop2' }) },
    { uid: 'loop2', value: group('Two', { itemUid: 'loop1' }) },
  ];
  await world.john.call('PUT', `${BOOK}/_mupdates`, { add, modify: [], delete: [] });
  await world.john.call('POST', `${BOOK}/loop1`, group('One again', { itemUid: 'loop2' }, { itemUid: 'loop1' }));
  expect((await members('loop1')).map((member: VCardMember) => member.itemUid)).toEqual(['loop2', 'loop1']);
});
