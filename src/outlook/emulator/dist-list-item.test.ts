import { expect, test } from 'vitest';
import { checksum } from './dist-list-members.ts';
import {
  ADDRESS_SET,
  emulatedOutlook,
  faultOf,
  ID_SET,
  type Late,
  late,
  lateOutlook,
  property,
  reopened,
  saved,
} from './testing/world.ts';

const id = (hex: string) => `${ID_SET}${ADDRESS_SET}/${hex}`;

function world(options: Parameters<typeof emulatedOutlook>[0] = {}) {
  const outlook = emulatedOutlook(options);
  const { session, contacts } = lateOutlook(outlook);
  const list = contacts.object('Items').object('Add', 7);
  list.put('DLName', 'Team');
  const recipient = (typed: string) => {
    const made = session.object('CreateRecipient', typed);
    made.call('Resolve');
    return made;
  };
  const members = (of: Late) =>
    Array.from({ length: Number(of.get('MemberCount')) }, (_, at) => {
      const member = late(of.call('GetMember', at + 1) as Late['raw']);
      return [member.get('Name'), member.get('Address')];
    });
  return { outlook, session, contacts, list, recipient, members };
}

test('[EO80] members are counted from 1, a nested list counts once, and names may end in the address', () => {
  const { session, contacts, list, recipient, members } = world();
  const inner = saved(contacts, { DLName: 'Inner' }, 7);
  inner.call('AddMember', recipient('a@example.org'));
  inner.call('Save');
  list.call('AddMember', recipient('"Dupont, Jean" <jean@example.org>'));
  list.call('AddMember', recipient('Inner'));
  list.call('AddMember', recipient('b@example.org'));
  list.call('Save');
  const fresh = reopened(session, list);
  expect(members(fresh)).toEqual([
    ['Dupont, Jean (jean@example.org)', 'jean@example.org'],
    ['Inner', ''],
    ['b@example.org', 'b@example.org'],
  ]);
  expect([
    fresh.get('MemberCount'),
    faultOf(() => fresh.call('GetMember', 0)),
    faultOf(() => fresh.call('GetMember', 4)),
  ]).toEqual([3, 'BAD_INDEX', 'BAD_INDEX']);
  expect([fresh.get('Subject'), fresh.get('Class'), fresh.get('MessageClass')]).toEqual(['Team', 69, 'IPM.DistList']);
});

test('[EO81] a list over 15,000 bytes is kept in the stream, a smaller one in parallel lists with a checksum', () => {
  const { session, list, recipient, members } = world();
  const add = (count: number) => {
    for (let n = 0; n < count; n++)
      list.call('AddMember', recipient(`somebody.with.a.name.${String(n).padStart(3, '0')}@example.org`));
    list.call('Save');
  };
  add(20);
  const ids = property(list, id('80551102')) as readonly Uint8Array[];
  expect([ids.length, property(list, id('804C0003'))]).toEqual([20, checksum(ids) | 0]);
  expect(faultOf(() => property(list, id('80640102')))).toBe('NOT_FOUND');
  add(150);
  expect([faultOf(() => property(list, id('80551102'))), reopened(session, list).get('MemberCount')]).toEqual([
    'NOT_FOUND',
    170,
  ]);
  expect(members(reopened(session, list)).at(-1)).toEqual([
    'somebody.with.a.name.149@example.org',
    'somebody.with.a.name.149@example.org',
  ]);
  for (let n = 0; n < 150; n++)
    list.call('RemoveMember', recipient(`somebody.with.a.name.${String(n).padStart(3, '0')}@example.org`));
  expect([list.get('MemberCount'), faultOf(() => property(list, id('80640102')))]).toEqual([0, 'NOT_FOUND']);
});

test('the checksum is CRC-32 with seed 0 over all bytes', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'ascii'));
  expect(checksum([])).toBe(0);
  expect(checksum([bytes('12345'), bytes('6789')])).toBe(checksum([bytes('123456789')]));
  expect(checksum([bytes('123456789')])).toBe(0x2dfd2d88);
});

test('a recipient that stands for nothing cannot be added, and a member whose contact is gone is unknown', () => {
  const { session, contacts, list, recipient, members } = world();
  expect(faultOf(() => list.call('AddMember', recipient('Nobody At All')))).toBe('NOT_FOUND');
  const contact = saved(contacts, { FullName: 'Marie Curie', Email1Address: 'marie@example.org' });
  list.call('AddMember', recipient('Marie Curie'));
  list.call('Save');
  expect(members(reopened(session, list))).toEqual([['Marie Curie (marie@example.org)', 'marie@example.org']]);
  contact.call('Delete');
  contact.call('Delete');
  expect(members(reopened(session, list))).toEqual([['Unknown', '']]);
});

test('the same address may be in a list twice; a list of recipients is added and removed at once', () => {
  const { list, recipient, members } = world();
  list.call('AddMember', recipient('a@example.org'));
  list.call('AddMember', recipient('A@example.org'));
  expect(members(list)).toHaveLength(2);
  list.call('RemoveMember', recipient('a@example.org'));
  expect(members(list)).toHaveLength(0);
});
