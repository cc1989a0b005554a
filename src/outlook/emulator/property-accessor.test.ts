import { expect, test } from 'vitest';
import {
  ADDRESS_SET,
  emulatedOutlook,
  faultOf,
  ID_SET,
  type Late,
  lateOutlook,
  PROPTAG,
  PUBLIC_STRINGS,
  property,
  reopened,
  STRING_SET,
  saved,
} from './testing/world.ts';

const OURS = '{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}';
const NAME = `${STRING_SET}${OURS}/Token`;
const TYPED = `${NAME}/0x0000001F`;

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session, contacts } = lateOutlook(outlook);
  const contact = saved(contacts, { FullName: 'Jean Dupont', JobTitle: 'Baker' });
  const accessor = contact.object('PropertyAccessor');
  const set = (name: string, value: Parameters<Late['put']>[1]) => accessor.call('SetProperty', name, value);
  return { outlook, session, contacts, contact, accessor, set };
}

test('[EO60] [EC18] an absent property raises; in GetProperties it is a VT_ERROR in its slot', () => {
  const { contact, accessor } = world();
  expect(faultOf(() => property(contact, TYPED))).toBe('NOT_FOUND');
  expect(accessor.call('GetProperties', [`${PROPTAG}0x3A17001F`, TYPED])).toEqual(['Baker', { error: 0x8004010f }]);
});

test('[EC18] SetProperties of unequal lengths fails before writing; errors come back in their slots', () => {
  const { contact, accessor } = world();
  expect(faultOf(() => accessor.call('SetProperties', [TYPED, NAME], ['x']))).toBe('INVALID_ARGUMENT');
  expect(faultOf(() => property(contact, TYPED))).toBe('NOT_FOUND');
  expect(accessor.call('SetProperties', [TYPED], ['x'])).toBeNull();
  expect(accessor.call('SetProperties', [TYPED, `${PROPTAG}0x3A170003`], ['y', 1])).toEqual([
    null,
    { error: 0x80020005 },
  ]);
  expect(faultOf(() => property(contact, `${PROPTAG}0x3A17000D`))).toBe('NO_SUPPORT');
});

test('[EO61] a tag of another type raises, but 001E and 001F are the same', () => {
  const { contact, set } = world();
  expect([property(contact, `${PROPTAG}0x3A17001E`), property(contact, `${PROPTAG}0x3A17001F`)]).toEqual([
    'Baker',
    'Baker',
  ]);
  expect(faultOf(() => property(contact, `${PROPTAG}0x3A170003`))).toBe('TYPE_MISMATCH');
  expect(faultOf(() => set(`${PROPTAG}0x3A17001F`, 5))).toBe('TYPE_MISMATCH');
});

test('[EO62] a named text or binary of more than 4088 bytes raises on read', () => {
  const { contact, set } = world();
  set(TYPED, 'x'.repeat(2044));
  expect(property(contact, TYPED)).toHaveLength(2044);
  set(TYPED, 'x'.repeat(2045));
  expect(faultOf(() => property(contact, TYPED))).toBe('NO_MEMORY');
  const binary = `${STRING_SET}${OURS}/Blob/0x00000102`;
  set(binary, new Uint8Array(4089));
  expect(faultOf(() => property(contact, binary))).toBe('NO_MEMORY');
});

test('[EO63] [EC17] dates pass untouched: UTC below, local above', () => {
  const { contact, set } = world();
  expect([property(contact, `${PROPTAG}0x30080040`), contact.get('LastModificationTime')]).toEqual([
    { date: '2026-03-01T08:00:00' },
    { date: '2026-03-01T09:00:00' },
  ]);
  const when = `${STRING_SET}${OURS}/When/0x00000040`;
  set(when, { date: '2026-07-14T12:34:56' });
  expect(property(contact, when)).toEqual({ date: '2026-07-14T12:34:56' });
});

test('[EO64] DeleteProperty takes custom properties and refuses built-in ones', () => {
  const { contact, accessor, set } = world();
  set(TYPED, 'x');
  accessor.call('DeleteProperty', TYPED);
  expect(faultOf(() => property(contact, TYPED))).toBe('NOT_FOUND');
  for (const name of [`${PROPTAG}0x3A17001F`, `${ID_SET}${ADDRESS_SET}/8005001F`]) {
    expect(faultOf(() => accessor.call('DeleteProperty', name))).toBe('ACCESS_DENIED');
  }
});

test('[EO65] [EC19] folders and stores save at once, items with Save', () => {
  const { session, contacts, contact, set } = world();
  set(TYPED, 'lost');
  contacts.object('PropertyAccessor').call('SetProperty', TYPED, 'kept');
  session.object('DefaultStore').object('PropertyAccessor').call('SetProperty', TYPED, 'kept too');
  expect(property(contacts, TYPED)).toBe('kept');
  expect(property(session.object('DefaultStore'), TYPED)).toBe('kept too');
  expect(faultOf(() => property(reopened(session, contact), TYPED))).toBe('NOT_FOUND');
  contact.call('Save');
  expect(property(reopened(session, contact), TYPED)).toBe('lost');
});

test('[EO66] UserProperties.Add refuses [ ] _ # and more than 64 characters, and adds the field to the folder', () => {
  const { outlook, contacts, contact } = world();
  const fields = contact.object('UserProperties');
  for (const name of ['a[b', 'a]b', 'a_b', 'a#b', 'x'.repeat(65)]) {
    expect(faultOf(() => fields.call('Add', name, 1))).toBe('INVALID_ARGUMENT');
  }
  fields.call('Add', 'Colour', 1);
  fields.call('Add', 'Shape', 1, false);
  const defined = outlook.session.database.all<{ name: string }>(
    'SELECT name FROM folder_fields WHERE folder = ?',
    String(contacts.get('EntryID')),
  );
  expect([fields.get('Count'), defined.map(({ name }) => name)]).toEqual([2, ['Colour']]);
});

test('[EC20] a user property without a value takes its first one from UserProperties only', () => {
  const { contact, set } = world();
  const schema = `${STRING_SET}${PUBLIC_STRINGS}/Colour`;
  const field = contact.object('UserProperties').object('Add', 'Colour', 1);
  expect(faultOf(() => set(schema, 'red'))).toBe('FAILED');
  field.put('Value', 'red');
  set(schema, 'blue');
  expect(field.get('Value')).toBe('blue');
});

test('[EC24] a date in a user property loses its seconds', () => {
  const { contact } = world();
  const field = contact.object('UserProperties').object('Add', 'Synced', 5);
  expect(field.get('Value')).toEqual({ date: '4501-01-01T00:00:00' });
  field.put('Value', { date: '2026-07-14T12:34:56' });
  expect(field.get('Value')).toEqual({ date: '2026-07-14T12:34:00' });
});

test('[EC21] schema names are case-sensitive, begin with http, and escape blanks and quotes', () => {
  const { contact, set } = world();
  for (const name of [
    'HTTP://schemas.microsoft.com/mapi/proptag/0x3A17001F',
    'https://schemas.microsoft.com/mapi/proptag/0x3A17001F',
    `${PROPTAG}0x8083001F`,
    'urn:schemas:contacts:GivenName',
  ]) {
    expect(faultOf(() => property(contact, name))).toBe('NOT_FOUND');
  }
  set(`${STRING_SET}${OURS}/two%20words%22%27%25`, 'x');
  expect(property(contact, `${STRING_SET}${OURS}/two%20words%22%27%25/0x0000001F`)).toBe('x');
  expect(faultOf(() => property(contact, `${STRING_SET}${OURS}/Two%20words%22%27%25/0x0000001F`))).toBe('NOT_FOUND');
});

test('a text name takes the type of its first value, and coerces later ones to it', () => {
  const { contact, set } = world();
  set(NAME, 7);
  set(NAME, '12');
  expect([property(contact, `${NAME}/0x00000003`), faultOf(() => set(NAME, 'many'))]).toEqual([12, 'TYPE_MISMATCH']);
});

test('members and accessor read and write the same property', () => {
  const { session, contact, set } = world();
  set(`${PROPTAG}0x3A17001F`, 'Cook');
  contact.put('IMAddress', 'jean@chat');
  contact.call('Save');
  const fresh = reopened(session, contact);
  expect([fresh.get('JobTitle'), property(fresh, `${ID_SET}${ADDRESS_SET}/8062001F`)]).toEqual(['Cook', 'jean@chat']);
});

test('bodies and entry ids are not written through the accessor; bodies are read only by switch', () => {
  const { outlook, contact, set } = world();
  contact.put('Body', 'Hello');
  expect([
    faultOf(() => set(`${PROPTAG}0x1000001F`, 'x')),
    faultOf(() => set(`${PROPTAG}0x0FFF0102`, new Uint8Array(24))),
  ]).toEqual(['ACCESS_DENIED', 'ACCESS_DENIED']);
  expect(faultOf(() => property(contact, `${PROPTAG}0x1000001F`))).toBe('ACCESS_DENIED');
  outlook.set({ accessorBodies: 'served' });
  expect(property(contact, `${PROPTAG}0x1000001F`)).toBe('Hello');
});

test('hex and bytes, UTC and local time turn into each other', () => {
  const { accessor } = world();
  expect([accessor.call('BinaryToString', new Uint8Array([1, 171])), accessor.call('StringToBinary', '01ab')]).toEqual([
    '01AB',
    new Uint8Array([1, 171]),
  ]);
  expect([
    accessor.call('UTCToLocalTime', { date: '2026-07-14T10:00:00' }),
    accessor.call('LocalTimeToUTC', { date: '2026-07-14T12:00:00' }),
  ]).toEqual([{ date: '2026-07-14T12:00:00' }, { date: '2026-07-14T10:00:00' }]);
});
