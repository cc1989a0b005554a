/** Photos between a server over real HTTP and the emulated Outlook, through the agent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { totalsOf } from '../../src/agent/summary.ts';
import { fetchPhoto } from '../../src/bluemind/book-service.ts';
import type { Session } from '../../src/bluemind/session.ts';
import { type Picture, readPicture } from '../../src/node/pictures/picture.ts';
import { writePng } from '../../src/node/pictures/png.ts';
import type { RunningServer } from '../../src/server/open-server.ts';
import { call, editContact, inOutlook, pictureOf, putMembers } from './contact-user.ts';
import { BOOK, type Desk, lineTo, newFolder, openDesk, startServer } from './world.ts';

let home: string;
let server: RunningServer;
let session: Session;
let desk: Desk;

beforeEach(async () => {
  home = newFolder();
  server = await startServer(home);
  session = lineTo(server.url);
  desk = await openDesk(home, server.url);
});
afterEach(async () => {
  await desk.close();
  await session.close();
  await server.close();
});

const run = async () => {
  const { changes, failed, held } = totalsOf((await desk.agent.run()).folders);
  return { changes, failed, held };
};
const QUIET = { changes: 0, failed: 0, held: 0 };
const ONE = { changes: 1, failed: 0, held: 0 };
const path = (rest: string) => `/addressbooks/${encodeURIComponent(BOOK)}/${rest}`;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const onServer = () => fetchPhoto(session, BOOK, 'jane');

function card(name: string) {
  const [givenNames, familyNames] = name.split(' ');
  return { kind: 'individual', identification: { formatedName: { value: name }, name: { givenNames, familyNames } } };
}

async function addCard(photo: Uint8Array | null): Promise<void> {
  const add = [{ uid: 'jane', value: card('Jane Roe'), photo: photo === null ? null : base64(photo) }];
  await session.call({ method: 'PUT', path: path('_mupdates'), body: { add, modify: [], delete: [] } });
}

/** As other clients do: beside the card, which gets no new version. */
async function postPhoto(photo: Uint8Array): Promise<void> {
  await session.call({ method: 'POST', path: path('jane/photo'), body: base64(photo) });
}

async function choosePicture(photo: Uint8Array): Promise<void> {
  const file = join(home, 'chosen.png');
  writeFileSync(file, photo);
  await editContact(desk.emulator, 'Jane Roe', [call('item', 'AddPicture', [file])]);
}

async function makeContact(name: string, picture: string): Promise<void> {
  await inOutlook(desk.emulator, [
    call('items', 'Add', [2], 'item'),
    { do: 'put', on: 'item', member: 'FullName', value: name },
    call('item', 'AddPicture', [picture]),
    call('item', 'Save'),
  ]);
}

describe('a photo', () => {
  test('[CP1] of a card is shown by Outlook, as it is when it is small, and nothing is left to do', async () => {
    const photo = square(20, 1);
    await addCard(photo);
    expect(await run()).toEqual(ONE);
    expect(await pictureOf(desk.emulator, 'Jane Roe')).toEqual(shown(photo));
    expect(await run()).toEqual(QUIET);
  });

  test('[CP2] that is large is shown smaller, and the copy never goes back over the original', async () => {
    const original = noise(950);
    expect(original.length).toBeGreaterThan(3_000_000);
    await addCard(original);
    expect(await run()).toEqual(ONE);
    expect(readPicture((await pictureOf(desk.emulator, 'Jane Roe')) ?? new Uint8Array())).toMatchObject({ width: 648 });
    await putMembers(desk.emulator, 'Jane Roe', { JobTitle: 'Baker' });
    expect(await run()).toEqual(ONE);
    expect(await onServer()).toEqual(Buffer.from(original));
    expect(await run()).toEqual(QUIET);
  });

  test('[CP3] set, replaced and deleted beside its card on the server arrives, although the card gets no new version', async () => {
    await addCard(null);
    expect(await run()).toEqual(ONE);
    for (const shade of [10, 20]) {
      await postPhoto(square(30, shade));
      expect(await run()).toEqual(ONE);
      expect(await pictureOf(desk.emulator, 'Jane Roe')).toEqual(shown(square(30, shade)));
      expect(await run()).toEqual(QUIET);
    }
    await session.call({ method: 'DELETE', path: path('jane/photo') });
    expect(await run()).toEqual(ONE);
    expect(await pictureOf(desk.emulator, 'Jane Roe')).toBeUndefined();
    expect(await run()).toEqual(QUIET);
  });

  test('[CP4] chosen, replaced and removed in Outlook arrives with its card, which gets a new version', async () => {
    await addCard(null);
    await run();
    for (const shade of [30, 40]) {
      await choosePicture(square(30, shade));
      expect(await run()).toEqual(ONE);
      expect(await onServer()).toEqual(Buffer.from(shown(square(30, shade))));
      expect(await run()).toEqual(QUIET);
    }
    await editContact(desk.emulator, 'Jane Roe', [call('item', 'RemovePicture')]);
    expect(await run()).toEqual(ONE);
    expect(await onServer()).toBeUndefined();
    expect(await run()).toEqual(QUIET);
  });

  test('[CP5] chosen in Outlook wins over an untouched original, and loses to one that the server has replaced', async () => {
    await addCard(square(30, 1));
    await run();
    await choosePicture(square(30, 50));
    expect(await run()).toEqual(ONE);
    expect(await onServer()).toEqual(Buffer.from(shown(square(30, 50))));
    await choosePicture(square(30, 60));
    await postPhoto(square(30, 70));
    expect(await run()).toMatchObject({ changes: 1, failed: 0 });
    expect(await pictureOf(desk.emulator, 'Jane Roe')).toEqual(shown(square(30, 70)));
    expect(await onServer()).toEqual(Buffer.from(square(30, 70)));
    expect(await run()).toEqual(QUIET);
  });

  test('[CP6] of a contact that the user made in Outlook arrives with it', async () => {
    const file = join(home, 'chosen.png');
    writeFileSync(file, square(30, 80));
    await run();
    await makeContact('Ann Poe', file);
    expect(await run()).toEqual(ONE);
    const [uid = ''] = (await session.call({ method: 'GET', path: path('_all') })) as string[];
    expect(await fetchPhoto(session, BOOK, uid)).toEqual(Buffer.from(shown(square(30, 80))));
    expect(await run()).toEqual(QUIET);
  });

  test('[CP9] that only Outlook has stays when the contact meets its card for the first time, and goes to the server', async () => {
    const file = join(home, 'chosen.png');
    writeFileSync(file, square(30, 90));
    await addCard(null);
    await makeContact('Jane Roe', file);
    expect(await run()).toEqual(ONE);
    expect(await pictureOf(desk.emulator, 'Jane Roe')).toEqual(shown(square(30, 90)));
    expect(await onServer()).toEqual(Buffer.from(shown(square(30, 90))));
    expect(await run()).toEqual(QUIET);
  });

  test('[CP7] that is no picture stays on the server and keeps nothing else from arriving', async () => {
    const photo = Buffer.from('GIF89a, or whatever a batch was sent');
    await addCard(photo);
    expect(await run()).toEqual(ONE);
    expect(await pictureOf(desk.emulator, 'Jane Roe')).toBeUndefined();
    await putMembers(desk.emulator, 'Jane Roe', { JobTitle: 'Baker' });
    expect(await run()).toEqual(ONE);
    expect(await onServer()).toEqual(photo);
    expect(await run()).toEqual(QUIET);
  });
});

/** A picture of one colour: few bytes. */
function square(side: number, shade: number): Uint8Array {
  const rgba = new Uint8Array(side * side * 4).fill(shade);
  return writePng({ width: side, height: side, rgba });
}

/** A picture that cannot be packed: about four bytes for each pixel. */
function noise(side: number): Uint8Array {
  const rgba = new Uint8Array(side * side * 4);
  for (let i = 0, state = 7; i < rgba.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    rgba[i] = i % 4 === 3 ? 255 : state >> 16;
  }
  return writePng({ width: side, height: side, rgba } satisfies Picture);
}

/** What Outlook makes of a PNG: other bytes, see EO76. */
function shown(photo: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([photo, Buffer.from('resized')]));
}
