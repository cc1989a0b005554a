import { buildFormattedName } from '../../mapping/vcard/formatted-name.ts';
import type {
  Parameter,
  VCard,
  VCardAddress,
  VCardCommunications,
  VCardEmail,
  VCardIdentification,
  VCardKey,
  VCardOrganizational,
} from '../../wire/addressbook.ts';
import { bareFault } from '../kernel/fault.ts';
import type { TagRefs } from '../tags/tag-refs.ts';

/** 2200-01-01T00:00:00Z: Outlook's "no date" is the year 4501. */
const NO_DATE = Date.UTC(2200, 0, 1);

/**
 * The card as the server stores it, whatever the client sent: rules [AB1] to [AB12] of docs/server-contacts.md. Members of groups
 * and the photo mark are not settled here.
 * @throws a bare fault when a list inside a part that is there is null
 */
export function sanitizeCard(card: VCard, tags: TagRefs): VCard {
  const clean: VCard = {
    kind: card.kind ?? null,
    source: card.source ?? null,
    identification: cleanIdentification(card.identification),
    deliveryAddressing: (card.deliveryAddressing ?? []).flatMap(({ address }) =>
      address ? [{ address: cleanAddress(address) }] : [],
    ),
    communications: cleanCommunications(card.communications),
    organizational: cleanOrganizational(card.organizational),
    explanatory: {
      urls: given(card.explanatory, 'urls').map(cleanValue),
      categories: [...tags(given(card.explanatory, 'categories'))],
      note: card.explanatory?.note ?? null,
    },
    related: {
      spouse: card.related?.spouse ?? null,
      manager: card.related?.manager ?? null,
      assistant: card.related?.assistant ?? null,
    },
    security: { keys: cleanKeys(given(card.security, 'keys')) },
  };
  return withFormattedName(clean);
}

/** [AB9] Everything but a group gets a name to show from its parts; a group must bring its own. */
function withFormattedName(card: VCard): VCard {
  const { identification } = card;
  if (card.kind === 'group' || !isBlank(identification?.formatedName?.value)) return card;
  const formatedName = { ...identification?.formatedName, value: buildFormattedName(card) };
  return { ...card, identification: { ...identification, formatedName } };
}

/** [AB2] A list of a part that is there: absent is empty, null makes the original stumble. */
function given<P extends object, K extends keyof P>(part: P | null | undefined, name: K): NonNullable<P[K]> {
  if (part === null || part === undefined || part[name] === undefined) return [] as unknown as NonNullable<P[K]>;
  if (part[name] === null) throw bareFault(`The list ${String(name)} of the card is null.`);
  return part[name];
}

type Valued = {
  readonly value?: string | null | undefined;
  readonly parameters?: readonly Parameter[] | null | undefined;
};

function cleanValue(valued: Valued): { value: string | null; parameters: Parameter[] } {
  return { value: valued.value ?? null, parameters: cleanParameters(valued.parameters) };
}

/** [AB10] Blank parameters go, semicolons inside them too. */
function cleanParameters(parameters: readonly Parameter[] | null | undefined): Parameter[] {
  return (parameters ?? [])
    .map(({ label, value }) => ({ label: label?.replaceAll(';', '') ?? '', value: value?.replaceAll(';', '') ?? '' }))
    .filter(({ label, value }) => !isBlank(label) && !isBlank(value));
}

function cleanIdentification(identification: VCardIdentification | null | undefined): VCardIdentification {
  const { formatedName, name, nickname, gender } = identification ?? {};
  const trimmed = (text: string | null | undefined) => text?.trim() ?? null;
  return {
    formatedName: cleanValue(formatedName ?? {}),
    name: {
      ...cleanValue(name ?? {}),
      familyNames: trimmed(name?.familyNames),
      givenNames: trimmed(name?.givenNames),
      additionalNames: trimmed(name?.additionalNames),
      prefixes: trimmed(name?.prefixes),
      suffixes: trimmed(name?.suffixes),
    },
    // [AB12] The parameters of the nickname are not kept.
    nickname: { value: nickname?.value ?? null, parameters: [] },
    photo: false,
    birthday: cleanDate(identification?.birthday),
    anniversary: cleanDate(identification?.anniversary),
    gender: { ...cleanValue(gender ?? {}), text: gender?.text ?? null },
  };
}

/** [AB11] Days from the year 2200 on are dropped; the others are kept as days, at midnight UTC. */
function cleanDate(date: number | null | undefined): number | null {
  const day = 24 * 60 * 60_000;
  return date === null || date === undefined || date >= NO_DATE ? null : Math.floor(date / day) * day;
}

function cleanAddress(address: VCardAddress): VCardAddress {
  return {
    ...cleanValue(address),
    postOfficeBox: address.postOfficeBox ?? null,
    extentedAddress: address.extentedAddress ?? null,
    streetAddress: address.streetAddress ?? null,
    locality: address.locality ?? null,
    region: address.region ?? null,
    postalCode: address.postalCode ?? null,
    countryName: address.countryName ?? null,
  };
}

function cleanCommunications(communications: VCardCommunications | null | undefined): VCardCommunications {
  return {
    // [AB12] The extension of a number is not kept.
    tels: given(communications, 'tels').map((tel) => ({ ...cleanValue(tel), ext: null })),
    emails: given(communications, 'emails').flatMap(cleanEmail),
    impps: given(communications, 'impps').map(cleanValue),
    langs: given(communications, 'langs').map(cleanValue),
  };
}

/** [AB7] Addresses are lower-case and trimmed, taken out of `Name <address>`; null ones go. */
function cleanEmail(email: VCardEmail): VCardEmail[] {
  if (email.value === null || email.value === undefined) return [];
  return [{ ...cleanValue(email), value: bareAddress(email.value) }];
}

/** The address alone, lower-case. */
export function bareAddress(text: string): string {
  return (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}

function cleanOrganizational(organizational: VCardOrganizational | null | undefined): VCardOrganizational {
  const org = organizational?.org;
  return {
    title: organizational?.title ?? null,
    role: organizational?.role ?? null,
    org: { company: org?.company ?? null, division: org?.division ?? null, department: org?.department ?? null },
    member: [...given(organizational, 'member')],
  };
}

function cleanKeys(keys: readonly VCardKey[]): VCardKey[] {
  return keys.filter((key) => !isBlank(key.value)).map(cleanValue);
}

function isBlank(text: string | null | undefined): boolean {
  return text === null || text === undefined || text.trim() === '';
}
