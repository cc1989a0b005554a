/** What stands around items: send/receive, reminders, windows, hidden storage. */
import { expect, test } from 'vitest';
import { PROP } from './property.ts';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, PROPTAG, property, saved } from './testing/world.ts';

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  return { outlook, ...lateOutlook(outlook) };
}

function heardBy(outlook: ReturnType<typeof emulatedOutlook>, object: Late): string[] {
  const heard: string[] = [];
  outlook.advise(object.raw, (event) => {
    heard.push(event);
    return undefined;
  });
  return heard;
}

test('[EO91] SyncObjects may raise or be empty; SyncEnd is heard on the held group; SendAndReceive returns at once', () => {
  const { outlook, session } = world({ switches: { syncObjects: 'raises' } });
  expect(faultOf(() => session.get('SyncObjects'))).toBe('EXTENDED');
  outlook.set({ syncObjects: 'empty' });
  expect(session.object('SyncObjects').get('Count')).toBe(0);
  outlook.set({ syncObjects: 'one' });
  const groups = session.object('SyncObjects');
  const folders = heardBy(outlook, groups.object('AppFolders'));
  const all = heardBy(outlook, late(groups.call('Item', 1) as Late['raw']));
  expect(session.call('SendAndReceive', false)).toBeNull();
  expect(all).toEqual([]);
  outlook.pump();
  expect([all, folders, groups.get('Count')]).toEqual([['SyncStart', 'SyncEnd'], [], 2]);
});

test('[EO91] without an account a group never ends', () => {
  const { outlook, session } = world({ profile: { user: undefined } });
  const all = heardBy(outlook, late(session.object('SyncObjects').call('Item', 1) as Late['raw']));
  session.call('SendAndReceive', false);
  outlook.pump();
  expect(all).toEqual(['SyncStart']);
});

test('[EO91] Send/Receive begins by itself every 30 minutes unless the user says otherwise, over a clock that is set too', () => {
  const { outlook, session } = world();
  const heard = heardBy(outlook, late(session.object('SyncObjects').call('Item', 1) as Late['raw']));
  const rounds = (minutes: number) => {
    heard.length = 0;
    for (let minute = 0; minute < minutes; minute++) {
      outlook.clock.advance(60_000);
      outlook.sendReceive.tick();
      outlook.pump();
    }
    return heard.filter((event) => event === 'SyncEnd').length;
  };
  outlook.sendReceive.tick();
  expect([outlook.sendReceive.minutes(), rounds(29), rounds(61)]).toEqual([30, 0, 3]);
  outlook.sendReceive.schedule(5);
  expect([outlook.sendReceive.minutes(), rounds(30)]).toEqual([5, 6]);
  outlook.clock.advance(-24 * 60 * 60_000);
  expect(rounds(30)).toBe(5);
  outlook.sendReceive.schedule(undefined);
  expect([outlook.sendReceive.minutes(), rounds(90)]).toEqual([undefined, 0]);
  outlook.sendReceive.now();
  outlook.pump();
  expect(heard).toEqual(['SyncStart', 'SyncEnd']);
});

test('[EO92] a reminder is there only after Save, and only for the default store', () => {
  const { outlook, app, session, contacts } = world();
  const reminders = app.object('Reminders');
  const heard = heardBy(outlook, reminders);
  const remind = (item: Late) => {
    item
      .object('PropertyAccessor')
      .call(
        'SetProperty',
        `http://schemas.microsoft.com/mapi/id/{00062008-0000-0000-C000-000000000046}/8503000B`,
        true,
      );
    item
      .object('PropertyAccessor')
      .call('SetProperty', `http://schemas.microsoft.com/mapi/id/{00062008-0000-0000-C000-000000000046}/85020040`, {
        date: '2026-03-01T09:00:00',
      });
  };
  const contact = contacts.object('Items').object('Add');
  contact.put('FullName', 'Call Jean');
  remind(contact);
  expect(reminders.get('Count')).toBe(0);
  contact.call('Save');
  outlook.pump();
  expect([reminders.get('Count'), heard]).toEqual([1, ['ReminderAdd']]);
  session.call('AddStoreEx', 'C:\\Other.pst', 2);
  const root = late(session.object('Stores').call('Item', 'Other') as Late['raw']).object('GetRootFolder');
  const elsewhere = root.object('Folders').object('Add', 'People', 10).object('Items').object('Add');
  remind(elsewhere);
  elsewhere.call('Save');
  expect(reminders.get('Count')).toBe(1);
  const reminder = late(reminders.call('Item', 1) as Late['raw']);
  expect([reminder.get('Caption'), reminder.get('IsVisible'), faultOf(() => reminder.call('Dismiss'))]).toEqual([
    'Call Jean',
    false,
    'FAILED',
  ]);
  outlook.clock.advance(61 * 60_000);
  expect(reminder.get('IsVisible')).toBe(true);
  reminder.call('Dismiss');
  expect(reminders.get('Count')).toBe(0);
});

test('[EO93] ActiveExplorer is Nothing without a window, and Selection is empty where nothing is selected', () => {
  const { outlook, app, contacts } = world();
  expect(app.call('ActiveExplorer')).toBeNull();
  const contact = saved(contacts, { FullName: 'A' });
  const folder = String(contacts.get('EntryID'));
  outlook.show(folder, [String(contact.get('EntryID'))]);
  const explorer = late(app.call('ActiveExplorer') as Late['raw']);
  expect([explorer.object('CurrentFolder').get('EntryID'), explorer.object('Selection').get('Count')]).toEqual([
    folder,
    1,
  ]);
  outlook.show(folder);
  expect(explorer.object('Selection').get('Count')).toBe(0);
});

test('[EC59] GetStorage makes a hidden item that Items and the default table do not show, and the newest wins', () => {
  const { outlook, contacts } = world();
  const storage = contacts.object('GetStorage', 'IPM.Configuration.Ours', 2);
  expect([storage.get('Size'), storage.get('EntryID')]).toEqual([0, '']);
  storage.put('Body', 'settings');
  storage.call('Save');
  const again = contacts.object('GetStorage', 'IPM.Configuration.Ours', 2);
  expect([again.get('Body'), again.get('EntryID') === storage.get('EntryID')]).toEqual(['settings', true]);
  expect([
    contacts.object('Items').get('Count'),
    contacts.object('GetTable').call('GetRowCount'),
    contacts.object('GetTable', '', 1).call('GetRowCount'),
  ]).toEqual([0, 0, 1]);
  expect([
    faultOf(() => storage.get('MessageClass')),
    faultOf(() => contacts.call('GetStorage', '0'.repeat(48), 1)),
  ]).toEqual(['UNKNOWN_NAME', 'NOT_FOUND']);
  outlook.clock.advance(5000);
  const dictionary = `${PROPTAG}0x7C070102`;
  again.object('PropertyAccessor').call('SetProperty', dictionary, new Uint8Array([1, 2]));
  again.call('Save');
  expect(property(contacts.object('GetStorage', 'IPM.Configuration.Ours', 2), dictionary)).toEqual(
    new Uint8Array([1, 2]),
  );
});

test('a damaged time is an error that says so', () => {
  const { outlook, contacts, session } = world();
  const contact = saved(contacts, { FullName: 'A' });
  outlook.damage(String(contact.get('EntryID')), [PROP.modified]);
  expect(faultOf(() => session.object('GetItemFromID', contact.get('EntryID')).get('LastModificationTime'))).toBe(
    'FAILED',
  );
});
