import { expect, it } from 'vitest';
import { systemClock } from '../node/system-clock.ts';
import type { ItemService } from './item-service.ts';
import { bluemindSide, type ServerMapping } from './side.ts';

const MAPPING: ServerMapping<string, string> = {
  read: (value) => {
    if (value === 'broken') throw new TypeError('no start');
    return value;
  },
  write: (_current, content) => content,
  survives: (content) => content,
};

/** A service with one item that the mapping reads and one that it cannot. */
function service(): ItemService<string> {
  const values = new Map([
    ['a', 'fine'],
    ['b', 'broken'],
  ]);
  const get = async (_: string, uids: readonly string[]) =>
    uids.flatMap((uid) => {
      const value = values.get(uid);
      return value === undefined ? [] : [{ uid, version: 1, value }];
    });
  const list = async () => [...values.keys()].map((uid) => ({ uid, version: 1 }));
  return { version: async () => 1, list, get } as unknown as ItemService<string>;
}

it('[E5] an item that the mapping cannot read is told by a view, and named when it is asked for', async () => {
  const side = bluemindSide({ service: service(), mapping: MAPPING, clock: systemClock });
  expect(await side.view('folder', new Map(), undefined)).toMatchObject({
    moved: [{ id: 'a' }],
    unreadable: [{ id: 'b', reason: 'no start' }],
    count: 2,
  });
  expect(await side.read('folder', ['a', 'gone'])).toMatchObject([{ id: 'a', content: 'fine' }]);
  await expect(side.read('folder', ['a', 'b'])).rejects.toMatchObject({
    code: 'SERVER_BAD_ANSWER',
    subject: { side: 'server', item: 'b' },
  });
});

it('[G4] a version below the bookmark is a server that was played back: its change log is not asked', async () => {
  const asked: number[] = [];
  const at = (version: number): ItemService<string> => ({
    ...service(),
    version: async () => version,
    count: async () => 2,
    changeset: async (_container, since) => {
      asked.push(since);
      return { created: [], updated: [], deleted: [], version };
    },
  });
  const side = (version: number) => bluemindSide({ service: at(version), mapping: MAPPING, clock: systemClock });
  const { cursor } = await side(5).view('folder', new Map(), undefined);
  await expect(side(4).view('folder', new Map(), cursor)).rejects.toMatchObject({ code: 'CURSOR_LOST' });
  expect([(await side(6).view('folder', new Map(), cursor)).gone, asked]).toEqual([[], [5]]);
});

it('a container whose version is that of the bookmark is not asked what changed', async () => {
  const asked: string[] = [];
  const told: ItemService<string> = {
    ...service(),
    version: async () => 5,
    changeset: async () => {
      asked.push('changes');
      return { created: ['a'], updated: [], deleted: [], version: 5 };
    },
  };
  const side = bluemindSide({ service: told, mapping: MAPPING, clock: systemClock });
  const known = new Map([['a', '5']]);
  const { cursor } = await side.view('folder', known, undefined);
  expect(await side.view('folder', known, cursor)).toMatchObject({ moved: [], gone: [], count: 1 });
  expect(asked).toEqual([]);
});
