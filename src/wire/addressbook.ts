/** Cards and address books (IAddressBook, IAddressBooks), spelt as the server spells them. */
import type { Static } from 'typebox';
import { epoch, flag, list, maybe, primitive, shape, text, whole, word } from './schema.ts';
import { TagRef } from './tags.ts';

/**
 * A qualifier of a value. `TYPE` values are lower-case and may repeat (`work` + `voice`);
 * `DEFAULT` = `true` marks the main e-mail, `SYSTEM` a value made by the server.
 */
export const Parameter = shape({ label: maybe(text), value: maybe(text) }, 'Parameter');
export type Parameter = Static<typeof Parameter>;

const valued = { value: maybe(text), parameters: maybe(list(Parameter), []) };

/** The name as shown (FN). */
export const VCardFormatedName = shape(valued, 'VCardFormatedName');
export type VCardFormatedName = Static<typeof VCardFormatedName>;

export const VCardName = shape(
  {
    ...valued,
    familyNames: maybe(text),
    givenNames: maybe(text),
    additionalNames: maybe(text),
    prefixes: maybe(text),
    suffixes: maybe(text),
  },
  'VCardName',
);
export type VCardName = Static<typeof VCardName>;

/** @loss the server drops its parameters */
export const VCardNickname = shape(valued, 'VCardNickname');
export type VCardNickname = Static<typeof VCardNickname>;

/** `value` @units at most 40 characters: longer ones are refused with SQL_ERROR */
export const VCardGender = shape({ ...valued, text: maybe(text) }, 'VCardGender');
export type VCardGender = Static<typeof VCardGender>;

/**
 * Who the card is about.
 * `birthday`, `anniversary` @units milliseconds since 1970 of midnight UTC of the day; years from 2200 on are dropped
 * `photo` is computed by the server: whether a photo exists
 */
export const VCardIdentification = shape(
  {
    formatedName: maybe(VCardFormatedName),
    name: maybe(VCardName),
    nickname: maybe(VCardNickname),
    photo: primitive(flag, false),
    birthday: maybe(epoch),
    anniversary: maybe(epoch),
    gender: maybe(VCardGender),
  },
  'VCardIdentification',
);
export type VCardIdentification = Static<typeof VCardIdentification>;

/** A postal address; `value` is its label, and its place is a `TYPE` parameter (none = other). */
export const VCardAddress = shape(
  {
    ...valued,
    postOfficeBox: maybe(text),
    extentedAddress: maybe(text),
    streetAddress: maybe(text),
    locality: maybe(text),
    region: maybe(text),
    postalCode: maybe(text),
    countryName: maybe(text),
  },
  'VCardAddress',
);
export type VCardAddress = Static<typeof VCardAddress>;

export const VCardDeliveryAddressing = shape({ address: maybe(VCardAddress) }, 'VCardDeliveryAddressing');
export type VCardDeliveryAddressing = Static<typeof VCardDeliveryAddressing>;

/** @loss `ext` never comes back from the server */
export const VCardTel = shape({ ...valued, ext: maybe(text) }, 'VCardTel');
export type VCardTel = Static<typeof VCardTel>;

export const VCardEmail = shape(valued, 'VCardEmail');
export type VCardEmail = Static<typeof VCardEmail>;

/** `value` reads `protocol:handle`. */
export const VCardImpp = shape(valued, 'VCardImpp');
export type VCardImpp = Static<typeof VCardImpp>;

export const VCardLang = shape(valued, 'VCardLang');
export type VCardLang = Static<typeof VCardLang>;

export const VCardCommunications = shape(
  {
    tels: maybe(list(VCardTel), []),
    emails: maybe(list(VCardEmail), []),
    impps: maybe(list(VCardImpp), []),
    langs: maybe(list(VCardLang), []),
  },
  'VCardCommunications',
);
export type VCardCommunications = Static<typeof VCardCommunications>;

export const VCardOrg = shape({ company: maybe(text), division: maybe(text), department: maybe(text) }, 'VCardOrg');
export type VCardOrg = Static<typeof VCardOrg>;

/** A member of a group: it points to a card (`containerUid` + `itemUid`) or stands by its name and mail alone. */
export const VCardMember = shape(
  {
    commonName: maybe(text),
    mailto: maybe(text),
    containerUid: maybe(text),
    itemUid: maybe(text),
  },
  'VCardMember',
);
export type VCardMember = Static<typeof VCardMember>;

export const VCardOrganizational = shape(
  {
    title: maybe(text),
    role: maybe(text),
    org: maybe(VCardOrg),
    member: maybe(list(VCardMember), []),
  },
  'VCardOrganizational',
);
export type VCardOrganizational = Static<typeof VCardOrganizational>;

export const VCardUrl = shape(valued, 'VCardUrl');
export type VCardUrl = Static<typeof VCardUrl>;

/** `note` @units an HTML fragment */
export const VCardExplanatory = shape(
  {
    urls: maybe(list(VCardUrl), []),
    categories: maybe(list(TagRef), []),
    note: maybe(text),
  },
  'VCardExplanatory',
);
export type VCardExplanatory = Static<typeof VCardExplanatory>;

export const VCardRelated = shape(
  { spouse: maybe(text), manager: maybe(text), assistant: maybe(text) },
  'VCardRelated',
);
export type VCardRelated = Static<typeof VCardRelated>;

/** A certificate as PEM text. */
export const VCardKey = shape(valued, 'VCardKey');
export type VCardKey = Static<typeof VCardKey>;

export const VCardSecurity = shape({ keys: maybe(list(VCardKey), []) }, 'VCardSecurity');
export type VCardSecurity = Static<typeof VCardSecurity>;

export const VCardKind = word(['individual', 'group', 'location', 'org']);
export type VCardKind = Static<typeof VCardKind>;

/** A card. `source` links a card of the directory book to its entry (`bm://…`). */
export const VCard = shape(
  {
    kind: maybe(VCardKind),
    source: maybe(text),
    identification: maybe(VCardIdentification),
    deliveryAddressing: maybe(list(VCardDeliveryAddressing), []),
    communications: maybe(VCardCommunications),
    organizational: maybe(VCardOrganizational),
    explanatory: maybe(VCardExplanatory),
    related: maybe(VCardRelated),
    security: maybe(VCardSecurity),
  },
  'VCard',
);
export type VCard = Static<typeof VCard>;

/**
 * One addition or modification of `_mupdates`.
 * `photo` @units base64 of PNG or JPEG; null = keep, '' = delete, bytes = set
 */
export const VCardItemChange = shape({ uid: maybe(text), value: maybe(VCard), photo: maybe(text) }, 'VCardItemChange');
export type VCardItemChange = Static<typeof VCardItemChange>;

/** Body of `_mupdates` and `_sync`. */
export const VCardChanges = shape(
  {
    add: maybe(list(VCardItemChange)),
    modify: maybe(list(VCardItemChange)),
    delete: maybe(list(shape({ uid: maybe(text) }))),
  },
  'VCardChanges',
);
export type VCardChanges = Static<typeof VCardChanges>;

/** What lists and searches show of a card. */
export const VCardInfo = shape(
  {
    kind: maybe(VCardKind),
    mail: maybe(text),
    tel: maybe(text),
    formatedName: maybe(text),
    categories: maybe(list(TagRef), []),
    memberCount: primitive(whole, 0),
    photo: primitive(flag, false),
    source: maybe(text),
    hasSecurityKey: primitive(flag, false),
  },
  'VCardInfo',
);
export type VCardInfo = Static<typeof VCardInfo>;

/** `query` is an Elasticsearch query string over the JSON paths of a card; `size` -1 = all (the default). */
export const VCardQuery = shape(
  {
    from: primitive(whole, 0),
    size: primitive(whole, -1),
    query: maybe(text),
    orderBy: maybe(word(['FormatedName', 'Pertinance'])),
    escapeQuery: primitive(flag, false),
  },
  'VCardQuery',
);
export type VCardQuery = Static<typeof VCardQuery>;
