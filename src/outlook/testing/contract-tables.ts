import { afterEach, describe, expect, it } from 'vitest';
import { LOW } from '../program/errors.ts';
import type { OutlookValue } from '../program/program.ts';
import { list } from '../program/values.ts';
import type { Bench } from './bench.ts';
import { fails, type Live, type LiveWorld, liveWorld, lowOf, made } from './live.ts';

const CONTACT = 2;
const PROPTAG = 'http://schemas.microsoft.com/mapi/proptag/';
const KEYWORDS = 'urn:schemas-microsoft-com:office:office#Keywords';

/** Tables, filters, item collections and properties, over a book of contacts. */
export function tablesContract(bench: () => Bench): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  const contact = (FullName: string, members: Readonly<Record<string, OutlookValue>> = {}) =>
    made(here().folder, CONTACT, { FullName, ...members });
  const items = () => here().folder.object('Items');
  const table = async (...columns: readonly string[]) => {
    const opened = await here().folder.object('GetTable');
    const all = await opened.object('Columns');
    if (columns.length > 0) await all.call('RemoveAll');
    for (const column of columns) await all.object('Add', column);
    return opened;
  };
  const next = (opened: Live) => opened.object('GetNextRow');
  const count = async (filter: string) => (await (await items()).object('Restrict', filter)).get('Count');

  describe('collections', () => {
    it('[EO28] every call of Items gives another collection', async () => {
      const [one, other] = [await items(), await items()];
      await one.call('Sort', '[FullName]');
      await contact('B');
      await contact('A');
      expect(await (await (await items()).object('Item', 1)).get('FullName')).toBe('B');
      expect(await other.get('Count')).toBe(2);
    });

    it('[EO31] items are counted from 1, and beyond the last there is none', async () => {
      await contact('A');
      const all = await items();
      expect(await (await all.object('Item', 1)).get('FullName')).toBe('A');
      expect([await fails(all.call('Item', 0)), await fails(all.call('Item', 2))]).toEqual([true, true]);
    });

    it('[EO36] a copy has what is ours and ids of its own', async () => {
      const item = await contact('A');
      const name = 'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/Own/0x0000001F';
      await (await item.object('PropertyAccessor')).call('SetProperty', name, 'kept');
      await item.call('Save');
      const copy = await item.object('Copy');
      await copy.call('Save');
      expect(await (await copy.object('PropertyAccessor')).call('GetProperty', name)).toBe('kept');
      expect(await copy.get('EntryID')).not.toBe(await item.get('EntryID'));
    });

    it('[EO33] an id is found without its store in the default store', async () => {
      const item = await contact('A');
      const found = await here().session.object('GetItemFromID', await item.get('EntryID'));
      expect(await found.get('FullName')).toBe('A');
    });
  });

  describe('filters', () => {
    it('[EO43] texts are the same whatever their case, and a subject without its prefix', async () => {
      await contact('Ann', { CompanyName: 'Firm' });
      expect([await count("[CompanyName] = 'FIRM'"), await count("[CompanyName] = 'Fir'")]).toEqual([1, 0]);
    });

    it.each(['Body', 'Class', 'EntryID', 'Saved', 'Email1EntryID'])('[EO44] [EC51] no filter by %s', async (member) => {
      await contact('Ann');
      expect(await fails(count(`[${member}] = 'x'`))).toBe(true);
    });

    it('[EO47] no filter by a field that nobody defined', async () => {
      await contact('Ann');
      expect(await fails(count("[Nobody Defined This] = 'x'"))).toBe(true);
    });

    it('[EC51] [EO90] a category is found by its schema name, on the list or not', async () => {
      await contact('Ann', { Categories: 'Never On The List' });
      expect(await count(`@SQL="${KEYWORDS}" = 'Never On The List'`)).toBe(1);
      expect(await count(`@SQL="${KEYWORDS}" is null`)).toBe(0);
    });
  });

  describe('tables', () => {
    it('[EO48] the first columns are those of contacts', async () => {
      const columns = await (await here().folder.object('GetTable')).object('Columns');
      const names: OutlookValue[] = [];
      for (let at = 1; at <= Number(await columns.get('Count')); at++)
        names.push(await (await columns.object('Item', at)).get('Name'));
      expect(names).toEqual([
        ...['EntryID', 'Subject', 'CreationTime', 'LastModificationTime', 'MessageClass'],
        ...['FirstName', 'LastName', 'CompanyName'],
      ]);
    });

    it('[EO49] another column begins the table anew, one that is refused does not', async () => {
      await contact('A');
      await contact('B');
      const opened = await table();
      await next(opened);
      const columns = await opened.object('Columns');
      expect(await fails(columns.call('Add', 'NoSuchMember'))).toBe(true);
      expect(await (await next(opened)).call('Item', 'Subject')).toBe('B');
      await columns.object('Add', 'NickName');
      expect(await (await next(opened)).call('Item', 'Subject')).toBe('A');
    });

    it('[EO51] a cell is asked for by the name of its column', async () => {
      await contact('A');
      const row = await next(await table(`${PROPTAG}0x0037001F`));
      expect(await row.call('Item', `${PROPTAG}0x0037001F`)).toBe('A');
      expect(await fails(row.call('Item', 'Subject'))).toBe(true);
    });

    it('[EO52] [EC51] long texts are cut in tables and whole on items', async () => {
      const item = await contact('A', { Body: 'x'.repeat(400) });
      const row = await next(await table('Body'));
      expect(String(await row.call('Item', 'Body')).length).toBe(255);
      expect(String(await item.get('Body')).length).toBeGreaterThanOrEqual(400);
    });

    it.each(['Attachments', 'Saved', 'MemberCount'])('[EO53] %s is no column', async (name) => {
      expect(await fails(table(name))).toBe(true);
    });

    it('[EO58] the number of rows is told, or an error', async () => {
      await contact('A');
      const opened = await table();
      const told = await opened.call('GetRowCount').catch(() => 'an error');
      expect([1, 'an error']).toContain(told);
    });

    it('[EO59] rows are found by what they hold, one after another', async () => {
      await contact('A', { CompanyName: 'Firm' });
      await contact('B');
      await contact('C', { CompanyName: 'Firm' });
      const opened = await table();
      const [first, second] = [
        await opened.object('FindRow', "[CompanyName] = 'Firm'"),
        await opened.object('FindNextRow'),
      ];
      expect([await first.call('Item', 'Subject'), await second.call('Item', 'Subject')]).toEqual(['A', 'C']);
      expect(await opened.call('FindNextRow')).toBeNull();
    });
  });

  describe('properties', () => {
    it('[EO61] a tag asked for by another type is refused, text by either of its two', async () => {
      const accessor = await (await contact('A')).object('PropertyAccessor');
      expect(await accessor.call('GetProperty', `${PROPTAG}0x0037001E`)).toBe('A');
      expect(await fails(accessor.call('GetProperty', `${PROPTAG}0x00370003`))).toBe(true);
    });

    it('[EO62] a text beyond what can be read is an error and not a shorter text', async () => {
      const item = await contact('A');
      const accessor = await item.object('PropertyAccessor');
      const name = 'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/Long/0x0000001F';
      await accessor.call('SetProperty', name, 'x'.repeat(20_000));
      await item.call('Save');
      const again = await here().session.object('GetItemFromID', await item.get('EntryID'));
      const low = await lowOf((await again.object('PropertyAccessor')).call('GetProperty', name));
      expect([LOW.noMemory, undefined]).toContain(low);
    });

    it('[EO63] dates are UTC, as they are stored', async () => {
      const item = await contact('A');
      const accessor = await item.object('PropertyAccessor');
      const stored = await accessor.call('GetProperty', `${PROPTAG}0x30080040`);
      expect(await accessor.call('LocalTimeToUTC', await accessor.call('UTCToLocalTime', stored))).toEqual(stored);
    });

    it('[EO64] what is built in cannot be deleted', async () => {
      const accessor = await (await contact('A')).object('PropertyAccessor');
      expect(await fails(accessor.call('DeleteProperty', `${PROPTAG}0x0037001F`))).toBe(true);
    });

    it('[EO65] a property of a folder is saved at once', async () => {
      const name = 'http://schemas.microsoft.com/mapi/string/{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}/Own/0x0000001F';
      await (await here().folder.object('PropertyAccessor')).call('SetProperty', name, 'kept');
      const again = await here().session.object('GetFolderFromID', bench().folderId, bench().storeId);
      expect(await (await again.object('PropertyAccessor')).call('GetProperty', name)).toBe('kept');
    });

    it('[EO66] names of user properties hold no brackets, underscores or hashes', async () => {
      const properties = await (await contact('A')).object('UserProperties');
      for (const name of ['a[b', 'a]b', 'a_b', 'a#b', 'x'.repeat(65)])
        expect(await fails(properties.call('Add', name, 1))).toBe(true);
      expect(await fails(properties.call('Add', 'Connector contract', 1, false))).toBe(false);
    });

    it('a page of rows is an array', async () => {
      await contact('A');
      expect(list(await (await table('Subject')).call('GetArray', 5)).length).toBe(1);
    });
  });
}
