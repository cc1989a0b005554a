import { describe, expect, test } from 'vitest';
import type { Contact, Group } from '../../../domain/contact.ts';
import { aContact } from '../../../domain/testing/samples.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { emptyCard } from '../../vcard/empty-card.ts';
import { bluemindCard, NO_TAGS } from './card.ts';

const BLANK = emptyCard('individual');
const EMPTY = {
  ...BLANK,
  identification: { ...BLANK.identification, formatedName: { value: 'Card', parameters: [] } },
};
const type = (value: string) => ({ label: 'TYPE', value });
const main = { label: 'DEFAULT', value: 'true' };
const own = { label: 'X-NOTE', value: 'kept' };
const withEmails = (...emails: NonNullable<NonNullable<VCard['communications']>['emails']>): VCard => ({
  ...EMPTY,
  communications: { ...EMPTY.communications, emails },
});
const withTels = (...tels: NonNullable<NonNullable<VCard['communications']>['tels']>): VCard => ({
  ...EMPTY,
  communications: { ...EMPTY.communications, tels },
});

function contactOf(card: VCard): Contact {
  return bluemindCard.read(card, 'u1') as Contact;
}

/** The card after an edit of what was read from it. */
function edited(before: VCard, edit: Partial<Contact>): VCard {
  return bluemindCard.write(before, { ...contactOf(before), ...edit }, NO_TAGS);
}

describe('e-mail addresses on the server', () => {
  const before = withEmails(
    { value: 'A@x.test', parameters: [type('work'), own] },
    { value: 'b@x.test', parameters: [type('home'), own] },
    { value: 'not an address', parameters: [] },
  );

  test('the main one is the marked one, or the first', () => {
    const emails = (card: VCard) => contactOf(card).emails.map(({ address, primary }) => `${address} ${primary}`);
    expect(emails(before)).toEqual(['a@x.test true', 'b@x.test false']);
    const marked = withEmails({ value: 'a@x.test', parameters: [] }, { value: 'b@x.test', parameters: [main] });
    expect(emails(marked)).toEqual(['a@x.test false', 'b@x.test true']);
  });

  test('[H29] a corrected address keeps the parameters of its entry, others and junk stay', () => {
    const [a] = contactOf(before).emails;
    const emails = [...(a === undefined ? [] : [a]), { address: 'c@x.test', place: 'home', primary: false } as const];
    expect(edited(before, { emails }).communications?.emails).toEqual([
      { value: 'A@x.test', parameters: [type('work'), own] },
      { value: 'c@x.test', parameters: [type('home'), own] },
      { value: 'not an address', parameters: [] },
    ]);
  });

  test('another main address gets the mark, and only then marks are written', () => {
    const emails = contactOf(before).emails.map((email) => ({ ...email, primary: !email.primary }));
    expect(edited(before, { emails }).communications?.emails).toEqual([
      { value: 'A@x.test', parameters: [type('work'), own] },
      { value: 'b@x.test', parameters: [main, type('home'), own] },
      { value: 'not an address', parameters: [] },
    ]);
  });

  test('[CM20] what the server would refuse is not sent', () => {
    const emails = ['/o=org/cn=jane', 'jane@localhost', 'é@x.test', 'jane@x.test'].map(
      (address) => ({ address, place: 'other', primary: false }) as const,
    );
    expect(bluemindCard.survives(aContact({ emails }))).toMatchObject({
      emails: [{ address: 'jane@x.test', place: 'other', primary: true }],
    });
  });
});

describe('telephones on the server', () => {
  test.each([
    [['work', 'voice'], 'work'],
    [['home', 'voice'], 'home'],
    [['cell', 'voice'], 'mobile'],
    [['cell', 'work'], 'mobile'],
    [['work', 'fax'], 'workFax'],
    [['home', 'fax'], 'homeFax'],
    [['fax'], 'otherFax'],
    [['pager', 'voice'], 'pager'],
    [['assistant', 'voice'], 'assistant'],
    [['company', 'voice'], 'company'],
    [['car', 'voice'], 'car'],
    [['radio', 'voice'], 'radio'],
    [['work', 'voice', 'callback'], 'callback'],
    [['isdn'], 'isdn'],
    [['tlx'], 'telex'],
    [['ttytdd'], 'ttytdd'],
    [['voice'], 'other'],
    [['x-unheard-of'], 'other'],
  ])('%j are read as %s', (words, kind) => {
    expect(contactOf(withTels({ value: '1', parameters: words.map(type) })).phones).toEqual([{ number: '1', kind }]);
  });

  test('the main number without a place is the primary one', () => {
    expect(contactOf(withTels({ value: '1', parameters: [main, type('voice')] })).phones[0]?.kind).toBe('primary');
    expect(contactOf(withTels({ value: '1', parameters: [main, type('work')] })).phones[0]?.kind).toBe('work');
  });

  test('[H29] an edited number keeps its entry, a number of another kind gets other words only', () => {
    const before = withTels({ value: '1', ext: '9', parameters: [type('work'), type('x-desk'), own] });
    const parameters = [type('work'), type('x-desk'), own];
    expect(edited(before, { phones: [{ number: '2', kind: 'work' }] })).toEqual(
      withTels({ value: '2', ext: '9', parameters }),
    );
    expect(edited(before, { phones: [{ number: '1', kind: 'mobile' }] })).toEqual(
      withTels({ value: '1', ext: '9', parameters: [type('cell'), type('voice'), type('x-desk'), own] }),
    );
  });

  test('[CM21] the second and further telephones at work are alike', () => {
    const at = (value: string) => ({ value, parameters: [type('work'), type('voice')] });
    const card = withTels(at('1'), at('2'), at('3'));
    expect(contactOf(card).phones.map((phone) => phone.kind)).toEqual(['work', 'work2', 'work2']);
    expect(
      contactOf(edited(card, { phones: contactOf(card).phones.slice(1) })).phones.map((phone) => phone.kind),
    ).toEqual(['work', 'work2']);
  });
});

describe('the rest of a card', () => {
  test('a card without parts of a name is read by the name shown, and keeps having none', () => {
    const card: VCard = { ...EMPTY, identification: { ...EMPTY.identification, formatedName: { value: 'Roe, Jane' } } };
    expect(contactOf(card).name).toMatchObject({ given: 'Jane', family: 'Roe' });
    expect(edited(card, { nickname: 'J' })).toEqual({
      ...card,
      identification: { ...card.identification, nickname: { value: 'J', parameters: [] } },
    });
  });

  test('the name of an organisation is its company’s', () => {
    const card: VCard = { ...EMPTY, kind: 'org', identification: { formatedName: { value: 'Acme Ltd' } } };
    expect(contactOf(card)).toMatchObject({ company: 'Acme Ltd', name: { given: '', family: '' } });
  });

  test('a card always has a name to show', () => {
    const shown = (members: Partial<Contact>) =>
      bluemindCard.write(undefined, aContact(members), NO_TAGS).identification?.formatedName?.value;
    expect(shown({ name: { given: 'Jane', family: 'Roe', additional: '', prefixes: 'Dr', suffixes: '' } })).toBe(
      'Jane Roe',
    );
    expect(shown({ company: 'Acme', nickname: 'A' })).toBe('Acme');
    expect(shown({ phones: [{ number: '1', kind: 'other' }] })).toBe('1');
    expect(shown({})).toBe('-');
  });

  test('days are midnight UTC, and one of the same day stays as it is', () => {
    const card: VCard = { ...EMPTY, identification: { ...EMPTY.identification, birthday: 320_544_000_001 } };
    expect(contactOf(card).birthday).toBe('1980-02-28');
    expect(edited(card, { anniversary: '2000-02-29' }).identification).toMatchObject({
      birthday: 320_544_000_001,
      anniversary: 951_782_400_000,
    });
    expect(contactOf({ ...EMPTY, identification: { birthday: 79_870_665_600_000 } }).birthday).toBeUndefined();
  });

  test('[H30] a note that says the same words keeps its formatting, other words are plain', () => {
    const card: VCard = { ...EMPTY, explanatory: { ...EMPTY.explanatory, note: '<p>Hello <b>you</b></p>' } };
    const plain = (text: string) => ({ note: { plain: text, html: undefined }, nickname: 'J' });
    expect(edited(card, plain('Hello you')).explanatory?.note).toBe('<p>Hello <b>you</b></p>');
    expect(edited(card, plain('Bye\n<you>')).explanatory?.note).toBe('Bye<br>&lt;you&gt;');
    expect(edited(card, plain('')).explanatory?.note).toBeNull();
  });

  test('[AB15] categories are tags: those that stay keep their reference, new ones are looked up, others not sent', () => {
    const old = { containerUid: 't', itemUid: '1', label: 'Work', color: '0000ff' };
    const gone = { containerUid: 't', itemUid: '9', label: null, color: null };
    const home = { containerUid: 't', itemUid: '2', label: 'Home', color: '00ff00' };
    const card: VCard = { ...EMPTY, explanatory: { ...EMPTY.explanatory, categories: [old, gone] } };
    const context = { tagFor: (label: string) => (label === 'Home' ? home : undefined) };
    const contact = { ...contactOf(card), categories: ['Work', 'Home', 'New'] };
    expect(bluemindCard.write(card, contact, context).explanatory?.categories).toEqual([old, home, gone]);
  });

  test('[H29] a change that Outlook can say leaves photo, certificates, languages and unknown parameters', () => {
    const card: VCard = {
      ...EMPTY,
      source: 'bm://domain/users/1',
      identification: { ...EMPTY.identification, photo: true, gender: { value: 'F', text: null, parameters: [] } },
      communications: { ...EMPTY.communications, langs: [{ value: 'fr', parameters: [] }] },
      deliveryAddressing: [{ address: { value: 'label', parameters: [type('work'), own], locality: 'Lyon' } }],
      security: { keys: [{ value: 'PEM', parameters: [] }] },
    };
    const addresses = contactOf(card).addresses.map((address) => ({ ...address, locality: 'Paris' }));
    const after = edited(card, { addresses, title: 'Chief' });
    expect(after).toMatchObject({
      ...card,
      organizational: { title: 'Chief' },
      deliveryAddressing: [{ address: { value: 'label', parameters: [type('work'), own], locality: 'Paris' } }],
    });
  });
});

test('[H29] entries that say nothing to us stay through an edit of their list', () => {
  const blank = [{ value: ' ', parameters: [own] }];
  const address = (locality: string) => ({ address: { parameters: [], locality } });
  const card: VCard = {
    ...EMPTY,
    deliveryAddressing: [{ address: null }, address('Lyon')],
    communications: {
      tels: [...blank, { value: '1', parameters: [] }],
      emails: [],
      impps: [...blank, { value: 'sip:a', parameters: [] }],
      langs: [],
    },
    explanatory: { ...EMPTY.explanatory, urls: [...blank, { value: 'http://a', parameters: [] }] },
  };
  const after = edited(card, {
    phones: [],
    addresses: [],
    instantMessaging: [],
    webPages: [],
  });
  expect(after.deliveryAddressing).toEqual([{ address: null }]);
  expect([after.communications?.tels, after.communications?.impps, after.explanatory?.urls]).toEqual([
    blank,
    blank,
    blank,
  ]);
});

describe('groups on the server', () => {
  const card: VCard = {
    ...emptyCard('group'),
    identification: { formatedName: { value: 'Team', parameters: [] } },
    organizational: {
      member: [
        { commonName: 'Jane', mailto: 'Jane@x.test', containerUid: 'book', itemUid: 'c1' },
        { commonName: 'Nested', mailto: null, containerUid: null, itemUid: 'g2' },
        { commonName: 'Nobody', mailto: null, containerUid: null, itemUid: null },
      ],
    },
  };

  test('members keep what they point to, new ones are free addresses', () => {
    const group = bluemindCard.read(card, 'u1') as Group;
    expect(group.members).toEqual([
      { name: 'Jane', address: 'jane@x.test', bookUid: 'book', cardUid: 'c1' },
      { name: 'Nested', address: '', bookUid: undefined, cardUid: 'g2' },
    ]);
    const added = { name: 'Ann', address: 'ann@x.test', bookUid: undefined, cardUid: undefined };
    const nested = group.members.filter((member) => member.name === 'Nested');
    expect(bluemindCard.write(card, { ...group, members: [...nested, added] }, NO_TAGS)).toEqual({
      ...card,
      organizational: {
        member: [
          { commonName: 'Nested', mailto: null, containerUid: null, itemUid: 'g2' },
          { commonName: 'Ann', mailto: 'ann@x.test', containerUid: null, itemUid: null },
          { commonName: 'Nobody', mailto: null, containerUid: null, itemUid: null },
        ],
      },
    });
  });

  test('a card that became a group is written anew', () => {
    const group = bluemindCard.read(card, 'u1');
    expect(bluemindCard.write(EMPTY, group, NO_TAGS)).toMatchObject({
      kind: 'group',
      identification: { formatedName: { value: 'Team' } },
    });
  });
});
