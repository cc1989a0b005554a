import { expect, test } from 'vitest';
import { emulatedOutlook, faultOf, type Late, late, lateOutlook, PROPTAG, property, saved } from './testing/world.ts';

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session, contacts } = lateOutlook(outlook);
  const resolved = (typed: string) => {
    const made = session.object('CreateRecipient', typed);
    return [made.call('Resolve'), made.get('Name'), made.get('Address')];
  };
  return { outlook, session, contacts, resolved };
}

test('[EO82] a name with special characters needs quotes, or the address is lost', () => {
  const { resolved } = world();
  expect(resolved('Dupont, Jean <jean@example.org>')).toEqual([true, 'Dupont, Jean <jean@example.org>', '']);
  expect(resolved('"Dupont, Jean" <jean@example.org>')).toEqual([
    true,
    'Dupont, Jean (jean@example.org)',
    'jean@example.org',
  ]);
  expect(resolved('Jean Dupont<jean@example.org>')).toEqual([
    true,
    'Jean Dupont (jean@example.org)',
    'jean@example.org',
  ]);
  expect(resolved('jean@example.org')).toEqual([true, 'jean@example.org', 'jean@example.org']);
});

test('[EO83] a display name may bind to a contact; an ambiguous or unknown one does not', () => {
  const { outlook, contacts, resolved } = world();
  saved(contacts, { FullName: 'Marie Curie', Email1Address: 'marie@example.org' });
  expect(resolved('marie curie')).toEqual([true, 'Marie Curie (marie@example.org)', 'marie@example.org']);
  saved(contacts, { FullName: 'Marie Curie', Email1Address: 'other@example.org' });
  expect([resolved('Marie Curie')[0], resolved('Nobody')[0]]).toEqual([false, false]);
  outlook.set({ resolveContacts: false });
  expect(resolved('Marie Curie')[0]).toBe(false);
});

test('[EO83] only folders shown as address books are searched', () => {
  const { contacts, resolved } = world();
  const folder = contacts.object('Folders').object('Add', 'Team', 10);
  saved(folder, { FullName: 'Marie Curie', Email1Address: 'marie@example.org' });
  expect(resolved('Marie Curie')[0]).toBe(false);
  folder.put('ShowAsOutlookAB', true);
  expect(resolved('Marie Curie')[0]).toBe(true);
});

test('[EO84] AddressEntry raises when nothing is found; PR_SMTP_ADDRESS may be absent', () => {
  const { outlook, session } = world();
  expect(faultOf(() => session.object('CreateRecipient', 'Nobody').get('AddressEntry'))).toBe('NOT_FOUND');
  const smtp = (who: Late) => property(who, `${PROPTAG}0x39FE001E`);
  const found = session.object('CreateRecipient', 'jean@example.org');
  const entry = found.object('AddressEntry');
  expect([
    entry.get('Type'),
    entry.get('AddressEntryUserType'),
    entry.get('Address'),
    smtp(found),
    smtp(entry),
  ]).toEqual(['SMTP', 30, 'jean@example.org', 'jean@example.org', 'jean@example.org']);
  outlook.set({ smtpAddressProperty: false });
  const other = session.object('CreateRecipient', 'jean@example.org');
  other.call('Resolve');
  expect([faultOf(() => smtp(other)), faultOf(() => smtp(other.object('AddressEntry')))]).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
});

test('[EC19] what is written on a recipient of a stored item is there at once', () => {
  const outlook = emulatedOutlook();
  const { session, calendar } = lateOutlook(outlook);
  const meeting = calendar.object('Items').object('Add');
  meeting.object('Recipients').call('Add', 'jean@example.org');
  meeting.call('Save');
  const first = (item: Late) => late(item.object('Recipients').call('Item', 1) as Late['raw']);
  const status = `${PROPTAG}0x5FFF0003`;
  first(meeting).object('PropertyAccessor').call('SetProperty', status, 3);
  const fresh = first(session.object('GetItemFromID', meeting.get('EntryID')));
  expect([property(fresh, status), fresh.get('MeetingResponseStatus')]).toEqual([3, 3]);
});

test('an entry that is a contact leads to it', () => {
  const { session, contacts } = world();
  const contact = saved(contacts, { FullName: 'Marie Curie', Email2Address: 'marie@example.org' });
  const entry = session.object('CreateRecipient', 'Marie Curie').object('AddressEntry');
  expect([
    entry.get('AddressEntryUserType'),
    entry.object('GetContact').get('EntryID'),
    entry.call('GetExchangeUser'),
  ]).toEqual([10, contact.get('EntryID'), null]);
});

test('[EO85] CurrentUser is "Unknown" in a profile without accounts', () => {
  const withAccount = world();
  const without = world({ profile: { user: undefined } });
  expect([
    withAccount.session.object('CurrentUser').get('Name'),
    withAccount.session.object('CurrentUser').get('Address'),
  ]).toEqual(['Jean Dupont', 'jean.dupont@example.org']);
  expect([without.session.object('CurrentUser').get('Name'), without.session.object('Accounts').get('Count')]).toEqual([
    'Unknown',
    0,
  ]);
});
