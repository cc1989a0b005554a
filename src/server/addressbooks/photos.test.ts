import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPicture } from '../../node/pictures/picture.ts';
import { writePng } from '../../node/pictures/png.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
const BOOK = '/addressbooks/book%3AContacts_U1';
const CARD = { kind: 'individual', identification: { formatedName: { value: 'Jane' } } };
const png = Buffer.from(writePng({ width: 44, height: 44, rgba: new Uint8Array(44 * 44 * 4).fill(200) }));
const raw = { 'content-type': 'application/octet-stream' };

beforeAll(async () => {
  world = await openWorld();
  for (const uid of ['a', 'b', 'c']) await world.john.call('PUT', `${BOOK}/${uid}`, CARD);
});
afterAll(() => world.close());

const version = () => world.john.call('GET', `${BOOK}/_version`);
const hasPhoto = async (uid: string) =>
  (await world.john.call('GET', `${BOOK}/${uid}/complete`)).value.identification.photo;

test('[AB31] setting and deleting a photo gives no new version', async () => {
  const before = await version();
  expect((await world.john.raw('POST', `${BOOK}/a/photo`, { body: png, headers: raw })).status).toBe(200);
  expect(await hasPhoto('a')).toBe(true);
  const answer = await world.john.raw('GET', `${BOOK}/a/photo`, { headers: { accept: 'image/png' } });
  expect(answer.headers['content-type']).toBe('image/png');
  expect(readPicture(answer.bytes)).toMatchObject({ width: 44, height: 44 });
  await world.john.call('DELETE', `${BOOK}/a/photo`);
  expect(await hasPhoto('a')).toBe(false);
  expect((await world.john.raw('GET', `${BOOK}/a/photo`)).status).toBe(204);
  expect(await version()).toBe(before);
});

test('[AB31] a photo is kept when its card is written, whatever the card says of it', async () => {
  await world.john.raw('POST', `${BOOK}/b/photo`, { body: png, headers: raw });
  await world.john.call('POST', `${BOOK}/b`, { ...CARD, identification: { ...CARD.identification, photo: false } });
  expect(await hasPhoto('b')).toBe(true);
});

test('[AB32] a photo sent as base64 is the same as one sent raw', async () => {
  await world.john.call('POST', `${BOOK}/c/photo`, png.toString('base64'));
  const text = await world.john.call('GET', `${BOOK}/c/photo`);
  expect(readPicture(Buffer.from(text, 'base64'))).toMatchObject({ width: 44 });
});

test('[AB33] what is no picture is refused, and a card that is not there', async () => {
  expect(await world.john.refused('POST', `${BOOK}/c/photo`, 'bm8=')).toBe('INVALID_PARAMETER 500');
  expect(await world.john.refused('POST', `${BOOK}/c/photo`, null)).toBe('INVALID_PARAMETER 500');
  expect(await world.john.refused('POST', `${BOOK}/nobody/photo`, png.toString('base64'))).toBe('NOT_FOUND 404');
});

test('[AB34] photo and icon are read without any right, writing needs Write', async () => {
  expect((await world.ann.raw('GET', `${BOOK}/c/photo`)).status).toBe(200);
  expect(readPicture((await world.ann.raw('GET', `${BOOK}/c/icon`)).bytes)).toMatchObject({ width: 22, height: 22 });
  expect((await world.ann.raw('GET', `${BOOK}/nobody/icon`)).status).toBe(204);
  expect(await world.ann.refused('DELETE', `${BOOK}/c/photo`)).toBe('PERMISSION_DENIED 403');
});

test('[AB42] in a batch null keeps the photo, empty text deletes it, bytes set it as they are', async () => {
  const modify = (photo: string | null) =>
    world.john.call('PUT', `${BOOK}/_mupdates`, { add: [], modify: [{ uid: 'a', value: CARD, photo }], delete: [] });
  await modify(Buffer.from('anything').toString('base64'));
  expect((await world.john.raw('GET', `${BOOK}/a/photo`)).text).toBe('anything');
  await modify(null);
  expect(await hasPhoto('a')).toBe(true);
  expect((await world.john.raw('GET', `${BOOK}/a/icon`)).status).toBe(204);
  await modify('');
  expect(await hasPhoto('a')).toBe(false);
});
