import { expect, test } from 'vitest';
import { BLANK_CONTACT, type Group } from '../domain/contact.ts';
import type { Side, View } from '../sync/side.ts';
import { openNesting } from './nesting.ts';

function group(uid: string, ...groups: readonly string[]): Group {
  const members = groups.map((cardUid) => ({ name: cardUid, address: '', bookUid: 'book', cardUid }));
  return { kind: 'group', uid, name: uid, members, note: { plain: '', html: undefined }, categories: [] };
}

async function stages(...groups: readonly Group[]): Promise<readonly number[]> {
  const { noticing, kit } = openNesting();
  const moved = groups.map((content) => ({ id: content.uid, rev: '1', content, token: content.uid }));
  const view: View<Group> = { moved, gone: [], unreadable: [], count: moved.length, cursor: undefined };
  const side = { view: async () => view } as Partial<Side<Group>> as Parameters<typeof noticing>[0];
  await noticing(side).view('folder', new Map(), undefined);
  return groups.map((one) => kit.stage?.(one) ?? 0);
}

test('a contact comes first, a group after all groups that are in it, however deep', async () => {
  expect(openNesting().kit.stage?.(BLANK_CONTACT)).toBe(0);
  expect(await stages(group('a', 'b'), group('b', 'c', 'd'), group('c', 'd'), group('d'))).toEqual([4, 3, 2, 1]);
});

test('a group in it of which nothing was seen counts as one that holds none', async () => {
  expect(await stages(group('a', 'unseen'))).toEqual([2]);
});

test('groups that hold each other in a circle, or themselves, have a stage all the same', async () => {
  expect(await stages(group('a', 'b'), group('b', 'a'), group('c', 'c'))).toEqual([2, 2, 1]);
});
