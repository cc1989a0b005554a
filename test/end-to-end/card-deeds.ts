/** What users do to cards, on the values of each side, and how what they did is told again. */
import type { StoredCard } from '../../src/mapping/bluemind/contact/stored-card.ts';
import { EMPTY_CONTACT, EMPTY_DIST_LIST } from '../../src/mapping/outlook/contact/empty-items.ts';
import { CERTIFICATE } from '../../src/mapping/testing/card-samples.ts';
import { emptyCard } from '../../src/mapping/vcard/empty-card.ts';
import type { OutlookContact, OutlookDistList } from '../../src/outlook/model/contact.ts';
import type { VCard, VCardEmail, VCardTel } from '../../src/wire/addressbook.ts';

/** One text of a contact, on one side's value. */
type Told<V> = { readonly get: (value: V) => string; readonly set: (value: V, text: string) => V };
export type Field = { readonly server: Told<StoredCard>; readonly outlook: Told<OutlookContact> };

const OWN = { label: 'X-OWN', value: 'kept' };
const type = (value: string) => ({ label: 'TYPE', value });

/** Fields of which each side has one. */
export const FIELDS: Readonly<Record<string, Field>> = {
  title: {
    server: onCard(
      (card) => card.organizational?.title,
      (card, title) => ({ ...card, organizational: { ...card.organizational, member: [], title } }),
    ),
    outlook: onText('JobTitle'),
  },
  spouse: {
    server: onCard(
      (card) => card.related?.spouse,
      (card, spouse) => ({ ...card, related: { ...card.related, spouse } }),
    ),
    outlook: onText('Spouse'),
  },
  mobile: {
    server: onCard((card) => (card.communications?.tels ?? []).find(isMobile)?.value, withMobile),
    outlook: {
      get: ({ phones }) => phones.MobileTelephoneNumber,
      set: (item, text) => ({ ...item, phones: { ...item.phones, MobileTelephoneNumber: text } }),
    },
  },
  city: {
    server: onCard((card) => card.deliveryAddressing?.[0]?.address?.locality, withCity),
    outlook: {
      get: ({ business }) => business.city,
      set: (item, city) => ({ ...item, business: { ...item.business, city } }),
    },
  },
  note: {
    server: onCard(
      (card) => (card.explanatory?.note ?? '').replace(/<[^>]*>/g, ''),
      (card, note) => ({ ...card, explanatory: { ...card.explanatory, note: note && `<p>${note}</p>` } }),
    ),
    outlook: { get: ({ body }) => body, set: (item, body) => ({ ...item, body }) },
  },
  photo: {
    server: { get: ({ photo }) => photo ?? '', set: (value, text) => ({ ...value, photo: text || undefined }) },
    outlook: {
      get: ({ picture, tags }) => {
        const [original, shown] = (tags['BlueMindPhoto'] ?? '').split(' ');
        return original && shown === picture ? original : picture;
      },
      set: (item, picture) => ({ ...item, picture }),
    },
  },
};

/** E-mail addresses: the first one names the contact, and nobody touches it. */
export const EMAILS = {
  server: {
    get: ({ card }: StoredCard): readonly string[] =>
      (card.communications?.emails ?? []).map(({ value }) => value ?? ''),
    add: (value: StoredCard, address: string) =>
      withEmails(value, (all) => [...all, { value: address, parameters: [type('work')] }]),
    remove: (value: StoredCard, address: string) =>
      withEmails(value, (all) => all.filter((one) => one.value !== address)),
  },
  outlook: {
    get: ({ emails }: OutlookContact): readonly string[] => emails.map(({ address }) => address).filter(Boolean),
    /** Into the second or third slot: what stood there is gone. */
    put: (item: OutlookContact, slot: 1 | 2, address: string): OutlookContact => {
      const emails = item.emails.map((one, at) => (at === slot ? { address, displayName: '', type: 'SMTP' } : one));
      return { ...item, emails: emails as unknown as OutlookContact['emails'] };
    },
  },
};

export const MEMBERS = {
  server: {
    get: ({ card }: StoredCard): readonly string[] =>
      (card.organizational?.member ?? []).map(({ mailto }) => mailto ?? ''),
    set: ({ card, ...rest }: StoredCard, addresses: readonly string[]): StoredCard => {
      const known = card.organizational?.member ?? [];
      const member = addresses.map(
        (mailto) =>
          known.find((one) => one.mailto === mailto) ?? {
            commonName: mailto,
            mailto,
            containerUid: null,
            itemUid: null,
          },
      );
      return { ...rest, card: { ...card, organizational: { ...card.organizational, member } } };
    },
  },
  outlook: {
    get: ({ members }: OutlookDistList): readonly string[] => members.map(({ address }) => address),
    set: (list: OutlookDistList, addresses: readonly string[]): OutlookDistList => ({
      ...list,
      members: addresses.map(
        (address) => list.members.find((one) => one.address === address) ?? { name: address, address },
      ),
    }),
  },
};

/** A new contact of the server, with more than Outlook can hold where `rich`. */
export function newCard(name: string, rich: boolean): StoredCard {
  const empty = emptyCard('individual');
  const many = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, at) => ({ value: `${prefix}${at}`, parameters: [OWN] }));
  const more = (count: number, suffix: string) =>
    Array.from({ length: count }, (_, at) => ({
      value: `more${at}.${name}${suffix}`,
      parameters: [type('home'), OWN],
    }));
  const card: VCard = {
    ...empty,
    identification: {
      ...empty.identification,
      formatedName: { value: name, parameters: [] },
      gender: { value: 'O', text: null, parameters: [] },
    },
    communications: {
      tels: rich ? many(4, '+9').map((tel) => ({ ...tel, ext: null, parameters: [type('work'), OWN] })) : [],
      emails: [{ value: nameOf(name), parameters: [type('home')] }, ...(rich ? more(5, '@x.test') : [])],
      impps: rich ? many(2, 'sip:i') : [],
      langs: rich ? many(1, 'fr') : [],
    },
    explanatory: { urls: rich ? many(3, 'https://u') : [], categories: [], note: null },
    security: {
      keys: rich
        ? [{ value: `-----BEGIN CERTIFICATE-----\n${CERTIFICATE}\n-----END CERTIFICATE-----`, parameters: [OWN] }]
        : [],
    },
  };
  return { card, photo: undefined };
}

/** What no user here touches and Outlook cannot show: it must be there at the end as it was at the beginning. */
export function untouched({ card }: StoredCard): unknown {
  const { communications, explanatory, security, identification } = card;
  const own = <T extends Pick<VCardEmail, 'parameters'>>(list: readonly T[] | null | undefined) =>
    (list ?? []).filter(({ parameters }) => (parameters ?? []).some(({ label }) => label === OWN.label));
  return [
    own(communications?.tels),
    own(communications?.impps),
    communications?.langs,
    own(explanatory?.urls),
    security,
    identification?.gender,
  ];
}

export function newGroup(name: string): StoredCard {
  const empty = emptyCard('group');
  return {
    card: { ...empty, identification: { ...empty.identification, formatedName: { value: name, parameters: [] } } },
    photo: undefined,
  };
}

export function newContact(name: string): OutlookContact {
  const first = { address: nameOf(name), displayName: '', type: 'SMTP' };
  const none = { address: '', displayName: '', type: '' };
  return {
    ...EMPTY_CONTACT,
    text: { ...EMPTY_CONTACT.text, FirstName: name, FullName: name },
    emails: [first, none, none],
  };
}

export function newList(name: string): OutlookDistList {
  return { ...EMPTY_DIST_LIST, name };
}

/** The address that nobody touches. */
export function nameOf(name: string): string {
  return `${name}@name.test`;
}

function onCard(
  get: (card: VCard) => string | null | undefined,
  set: (card: VCard, text: string) => VCard,
): Told<StoredCard> {
  return { get: ({ card }) => get(card) ?? '', set: (value, text) => ({ ...value, card: set(value.card, text) }) };
}

function onText(member: 'JobTitle' | 'Spouse'): Told<OutlookContact> {
  return {
    get: ({ text }) => text[member],
    set: (item, text) => ({ ...item, text: { ...item.text, [member]: text } }),
  };
}

function isMobile(tel: VCardTel): boolean {
  return (tel.parameters ?? []).some(({ value }) => value === 'cell');
}

/** The first mobile number edited where it stands, added at the end, or removed. */
function withMobile(card: VCard, number: string): VCard {
  const tels = card.communications?.tels ?? [];
  const now = tels.find(isMobile);
  const own = { ext: null, parameters: [type('cell'), type('voice')], ...now, value: number };
  const all = now === undefined ? [...tels, own] : tels.map((tel) => (tel === now ? own : tel));
  return { ...card, communications: { ...card.communications, tels: all.filter(({ value }) => value !== '') } };
}

/** All mobile numbers of a card. */
export function mobilesOf({ card }: StoredCard): readonly string[] {
  return (card.communications?.tels ?? []).filter(isMobile).map(({ value }) => value ?? '');
}

function withCity(card: VCard, locality: string): VCard {
  const [first] = card.deliveryAddressing ?? [];
  const address = { value: null, parameters: [type('work')], ...first?.address, locality: locality || null };
  return { ...card, deliveryAddressing: [{ address }] };
}

function withEmails(value: StoredCard, change: (all: readonly VCardEmail[]) => readonly VCardEmail[]): StoredCard {
  const { card } = value;
  return {
    ...value,
    card: {
      ...card,
      communications: { ...card.communications, emails: [...change(card.communications?.emails ?? [])] },
    },
  };
}
