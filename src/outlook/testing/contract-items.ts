import { describe, expect, it } from 'vitest';
import { TAG, tagSchemaName } from '../model/named-properties.ts';
import { deleteItem } from '../program/delete-item.ts';
import { isError, LOW, lowBits } from '../program/errors.ts';
import { FOLDER, openItem, SESSION } from '../program/item-place.ts';
import { locate } from '../program/locate.ts';
import { ITEM } from '../program/schema-names.ts';
import { list } from '../program/values.ts';
import type { Bench } from './bench.ts';
import { sampleContact } from './samples.ts';

/** What all items share: identity, the table, named properties, the guard, deletion. */
export function itemContract(bench: () => Bench): void {
  const place = (entryId: string) => ({ entryId, storeId: bench().storeId });

  describe('identity', () => {
    it('[EO29] an item has no entry id before it is saved', async () => {
      const values = await bench().do((run) => {
        const item = run.open(run.object(FOLDER, 'Items', 'Items'), 'Add', 'ContactItem', 2);
        return [run.value(item, 'EntryID')];
      });
      expect(values.EntryID).toBe('');
    });

    it('[EO30] an item made in a folder is saved in it', async () => {
      const id = await bench().writeContact(sampleContact());
      expect(await bench().read(locate(place(id)))).toEqual({
        folderId: bench().folderId,
        messageClass: 'IPM.Contact',
      });
    });

    it('[EO34] an id that no item has is not found', async () => {
      const id = await bench().writeContact(sampleContact());
      const unknown = id.slice(0, -8) + (id.endsWith('FFFFFFFE') ? 'FFFFFFFD' : 'FFFFFFFE');
      expect(await bench().errorOf((run) => [openItem(run, place(unknown), 'ContactItem').handle])).toBe(LOW.notFound);
    });

    it('[EO32] a deleted item is in Deleted Items, or not found under its old id', async () => {
      const id = await bench().writeContact(sampleContact());
      const { snapshot } = await bench().contact(id);
      await bench().run(deleteItem({ session: bench().given.session }, place(id), snapshot.lastModified));
      expect(await bench().rows()).toEqual([]);
      const outcome = await bench().errorOf((run) => {
        const item = openItem(run, place(id), 'ContactItem');
        run.expect(run.value(run.object(item, 'Parent', 'Folder'), 'EntryID'), bench().folderId);
        return [];
      });
      expect(['stale', LOW.notFound, LOW.deleted]).toContain(outcome);
    });
  });

  describe('the guard of a write', () => {
    it('[S10] a write stops before its effect when the item was saved since it was read', async () => {
      const id = await bench().writeContact(sampleContact());
      const before = await bench().contact(id);
      await bench().pause();
      await bench().writeContact({ ...before.snapshot.value, body: 'Une autre note' }, before);
      const program = deleteItem({ session: bench().given.session }, place(id), before.snapshot.lastModified);
      expect((await bench().executor.run(program)).kind).toBe('stale');
      expect((await bench().contact(id)).snapshot.value.body.trimEnd()).toBe('Une autre note');
    });

    it('[EO40] the modification time of a fresh read is the one that the guard finds', async () => {
      const id = await bench().writeContact(sampleContact());
      const first = await bench().contact(id);
      const second = await bench().contact(id);
      expect(second.snapshot.lastModified).toBe(first.snapshot.lastModified);
    });
  });

  describe('the table of a folder', () => {
    it('[EO57] gives every item once, in pages, with entry id, time, class and token', async () => {
      const ids: string[] = [];
      for (let n = 1; n <= 7; n++)
        ids.push(await bench().writeContact(sampleContact({ tags: { [TAG.token]: `t${n}` } })));
      const rows = await bench().rows();
      expect([...rows].map((row) => row.entryId).sort()).toEqual([...ids].sort());
      expect(rows.map((row) => row.token).sort()).toEqual(['t1', 't2', 't3', 't4', 't5', 't6', 't7']);
      expect(new Set(rows.map((row) => row.messageClass))).toEqual(new Set(['IPM.Contact']));
    });

    it('[EO50] tells the modification time in UTC, as a property does', async () => {
      const id = await bench().writeContact(sampleContact());
      const { snapshot } = await bench().contact(id);
      expect((await bench().rows()).map((row) => row.lastModified)).toEqual([snapshot.lastModified]);
    });

    it('[EO57] of an empty folder has no rows', async () => {
      expect(await bench().rows()).toEqual([]);
    });

    it('a page as long as it is wide is read the right way round', async () => {
      for (let n = 0; n < 15; n++) await bench().writeContact(sampleContact({ tags: { [TAG.token]: `t${n}` } }));
      const rows = await bench().rows();
      expect(new Set(rows.map((row) => row.token)).size).toBe(15);
      expect(rows.every((row) => row.lastModified !== undefined && row.entryId !== '')).toBe(true);
    });
  });

  describe('properties without a member', () => {
    it('[EO60] an absent property raises by itself and is an error in its slot among others', async () => {
      const id = await bench().writeContact(sampleContact());
      const name = tagSchemaName(TAG.floating);
      const alone = await bench().errorOf((run) => {
        const accessor = run.object(openItem(run, place(id), 'ContactItem'), 'PropertyAccessor', 'PropertyAccessor');
        return [run.call(accessor, 'GetProperty', name)];
      });
      expect(alone).toBe(LOW.notFound);
      const values = await bench().do((run) => {
        const accessor = run.object(openItem(run, place(id), 'ContactItem'), 'PropertyAccessor', 'PropertyAccessor');
        return [run.call(accessor, 'GetProperties', [ITEM.messageClass, name])];
      });
      const [messageClass, absent] = list(values.GetProperties);
      expect(messageClass).toBe('IPM.Contact');
      expect(isError(absent) && lowBits(absent.error)).toBe(LOW.notFound);
    });

    it('[EC19] what is set on an item is lost without Save', async () => {
      const id = await bench().writeContact(sampleContact());
      await bench().do((run) => {
        const accessor = run.object(openItem(run, place(id), 'ContactItem'), 'PropertyAccessor', 'PropertyAccessor');
        run.call(accessor, 'SetProperty', tagSchemaName(TAG.token), 'another');
        return [];
      });
      expect((await bench().contact(id)).snapshot.value.tags).toEqual({ [TAG.token]: 'token-1' });
    });

    it('[EC18] setting several at once answers nothing, and takes them all', async () => {
      const tags = { [TAG.token]: 'a', [TAG.uid]: 'b', [TAG.zones]: 'Europe/Paris|Europe/Paris' };
      const id = await bench().writeContact(sampleContact({ tags }));
      expect((await bench().contact(id)).snapshot.value.tags).toEqual(tags);
    });

    it('a tag of ours can be taken off again', async () => {
      const id = await bench().writeContact(sampleContact({ tags: { [TAG.token]: 'a', [TAG.simplified]: 'x' } }));
      const before = await bench().contact(id);
      await bench().writeContact({ ...before.snapshot.value, tags: { [TAG.token]: 'a' } }, before);
      expect((await bench().contact(id)).snapshot.value.tags).toEqual({ [TAG.token]: 'a' });
    });
  });

  describe('programs', () => {
    it('names without case problems: a misspelt member fails and names itself', async () => {
      const outcome = await bench().executor.run({
        label: 'misspelt',
        given: bench().given,
        steps: [{ do: 'get', on: 'folder', member: 'Nmae', as: 'name' }],
        returns: ['name'],
      });
      expect(outcome.kind === 'failed' && outcome.member).toBe('Nmae');
    });

    it('an optional step stores its error and goes on', async () => {
      const values = await bench().do((run) => {
        const item = run.optional.open(SESSION, 'GetItemFromID', 'ContactItem', '00');
        return [run.value(FOLDER, 'Name'), run.optional.value(item, 'Subject')];
      });
      expect([typeof values.Name, isError(values.Subject)]).toEqual(['string', true]);
    });

    it('counts one call for each get, put and call', async () => {
      const before = bench().executor.calls();
      await bench().do((run) => [run.value(FOLDER, 'Name'), run.value(run.object(FOLDER, 'Items', 'Items'), 'Count')]);
      expect(bench().executor.calls() - before).toBe(3);
    });

    it('collects from each object of a collection', async () => {
      const id = await bench().writeContact(sampleContact());
      const other = await bench().writeContact(sampleContact());
      const values = await bench().do((run) =>
        run.each(run.object(FOLDER, 'Items', 'Items'), 'ContactItem', (each, item) => [each.value(item, 'EntryID')]),
      );
      expect([...list(values.EntryID)].sort()).toEqual([id, other].sort());
    });
  });
}
