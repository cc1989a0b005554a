import { expect, test } from 'vitest';
import { PROP } from './property.ts';
import {
  ADDRESS_SET,
  emulatedOutlook,
  faultOf,
  ID_SET,
  type Late,
  late,
  lateOutlook,
  PROPTAG,
  PUBLIC_STRINGS,
  STRING_SET,
  saved,
} from './testing/world.ts';

const KEYWORDS = 'urn:schemas-microsoft-com:office:office#Keywords';
const FIRST = ['EntryID', 'Subject', 'CreationTime', 'LastModificationTime', 'MessageClass'];

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session, contacts, calendar } = lateOutlook(outlook);
  const table = (filter = '', contents = 0) => contacts.object('GetTable', filter, contents);
  return { outlook, session, contacts, calendar, table };
}

function columnNames(table: Late): readonly unknown[] {
  const columns = table.object('Columns');
  return Array.from({ length: Number(columns.get('Count')) }, (_, at) =>
    late(columns.call('Item', at + 1) as Late['raw']).get('Name'),
  );
}

/** A table with these columns only. */
function withColumns(table: Late, ...names: readonly string[]): Late {
  const columns = table.object('Columns');
  columns.call('RemoveAll');
  for (const name of names) columns.call('Add', name);
  return table;
}

const rows = (table: Late, most = 100) => table.call('GetArray', most) as readonly (readonly unknown[])[];

test('[EO48] default columns follow the folder type, in order; hidden contents use those of mail', () => {
  const { contacts, calendar, session } = world();
  const inbox = late(session.call('GetDefaultFolder', 6) as Late['raw']);
  const tasks = late(session.call('GetDefaultFolder', 13) as Late['raw']);
  expect(columnNames(contacts.object('GetTable'))).toEqual([...FIRST, 'FirstName', 'LastName', 'CompanyName']);
  expect(columnNames(calendar.object('GetTable'))).toEqual([...FIRST, 'Start', 'End', 'IsRecurring']);
  expect(columnNames(tasks.object('GetTable'))).toEqual([...FIRST, 'DueDate', 'PercentComplete', 'IsRecurring']);
  expect([columnNames(inbox.object('GetTable')), columnNames(contacts.object('GetTable', '', 1))]).toEqual([
    FIRST,
    FIRST,
  ]);
});

test('[EO49] Columns.Add resets the cursor; an Add that fails does not', () => {
  const { contacts, table } = world();
  for (const name of ['A', 'B']) saved(contacts, { FullName: name });
  const t = table();
  t.call('GetNextRow');
  expect(faultOf(() => t.object('Columns').call('Add', 'NoSuchProperty'))).toBe('INVALID_ARGUMENT');
  expect(late(t.call('GetNextRow') as Late['raw']).call('Item', 'Subject')).toBe('B');
  t.object('Columns').call('Add', 'NickName');
  expect(late(t.call('GetNextRow') as Late['raw']).call('Item', 'Subject')).toBe('A');
});

test('[EO50] by name: local date, hex text, comma text; by namespace: UTC, bytes, array or Empty', () => {
  const { contacts, table } = world();
  const a = saved(contacts, { FullName: 'A', Categories: 'Work, Golf' });
  saved(contacts, { FullName: 'B' });
  const bytes = new Uint8Array(Buffer.from(String(a.get('EntryID')), 'hex'));
  const t = withColumns(
    table(),
    'LastModificationTime',
    'DAV:getlastmodified',
    'EntryID',
    `${PROPTAG}0x0FFF0102`,
    'Categories',
    KEYWORDS,
  );
  const [first, second] = rows(t);
  expect(first).toEqual([
    { date: '2026-03-01T09:00:00' },
    { date: '2026-03-01T08:00:00' },
    a.get('EntryID'),
    bytes,
    'Work, Golf',
    ['Work', 'Golf'],
  ]);
  expect(second?.slice(4)).toEqual([null, null]);
});

test('[EO51] a row is addressed with the same reference as its column', () => {
  const { contacts, table } = world();
  const contact = saved(contacts, { FullName: 'A' });
  const t = withColumns(table(), `${PROPTAG}0x0FFF0102`);
  const row = late(t.call('GetNextRow') as Late['raw']);
  expect([faultOf(() => row.call('Item', 'EntryID')), row.call('BinaryToString', 1)]).toEqual([
    'INVALID_ARGUMENT',
    contact.get('EntryID'),
  ]);
  expect(row.call('Item', `${PROPTAG}0x0FFF0102`)).toEqual(row.call('Item', 1));
});

test('[EO52] texts are cut at 255 in tables and whole on items', () => {
  const { contacts, table } = world();
  const contact = saved(contacts, { FullName: 'A', Body: 'x'.repeat(300), JobTitle: 'y'.repeat(300) });
  const [row] = rows(withColumns(table(), 'Body', 'JobTitle', `${PROPTAG}0x3A17001F`));
  expect(row?.map((cell) => String(cell).length)).toEqual([255, 255, 255]);
  expect(String(contact.get('Body')).length).toBe(300);
});

test.each([
  ['characters', 'é', 255],
  ['utf16Bytes', 'é', 127],
  ['utf8Bytes', 'é', 127],
  ['utf8Bytes', 'x', 255],
  ['utf8Bytes', '漢', 85],
] as const)('[EO52] where a store counts %s, that many of %s are shown: %d', (textCut, character, most) => {
  const { contacts, table } = world({ switches: { textCut } });
  saved(contacts, { FullName: 'A', Body: character.repeat(300), JobTitle: character.repeat(most) });
  const [row] = rows(withColumns(table(), 'Body', 'JobTitle'));
  expect(row).toEqual([character.repeat(most), character.repeat(most)]);
});

test('[EO101] dates by name are local by the rules of the zone, or all by the offset of today', () => {
  const { outlook, calendar } = world();
  const shown = (localColumns: 'rules' | 'today') => {
    outlook.set({ localColumns });
    return rows(withColumns(calendar.object('GetTable'), 'Start', 'End'))[0];
  };
  saved(calendar, { Start: { date: '2026-07-01T10:00:00' }, End: { date: '2026-07-01T11:00:00' } });
  expect(shown('rules')).toEqual([{ date: '2026-07-01T10:00:00' }, { date: '2026-07-01T11:00:00' }]);
  expect(shown('today')).toEqual([{ date: '2026-07-01T09:00:00' }, { date: '2026-07-01T10:00:00' }]);
});

test('[EO102] Body is a column of the item’s text, refused, never filled, or with another end', () => {
  const { outlook, contacts, table } = world();
  saved(contacts, { FullName: 'A', Body: 'one\r\ntwo' });
  const shown = (bodyColumn: 'served' | 'empty' | 'otherEnd') => {
    outlook.set({ bodyColumn });
    return rows(withColumns(table(), 'Body'))[0];
  };
  expect([shown('served'), shown('empty'), shown('otherEnd')]).toEqual([['one\r\ntwo'], [null], ['one\r\ntwo\r\n']]);
  outlook.set({ bodyColumn: 'refused' });
  expect(faultOf(() => table().object('Columns').call('Add', 'Body'))).toBe('FAILED');
});

test('[EO103] bytes are cut at 255 in tables and whole on items', () => {
  const { contacts, table } = world();
  const contact = saved(contacts, { FullName: 'A' });
  const name = `${STRING_SET}${PUBLIC_STRINGS}/bytes/0x00000102`;
  contact.object('PropertyAccessor').call('SetProperty', name, new Uint8Array(300).fill(7));
  contact.call('Save');
  const bytes = (count: number) => new Uint8Array(count).fill(7);
  expect(rows(withColumns(table(), name))).toEqual([[bytes(255)]]);
  expect(contact.object('PropertyAccessor').call('GetProperty', name)).toEqual(bytes(300));
});

test('[EO53] blocked columns raise; by namespace a text name needs its type', () => {
  const { table } = world();
  const add = (name: string) => faultOf(() => table().object('Columns').call('Add', name));
  for (const name of ['RecurrenceState', 'IsConflict', 'HtmlBody', 'MemberCount', 'Saved', 'Attachments']) {
    expect([name, add(name)]).toEqual([name, 'FAILED']);
  }
  expect(add(`${STRING_SET}${PUBLIC_STRINGS}/tag`)).toBe('INVALID_ARGUMENT');
  expect(add(`${STRING_SET}${PUBLIC_STRINGS}/tag/0x0000001F`)).toBe('none');
  expect(add(`${ID_SET}${ADDRESS_SET}/8083001F`)).toBe('none');
});

test('[EO54] rows of an Exchange store may give short-term ids, which open the item; the long form can be empty', () => {
  const { outlook, session, contacts, table } = world({
    profile: { storeKind: 'exchange' },
    switches: { shortTermEntryIds: true },
  });
  const contact = saved(contacts, { FullName: 'A' });
  const t = withColumns(table(), 'EntryID', `${PROPTAG}0x66700102`);
  const [row] = rows(t);
  expect(String(row?.[0])).toMatch(/^EF/);
  expect(session.object('GetItemFromID', String(row?.[0])).get('EntryID')).toBe(contact.get('EntryID'));
  expect(
    Buffer.from(row?.[1] as Uint8Array)
      .toString('hex')
      .toUpperCase(),
  ).toBe(contact.get('EntryID'));
  outlook.set({ noLongTermEntryIds: true });
  t.call('MoveToStart');
  expect(rows(t)[0]?.[1]).toBeNull();
});

test('[EO55] LastModificationTime, Start and End may be Null on corrupt rows, or an error', () => {
  const { outlook, contacts, table } = world();
  const contact = saved(contacts, { FullName: 'A' });
  outlook.damage(String(contact.get('EntryID')), [PROP.modified]);
  const t = withColumns(table(), 'LastModificationTime', 'Start', 'End');
  expect(rows(t)).toEqual([[null, null, null]]);
  outlook.set({ missingCell: 'error' });
  t.call('MoveToStart');
  expect(rows(t)[0]?.[0]).toEqual({ error: 0x8004010f });
});

test('[EO57] GetArray reads part by part, gives nothing at the end, in either order of dimensions', () => {
  const { outlook, contacts, table } = world();
  for (const name of ['A', 'B', 'C']) saved(contacts, { FullName: name, NickName: name.toLowerCase() });
  const t = withColumns(table(), 'FullName', 'NickName');
  expect([rows(t, 2), rows(t, 2), rows(t, 2)]).toEqual([
    [
      ['A', 'a'],
      ['B', 'b'],
    ],
    [['C', 'c']],
    [],
  ]);
  outlook.set({ arrayOrder: 'columnRow' });
  t.call('MoveToStart');
  expect(rows(t, 3)).toEqual([
    ['A', 'B', 'C'],
    ['a', 'b', 'c'],
  ]);
});

test('[EO58] GetRowCount may raise', () => {
  const { outlook, contacts, table } = world();
  saved(contacts, { FullName: 'A' });
  const t = table();
  expect(t.call('GetRowCount')).toBe(1);
  outlook.set({ rowCountRaises: true });
  expect(faultOf(() => t.call('GetRowCount'))).toBe('FAILED');
});

test('[EO59] FindRow, FindNextRow, Restrict and Sort at their edges', () => {
  const { contacts, table } = world();
  for (const [name, company] of [
    ['A', 'ACME'],
    ['B', 'Other'],
    ['C', 'ACME'],
  ]) {
    saved(contacts, { FullName: String(name), CompanyName: String(company) });
  }
  const t = table();
  const subject = (row: unknown) => (row === null ? null : late(row as Late['raw']).call('Item', 'Subject'));
  expect(subject(t.call('FindNextRow'))).toBeNull();
  const acme = "[CompanyName] = 'acme'";
  expect([subject(t.call('FindRow', acme)), subject(t.call('FindNextRow')), subject(t.call('FindNextRow'))]).toEqual([
    'A',
    'C',
    null,
  ]);
  for (const bad of ['', 'nonsense', `@SQL="${PROPTAG}0x001A001E" ci_startswith 'x'`]) {
    expect(faultOf(() => t.call('FindRow', bad))).toBe('INVALID_ARGUMENT');
  }
  expect(subject(t.call('FindRow', `@SQL="${STRING_SET}${PUBLIC_STRINGS}/none/0x0000001F" = 'x'`))).toBeNull();
  const narrow = t.object('Restrict', acme).object('Restrict', "[FullName] <> 'A'");
  expect([narrow.call('GetRowCount'), t.object('Restrict', '').call('GetRowCount')]).toEqual([1, 3]);
  t.call('Sort', 'FullName', true);
  expect(subject(t.call('GetNextRow'))).toBe('C');
  expect([
    faultOf(() => t.call('Sort', '')),
    faultOf(() => t.call('Sort', 'EntryID')),
    faultOf(() => t.call('Sort', 'Categories')),
  ]).toEqual(['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT']);
});

test('Columns.Item: a bad number raises, an unknown name gives Nothing, a bad Remove raises', () => {
  const columns = world().table().object('Columns');
  expect([
    faultOf(() => columns.call('Item', 99)),
    columns.call('Item', 'x'),
    faultOf(() => columns.call('Remove', 'x')),
  ]).toEqual(['BAD_INDEX', null, 'INVALID_ARGUMENT']);
});

test('a table follows additions and deletions and keeps its place', () => {
  const { contacts, table } = world();
  const [a] = ['A', 'B'].map((name) => saved(contacts, { FullName: name }));
  const t = table();
  t.call('GetNextRow');
  a?.call('Delete');
  saved(contacts, { FullName: 'C' });
  expect(rows(t).map((row) => row[1])).toEqual(['B', 'C']);
  expect(t.get('EndOfTable')).toBe(true);
});

test('a table of two thousand contacts is read in one go', () => {
  const { outlook, contacts, table } = world();
  const { session } = outlook;
  session.database.transaction(() => {
    for (let n = 0; n < 2000; n++) saved(contacts, { FullName: `Contact ${n}` });
  });
  expect(rows(table(), 10_000)).toHaveLength(2000);
});
