import { expect, test } from 'vitest';
import { PROP } from './property.ts';
import {
  emulatedOutlook,
  faultOf,
  type Late,
  late,
  lateOutlook,
  PROPTAG,
  PUBLIC_STRINGS,
  property,
  reopened,
  STRING_SET,
  saved,
} from './testing/world.ts';

const TAG = `${STRING_SET}${PUBLIC_STRINGS}/ourTag/0x0000001F`;

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { app, session, contacts, calendar } = lateOutlook(outlook);
  const deleted = late(session.call('GetDefaultFolder', 3) as Late['raw']);
  const items = () => contacts.object('Items');
  return { outlook, app, session, contacts, calendar, deleted, items };
}

function names(collection: Late): readonly unknown[] {
  return Array.from({ length: Number(collection.get('Count')) }, (_, at) =>
    late(collection.call('Item', at + 1) as Late['raw']).get('Subject'),
  );
}

/** Events that a sink on the contacts' Items hears, by name. */
function listen({ outlook, items }: ReturnType<typeof world>): string[] {
  outlook.pump();
  const heard: string[] = [];
  outlook.advise(items().raw, (event, args) => {
    heard.push(`${event}(${args.length})`);
    return undefined;
  });
  return heard;
}

test('[EO29] [EC1] EntryID is empty before the first Save and 48 hex digits after it', () => {
  const { items } = world();
  const contact = items().object('Add');
  expect(contact.get('EntryID')).toBe('');
  contact.call('Save');
  expect(contact.get('EntryID')).toMatch(/^[0-9A-F]{48}$/);
});

test('[EO30] Items.Add without type makes the folder’s type; CreateItem saves into the default folder', () => {
  const { app, contacts, items } = world();
  const team = contacts.object('Folders').object('Add', 'Team', 10);
  expect(team.object('Items').object('Add').get('Class')).toBe(40);
  expect([
    items().object('Add', 7).get('Class'),
    items().object('Add', 'IPM.Contact.Custom').get('MessageClass'),
  ]).toEqual([69, 'IPM.Contact.Custom']);
  const created = app.object('CreateItem', 2);
  created.call('Save');
  expect(created.object('Parent').get('EntryID')).toBe(contacts.get('EntryID'));
});

test('[EO31] Item(i) is 1-based, out of range raises, and deleting forwards skips', () => {
  const { contacts, items } = world();
  for (const name of ['A', 'B', 'C', 'D']) saved(contacts, { FullName: name });
  const held = items();
  expect([faultOf(() => held.call('Item', 0)), faultOf(() => held.call('Item', 5))]).toEqual([
    'BAD_INDEX',
    'BAD_INDEX',
  ]);
  for (let at = 1; at <= Number(held.get('Count')); at++) late(held.call('Item', at) as Late['raw']).call('Delete');
  expect(names(held)).toEqual(['B', 'D']);
});

test('[EO32] Delete moves to Deleted Items of the store under the same id in a PST; a second Delete destroys', () => {
  const { session, contacts, deleted } = world();
  const contact = saved(contacts, { FullName: 'Jean Dupont' });
  contact.call('Delete');
  const there = reopened(session, contact);
  expect(there.object('Parent').get('EntryID')).toBe(deleted.get('EntryID'));
  there.call('Delete');
  expect(faultOf(() => reopened(session, contact))).toBe('NOT_FOUND');
});

test('[EO33] GetItemFromID without a store id searches the default store only', () => {
  const { session } = world();
  session.call('AddStoreEx', 'C:\\Other.pst', 2);
  const store = late(session.object('Stores').call('Item', 'Other') as Late['raw']);
  const folder = store.object('GetRootFolder').object('Folders').object('Add', 'People', 10);
  const contact = saved(folder, { FullName: 'Jean Dupont' });
  expect(faultOf(() => reopened(session, contact))).toBe('NOT_FOUND');
  expect(session.object('GetItemFromID', contact.get('EntryID'), store.get('StoreID')).get('FullName')).toBe(
    'Jean Dupont',
  );
});

test('[EO34] a missing id is not found, a malformed one is invalid', () => {
  const { session } = world();
  const open = (id: string) => faultOf(() => session.call('GetItemFromID', id));
  expect([open('0'.repeat(48)), open('xyz'), open('00AA')]).toEqual([
    'NOT_FOUND',
    'INVALID_ENTRY_ID',
    'INVALID_ENTRY_ID',
  ]);
});

test('[EO35] a move to another store gives a new id, and the returned object is the live one', () => {
  const { session, contacts } = world();
  session.call('AddStoreEx', 'C:\\Other.pst', 2);
  const root = late(session.object('Stores').call('Item', 'Other') as Late['raw']).object('GetRootFolder');
  const folder = root.object('Folders').object('Add', 'People', 10);
  const contact = saved(contacts, { FullName: 'Jean Dupont' });
  const before = contact.get('EntryID');
  const moved = late(contact.call('Move', folder) as Late['raw']);
  expect(moved.get('EntryID')).not.toBe(before);
  expect(faultOf(() => session.call('GetItemFromID', before))).toBe('NOT_FOUND');
  moved.put('FullName', 'Jean Durand');
  moved.call('Save');
  expect(names(folder.object('Items'))).toEqual(['Jean Durand']);
});

test('a move inside the store keeps the id in a PST and changes it on Exchange', () => {
  for (const [storeKind, same] of [
    ['pst', true],
    ['imap', true],
    ['exchange', false],
  ] as const) {
    const { contacts } = world({ profile: { storeKind } });
    const folder = contacts.object('Folders').object('Add', 'Team', 10);
    const contact = saved(contacts, { FullName: 'Jean Dupont' });
    const before = contact.get('EntryID');
    expect(late(contact.call('Move', folder) as Late['raw']).get('EntryID') === before).toBe(same);
  }
});

test('[EO36] Copy keeps search key and custom properties, and changes EntryID and record key', () => {
  const { session, contacts } = world();
  const contact = saved(contacts, { FullName: 'Jean Dupont' });
  contact.object('PropertyAccessor').call('SetProperty', TAG, 'token-1');
  contact.call('Save');
  const copy = contact.object('Copy');
  const keys = (item: Late) => [property(item, `${PROPTAG}0x300B0102`), property(item, `${PROPTAG}0x0FF90102`)];
  const [[search, record], [copySearch, copyRecord]] = [
    keys(reopened(session, contact)),
    keys(reopened(session, copy)),
  ];
  expect([copySearch, property(copy, TAG)]).toEqual([search, 'token-1']);
  expect(copyRecord).not.toEqual(record);
  expect(copy.get('EntryID')).not.toBe(contact.get('EntryID'));
});

test('[EO37] ItemAdd is silent for many at once; ItemRemove from sixteen on, and for the last item of a PST', () => {
  const w = world();
  const heard = listen(w);
  const add = (count: number) => Array.from({ length: count }, (_, n) => saved(w.contacts, { FullName: `C ${n}` }));
  const many = add(20);
  w.outlook.pump();
  expect(heard).toEqual([]);
  for (const contact of many.slice(0, 16)) contact.call('Delete');
  w.outlook.pump();
  expect(heard).toEqual([]);
  for (const contact of many.slice(16)) contact.call('Delete');
  w.outlook.pump();
  expect(heard).toEqual(['ItemRemove(0)', 'ItemRemove(0)', 'ItemRemove(0)']);
});

test('[EO38] ItemRemove has no argument; own saves raise ItemChange, sometimes twice', () => {
  const w = world();
  const heard = listen(w);
  const contact = saved(w.contacts, { FullName: 'A' });
  saved(w.contacts, { FullName: 'B' });
  w.outlook.pump();
  for (const doubledItemChange of [false, true]) {
    w.outlook.set({ doubledItemChange });
    contact.put('FullName', `A ${doubledItemChange}`);
    contact.call('Save');
    w.outlook.pump();
  }
  contact.call('Delete');
  w.outlook.pump();
  expect(heard).toEqual([
    'ItemAdd(1)',
    'ItemAdd(1)',
    'ItemChange(1)',
    'ItemChange(1)',
    'ItemChange(1)',
    'ItemRemove(0)',
  ]);
});

test('[EO39] the order of events is not promised', () => {
  const w = world();
  const orders = new Set<string>();
  w.outlook.set({ shuffledEvents: true });
  for (let round = 0; round < 12; round++) {
    const heard: string[] = [];
    const stop = w.outlook.watch((hint) => void (hint.source === 'Items' && heard.push(hint.event)));
    const contact = saved(w.contacts, { FullName: `A ${round}` });
    contact.put('FullName', 'B');
    contact.call('Save');
    w.outlook.pump();
    stop();
    orders.add(heard.join());
  }
  expect(orders.size).toBeGreaterThan(1);
});

test('[EO40] [EC60] LastModificationTime after Save may differ from a fresh read, and lie before the save', () => {
  const { outlook, session, contacts } = world({ switches: { modificationDrift: -2 } });
  const contact = saved(contacts, { FullName: 'A' });
  const shown = contact.get('LastModificationTime');
  expect([shown, reopened(session, contact).get('LastModificationTime')]).toEqual([
    { date: '2026-03-01T09:00:00' },
    { date: '2026-03-01T08:59:58' },
  ]);
  expect(outlook.session.toLocal(outlook.session.now())).toBe('2026-03-01T09:00:00');
});

test('[EO42] [EC52] Jet dates are local, DASL dates UTC, in the regional format; seconds find nothing', () => {
  const { outlook, contacts, items } = world();
  saved(contacts, { FullName: 'A' });
  const count = (filter: string) => items().object('Restrict', filter).get('Count');
  const dasl = (op: string, text: string) => `@SQL="DAV:getlastmodified" ${op} '${text}'`;
  expect(count("[LastModificationTime] >= '3/1/2026 9:00 AM'")).toBe(1);
  expect(count("[LastModificationTime] >= '3/1/2026 9:01 AM'")).toBe(0);
  expect(count("[LastModificationTime] >= '3/1/2026 9:00:00 AM'")).toBe(0);
  expect([count(dasl('>=', '3/1/2026 8:00 AM')), count(dasl('>=', '3/1/2026 8:01 AM'))]).toEqual([1, 0]);
  outlook.relocate({ locale: 'fr-FR' });
  expect([
    count("[LastModificationTime] < '02/03/2026 00:00'"),
    count("[LastModificationTime] < '03/02/2026 00:00'"),
  ]).toEqual([1, 0]);
  expect(faultOf(() => count("[LastModificationTime] < 'yesterday'"))).toBe('INVALID_ARGUMENT');
});

test('[EO43] text equality ignores case, and Subject ignores RE: and FW:', () => {
  const { contacts, items } = world();
  saved(contacts, { FullName: 'Re: Jean DUPONT' });
  const count = (filter: string) => items().object('Restrict', filter).get('Count');
  expect([
    count("[Subject] = 'jean dupont'"),
    count("[FullName] = 'RE: jean dupont'"),
    count('[Subject] = "FW: Jean Dupont"'),
  ]).toEqual([1, 1, 1]);
});

test('[EO44] [EC51] Restrict, Find and Sort raise on the listed properties', () => {
  const { contacts, items } = world();
  saved(contacts, { FullName: 'A' });
  const listed = [
    'Body',
    'Categories',
    'Class',
    'EntryID',
    'RecurrenceState',
    'IsConflict',
    'Saved',
    'Email1EntryID',
    'DLName',
  ];
  for (const name of listed) {
    expect([
      name,
      faultOf(() => items().call('Restrict', `[${name}] = 'x'`)),
      faultOf(() => items().call('Find', `[${name}] = 'x'`)),
    ]).toEqual([name, 'FAILED', 'FAILED']);
  }
  expect([faultOf(() => items().call('Sort', '[Categories]')), faultOf(() => items().call('Sort', ''))]).toEqual([
    'FAILED',
    'none',
  ]);
});

test('[EO45] [EO46] ci_ words need instant search, never work in Find, and the question itself may raise', () => {
  const { outlook, session, contacts, items } = world();
  saved(contacts, { FullName: 'Jean Dupont' });
  const filter = `@SQL="${PROPTAG}0x001A001E" ci_startswith 'IPM.Contact'`;
  expect(faultOf(() => items().call('Restrict', filter))).toBe('FAILED');
  outlook.set({ instantSearch: 'on' });
  expect([items().object('Restrict', filter).get('Count'), faultOf(() => items().call('Find', filter))]).toEqual([
    1,
    'INVALID_ARGUMENT',
  ]);
  outlook.set({ instantSearch: 'raises' });
  expect(faultOf(() => session.object('DefaultStore').get('IsInstantSearchEnabled'))).toBe('FAILED');
});

test('[EO47] a filter on a custom field works only when the folder defines it', () => {
  const { contacts, items } = world();
  const contact = saved(contacts, { FullName: 'A' });
  contact.object('PropertyAccessor').call('SetProperty', TAG, 'x');
  contact.call('Save');
  expect(faultOf(() => items().call('Restrict', "[ourTag] = 'x'"))).toBe('INVALID_ARGUMENT');
  const field = contact.object('UserProperties').object('Add', 'Colour', 1);
  field.put('Value', 'red');
  contact.call('Save');
  expect(items().object('Restrict', "[Colour] = 'RED'").get('Count')).toBe(1);
  const quiet = contact.object('UserProperties').object('Add', 'Shape', 1, false);
  quiet.put('Value', 'round');
  expect(faultOf(() => items().call('Restrict', "[Shape] = 'round'"))).toBe('INVALID_ARGUMENT');
});

test('[EO100] [EC54] folders hold items of foreign classes and unreadable ones, and enumeration goes on', () => {
  const { outlook, contacts, items } = world();
  saved(contacts, { Subject: 'a mail' }, 'IPM.Note');
  const broken = saved(contacts, { FullName: 'B' });
  saved(contacts, { FullName: 'C' });
  outlook.damage(String(broken.get('EntryID')), [PROP.modified]);
  const classes = [1, 2, 3].map((at) => late(items().call('Item', at) as Late['raw']).get('Class'));
  expect(classes).toEqual([43, 40, 40]);
  expect(faultOf(() => late(items().call('Item', 2) as Late['raw']).get('LastModificationTime'))).toBe('FAILED');
});

test('filters join comparisons with Not before And before Or, and know null', () => {
  const { contacts, items } = world();
  saved(contacts, { FullName: 'Ann', CompanyName: 'ACME', Categories: 'Work, Golf' });
  saved(contacts, { FullName: 'Bob', CompanyName: "O'Neil" });
  const list = (filter: string) => names(items().object('Restrict', filter));
  const keywords = '"urn:schemas-microsoft-com:office:office#Keywords"';
  expect(list("[FullName] = 'Ann' Or [FullName] = 'Bob' And [CompanyName] = 'ACME'")).toEqual(['Ann']);
  expect(list("([FullName] = 'Ann' Or [FullName] = 'Bob') And Not [CompanyName] = 'ACME'")).toEqual(['Bob']);
  expect(list("[CompanyName] = 'O''Neil'")).toEqual(['Bob']);
  expect(list(`@SQL=${keywords} = 'golf'`)).toEqual(['Ann']);
  expect(list(`@SQL=${keywords} IS NULL`)).toEqual(['Bob']);
  expect(list(`@SQL="${PROPTAG}0x3A16001F" like '%NEIL'`)).toEqual(['Bob']);
  for (const bad of ['', 'FullName = "x"', "[FullName] = 'x' And", "[FullName] like 'x'"]) {
    expect(faultOf(() => items().call('Restrict', bad))).toBe('INVALID_ARGUMENT');
  }
});

test('Find and FindNext walk the matches; Sort orders; GetFirst and GetNext end with Nothing', () => {
  const { contacts, items } = world();
  for (const name of ['Cid', 'ann', 'Bob']) saved(contacts, { FullName: name, CompanyName: 'ACME' });
  const held = items();
  held.call('Sort', '[FullName]', false);
  expect(names(held)).toEqual(['ann', 'Bob', 'Cid']);
  held.call('Sort', '[FullName]', true);
  const found = [
    held.object('Find', "[CompanyName] = 'acme'").get('FullName'),
    held.object('FindNext').get('FullName'),
  ];
  expect(found).toEqual(['Cid', 'Bob']);
  expect([held.object('GetFirst').get('FullName'), held.object('GetNext').get('FullName')]).toEqual(['Cid', 'Bob']);
  held.call('GetNext');
  expect(held.call('GetNext')).toBeNull();
});

test('a save after somebody else’s is refused, and a save without change writes nothing', () => {
  const { outlook, session, contacts } = world({ switches: { staleWhileHeld: false } });
  const contact = saved(contacts, { FullName: 'A' });
  const other = reopened(session, contact);
  outlook.clock.advance(60_000);
  contact.call('Save');
  expect(contact.get('LastModificationTime')).toEqual({ date: '2026-03-01T09:00:00' });
  other.put('FullName', 'B');
  other.call('Save');
  contact.put('FullName', 'C');
  expect(faultOf(() => contact.call('Save'))).toBe('OBJECT_CHANGED');
});

test('[EC8] members that Outlook alone writes raise on assignment', () => {
  const { contacts } = world();
  const contact = saved(contacts, { FullName: 'A' });
  for (const member of ['EntryID', 'CreationTime', 'LastModificationTime', 'Saved', 'Size']) {
    expect(faultOf(() => contact.put(member, 'x'))).toBe('MEMBER_NOT_FOUND');
  }
});

test('[EC65] deleting an item that was never saved is harmless', () => {
  const { contacts, items } = world();
  const contact = items().object('Add');
  expect([faultOf(() => contact.call('Delete')), contacts.object('Items').get('Count')]).toEqual(['none', 0]);
});
