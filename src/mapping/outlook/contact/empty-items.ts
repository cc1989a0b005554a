import {
  CONTACT_TEXT_MEMBERS,
  type ContactTextMember,
  type OutlookContact,
  type OutlookDistList,
  PHONE_MEMBERS,
  type PhoneMember,
} from '../../../outlook/model/contact.ts';

const NO_EMAIL = { address: '', displayName: '', type: '' };
const NO_ADDRESS = { street: '', city: '', state: '', postalCode: '', country: '', postOfficeBox: '' };

/** A contact as Outlook makes a new one. */
export const EMPTY_CONTACT: OutlookContact = {
  text: blanks<ContactTextMember>(CONTACT_TEXT_MEMBERS),
  phones: blanks<PhoneMember>(PHONE_MEMBERS),
  emails: [NO_EMAIL, NO_EMAIL, NO_EMAIL],
  business: NO_ADDRESS,
  home: NO_ADDRESS,
  other: NO_ADDRESS,
  selectedMailingAddress: 0,
  birthday: undefined,
  anniversary: undefined,
  gender: 0,
  certificates: [],
  picture: '',
  body: '',
  categories: [],
  tags: {},
};

/** A distribution list as Outlook makes a new one. */
export const EMPTY_DIST_LIST: OutlookDistList = { name: '', members: [], body: '', categories: [], tags: {} };

function blanks<K extends string>(members: readonly K[]): Readonly<Record<K, string>> {
  return Object.fromEntries(members.map((member) => [member, ''])) as Record<K, string>;
}
