import { describe, expect, test } from 'vitest';
import type { Contact, Email, Group, Phone } from '../../../domain/contact.ts';
import { aContact } from '../../../domain/testing/samples.ts';
import type { EmailSlot, OutlookContact } from '../../../outlook/model/contact.ts';
import { blankCard, fitsCard, outlookCard } from './card.ts';
import { outlookContact } from './contact.ts';
import { outlookDistList } from './dist-list.ts';
import { EMPTY_CONTACT, EMPTY_DIST_LIST } from './empty-items.ts';

const slot = (address: string, displayName = `D ${address}`): EmailSlot => ({ address, displayName, type: 'SMTP' });
const NONE: EmailSlot = { address: '', displayName: '', type: '' };
const email = (address: string, primary = false): Email => ({ address, place: 'other', primary });
const item = (members: Partial<OutlookContact>): OutlookContact => ({ ...EMPTY_CONTACT, ...members });
const texts = (members: Partial<OutlookContact['text']>) => item({ text: { ...EMPTY_CONTACT.text, ...members } });

/** The item after an edit of what was read from it. */
function edited(before: OutlookContact, edit: Partial<Contact>): OutlookContact {
  return outlookContact.write(before, { ...outlookContact.read(before), ...edit });
}

describe('names in Outlook', () => {
  test('[H29] FileAs is never written, and the full name only as Outlook makes it', () => {
    const before = texts({ FirstName: 'Jane', LastName: 'Roe', FullName: 'Jane Roe (old)', FileAs: 'Roe @ Acme' });
    const name = { given: 'Jane', family: 'Poe', additional: '', prefixes: 'Dr', suffixes: '' };
    expect(edited(before, { name, formattedName: 'Doctor Poe' }).text).toEqual({
      ...before.text,
      LastName: 'Poe',
      Title: 'Dr',
      FullName: 'Dr Jane Poe',
    });
    expect(edited(before, { formattedName: 'Anything' })).toEqual(before);
  });

  test('a name that is only shown is taken apart, one that is the company’s is not', () => {
    const person = outlookContact.write(undefined, aContact({ formattedName: 'Jane van Roe' }));
    expect([person.text.FirstName, person.text.LastName, person.text.FullName]).toEqual([
      'Jane van',
      'Roe',
      'Jane van Roe',
    ]);
    const nick = outlookContact.write(undefined, aContact({ formattedName: 'Bobby Brown', nickname: 'Bobby Brown' }));
    expect(nick.text.FullName).toBe('Bobby Brown');
    const company = outlookContact.write(undefined, aContact({ formattedName: 'Acme Ltd', company: 'Acme Ltd' }));
    expect([company.text.FirstName, company.text.FullName, company.text.CompanyName]).toEqual(['', '', 'Acme Ltd']);
  });

  test('what only stands in for a name is not taken for one', () => {
    const phones = { ...EMPTY_CONTACT.phones, MobileTelephoneNumber: '1' };
    const read = outlookContact.read(item({ phones, text: { ...EMPTY_CONTACT.text, FullName: '1' } }));
    expect([read.formattedName, read.name.given]).toEqual(['', '']);
    expect(outlookContact.write(undefined, { ...read, formattedName: '1' }).text.FullName).toBe('');
  });
});

describe('e-mail slots', () => {
  const before = item({ emails: [slot('A@x.test'), slot('b@x.test'), slot('c@x.test')] });

  test('[H29] an edit touches its slot only, and Outlook makes the display name of the new address', () => {
    const emails = [email('a@x.test', true), email('new@x.test'), email('c@x.test')];
    expect(edited(before, { emails }).emails).toEqual([
      slot('A@x.test'),
      { address: 'new@x.test', displayName: '', type: 'SMTP' },
      slot('c@x.test'),
    ]);
  });

  test('[H29] a removed address leaves its slot empty, the others where they are', () => {
    expect(edited(before, { emails: [email('b@x.test', true), email('c@x.test')] }).emails).toEqual([
      NONE,
      slot('b@x.test'),
      slot('c@x.test'),
    ]);
  });

  test('[H29] with a free slot before it, an edited address still takes the place of the old one', () => {
    const gap = item({ emails: [NONE, slot('b@x.test'), slot('c@x.test')] });
    expect(edited(gap, { emails: [email('b@x.test', true), email('new@x.test')] }).emails).toEqual([
      NONE,
      slot('b@x.test'),
      { address: 'new@x.test', displayName: '', type: 'SMTP' },
    ]);
  });

  test('another primary address changes places with the first one, with its display name', () => {
    const emails = [email('a@x.test'), email('b@x.test'), email('c@x.test', true)];
    expect(edited(before, { emails }).emails).toEqual([slot('c@x.test'), slot('b@x.test'), slot('A@x.test')]);
  });

  test('[CM1] of more than three addresses the primary one and the first two others are shown', () => {
    const emails = ['1@x.test', '2@x.test', '3@x.test', '4@x.test'].map((one) => email(one, one === '4@x.test'));
    const written = outlookContact.write(undefined, aContact({ emails }));
    expect(written.emails.map((one) => one.address)).toEqual(['4@x.test', '1@x.test', '2@x.test']);
  });
});

describe('telephones, addresses and the rest', () => {
  const phone = (kind: Phone['kind'], number: string): Phone => ({ kind, number });

  test('[H29] a telephone is written into its slot, others are not touched', () => {
    const before = item({ phones: { ...EMPTY_CONTACT.phones, MobileTelephoneNumber: ' 1 ', PagerNumber: '2' } });
    expect(edited(before, { phones: [phone('mobile', '1'), phone('work2', '3')] }).phones).toEqual({
      ...EMPTY_CONTACT.phones,
      MobileTelephoneNumber: ' 1 ',
      Business2TelephoneNumber: '3',
    });
  });

  test('[CM3] a second number of one kind takes the free place beside it, a third stays on the server', () => {
    const phones = ['1', '2', '3'].map((number) => phone('work2', number));
    expect(outlookContact.survives(aContact({ phones })).phones).toEqual([phone('work', '2'), phone('work2', '1')]);
  });

  test('an edit of a city leaves the street as the user wrote it, and the mailing choice', () => {
    const business = { ...EMPTY_CONTACT.business, street: ' 1 main st \r\n2nd floor\r\n', city: 'Lyon' };
    const before = item({ business, selectedMailingAddress: 1 });
    const [address] = outlookContact.read(before).addresses;
    expect(address?.street).toBe('1 main st\n2nd floor');
    const after = edited(before, { addresses: address === undefined ? [] : [{ ...address, locality: 'Paris' }] });
    expect(after).toEqual({ ...before, business: { ...business, city: 'Paris' } });
  });

  test('the first address of a contact becomes its mailing address', () => {
    const home = {
      place: 'home',
      street: 'S',
      extended: '',
      postOfficeBox: '',
      locality: '',
      region: '',
      postalCode: '',
      country: '',
    } as const;
    expect(outlookContact.write(undefined, aContact({ addresses: [home] })).selectedMailingAddress).toBe(1);
    const chosen = item({ selectedMailingAddress: 3 });
    expect(edited(chosen, { addresses: [home] }).selectedMailingAddress).toBe(3);
  });

  test('a web page of no place is shown as the web page, unless there is one of work', () => {
    const webPages = [
      { url: 'http://o', place: 'other' },
      { url: 'http://h', place: 'home' },
    ] as const;
    const { text } = outlookContact.write(undefined, aContact({ webPages }));
    expect([text.WebPage, text.PersonalHomePage]).toEqual(['http://o', 'http://h']);
    const both = aContact({ webPages: [...webPages, { url: 'http://w', place: 'work' }] });
    expect(outlookContact.write(undefined, both).text.WebPage).toBe('http://w');
  });

  test('messaging addresses say their protocol unless it is the general one', () => {
    const written = (protocol: string, handle: string) =>
      outlookContact.write(undefined, aContact({ instantMessaging: [{ protocol, handle }] })).text.IMAddress;
    expect([written('sip', 'a@x'), written('im', 'a@x'), written('im', 'sip:a')]).toEqual([
      'sip:a@x',
      'a@x',
      'im:sip:a',
    ]);
  });

  test('[CM11] days that Outlook cannot hold are no days, and Outlook’s own none is none', () => {
    expect(outlookContact.survives(aContact({ birthday: '1599-12-31', anniversary: '1604-05-06' }))).toMatchObject({
      birthday: undefined,
      anniversary: '1604-05-06',
    });
    expect(outlookContact.read(item({ birthday: '4501-01-01' })).birthday).toBeUndefined();
  });

  test('[H30] a body that says the same words is left as it is', () => {
    const before = item({ body: 'Hello \r\nworld\r\n' });
    const note = { plain: 'Hello\nworld', html: '<b>Hello</b><br>world' };
    expect(edited(before, { note, nickname: 'J' }).body).toBe(before.body);
    expect(edited(before, { note: { plain: 'Bye\n!', html: undefined } }).body).toBe('Bye\r\n!');
  });

  test('[H30] category names lose what separates Outlook’s lists, and come once whatever their letter case', () => {
    const after = edited(item({ categories: ['Work'] }), { categories: ['Work', 'a;b,c', 'A B C'] });
    expect(after.categories).toEqual(['Work', 'a b c']);
  });

  test('[H22] the uid is the token that the connector put, or a tag of its own', () => {
    expect(outlookContact.read(item({ tags: { BlueMindToken: 'u1' } })).uid).toBe('u1');
    expect(outlookContact.write(item({ tags: { BlueMindToken: 'u1' } }), aContact({ uid: 'u1' })).tags).toEqual({
      BlueMindToken: 'u1',
    });
    expect(outlookContact.write(undefined, aContact({ uid: 'u2' })).tags).toEqual({ BlueMindUid: 'u2' });
  });
});

describe('distribution lists', () => {
  const members: Group['members'] = [
    { name: 'Jane', address: 'jane@x.test', bookUid: undefined, cardUid: undefined },
    { name: 'Ann', address: 'ann@x.test', bookUid: undefined, cardUid: undefined },
  ];
  const list = {
    ...EMPTY_DIST_LIST,
    name: 'Team',
    members: [
      { name: 'Jane (Jane@x.test)', address: 'Jane@x.test' },
      { name: 'Nested list', address: '' },
    ],
  };

  test('[H29] members that stay are not touched, those without an address stay unread', () => {
    const group = outlookDistList.read(list);
    expect(group.members).toEqual(members.slice(0, 1));
    expect(outlookDistList.write(list, { ...group, members }).members).toEqual([
      { name: 'Jane (Jane@x.test)', address: 'Jane@x.test' },
      { name: 'Ann', address: 'ann@x.test' },
      { name: 'Nested list', address: '' },
    ]);
  });

  test('cards are contacts or lists, and none becomes the other', () => {
    const group: Group = {
      kind: 'group',
      uid: '',
      name: 'Team',
      members,
      note: { plain: '', html: undefined },
      categories: [],
    };
    expect(blankCard(group)).toBe(EMPTY_DIST_LIST);
    expect([fitsCard(list, group), fitsCard(EMPTY_CONTACT, group)]).toEqual([true, false]);
    expect(outlookCard.read(outlookCard.write(blankCard(group), group))).toEqual(group);
    expect(() => outlookCard.write(EMPTY_CONTACT, group)).toThrow('bug');
  });
});
