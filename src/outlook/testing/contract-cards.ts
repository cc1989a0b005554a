import { afterEach, describe, expect, it } from 'vitest';
import type { OutlookValue } from '../program/program.ts';
import type { Bench } from './bench.ts';
import { at, fails, fresh, type LiveWorld, liveWorld, made } from './live.ts';

const CONTACT = 2;
const GROUP = 7;
const PROPTAG = 'http://schemas.microsoft.com/mapi/proptag/';

/** Single members of contacts, groups, categories, folders and stores. */
export function cardsContract(bench: () => Bench): void {
  let world: LiveWorld | undefined;
  const here = () => {
    world ??= liveWorld(bench());
    return world;
  };
  afterEach(async () => {
    await world?.release();
    world = undefined;
  });
  const contact = (members: Readonly<Record<string, OutlookValue>>) => made(here().folder, CONTACT, members);

  describe('members of contacts', () => {
    it('[EO68] FileAs follows the name until somebody sets it', async () => {
      const item = await contact({ FirstName: 'Ann', LastName: 'Poe' });
      const before = await item.get('FileAs');
      await item.put('LastName', 'Roe');
      await item.call('Save');
      const followed = await item.get('FileAs');
      expect([String(before).includes('Poe'), String(followed).includes('Roe')]).toEqual([true, true]);
      await item.put('FileAs', 'Own');
      await item.put('LastName', 'Moe');
      await item.call('Save');
      expect(await (await fresh(here(), item)).get('FileAs')).toBe('Own');
    });

    it('[EO69] names for East Asia are empty for others', async () => {
      const item = await contact({ FirstName: 'Ann', LastName: 'Poe' });
      expect(await item.get('LastFirstNoSpace')).toBe('');
    });

    it('[EO74] [EO75] a birthday is a date, and none is the first of January 4501', async () => {
      const item = await contact({ FullName: 'Ann Poe' });
      expect(await item.get('Birthday')).toEqual(at('4501-01-01'));
      await item.put('Birthday', at('1980-02-29'));
      await item.call('Save');
      expect(await (await fresh(here(), item)).get('Birthday')).toEqual(at('1980-02-29'));
    });

    it('[EO77] several children are one text, and several values below', async () => {
      const item = await contact({ FullName: 'Ann Poe', Children: 'Bob, Cid' });
      const below = await (await item.object('PropertyAccessor')).call('GetProperty', `${PROPTAG}0x3A58101F`);
      expect(Array.isArray(below)).toBe(true);
      expect(String(await item.get('Children'))).toContain('Cid');
    });

    it('[EO78] the web page is the one of the business', async () => {
      const item = await contact({ FullName: 'Ann Poe', WebPage: 'https://one.test' });
      expect(await item.get('BusinessHomePage')).toBe('https://one.test');
      await item.put('BusinessHomePage', 'https://two.test');
      expect(await item.get('WebPage')).toBe('https://two.test');
    });

    it('[EO81] a group of many members keeps all of them', async () => {
      const group = await made(here().folder, GROUP, { DLName: 'Everybody' });
      for (let n = 0; n < 150; n++) {
        const recipient = await here().session.object(
          'CreateRecipient',
          `somebody.number.${n}@a-long-name-of-a-domain.test`,
        );
        await recipient.call('Resolve');
        await group.call('AddMember', recipient.ref);
      }
      await group.call('Save');
      expect(await (await fresh(here(), group)).get('MemberCount')).toBe(150);
    }, 60_000);
  });

  describe('categories', () => {
    const NAME = 'Connector contract';
    const all = () => here().session.object('Categories');
    afterEach(async () => {
      await (await all()).call('Remove', NAME).catch(() => undefined);
    });

    it('[EO87] [EC23] a name is found in its own case, and is there once whatever its case', async () => {
      const categories = await all();
      await categories.object('Add', NAME);
      expect(await (await categories.object('Item', NAME)).get('Name')).toBe(NAME);
      expect(await fails(categories.call('Add', NAME.toUpperCase()))).toBe(true);
      expect(await fails(categories.call('Add', 'One, Two'))).toBe(true);
    });

    it('[EO20] a category that is not there is Nothing, a store that is not there an error', async () => {
      expect(await (await all()).call('Item', 'Nowhere To Be Found')).toBeNull();
      const stores = await here().session.object('Stores');
      expect(await fails(stores.call('Item', 'Nowhere To Be Found'))).toBe(true);
    });

    it('[EO88] [EO89] a category has a colour of Outlook’s choice, and none when it is gone', async () => {
      const category = await (await all()).object('Add', NAME);
      expect(typeof (await category.get('Color'))).toBe('number');
      await (await all()).call('Remove', NAME);
      expect(await fails(category.get('Color'))).toBe(true);
    });
  });

  describe('folders and stores', () => {
    it('[EO17] the name of a store cannot be assigned', async () => {
      const store = await here().folder.object('Store');
      expect(await fails(store.put('DisplayName', 'Other'))).toBe(true);
    });

    it('[EO27] a book of contacts is an address book when it is told to be', async () => {
      await here().folder.put('ShowAsOutlookAB', true);
      expect(await here().folder.get('ShowAsOutlookAB')).toBe(true);
      await here().folder.put('ShowAsOutlookAB', false);
      const calendar = await here().session.object('GetDefaultFolder', 9);
      expect(await fails(calendar.put('AddressBookName', 'x'))).toBe(true);
    });

    it('[EO19] every store says whether it is a file of data', async () => {
      const store = await here().folder.object('Store');
      expect(typeof (await store.get('IsDataFileStore'))).toBe('boolean');
    });

    it('[EO3] the session is the name space of MAPI, and there is no other', async () => {
      const app = await here().app();
      expect(await (await app.object('GetNamespace', 'MAPI')).get('Type')).toBe('MAPI');
      expect(await fails(app.call('GetNamespace', 'OTHER'))).toBe(true);
    });
  });
}
