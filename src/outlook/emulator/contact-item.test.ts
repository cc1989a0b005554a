import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseOneOffId } from './address-ids.ts';
import {
  ADDRESS_SET,
  emulatedOutlook,
  faultOf,
  ID_SET,
  type Late,
  late,
  lateOutlook,
  PROPTAG,
  property,
  reopened,
  saved,
} from './testing/world.ts';

const id = (hex: string) => `${ID_SET}${ADDRESS_SET}/${hex}`;

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session, contacts, calendar } = lateOutlook(outlook);
  const contact = contacts.object('Items').object('Add');
  const put = (members: Readonly<Record<string, Parameters<Late['put']>[1]>>) => {
    for (const [name, value] of Object.entries(members)) contact.put(name, value);
  };
  const get = (...names: readonly string[]) => names.map((name) => contact.get(name));
  return { outlook, session, contacts, calendar, contact, put, get };
}

const PARTS = ['Title', 'FirstName', 'MiddleName', 'LastName', 'Suffix'];

test('[EO67] writing FullName overwrites the parts; writing a part composes FullName', () => {
  const { put, get } = world();
  put({ FullName: 'Dr. Jean Marie Dupont Jr.' });
  expect(get(...PARTS)).toEqual(['Dr.', 'Jean', 'Marie', 'Dupont', 'Jr.']);
  put({ FullName: 'Dupont, Jean Marie' });
  expect(get(...PARTS)).toEqual(['', 'Jean', 'Marie', 'Dupont', '']);
  put({ FullName: 'Plato' });
  expect(get(...PARTS)).toEqual(['', 'Plato', '', '', '']);
  put({ LastName: 'of Athens', Title: 'Mr.' });
  expect(get('FullName')).toEqual(['Mr. Plato of Athens']);
});

test('[EO68] FileAs follows name and company by its order until the user writes it, with CR LF between the two', () => {
  const { contact, put, get } = world();
  put({ FirstName: 'Jean', MiddleName: 'Marie', LastName: 'Dupont' });
  expect(get('FileAs')).toEqual(['Dupont, Jean Marie']);
  put({ CompanyName: 'ACME', FileAs: 'Dupont, Jean Marie\r\nACME' });
  put({ FirstName: 'Paul' });
  expect([contact.get('FileAs'), property(contact, id('80060003'))]).toEqual(['Dupont, Paul Marie\r\nACME', 0x8019]);
  put({ FileAs: 'The boss' });
  put({ LastName: 'Durand' });
  expect([contact.get('FileAs'), property(contact, id('80060003'))]).toEqual(['The boss', -1]);
});

test('a contact with only a company is filed under it', () => {
  const { put, get } = world();
  put({ CompanyName: 'ACME' });
  expect(get('FileAs', 'FullName')).toEqual(['ACME', '']);
});

test('[EO69] LastFirst members are empty unless the name is of a double-byte script', () => {
  const { put, get } = world();
  put({ FirstName: 'Jean', LastName: 'Dupont', CompanyName: 'ACME' });
  expect(get('LastFirstNoSpace', 'LastFirstSpaceOnly', 'CompanyLastFirstNoSpace')).toEqual(['', '', '']);
  expect(get('LastNameAndFirstName', 'FullNameAndCompany', 'CompanyAndFullName')).toEqual([
    'Dupont, Jean',
    'Jean Dupont\r\nACME',
    'ACME\r\nJean Dupont',
  ]);
  put({ FirstName: '太郎', LastName: '山田' });
  expect(get('LastFirstNoSpace', 'LastFirstSpaceOnly')).toEqual(['山田太郎', '山田 太郎']);
});

test('[EO70] the five properties of an e-mail slot go together, and the lists of slots are kept in step', () => {
  const { contact, put, get } = world();
  put({ FullName: 'Jean Dupont', Email2Address: 'jean@example.org', BusinessFaxNumber: '+33 1' });
  contact.call('Save');
  expect(get('Email2AddressType', 'Email2DisplayName', 'Email1Address')).toEqual([
    'SMTP',
    'Jean Dupont (jean@example.org)',
    '',
  ]);
  expect([property(contact, id('8094001F')), parseOneOffId(property(contact, id('80950102')) as Uint8Array)]).toEqual([
    'jean@example.org',
    { name: 'jean@example.org', type: 'SMTP', address: 'jean@example.org' },
  ]);
  expect([property(contact, id('80281003')), property(contact, id('80290003'))]).toEqual([[1, 3], 0x2 | 0x8]);
  put({ Email2Address: '', BusinessFaxNumber: '' });
  contact.call('Save');
  for (const hex of ['8090001F', '8092001F', '8093001F', '8094001F', '80950102', '80281003', '80290003']) {
    expect([hex, faultOf(() => property(contact, id(hex)))]).toEqual([hex, 'NOT_FOUND']);
  }
});

test('[EO71] a display name is generated when it is empty, in either form, and not rebuilt when the name changes', () => {
  const { outlook, contact, put, get } = world({ switches: { emailDisplayName: 'fullName' } });
  put({ FullName: 'Jean Dupont', Email1Address: 'jean@example.org' });
  contact.call('Save');
  expect(get('Email1DisplayName')).toEqual(['Jean Dupont']);
  put({ FullName: 'Paul Durand' });
  contact.call('Save');
  expect(get('Email1DisplayName')).toEqual(['Jean Dupont']);
  outlook.set({ emailDisplayName: 'fullNameAndAddress' });
  put({ Email1DisplayName: '' });
  contact.call('Save');
  expect(get('Email1DisplayName')).toEqual(['Paul Durand (jean@example.org)']);
});

test('an address of type EX keeps its SMTP form in the original display name', () => {
  const { contact, put } = world();
  put({ Email1Address: '/o=Org/cn=jean', Email1AddressType: 'EX' });
  contact.object('PropertyAccessor').call('SetProperty', id('8084001F'), 'jean@example.org');
  contact.call('Save');
  expect(property(contact, id('8084001F'))).toBe('jean@example.org');
});

test('[EO72] full address and parts recompute each other; Mailing mirrors the selected address', () => {
  const { outlook, contact, put, get } = world();
  put({ BusinessAddressStreet: '1 Main St', BusinessAddressCity: 'Springfield', BusinessAddressState: 'IL' });
  put({ BusinessAddressPostalCode: '62701', BusinessAddressCountry: 'USA' });
  expect(get('BusinessAddress', 'SelectedMailingAddress', 'MailingAddressCity')).toEqual([
    '1 Main St\r\nSpringfield, IL  62701\r\nUSA',
    2,
    'Springfield',
  ]);
  put({ HomeAddress: '2 Side Rd\r\nPortland, ME 04101' });
  expect(get('HomeAddressStreet', 'HomeAddressCity', 'HomeAddressState', 'HomeAddressPostalCode')).toEqual([
    '2 Side Rd',
    'Portland',
    'ME',
    '04101',
  ]);
  put({ SelectedMailingAddress: 1 });
  expect(get('MailingAddressCity', 'MailingAddress')).toEqual(['Portland', '2 Side Rd\r\nPortland, ME 04101']);
  put({ MailingAddressCity: 'Elsewhere' });
  put({ HomeAddressCity: 'Bangor' });
  expect(get('MailingAddressCity')).toEqual(['Bangor']);
  outlook.relocate({ locale: 'fr-FR' });
  put({ OtherAddressPostalCode: '31000', OtherAddressCity: 'Toulouse' });
  expect([contact.get('OtherAddress'), property(contact, `${PROPTAG}0x3A5F001F`)]).toEqual([
    '31000 Toulouse',
    'Toulouse',
  ]);
});

test('[EO73] an empty date is 4501-01-01, and dates out of range raise', () => {
  const { put, get } = world();
  expect(get('Birthday', 'Anniversary')).toEqual([{ date: '4501-01-01T00:00:00' }, { date: '4501-01-01T00:00:00' }]);
  put({ Birthday: { date: '1970-05-04T00:00:00' } });
  expect(get('Birthday')).toEqual([{ date: '1970-05-04T00:00:00' }]);
  put({ Birthday: { date: '4501-01-01T00:00:00' } });
  expect(get('Birthday')).toEqual([{ date: '4501-01-01T00:00:00' }]);
  for (const date of ['1600-12-31T00:00:00', '4600-01-01T00:00:00']) {
    expect(faultOf(() => put({ Anniversary: { date } }))).toBe('INVALID_ARGUMENT');
  }
});

test('[EO74] a saved birthday makes a yearly all-day event, which is removed, left or never made, by switch', () => {
  for (const [birthdayEvents, made, left] of [
    ['removed', 1, 0],
    ['left', 1, 1],
    ['never', 0, 0],
  ] as const) {
    const { session, calendar, contact, put } = world({ switches: { birthdayEvents } });
    put({ FullName: 'Jean Dupont', Birthday: { date: '1970-05-04T00:00:00' } });
    contact.call('Save');
    contact.put('JobTitle', 'Baker');
    contact.call('Save');
    const items = calendar.object('Items');
    expect(items.get('Count')).toBe(made);
    if (made === 1) {
      const event = late(items.call('Item', 1) as Late['raw']);
      const bytes = property(contact, id('804D0102')) as Uint8Array;
      expect(Buffer.from(bytes).toString('hex').toUpperCase()).toBe(event.get('EntryID'));
      const pattern = event.object('GetRecurrencePattern');
      expect([
        event.get('Subject'),
        event.get('AllDayEvent'),
        pattern.get('RecurrenceType'),
        pattern.get('NoEndDate'),
      ]).toEqual(["Jean Dupont's Birthday", true, 5, true]);
    }
    reopened(session, contact).call('Delete');
    expect(calendar.object('Items').get('Count')).toBe(left);
  }
});

test('[EO75] a birthday is UTC of local midnight beside a local copy; another zone shows another day', () => {
  const { outlook, session, contact, put } = world({ switches: { birthdayEvents: 'never' } });
  put({ Birthday: { date: '1970-05-04T00:00:00' } });
  contact.call('Save');
  expect([property(contact, `${PROPTAG}0x3A420040`), property(contact, id('80DE0040'))]).toEqual([
    { date: '1970-05-03T23:00:00' },
    { date: '1970-05-04T00:00:00' },
  ]);
  outlook.relocate({ zone: { windows: 'Eastern Standard Time', iana: 'America/New_York' } });
  expect(reopened(session, contact).get('Birthday')).toEqual({ date: '1970-05-03T19:00:00' });
  expect(property(contact, id('80DE0040'))).toEqual({ date: '1970-05-04T00:00:00' });
});

test('[EO76] a picture is re-encoded, is one attachment ContactPicture.jpg, and HasPicture waits for Save', () => {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  const path = join(folder, 'me.jpg');
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 1, 2, 3, 0xff, 0xd9]);
  writeFileSync(path, bytes);
  const { session, contact } = world();
  contact.call('AddPicture', path);
  expect(contact.get('HasPicture')).toBe(false);
  contact.call('Save');
  const fresh = reopened(session, contact);
  const attachments = fresh.object('Attachments');
  const picture = late(attachments.call('Item', 1) as Late['raw']);
  expect([fresh.get('HasPicture'), attachments.get('Count'), picture.get('FileName')]).toEqual([
    true,
    1,
    'ContactPicture.jpg',
  ]);
  const read = property(picture, `${PROPTAG}0x37010102`) as Uint8Array;
  expect([read.subarray(0, 2), Buffer.compare(read, bytes) === 0]).toEqual([bytes.subarray(0, 2), false]);
  expect([property(picture, `${PROPTAG}0x7FFF000B`), property(picture, `${PROPTAG}0x7FFE000B`)]).toEqual([true, true]);
  fresh.call('AddPicture', path);
  expect(fresh.object('Attachments').get('Count')).toBe(1);
  fresh.call('RemovePicture');
  fresh.call('Save');
  expect([
    reopened(session, contact).get('HasPicture'),
    faultOf(() => contact.call('AddPicture', `${path}.txt`)),
  ]).toEqual([false, 'INVALID_ARGUMENT']);
  rmSync(folder, { recursive: true });
});

test('[EO77] Children and Companies are several values below and one text above', () => {
  const { contact, put, get } = world();
  put({ Children: 'Ann, Bob', Companies: 'ACME, Other' });
  expect([
    property(contact, `${PROPTAG}0x3A58101F`),
    property(contact, `${ID_SET}{00062008-0000-0000-C000-000000000046}/8539101F`),
  ]).toEqual([
    ['Ann', 'Bob'],
    ['ACME', 'Other'],
  ]);
  expect(get('Children', 'Companies')).toEqual(['Ann, Bob', 'ACME, Other']);
});

test('[EO78] WebPage and BusinessHomePage move together', () => {
  const { contact, put, get } = world();
  put({ WebPage: 'https://example.org' });
  expect(get('BusinessHomePage')).toEqual(['https://example.org']);
  put({ BusinessHomePage: 'https://example.com' });
  expect([
    contact.get('WebPage'),
    property(contact, id('802B001F')),
    property(contact, `${PROPTAG}0x3A51001F`),
  ]).toEqual(['https://example.com', 'https://example.com', 'https://example.com']);
});

test('[EO79] [EC25] an attachment’s Type is 6 until the item is saved', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attachment-'));
  const path = join(folder, 'note.txt');
  writeFileSync(path, 'hello');
  const { contact } = world();
  const attachment = contact.object('Attachments').object('Add', path);
  expect([attachment.get('Type'), attachment.get('FileName'), attachment.get('Size')]).toEqual([6, 'note.txt', 5]);
  contact.call('Save');
  expect(late(contact.object('Attachments').call('Item', 1) as Late['raw']).get('Type')).toBe(1);
  rmSync(folder, { recursive: true });
});

test('Subject is the full name once saved, and private goes with sensitivity 2', () => {
  const { contact, put, get } = world();
  put({ FullName: 'Jean Dupont', Sensitivity: 2 });
  contact.call('Save');
  expect([...get('Subject'), property(contact, `${ID_SET}{00062008-0000-0000-C000-000000000046}/8506000B`)]).toEqual([
    'Jean Dupont',
    true,
  ]);
  expect(faultOf(() => put({ Gender: 3 }))).toBe('INVALID_ARGUMENT');
});

test('a body is plain text with CRLF, and replaces the formatting', () => {
  const { contact, put, get } = world();
  put({ RTFBody: new Uint8Array(Buffer.from('{\\rtf1\\ansi one\\par two}', 'latin1')) });
  expect(String(contact.get('Body')).trimEnd()).toBe('one\r\ntwo');
  put({ Body: 'a\nb\r\nc' });
  expect([
    ...get('Body'),
    Buffer.from(contact.get('RTFBody') as Uint8Array)
      .toString('latin1')
      .startsWith('{\\rtf1'),
  ]).toEqual(['a\r\nb\r\nc', true]);
});

test('contacts can be found by every text member that is a column', () => {
  const { contacts } = world();
  saved(contacts, {
    FullName: 'Jean Dupont',
    Email1Address: 'jean@example.org',
    HomeAddressCity: 'Paris',
    NickName: 'JD',
  });
  for (const filter of ["[Email1Address] = 'JEAN@example.org'", "[HomeAddressCity] = 'paris'", "[NickName] = 'jd'"]) {
    expect(contacts.object('Items').object('Restrict', filter).get('Count')).toBe(1);
  }
});
