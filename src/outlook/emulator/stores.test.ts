import { expect, test } from 'vitest';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, PROPTAG } from './testing/world.ts';

const PATH = 'C:\\Data\\BlueMind.pst';

function withFile(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session } = lateOutlook(outlook);
  const events: string[] = [];
  const stores = session.object('Stores');
  outlook.advise(stores.raw, (event) => {
    events.push(event);
    return event === 'BeforeStoreRemove' && outlook.session.setting('veto') === 'yes';
  });
  const answer = session.call('AddStoreEx', PATH, 2);
  outlook.pump();
  const store: Late = stores.object('Item', 'BlueMind');
  return { outlook, session, stores, store, events, answer };
}

function names(folders: Late): readonly unknown[] {
  return Array.from({ length: Number(folders.get('Count')) }, (_, at) => item(folders, at + 1).get('Name'));
}

function item(collection: Late, key: number | string): Late {
  return late(collection.call('Item', key) as Late['raw']);
}

test('[EO14] AddStoreEx returns nothing, creates the file, fires StoreAdd; adding it again is a no-op', () => {
  const { outlook, answer, store, events, session, stores } = withFile();
  expect([answer, store.get('FilePath'), events]).toEqual([null, PATH, ['StoreAdd']]);
  session.call('AddStoreEx', PATH.toUpperCase(), 2);
  outlook.pump();
  expect([stores.get('Count'), events]).toEqual([2, ['StoreAdd']]);
});

test('[EO15] a new PST has only Deleted Items', () => {
  const { store } = withFile();
  expect(names(store.object('GetRootFolder').object('Folders'))).toEqual(['Deleted Items']);
});

test('[EO16] Store.GetDefaultFolder on a bare PST creates the folder or gives Nothing, by switch', () => {
  const { outlook, store } = withFile({ switches: { missingDefaultFolder: 'nothing' } });
  expect(store.call('GetDefaultFolder', 9)).toBeNull();
  outlook.set({ missingDefaultFolder: 'create' });
  expect(store.object('GetDefaultFolder', 9).get('DefaultItemType')).toBe(1);
});

test('[EO17] DisplayName is read-only; 0x3001001F on the store renames it', () => {
  const { store, stores } = withFile();
  expect(faultOf(() => store.put('DisplayName', 'x'))).toBe('MEMBER_NOT_FOUND');
  store.object('PropertyAccessor').call('SetProperty', `${PROPTAG}0x3001001F`, 'BlueMind calendars');
  expect([store.get('DisplayName'), item(stores, 'BlueMind calendars').get('FilePath')]).toEqual([
    'BlueMind calendars',
    PATH,
  ]);
});

test('[EO18] RemoveStore detaches and keeps the file; BeforeStoreRemove can cancel; the main store stays', () => {
  const { outlook, session, stores, store, events } = withFile();
  const root = store.object('GetRootFolder');
  root.object('Folders').call('Add', 'Calendar of Marie', 9);
  outlook.session.putSetting('veto', 'yes');
  expect([faultOf(() => session.call('RemoveStore', root)), stores.get('Count')]).toEqual(['ABORTED', 2]);
  outlook.session.putSetting('veto', 'no');
  session.call('RemoveStore', root);
  expect([stores.get('Count'), events.at(-1)]).toEqual([1, 'BeforeStoreRemove']);
  session.call('AddStore', PATH);
  expect(names(item(stores, 'BlueMind').object('GetRootFolder').object('Folders'))).toEqual([
    'Deleted Items',
    'Calendar of Marie',
  ]);
  const main = session.object('DefaultStore').object('GetRootFolder');
  expect(faultOf(() => session.call('RemoveStore', main))).toBe('ACCESS_DENIED');
});

test("[EO19] [EC59] an IMAP store is no data file, refuses GetStorage, and answers the primary's categories", () => {
  const outlook = emulatedOutlook({ profile: { storeKind: 'imap' } });
  const { session, contacts } = lateOutlook(outlook);
  const store = session.object('DefaultStore');
  session.object('Categories').call('Add', 'Work');
  expect([
    store.get('IsDataFileStore'),
    faultOf(() => contacts.call('GetStorage', 'settings', 0)),
    store.object('Categories').get('Count'),
  ]).toEqual([false, 'NO_SUPPORT', 1]);
});

test('[EO20] Stores.Item of an unknown name raises; Categories.Item gives Nothing', () => {
  const { session, stores } = withFile();
  expect([faultOf(() => stores.call('Item', 'unknown')), session.object('Categories').call('Item', 'unknown')]).toEqual(
    ['NOT_FOUND', null],
  );
});
