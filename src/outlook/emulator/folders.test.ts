import { expect, test } from 'vitest';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, saved } from './testing/world.ts';

function folders(outlook = emulatedOutlook()) {
  const { session, contacts, calendar } = lateOutlook(outlook);
  const root = session.object('DefaultStore').object('GetRootFolder');
  const deleted = late(session.call('GetDefaultFolder', 3) as Late['raw']);
  const add = (parent: Late, name: string, type?: number) =>
    parent.object('Folders').object('Add', name, ...(type === undefined ? [] : [type]));
  return { outlook, session, contacts, calendar, root, deleted, add };
}

function child(parent: Late, name: string): Late {
  return late(parent.object('Folders').call('Item', name) as Late['raw']);
}

test('[EO21] Folders.Add accepts 6, 9 to 13 and 16; the default type is the parent’s', () => {
  const { root, contacts, add } = folders();
  const made = [6, 9, 10, 11, 12, 13, 16].map((type) => add(root, `type ${type}`, type).get('DefaultItemType'));
  expect(made).toEqual([0, 1, 2, 4, 5, 3, 0]);
  expect(add(contacts, 'inherits').get('DefaultMessageClass')).toBe('IPM.Contact');
  for (const type of [3, 4, 1, 99]) expect(faultOf(() => add(root, `bad ${type}`, type))).toBe('INVALID_ARGUMENT');
});

test('[EO22] a sibling whose name differs only in case raises', () => {
  const { contacts, add } = folders();
  add(contacts, 'Team', 10);
  expect([faultOf(() => add(contacts, 'TEAM', 10)), child(contacts, 'team').get('Name')]).toEqual([
    'COLLISION',
    'Team',
  ]);
});

test('[EO23] names take / \\ : ? *, and FolderPath is no safe key', () => {
  const { contacts, add } = folders();
  const name = 'a/b\\c:d?e*f';
  const folder = add(contacts, name, 10);
  expect([folder.get('Name'), folder.get('FolderPath')]).toEqual([
    name,
    '\\\\Outlook Data File\\Contacts\\a%2Fb%5Cc:d?e*f',
  ]);
});

test('[EO24] Delete moves to Deleted Items with items; below it purges; a default folder raises', () => {
  const { session, contacts, deleted, add } = folders();
  const folder = add(contacts, 'Team', 10);
  const contact = saved(folder, { FullName: 'Jean Dupont' });
  add(deleted, 'Team', 10);
  folder.call('Delete');
  expect([contacts.object('Folders').get('Count'), child(deleted, 'Team1').get('EntryID')]).toEqual([
    0,
    folder.get('EntryID'),
  ]);
  expect(session.object('GetItemFromID', contact.get('EntryID')).get('FullName')).toBe('Jean Dupont');
  folder.call('Delete');
  expect([
    faultOf(() => folder.get('Name')),
    faultOf(() => session.call('GetItemFromID', contact.get('EntryID'))),
    faultOf(() => contacts.call('Delete')),
  ]).toEqual(['OBJECT_DELETED', 'NOT_FOUND', 'ACCESS_DENIED']);
});

test('[EO25] rename keeps the entry id and fires FolderChange, as changes of items inside do', () => {
  const { outlook, contacts, add } = folders();
  const folder = add(contacts, 'Team', 10);
  outlook.pump();
  const collection = contacts.object('Folders');
  const events: string[] = [];
  outlook.advise(collection.raw, (event) => {
    events.push(event);
    return undefined;
  });
  const before = folder.get('EntryID');
  folder.put('Name', 'Crew');
  saved(folder, { FullName: 'Jean Dupont' });
  outlook.pump();
  expect([folder.get('EntryID'), events]).toEqual([before, ['FolderChange', 'FolderChange']]);
});

test('[EO26] BeforeFolderMove and BeforeItemMove can cancel; the target is Nothing when it goes for good', () => {
  const { outlook, contacts, deleted, add } = folders();
  const folder = add(contacts, 'Team', 10);
  const contact = saved(folder, { FullName: 'Jean Dupont' });
  const heard: unknown[] = [];
  let cancel = true;
  const listen = (to: Late) =>
    outlook.advise(to.raw, (event, args) => {
      const target = args.at(-1);
      heard.push([event, target === null ? null : late(target as Late['raw']).get('Name')]);
      return cancel;
    });
  listen(folder);
  expect([faultOf(() => contact.call('Delete')), faultOf(() => folder.call('Delete'))]).toEqual(['ABORTED', 'ABORTED']);
  cancel = false;
  contact.call('Delete');
  listen(deleted);
  contact.call('Delete');
  expect(heard).toEqual([
    ['BeforeItemMove', 'Deleted Items'],
    ['BeforeFolderMove', 'Deleted Items'],
    ['BeforeItemMove', 'Deleted Items'],
    ['BeforeItemMove', null],
  ]);
});

test('[EO27] ShowAsOutlookAB can be set; AddressBookName raises on a folder that holds no contacts', () => {
  const { contacts, calendar, add } = folders();
  const folder = add(contacts, 'Team', 10);
  expect(folder.get('ShowAsOutlookAB')).toBe(false);
  folder.put('ShowAsOutlookAB', true);
  folder.put('AddressBookName', 'The team');
  expect([folder.get('ShowAsOutlookAB'), folder.get('AddressBookName')]).toEqual([true, 'The team']);
  expect(faultOf(() => calendar.get('AddressBookName'))).toBe('NO_SUPPORT');
});

test('[EO28] Items is a fresh collection each time, and a dropped one’s sink goes silent', async () => {
  const { outlook, contacts } = folders();
  expect(contacts.get('Items')).not.toBe(contacts.get('Items'));
  const kept = await outlook.executor.run({
    label: 'hold items',
    given: {},
    steps: [
      { do: 'get', on: 'application', member: 'Session', as: 'session' },
      { do: 'call', on: 'session', member: 'GetDefaultFolder', args: [10], as: 'folder' },
      { do: 'get', on: 'folder', member: 'Items', as: 'items' },
    ],
    returns: ['items'],
  });
  const items = (kept.kind === 'done' ? kept.values.items : undefined) as { object: number };
  const events: string[] = [];
  outlook.advise(items, (event) => {
    events.push(event);
    return undefined;
  });
  saved(contacts, { FullName: 'A' });
  outlook.pump();
  await outlook.executor.release([items]);
  saved(contacts, { FullName: 'B' });
  outlook.pump();
  expect(events).toEqual(['ItemAdd']);
});

test('a folder that moves to another store takes its items along under new entry ids', () => {
  const { session, contacts, add } = folders();
  session.call('AddStoreEx', 'C:\\Other.pst', 2);
  const other = late(session.object('Stores').call('Item', 'Other') as Late['raw']).object('GetRootFolder');
  const folder = add(contacts, 'Team', 10);
  const contact = saved(folder, { FullName: 'Jean Dupont' });
  folder.call('MoveTo', other);
  const moved = child(other, 'Team');
  const item = moved.object('Items').object('GetFirst');
  expect(item.get('FullName')).toBe('Jean Dupont');
  expect(item.get('EntryID')).not.toBe(contact.get('EntryID'));
  expect(contacts.object('Folders').get('Count')).toBe(0);
});
