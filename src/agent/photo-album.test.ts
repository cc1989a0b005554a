import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { digestBytes } from '../base/digest.ts';
import { readPicture } from '../node/pictures/picture.ts';
import { writePng } from '../node/pictures/png.ts';
import { openPhotoAlbum } from './photo-album.ts';

const square = (side: number) => writePng({ width: side, height: side, rgba: new Uint8Array(side * side * 4).fill(9) });
const bytes = (text: string) => new TextEncoder().encode(text);

test('a photo is called by the digest that both sides use', () => {
  const album = openPhotoAlbum('rehearse');
  expect(album.keep(bytes('one'))).toBe(digestBytes(bytes('one')));
  album.close();
});

test('a photo that was shown to the album is given again; nobody is asked for it', async () => {
  const album = openPhotoAlbum('run');
  album.ask(async () => {
    throw new Error('asked');
  });
  const id = album.keep(bytes('one'));
  expect(await album.bytes(id, 'u1')).toEqual(Buffer.from('one'));
  album.close();
});

test('a photo that nobody showed is asked for; a copy of it is better than nothing', async () => {
  const album = openPhotoAlbum('run');
  album.ask(async (uid) => (uid === 'u1' ? bytes('original') : undefined));
  album.copied('aa', album.keep(bytes('copy')));
  expect(await album.bytes('aa', 'u1')).toEqual(bytes('original'));
  expect(await album.bytes('aa', 'u2')).toEqual(Buffer.from('copy'));
  expect(await album.shown('bb', 'u2')).toEqual({ kind: 'missing' });
  album.close();
});

test('[CP2] [CP7] Outlook gets small pictures as they are, large ones smaller, others not at all', async () => {
  const album = openPhotoAlbum('run');
  const show = async (photo: Uint8Array) => {
    const shown = await album.shown(album.keep(photo), 'u1');
    return shown.kind === 'file' ? readFileSync(shown.path) : shown.kind;
  };
  expect(await show(square(20))).toEqual(Buffer.from(square(20)));
  const heavy = Buffer.concat([square(700), Buffer.alloc(200_000)]);
  expect(readPicture((await show(heavy)) as Uint8Array)).toMatchObject({ width: 648, height: 648 });
  expect(await show(bytes('GIF89a'))).toBe('unshowable');
  album.close();
});
