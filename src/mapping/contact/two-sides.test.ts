import { expect, test } from 'vitest';
import type { Card, Group } from '../../domain/contact.ts';
import { cardKit } from '../../domain/content-kit.ts';
import type { OutlookContact, OutlookDistList } from '../../outlook/model/contact.ts';
import type { VCard, VCardMember } from '../../wire/addressbook.ts';
import { bluemindCard, NO_TAGS } from '../bluemind/contact/card.ts';
import { outlookContact } from '../outlook/contact/contact.ts';
import { outlookDistList } from '../outlook/contact/dist-list.ts';
import { begin, readServer, sync } from '../testing/card-world.ts';
import { emptyCard } from '../vcard/empty-card.ts';

const type = (value: string) => ({ label: 'TYPE', value });
const own = { label: 'X-OWN', value: 'kept' };
const many = <T>(count: number, entry: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => entry(index));

const EMPTY = emptyCard('individual');
/** More of everything than Outlook has slots for. */
const RICH: VCard = {
  ...EMPTY,
  identification: {
    ...EMPTY.identification,
    formatedName: { value: 'Roe, Jane', parameters: [own] },
    name: { familyNames: 'Roe', givenNames: 'Jane', parameters: [own] },
    photo: true,
  },
  communications: {
    emails: many(9, (n) => ({ value: `e${n}@x.test`, parameters: [type(n % 2 === 0 ? 'work' : 'home'), own] })),
    tels: many(12, (n) => ({
      value: `+${n}`,
      parameters: [type(['work', 'home', 'cell'][n % 3] ?? 'work'), type('voice'), own],
    })),
    impps: many(3, (n) => ({ value: `sip:i${n}`, parameters: [own] })),
    langs: [{ value: 'fr', parameters: [] }],
  },
  deliveryAddressing: many(5, (n) => ({
    address: {
      value: `label ${n}`,
      parameters: n === 4 ? [own] : [type(n % 2 === 0 ? 'work' : 'home'), own],
      locality: `City ${n}`,
    },
  })),
  explanatory: {
    urls: many(4, (n) => ({ value: `https://u${n}.test`, parameters: [own] })),
    categories: [],
    note: '<p>One <b>two</b></p>',
  },
  security: { keys: [{ value: 'PEM', parameters: [] }] },
};

test('[H29] a card richer than Outlook survives 100 alternating edits of both sides', () => {
  let world = begin(RICH);
  for (let round = 0; round < 50; round++) {
    world = sync({ ...world, item: outlookEdit(world.item, round) });
    world = sync({
      ...world,
      card: { ...world.card, organizational: { ...world.card.organizational, title: `Job ${round}` } },
    });
  }
  const { card, item } = world;
  expect(card).toEqual({
    ...RICH,
    organizational: { ...RICH.organizational, title: 'Job 49' },
    related: { ...RICH.related, spouse: 'S 49' },
    communications: {
      ...RICH.communications,
      // Corrected fifty times in the second slot: the entry is the same one still.
      emails: RICH.communications?.emails?.map((email, at) => (at === 1 ? { ...email, value: 'new49@x.test' } : email)),
      tels: RICH.communications?.tels?.map((tel, at) => (at === 2 ? { ...tel, value: '+0049' } : tel)),
    },
    deliveryAddressing: RICH.deliveryAddressing?.map(({ address }, at) => ({
      address: {
        ...address,
        ...NO_PARTS,
        locality: at === 0 ? 'Lyon 49' : address?.locality,
        ...(at === 0 ? {} : address),
      },
    })),
  });
  expect(item.text.JobTitle).toBe('Job 49');
  expect(item.emails.map((slot) => slot.address)).toEqual(['e0@x.test', 'new49@x.test', 'e2@x.test']);
  expect(sync(world)).toEqual(world);
});

const NO_PARTS = {
  postOfficeBox: null,
  extentedAddress: null,
  streetAddress: null,
  region: null,
  postalCode: null,
  countryName: null,
};

function outlookEdit(item: OutlookContact, round: number): OutlookContact {
  const [first, , third] = item.emails;
  return {
    ...item,
    emails: [first, { address: `new${round}@x.test`, displayName: 'Mine', type: 'SMTP' }, third],
    phones: { ...item.phones, MobileTelephoneNumber: `+00${round}` },
    business: { ...item.business, city: `Lyon ${round}` },
    text: { ...item.text, Spouse: `S ${round}` },
  };
}

/** A group of the server as Outlook shows it, and what an edit of it there makes of the server's card. */
function groupShown(members: readonly VCardMember[]) {
  const card: VCard = {
    ...emptyCard('group'),
    identification: { formatedName: { value: 'Team', parameters: [] } },
    organizational: { member: [...members] },
  };
  const server = bluemindCard.read(card, 'g1');
  const list = outlookDistList.write(undefined, server as Group);
  const edited = (shown: OutlookDistList['members']) => {
    const merged = cardKit.merge({
      server: { base: server, now: server },
      outlook: { base: outlookDistList.read(list), now: outlookDistList.read({ ...list, members: shown }) },
      prefer: 'server',
    });
    return bluemindCard.write(card, merged.server, NO_TAGS).organizational?.member;
  };
  return { list, edited };
}

test('[H29] a list edited in Outlook changes the members it shows; cards and names of the server stay', () => {
  const members = [
    { commonName: 'Jane Roe', mailto: 'jane@x.test', containerUid: 'book', itemUid: 'c1' },
    { commonName: 'Nested', mailto: null, containerUid: 'book', itemUid: 'g2' },
    { commonName: 'Ann', mailto: 'ann@x.test', containerUid: null, itemUid: null },
  ];
  const { list, edited } = groupShown(members);
  expect(list.members).toEqual([
    { name: 'Jane Roe', address: 'jane@x.test' },
    { name: 'Nested', address: '', list: 'g2' },
    { name: 'Ann', address: 'ann@x.test' },
  ]);
  expect(
    edited([
      { name: 'J. Roe', address: 'jane@x.test' },
      { name: 'Nested', address: '', list: 'g2' },
      { name: 'Bo', address: 'bo@x.test' },
    ]),
  ).toEqual([
    { commonName: 'J. Roe', mailto: 'jane@x.test', containerUid: 'book', itemUid: 'c1' },
    { commonName: 'Nested', mailto: null, containerUid: 'book', itemUid: 'g2' },
    { commonName: 'Bo', mailto: 'bo@x.test', containerUid: null, itemUid: null },
  ]);
});

test('[H29] a list in a list comes and goes by the group that it is; one that is no card yet is left where it is', () => {
  const nested = { commonName: 'Nested', mailto: null, containerUid: 'book', itemUid: 'g2' };
  const { edited } = groupShown([nested]);
  const shown = { name: 'Nested', address: '', list: 'g2' };
  expect(edited([])).toEqual([]);
  expect(edited([shown, { name: 'New', address: '', list: '' }])).toEqual([nested]);
  expect(edited([shown, { name: 'Other', address: '', list: 'g3' }])).toEqual([
    nested,
    { commonName: 'Other', mailto: null, containerUid: null, itemUid: 'g3' },
  ]);
  expect(edited([{ name: 'Unknown', address: '' }, shown])).toEqual([nested]);
});

test('[H29] a slot cleared on either side is cleared on the other', () => {
  const world = begin(RICH);
  const cleared = sync({
    ...world,
    item: { ...world.item, phones: { ...world.item.phones, HomeTelephoneNumber: '' } },
  });
  expect(readServer(cleared.card).phones.map((phone) => phone.number)).not.toContain('+1');
  expect(readServer(cleared.card).phones).toHaveLength(11);
  const tels = world.card.communications?.tels?.filter((tel) => tel.value !== '+2') ?? [];
  const removed = sync({ ...world, card: { ...world.card, communications: { ...world.card.communications, tels } } });
  expect(outlookContact.read(removed.item).phones.map((phone) => phone.number)).not.toContain('+2');
});

test('[H29] two numbers for one use, added on both sides at once, are both kept; Outlook shows the one typed there', () => {
  const { card, item, base } = begin({ ...EMPTY, identification: { formatedName: { value: 'Jane', parameters: [] } } });
  const tels = [{ value: '+1', ext: null, parameters: [type('cell')] }];
  const both = sync({
    card: { ...card, communications: { ...card.communications, tels } },
    item: { ...item, phones: { ...item.phones, MobileTelephoneNumber: '+2' } },
    base,
  });
  expect(
    readServer(both.card)
      .phones.map((phone) => phone.number)
      .sort(),
  ).toEqual(['+1', '+2']);
  expect(both.item.phones.MobileTelephoneNumber).toBe('+2');
  expect(sync(both)).toEqual(both);
});

test('a card from an older memory, without the members that came later, is merged like any other', () => {
  const world = begin(RICH);
  const { certificates: _, photo: _photo, gender: _gender, ...old } = readServer(world.card);
  const base = { ...world.base, server: old as Card };
  expect(sync({ ...world, base }).item).toEqual(world.item);
});
