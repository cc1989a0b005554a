/** Cards and address books (IAddressBook, IAddressBooks, IAddressBooksMgmt), spelt as the server spells them. */
import { type Static, Type } from 'typebox';
import { maybe, maybeList, record } from './lenient.ts';
import { TagRef } from './tags.ts';

const text = () => maybe(Type.String());

/**
 * A qualifier of a value. `TYPE` values are lower-case and may repeat (`work` + `voice`);
 * `DEFAULT` = `true` marks the main e-mail, `SYSTEM` a value made by the server.
 */
export const Parameter = record({ label: text(), value: text() });
export type Parameter = Static<typeof Parameter>;

const valued = { value: text(), parameters: maybeList(Parameter) };

/** The name as shown (FN). */
export const VCardFormatedName = record(valued);
export type VCardFormatedName = Static<typeof VCardFormatedName>;

export const VCardName = record({
  ...valued,
  familyNames: text(),
  givenNames: text(),
  additionalNames: text(),
  prefixes: text(),
  suffixes: text(),
});
export type VCardName = Static<typeof VCardName>;

/** @loss the server drops its parameters */
export const VCardNickname = record(valued);
export type VCardNickname = Static<typeof VCardNickname>;

/** `value` @units at most 40 characters: longer ones are refused with SQL_ERROR */
export const VCardGender = record({ ...valued, text: text() });
export type VCardGender = Static<typeof VCardGender>;

/**
 * Who the card is about.
 * `birthday`, `anniversary` @units milliseconds since 1970 of midnight UTC of the day; years from 2200 on are dropped
 * `photo` is computed by the server: whether a photo exists
 */
export const VCardIdentification = record({
  formatedName: maybe(VCardFormatedName),
  name: maybe(VCardName),
  nickname: maybe(VCardNickname),
  photo: maybe(Type.Boolean()),
  birthday: maybe(Type.Integer()),
  anniversary: maybe(Type.Integer()),
  gender: maybe(VCardGender),
});
export type VCardIdentification = Static<typeof VCardIdentification>;

/** A postal address; `value` is its label, and its place is a `TYPE` parameter (none = other). */
export const VCardAddress = record({
  ...valued,
  postOfficeBox: text(),
  extentedAddress: text(),
  streetAddress: text(),
  locality: text(),
  region: text(),
  postalCode: text(),
  countryName: text(),
});
export type VCardAddress = Static<typeof VCardAddress>;

export const VCardDeliveryAddressing = record({ address: maybe(VCardAddress) });
export type VCardDeliveryAddressing = Static<typeof VCardDeliveryAddressing>;

/** @loss `ext` never comes back from the server */
export const VCardTel = record({ ...valued, ext: text() });
export type VCardTel = Static<typeof VCardTel>;

export const VCardEmail = record(valued);
export type VCardEmail = Static<typeof VCardEmail>;

/** `value` reads `protocol:handle`. */
export const VCardImpp = record(valued);
export type VCardImpp = Static<typeof VCardImpp>;

export const VCardLang = record(valued);
export type VCardLang = Static<typeof VCardLang>;

export const VCardCommunications = record({
  tels: maybeList(VCardTel),
  emails: maybeList(VCardEmail),
  impps: maybeList(VCardImpp),
  langs: maybeList(VCardLang),
});
export type VCardCommunications = Static<typeof VCardCommunications>;

export const VCardOrg = record({ company: text(), division: text(), department: text() });
export type VCardOrg = Static<typeof VCardOrg>;

/** A member of a group: it points to a card (`containerUid` + `itemUid`) or stands by its name and mail alone. */
export const VCardMember = record({
  commonName: text(),
  mailto: text(),
  containerUid: text(),
  itemUid: text(),
});
export type VCardMember = Static<typeof VCardMember>;

export const VCardOrganizational = record({
  title: text(),
  role: text(),
  org: maybe(VCardOrg),
  member: maybeList(VCardMember),
});
export type VCardOrganizational = Static<typeof VCardOrganizational>;

export const VCardUrl = record(valued);
export type VCardUrl = Static<typeof VCardUrl>;

/** `note` @units an HTML fragment */
export const VCardExplanatory = record({
  urls: maybeList(VCardUrl),
  categories: maybeList(TagRef),
  note: text(),
});
export type VCardExplanatory = Static<typeof VCardExplanatory>;

export const VCardRelated = record({ spouse: text(), manager: text(), assistant: text() });
export type VCardRelated = Static<typeof VCardRelated>;

/** A certificate as PEM text. */
export const VCardKey = record(valued);
export type VCardKey = Static<typeof VCardKey>;

export const VCardSecurity = record({ keys: maybeList(VCardKey) });
export type VCardSecurity = Static<typeof VCardSecurity>;

export const VCARD_KINDS = ['individual', 'group', 'location', 'org'] as const;
export const VCardKind = Type.Union([
  Type.Literal('individual'),
  Type.Literal('group'),
  Type.Literal('location'),
  Type.Literal('org'),
]);
export type VCardKind = Static<typeof VCardKind>;

/** A card. `source` links a card of the directory book to its entry (`bm://…`). */
export const VCard = record({
  kind: maybe(VCardKind),
  source: text(),
  identification: maybe(VCardIdentification),
  deliveryAddressing: maybeList(VCardDeliveryAddressing),
  communications: maybe(VCardCommunications),
  organizational: maybe(VCardOrganizational),
  explanatory: maybe(VCardExplanatory),
  related: maybe(VCardRelated),
  security: maybe(VCardSecurity),
});
export type VCard = Static<typeof VCard>;

/**
 * One addition or modification of `_mupdates`.
 * `photo` @units base64 of PNG or JPEG; null = keep, '' = delete, bytes = set
 */
export const VCardItemChange = record({ uid: text(), value: maybe(VCard), photo: text() });
export type VCardItemChange = Static<typeof VCardItemChange>;

/** Body of `_mupdates` and `_sync`. */
export const VCardChanges = record({
  add: maybeList(VCardItemChange),
  modify: maybeList(VCardItemChange),
  delete: maybeList(record({ uid: text() })),
});
export type VCardChanges = Static<typeof VCardChanges>;

/** What lists and searches show of a card. */
export const VCardInfo = record({
  kind: maybe(VCardKind),
  mail: text(),
  tel: text(),
  formatedName: text(),
  categories: maybeList(TagRef),
  memberCount: maybe(Type.Integer()),
  photo: maybe(Type.Boolean()),
  source: text(),
  hasSecurityKey: maybe(Type.Boolean()),
});
export type VCardInfo = Static<typeof VCardInfo>;

/** `query` is an Elasticsearch query string over the JSON paths of a card; `size` -1 = all (the default). */
export const VCardQuery = record({
  from: maybe(Type.Integer()),
  size: maybe(Type.Integer()),
  query: text(),
  orderBy: maybe(Type.Union([Type.Literal('FormatedName'), Type.Literal('Pertinance')])),
  escapeQuery: maybe(Type.Boolean()),
});
export type VCardQuery = Static<typeof VCardQuery>;

/** An address book as `mgmt/addressbooks` creates, renames and describes it. */
export const AddressBookDescriptor = record({
  name: text(),
  domainUid: text(),
  owner: text(),
  system: maybe(Type.Boolean()),
  settings: maybe(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
  orgUnitUid: text(),
  expectedId: maybe(Type.Integer()),
});
export type AddressBookDescriptor = Static<typeof AddressBookDescriptor>;
