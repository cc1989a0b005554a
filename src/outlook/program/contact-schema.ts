/** The properties of contacts by the members that show them. @source outlook-objects.md section 6 */
import type { ContactTextMember, PhoneMember, PostalAddress } from '../model/contact.ts';
import { contactId, tag } from './schema-names.ts';

export const CONTACT_TEXT = {
  Title: tag('3A45001F'),
  FirstName: tag('3A06001F'),
  MiddleName: tag('3A44001F'),
  LastName: tag('3A11001F'),
  Suffix: tag('3A05001F'),
  FullName: tag('3001001F'),
  FileAs: contactId('8005001F'),
  NickName: tag('3A4F001F'),
  CompanyName: tag('3A16001F'),
  Department: tag('3A18001F'),
  JobTitle: tag('3A17001F'),
  OfficeLocation: tag('3A19001F'),
  Profession: tag('3A46001F'),
  ManagerName: tag('3A4E001F'),
  AssistantName: tag('3A30001F'),
  Spouse: tag('3A48001F'),
  WebPage: contactId('802B001F'),
  PersonalHomePage: tag('3A50001F'),
  IMAddress: contactId('8062001F'),
} as const satisfies Record<ContactTextMember, string>;

export const CONTACT_PHONE = {
  BusinessTelephoneNumber: tag('3A08001F'),
  Business2TelephoneNumber: tag('3A1B001F'),
  HomeTelephoneNumber: tag('3A09001F'),
  Home2TelephoneNumber: tag('3A2F001F'),
  MobileTelephoneNumber: tag('3A1C001F'),
  BusinessFaxNumber: tag('3A24001F'),
  HomeFaxNumber: tag('3A25001F'),
  OtherFaxNumber: tag('3A23001F'),
  PagerNumber: tag('3A21001F'),
  AssistantTelephoneNumber: tag('3A2E001F'),
  CompanyMainTelephoneNumber: tag('3A57001F'),
  CarTelephoneNumber: tag('3A1E001F'),
  RadioTelephoneNumber: tag('3A1D001F'),
  CallbackTelephoneNumber: tag('3A02001F'),
  ISDNNumber: tag('3A2D001F'),
  TelexNumber: tag('3A2C001F'),
  TTYTDDTelephoneNumber: tag('3A4B001F'),
  PrimaryTelephoneNumber: tag('3A1A001F'),
  OtherTelephoneNumber: tag('3A1F001F'),
} as const satisfies Record<PhoneMember, string>;

export type AddressKind = 'business' | 'home' | 'other';
export const ADDRESS_KINDS: readonly AddressKind[] = ['business', 'home', 'other'];

/** The members of a postal address end in these words, after `BusinessAddress`, `HomeAddress` or `OtherAddress`. */
export const ADDRESS_PARTS = {
  street: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'PostalCode',
  country: 'Country',
  postOfficeBox: 'PostOfficeBox',
} as const satisfies Record<keyof PostalAddress, string>;

export const CONTACT_ADDRESS = {
  business: {
    street: contactId('8045001F'),
    city: contactId('8046001F'),
    state: contactId('8047001F'),
    postalCode: contactId('8048001F'),
    country: contactId('8049001F'),
    postOfficeBox: contactId('804A001F'),
  },
  home: {
    street: tag('3A5D001F'),
    city: tag('3A59001F'),
    state: tag('3A5C001F'),
    postalCode: tag('3A5B001F'),
    country: tag('3A5A001F'),
    postOfficeBox: tag('3A5E001F'),
  },
  other: {
    street: tag('3A63001F'),
    city: tag('3A5F001F'),
    state: tag('3A62001F'),
    postalCode: tag('3A61001F'),
    country: tag('3A60001F'),
    postOfficeBox: tag('3A64001F'),
  },
} as const satisfies Record<AddressKind, Record<keyof PostalAddress, string>>;

/** `original` holds the SMTP address of an entry of type EX. */
export const CONTACT_EMAIL = [
  {
    address: contactId('8083001F'),
    displayName: contactId('8080001F'),
    type: contactId('8082001F'),
    original: contactId('8084001F'),
  },
  {
    address: contactId('8093001F'),
    displayName: contactId('8090001F'),
    type: contactId('8092001F'),
    original: contactId('8094001F'),
  },
  {
    address: contactId('80A3001F'),
    displayName: contactId('80A0001F'),
    type: contactId('80A2001F'),
    original: contactId('80A4001F'),
  },
] as const;

export const CONTACT_OTHER = {
  selectedMailingAddress: contactId('80220003'),
  /** The dates without any zone; the properties behind the members shift with the zone of Windows. */
  birthdayLocal: contactId('80DE0040'),
  anniversaryLocal: contactId('80DF0040'),
  gender: tag('3A4D0002'),
  certificates: tag('3A701102'),
  hasPicture: contactId('8015000B'),
} as const;

/** Properties of contacts and lists that a data file has and the members of the object model show otherwise. */
export const CONTACT_IN_FILE = {
  displayName: tag('3001001F'),
  birthday: tag('3A420040'),
  anniversary: tag('3A410040'),
  listName: contactId('8053001F'),
  listOneOffs: contactId('80541102'),
  listMembers: contactId('80551102'),
} as const;

/** Of an attachment: whether it is the picture of its contact, and its bytes. @source MS-OXOCNTC 2.2.1.8 */
export const ATTACHMENT = { contactPhoto: tag('7FFF000B'), data: tag('37010102') } as const;

/** "No date" in the object model. @source outlook-objects.md 6.4 */
export const NO_DATE = '4501-01-01T00:00:00';
