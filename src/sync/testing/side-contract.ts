/**
 * What every side must do: run over the memory side, BlueMind and Outlook. Tests are left out by the side's `supports` and by
 * nothing else.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../../base/assert.ts';
import type { Effect, EffectFailure, FolderId, Item, ItemId, Rev, Side, Supports, Target, Token } from '../side.ts';

/** A side under test with one empty folder. */
export type OpenSide<C> = {
  readonly side: Side<C>;
  readonly folder: FolderId;
  /** What somebody else does to the folder, past the side. */
  readonly user: {
    add(content: C): Promise<ItemId> | ItemId;
    edit(id: ItemId, content: C): Promise<void> | void;
    delete(id: ItemId): Promise<void> | void;
  };
  close(): Promise<void> | void;
};

export type SideContract<C> = {
  readonly name: string;
  readonly supports: Supports & { readonly marks: boolean };
  open(): Promise<OpenSide<C>> | OpenSide<C>;
  /** The `n`th of endlessly many contents, each other than all before, which the side can hold. */
  content(n: number): C;
  /** Another content for the same item, other in at least one field. */
  changed(content: C, n: number): C;
  /** Digest of a content, as the engine takes it. */
  digest(content: C): string;
  /** The `n`th token, in the form the side takes. */
  token(n: number): Token;
};

/** Instead of a test that does not apply. */
const NOT_HERE = (_name: string, _test: () => Promise<void>): void => {};

/** The suite. */
export function sideContract<C>(contract: SideContract<C>): void {
  const { supports, content, changed, digest, token } = contract;
  describe(`${contract.name} as a side`, () => {
    let opened: OpenSide<C>;
    beforeEach(async () => {
      opened = await contract.open();
    });
    afterEach(() => opened.close());

    const view = (known: readonly Item<C>[] = [], since?: string) => {
      const revs = new Map<ItemId, Rev>(known.map((item) => [item.id, item.rev]));
      return opened.side.view(opened.folder, revs, since);
    };
    const create = async (...numbers: readonly number[]): Promise<Item<C>[]> => {
      const creates = numbers.map((n) => ({ token: token(n), content: content(n) }));
      return (await opened.side.create(opened.folder, creates)).map(itemOf);
    };
    const created = async (n: number) => must((await create(n))[0]);
    const target = ({ id, rev }: Item<C>): Target => ({ folder: opened.folder, id, rev });
    const update = async (item: Item<C>, n: number): Promise<Effect<C>> => {
      const updates = [{ target: target(item), content: changed(item.content, n) }];
      return must((await opened.side.update(opened.folder, updates))[0]);
    };
    const remove = async (item: Item<C>) => (await opened.side.remove(opened.folder, [target(item)]))[0];

    it('says what it can do, and the same always', async () => {
      const { marks, ...declared } = supports;
      expect(opened.side.supports).toEqual(declared);
      expect(opened.side.mark !== undefined).toBe(marks);
    });

    it('shows an empty folder as empty', async () => {
      expect(await view()).toMatchObject({ moved: [], gone: [], unreadable: [], count: 0 });
    });

    it('creates items, answers in order, and reads back what it holds', async () => {
      const items = await create(1, 2, 3);
      expect(new Set(items.map((item) => item.id)).size).toBe(3);
      expect(items.map((item) => item.token)).toEqual([token(1), token(2), token(3)]);
      if (supports.clientIds) expect(items.map((item) => item.id)).toEqual([token(1), token(2), token(3)]);
      const read = await opened.side.read(
        opened.folder,
        items.map((item) => item.id),
      );
      expect(summary(read)).toEqual(summary(items));
    });

    it('foretells what it will hold, and foretelling again changes nothing', async () => {
      for (const n of [1, 2, 3]) {
        const item = await created(n);
        const preview = opened.side.preview(content(n));
        expect(digest(item.content)).toBe(digest(preview));
        expect(digest(opened.side.preview(preview))).toBe(digest(preview));
      }
    });

    it('finds items by the token a create left, and nothing by another', async () => {
      const [first] = await create(1, 2);
      const found = await opened.side.find(opened.folder, [token(1), token(9)]);
      expect(summary(found)).toEqual(summary([must(first)]));
      expect(await opened.side.find(opened.folder, [])).toEqual([]);
    });

    it('reads known items afresh and leaves out unknown ones', async () => {
      const item = await created(1);
      await opened.user.edit(item.id, changed(item.content, 5));
      const [read] = await opened.side.read(opened.folder, [item.id, token(9)]);
      expect(must(read).id).toBe(item.id);
      expect(must(read).rev).not.toBe(item.rev);
      expect(await opened.side.read(opened.folder, [])).toEqual([]);
    });

    it('shows as moved what is new or has another rev, and nothing else', async () => {
      const [kept, edited] = await create(1, 2);
      await opened.user.edit(must(edited).id, changed(must(edited).content, 6));
      const added = await opened.user.add(content(3));
      const seen = await view([must(kept), must(edited)]);
      expect(new Set(seen.moved.map((item) => item.id))).toEqual(new Set([must(edited).id, added]));
      expect(seen).toMatchObject({ gone: [], unreadable: [], count: 3 });
    });

    it('[T4] shows a known item that was deleted as gone, and an unknown one not at all', async () => {
      const [kept, deleted] = await create(1, 2);
      const stranger = await created(3);
      await opened.user.delete(must(deleted).id);
      await opened.user.delete(stranger.id);
      const seen = await view([must(kept), must(deleted)]);
      expect(seen).toMatchObject({ moved: [], gone: [must(deleted).id], count: 1 });
    });

    it('[T4] shows an item as gone that came and went since the cursor', async () => {
      const { cursor } = await view();
      const item = await created(1);
      await opened.user.delete(item.id);
      expect(await view([item], cursor)).toMatchObject({ moved: [], gone: [item.id], count: 0 });
    });

    it('[S11] continues from its cursor without missing or forgetting anything', async () => {
      const [kept, edited, deleted] = await create(1, 2, 3);
      const known = [must(kept), must(edited), must(deleted)];
      const { cursor } = await view(known);
      await opened.user.edit(must(edited).id, changed(must(edited).content, 7));
      await opened.user.delete(must(deleted).id);
      const added = await opened.user.add(content(4));
      const seen = await view(known, cursor);
      expect(new Set(seen.moved.map((item) => item.id))).toEqual(new Set([must(edited).id, added]));
      expect(seen).toMatchObject({ gone: [must(deleted).id], count: 3 });
      const again = await view([must(kept), ...seen.moved], seen.cursor);
      expect(again).toMatchObject({ moved: [], gone: [], count: 3 });
    });

    it('updates and reads back, with another rev', async () => {
      const item = await created(1);
      const effect = itemOf(await update(item, 5));
      expect(effect.id).toBe(item.id);
      expect(effect.rev).not.toBe(item.rev);
      expect(digest(effect.content)).not.toBe(digest(item.content));
      expect(summary(await opened.side.read(opened.folder, [item.id]))).toEqual(summary([effect]));
    });

    const guarded = supports.guardedWrites ? it : NOT_HERE;
    guarded('[S10] an update of an item that moved is STALE and changes nothing', async () => {
      const item = await created(1);
      await opened.user.edit(item.id, changed(item.content, 5));
      const before = await opened.side.read(opened.folder, [item.id]);
      expect(failureOf(await update(item, 6))?.code).toBe('STALE');
      expect(await opened.side.read(opened.folder, [item.id])).toEqual(before);
    });

    guarded('[S10] a delete is never carried out on an item that moved', async () => {
      const item = await created(1);
      await opened.user.edit(item.id, changed(item.content, 5));
      expect((await remove(item))?.code).toBe('STALE');
      expect((await opened.side.read(opened.folder, [item.id])).length).toBe(1);
    });

    it('an update of an item that is not there is GONE', async () => {
      const item = await created(1);
      await opened.user.delete(item.id);
      expect(failureOf(await update(item, 5))?.code).toBe('GONE');
    });

    it('removes, and removing what is gone already succeeds', async () => {
      const item = await created(1);
      expect(await remove(item)).toBeUndefined();
      expect(await opened.side.read(opened.folder, [item.id])).toEqual([]);
      expect(await remove(item)).toBeUndefined();
    });

    it('answers a batch item by item: what fails does not keep the others back', async () => {
      const [gone, kept] = await create(1, 2);
      await opened.user.delete(must(gone).id);
      const updates = [must(gone), must(kept)].map((item) => ({
        target: target(item),
        content: changed(item.content, 5),
      }));
      const effects = await opened.side.update(opened.folder, updates);
      expect(effects.map((effect) => effect.ok)).toEqual([false, true]);
      expect(await opened.side.update(opened.folder, [])).toEqual([]);
    });

    const marking = supports.marks ? it : NOT_HERE;
    marking('[L5] leaves a token on an item the user made, and its content as it is', async () => {
      const id = await opened.user.add(content(1));
      const [item] = await opened.side.read(opened.folder, [id]);
      const marks = [{ target: target(must(item)), token: token(1) }];
      const [effect] = await must(opened.side.mark)(opened.folder, marks);
      const marked = itemOf(must(effect));
      expect([marked.id, marked.token, digest(marked.content)]).toEqual([id, token(1), digest(must(item).content)]);
      expect(summary(await opened.side.find(opened.folder, [token(1)]))).toEqual(summary([marked]));
    });

    const summary = (items: readonly Item<C>[]) =>
      items.map((item) => [item.id, item.rev, item.token, digest(item.content)]).sort();
  });
}

function itemOf<C>(effect: Effect<C>): Item<C> {
  if (!effect.ok) throw new Error(`${effect.failure.code}: ${effect.failure.reason}`);
  return effect.item;
}

function failureOf<C>(effect: Effect<C>): EffectFailure | undefined {
  return effect.ok ? undefined : effect.failure;
}
