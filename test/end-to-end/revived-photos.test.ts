/** Photos of cards whose deletion waited for the user, who brought them back. */
import { expect, it } from 'vitest';
import { fetchPhoto } from '../../src/bluemind/book-service.ts';
import { emptyCard } from '../../src/mapping/vcard/empty-card.ts';
import { writePng } from '../../src/node/pictures/png.ts';
import { inside } from './connector.ts';
import { smallDesk } from './small-desk.ts';
import { BOOK, lineTo } from './world.ts';

const small = smallDesk();
const COUNT = 20;

const photo = writePng({ width: 20, height: 20, rgba: new Uint8Array(1600).fill(9) });

function card(at: number) {
  const empty = emptyCard('individual');
  const identification = { ...empty.identification, formatedName: { value: `Person ${at}`, parameters: [] } };
  return {
    uid: `p${at}`,
    value: { ...empty, identification },
    photo: at === 0 ? Buffer.from(photo).toString('base64') : null,
  };
}

it('[P6] [CP3] the deletion of a card with a photo waits with the others, and brought back it has the picture that Outlook shows', async () => {
  const all = Array.from({ length: COUNT }, (_, at) => card(at));
  await small().cards({ add: all });
  expect(await small().run()).toMatchObject({ changes: COUNT, failed: 0 });
  await small().cards({ delete: all.map(({ uid }) => ({ uid })) });
  expect(await small().run()).toMatchObject({ changes: 0, held: COUNT });
  await small().between(async () => {
    expect((await inside(['held', 'restore', 'all', '--data', small().home])).exit).toBe(0);
  });
  expect(await small().run()).toMatchObject({ changes: COUNT, failed: 0, held: 0 });
  const session = lineTo(small().server.url);
  const [uid = ''] = (await small().onServer(BOOK)).find(([, name]) => name === 'Person 0') ?? [];
  const shown = Buffer.concat([photo, Buffer.from('resized')]);
  expect(Buffer.from((await fetchPhoto(session, BOOK, uid)) ?? [])).toEqual(shown);
  await session.close();
  expect(await small().run()).toMatchObject({ changes: 0, failed: 0 });
});
