import { expect, it } from 'vitest';
import type { Item, Side, View } from '../sync/side.ts';
import { leavingAlone } from './left-alone.ts';

const item = (id: string, rev: string): Item<string> => ({ id, rev, content: id, token: undefined });

/** A side whose one view compares with what is known as Outlook's does. */
function sideOf(items: readonly Item<string>[]): Side<string> {
  const view = async (_: string, known: ReadonlyMap<string, string>): Promise<View<string>> => ({
    moved: items.filter(({ id, rev }) => known.get(id) !== rev),
    gone: [...known.keys()].filter((id) => !items.some((one) => one.id === id)),
    unreadable: [],
    count: items.length,
    cursor: undefined,
  });
  return { view } as unknown as Side<string>;
}

it('[A4] items that were there before are neither reported, nor counted, nor gone', async () => {
  const seen: string[] = [];
  const hidden = new Map([
    ['old', '1'],
    ['edited', '1'],
    ['deleted', '1'],
  ]);
  const side = leavingAlone(sideOf([item('old', '1'), item('edited', '2'), item('new', '1')]), {
    items: hidden,
    seen: (id, rev) => seen.push(`${id} ${rev}`),
    left: (ids) => seen.push(...ids.map((id) => `${id} left`)),
  });
  const view = await side.view('folder', new Map([['ours', '1']]), undefined);
  expect({ moved: view.moved.map(({ id }) => id), gone: view.gone, count: view.count }).toEqual({
    moved: ['new'],
    gone: ['ours'],
    count: 1,
  });
  expect(seen).toEqual(['edited 2', 'deleted left']);
});
