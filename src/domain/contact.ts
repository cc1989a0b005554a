import { atom, inline, keyed, record, renamed, type Shape, scarce } from './shape.ts';
import { RICH_TEXT_SHAPE, type RichText } from './text.ts';
import type { LocalDate } from './time.ts';

export type PersonName = {
  readonly family: string;
  readonly given: string;
  readonly additional: string;
  readonly prefixes: string;
  readonly suffixes: string;
};

export type Place = 'work' | 'home' | 'other';

/** An e-mail address; `primary` marks the one that is used first. The address is lower-case. */
export type Email = { readonly address: string; readonly place: Place; readonly primary: boolean };

/** The nineteen telephone slots of Outlook, by what they are for, and `custom` for any other. */
export type PhoneKind =
  | 'work'
  | 'work2'
  | 'home'
  | 'home2'
  | 'mobile'
  | 'workFax'
  | 'homeFax'
  | 'otherFax'
  | 'pager'
  | 'assistant'
  | 'company'
  | 'car'
  | 'radio'
  | 'callback'
  | 'isdn'
  | 'telex'
  | 'ttytdd'
  | 'primary'
  | 'other';

export type Phone = { readonly number: string; readonly kind: PhoneKind };

/** Outlook's second telephones, by what they are for: other sides just have more than one of those. */
const SECOND_PHONES: ReadonlyMap<PhoneKind, PhoneKind> = new Map([
  ['work2', 'work'],
  ['home2', 'home'],
]);

/** What a kind is for, first and second telephones being for the same. */
export function phoneUse(kind: PhoneKind): PhoneKind {
  return SECOND_PHONES.get(kind) ?? kind;
}

export type Address = {
  readonly place: Place;
  readonly street: string;
  readonly extended: string;
  readonly postOfficeBox: string;
  readonly locality: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
};

export type WebPage = { readonly url: string; readonly place: Place };
/** An instant-messaging handle; `protocol` is lower-case, `im` when unknown. */
export type InstantMessaging = { readonly protocol: string; readonly handle: string };

/** @loss other genders: each side keeps what it has */
export type Gender = 'female' | 'male';

/** A picture, told by its bytes ({@link file://../base/digest.ts} `digestBytes`); the bytes travel beside the contact. */
export type PhotoId = string;

/** A person or organisation in an address book. `emails` of several has one primary, of one or more never none. */
export type Contact = {
  readonly kind: 'contact';
  readonly uid: string;
  readonly name: PersonName;
  /** The name as shown (FN); '' where the side shows none of its own. */
  readonly formattedName: string;
  readonly nickname: string;
  readonly company: string;
  readonly division: string;
  readonly department: string;
  readonly title: string;
  readonly role: string;
  readonly emails: readonly Email[];
  readonly phones: readonly Phone[];
  readonly addresses: readonly Address[];
  readonly webPages: readonly WebPage[];
  readonly instantMessaging: readonly InstantMessaging[];
  readonly birthday: LocalDate | undefined;
  readonly anniversary: LocalDate | undefined;
  readonly gender: Gender | undefined;
  readonly spouse: string;
  readonly manager: string;
  readonly assistant: string;
  readonly note: RichText;
  readonly categories: readonly string[];
  /** X.509 certificates. @units base64 of DER, without line breaks */
  readonly certificates: readonly string[];
  /** The original of the picture, also where a side shows it smaller. */
  readonly photo: PhotoId | undefined;
};

/** A contact of whom nothing is known. */
export const BLANK_CONTACT: Contact = {
  kind: 'contact',
  uid: '',
  name: { family: '', given: '', additional: '', prefixes: '', suffixes: '' },
  formattedName: '',
  nickname: '',
  company: '',
  division: '',
  department: '',
  title: '',
  role: '',
  emails: [],
  phones: [],
  addresses: [],
  webPages: [],
  instantMessaging: [],
  birthday: undefined,
  anniversary: undefined,
  gender: undefined,
  spouse: '',
  manager: '',
  assistant: '',
  note: { plain: '', html: undefined },
  categories: [],
  certificates: [],
  photo: undefined,
};

/** A member of a group: a card of this or another book (`cardUid`), or just a name and an address. */
export type Member = {
  readonly name: string;
  readonly address: string;
  readonly bookUid: string | undefined;
  readonly cardUid: string | undefined;
};

/** A distribution list. */
export type Group = {
  readonly kind: 'group';
  readonly uid: string;
  readonly name: string;
  readonly members: readonly Member[];
  readonly note: RichText;
  readonly categories: readonly string[];
};

/** What an address book holds. */
export type Card = Contact | Group;

/** The uids of the groups in a group: members without an address, of which there are no others. */
export function groupsIn(card: Card): readonly string[] {
  if (card.kind !== 'group') return [];
  return card.members.flatMap(({ address, cardUid }) => (address === '' && cardUid ? [cardUid] : []));
}

const ADDRESS_SHAPE: Shape<Address> = record<Address>({
  place: atom(),
  street: atom(),
  extended: atom(),
  postOfficeBox: atom(),
  locality: atom(),
  region: atom(),
  postalCode: atom(),
  country: atom(),
});

/**
 * How a contact is compared and merged; see {@link Shape}. Keyed entries keep the order of the side they stay on. Entries are
 * records where one side cannot say all of them (Outlook has no place for an e-mail address), so that it does not overwrite the rest.
 */
export const CONTACT_SHAPE: Shape<Contact> = record<Contact>({
  kind: atom(),
  uid: atom(),
  name: record<PersonName>({ family: atom(), given: atom(), additional: atom(), prefixes: atom(), suffixes: atom() }),
  formattedName: atom(),
  nickname: atom(),
  company: atom(),
  division: atom(),
  department: atom(),
  title: atom(),
  role: atom(),
  emails: scarce(
    renamed(
      keyed((email) => email.address, inline(record<Email>({ address: atom(), place: atom(), primary: atom() }))),
    ),
  ),
  phones: scarce(
    renamed(
      keyed(
        (phone) => `${phoneUse(phone.kind)}:${phone.number}`,
        inline(record<Phone>({ number: atom(), kind: atom() })),
      ),
    ),
  ),
  addresses: keyed((address) => address.place, inline(ADDRESS_SHAPE)),
  webPages: scarce(renamed(keyed((page) => page.url, inline(record<WebPage>({ url: atom(), place: atom() }))))),
  instantMessaging: scarce(keyed((im) => `${im.protocol}:${im.handle}`)),
  birthday: atom(),
  anniversary: atom(),
  gender: atom(),
  spouse: atom(),
  manager: atom(),
  assistant: atom(),
  note: RICH_TEXT_SHAPE,
  categories: keyed((category) => category.toLowerCase()),
  certificates: keyed((certificate) => certificate),
  photo: atom(),
});

const MEMBER_SHAPE: Shape<Member> = record<Member>({
  name: atom(),
  address: atom(),
  bookUid: atom(),
  cardUid: atom(),
});

/** How a group is compared and merged; see {@link Shape}. Outlook knows members by their addresses only. */
export const GROUP_SHAPE: Shape<Group> = record<Group>({
  kind: atom(),
  uid: atom(),
  name: atom(),
  members: renamed(
    keyed((member) => member.address || (member.cardUid ?? member.name.toLowerCase()), inline(MEMBER_SHAPE)),
  ),
  note: RICH_TEXT_SHAPE,
  categories: keyed((category) => category.toLowerCase()),
});
