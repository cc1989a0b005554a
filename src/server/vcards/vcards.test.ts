import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePng } from '../../node/pictures/png.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const BOOK = '/addressbooks/book%3AContacts_U1';
const VCARDS = '/addressbooks/vcards/book%3AContacts_U1';
const png = Buffer.from(writePng({ width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 255) }));

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function imported(...lines: string[]) {
  const { id } = await world.john.call('PUT', VCARDS, lines.join('\r\n'));
  await world.server.kernel.tasks.idle();
  return world.john.call('GET', `/tasks/${id}`);
}

const get = async (uid: string) => (await world.john.call('GET', `${BOOK}/${uid}/complete`)).value;

test('[VC1] cards of a file are stored under their uids, and stored again they are updated', async () => {
  const file = (title: string) => ['BEGIN:VCARD', 'VERSION:3.0', 'UID:u1', 'FN:Jane', `TITLE:${title}`, 'END:VCARD'];
  expect(JSON.parse((await imported(...file('one'))).result)).toEqual({ uids: ['u1'], total: 1 });
  await imported(...file('two'));
  expect((await get('u1')).organizational.title).toBe('two');
  expect(await world.john.call('GET', `${BOOK}/_all`)).toEqual(['u1']);
});

test('[VC2] an uid that cannot stand in a path gets another, always the same one', async () => {
  const file = ['BEGIN:VCARD', 'VERSION:3.0', 'UID:http://x/?a=1 2', 'FN:Odd', 'END:VCARD'];
  const [first] = JSON.parse((await imported(...file)).result).uids;
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(JSON.parse((await imported(...file)).result).uids).toEqual([first]);
  expect((await get(first)).identification.formatedName.value).toBe('Odd');
});

test('[VC3] [TG6] categories become tags of the owner, the missing ones being made', async () => {
  await imported('BEGIN:VCARD', 'UID:u3', 'FN:Tagged', 'CATEGORIES:Work,Friends', 'END:VCARD');
  await imported('BEGIN:VCARD', 'UID:u4', 'FN:Tagged too', 'CATEGORIES:work', 'END:VCARD');
  const tags = await world.john.call('GET', '/tags/tags_U1');
  expect(tags.map((tag: { value: unknown }) => tag.value)).toEqual([
    { label: 'Work', color: '3d98ff' },
    { label: 'Friends', color: '3d98ff' },
  ]);
  expect((await get('u4')).explanatory.categories[0].label).toBe('Work');
});

test('[VC4] members of a group that are in the file point to this book', async () => {
  await imported(
    ...['BEGIN:VCARD', 'UID:other-book,g', 'KIND:group', 'FN:Group', 'MEMBER:urn:uuid:m1', 'END:VCARD'],
    ...['BEGIN:VCARD', 'UID:other-book,m1', 'FN:Member', 'EMAIL:m@x.test', 'END:VCARD'],
  );
  expect((await get('g')).organizational.member).toEqual([
    { commonName: null, mailto: 'm@x.test', containerUid: 'book:Contacts_U1', itemUid: 'm1' },
  ]);
});

test('[VC5] photos come in and go out; what is no picture is not kept', async () => {
  await imported('BEGIN:VCARD', 'UID:p1', 'FN:P', `PHOTO;ENCODING=b:${png.toString('base64')}`, 'END:VCARD');
  await imported('BEGIN:VCARD', 'UID:p2', 'FN:P', 'PHOTO;ENCODING=b:AAAA', 'END:VCARD');
  expect((await world.john.raw('GET', `${BOOK}/p1/photo`)).bytes).toEqual(png);
  expect((await get('p2')).identification.photo).toBe(false);
});

test('[VC6] a refused card is told in the log and does not stop the others', async () => {
  const status = await imported(
    ...['BEGIN:VCARD', 'UID:bad', 'FN:Bad', 'EMAIL:not an address', 'END:VCARD'],
    ...['BEGIN:VCARD', 'UID:good', 'FN:Good', 'END:VCARD', 'BEGIN:VCARD', 'END:VCARD'],
  );
  expect(status.state).toBe('Success');
  expect(JSON.parse(status.result)).toEqual({ uids: ['good'], total: 2 });
  expect((await imported('hello')).state).toBe('InError');
});

test('[VC7] an export is vCard 3.0 as BlueMind writes it, of all cards or of those asked for', async () => {
  const all = await world.john.raw('GET', VCARDS, { headers: { accept: 'text/vcard' } });
  expect(all.headers['content-type']).toBe('text/vcard;charset=UTF-8');
  expect(all.text.match(/BEGIN:VCARD/g)?.length).toBe((await world.john.call('GET', `${BOOK}/_all`)).length);
  const [one, member] = (
    await world.john.raw('POST', VCARDS, { headers: { 'content-type': 'application/json' }, body: '["m1"]' })
  ).text.split('END:VCARD\r\n');
  expect(one).toContain('UID:book:Contacts_U1,m1\r\n');
  expect(member).toBe('');
  expect(await world.ann.refused('GET', VCARDS)).toBe('PERMISSION_DENIED 403');
});

test('[VC8] what was exported comes back the same in another book', async () => {
  const text = (await world.john.raw('GET', VCARDS)).text;
  const { id } = await world.john.call('PUT', '/addressbooks/vcards/book%3ACollectedContacts_U1', text);
  await world.server.kernel.tasks.idle();
  expect((await world.john.call('GET', `/tasks/${id}`)).state).toBe('Success');
  for (const uid of await world.john.call('GET', `${BOOK}/_all`)) {
    const { value } = await world.john.call('GET', `/addressbooks/book%3ACollectedContacts_U1/${uid}/complete`);
    const text = JSON.stringify(await get(uid)).replaceAll('book:Contacts_U1', 'book:CollectedContacts_U1');
    expect(JSON.stringify(value)).toBe(text);
  }
});
