/** ContactItem. @source outlook-objects.md section 6 */
import { bool, text } from './arguments.ts';
import { CONTACT_ADDRESS_COLUMNS, CONTACT_ADDRESS_MEMBERS } from './contact-addresses.ts';
import { CONTACT_DATE_KEYS, CONTACT_DATE_MEMBERS, dropDateEvents, settleDateEvents } from './contact-dates.ts';
import { CONTACT_EMAIL_COLUMNS, CONTACT_EMAIL_GUARDED, CONTACT_EMAIL_MEMBERS, settleEmails } from './contact-emails.ts';
import { CONTACT_NAME_MEMBERS, NAME_TEXTS, startNames } from './contact-name-members.ts';
import { CONTACT_PICTURE_MEMBERS, settlePicture } from './contact-picture.ts';
import type { Member, MemberTable } from './dispatch.ts';
import { fail } from './fault.ts';
import type { Column, ItemClass } from './item-class.ts';
import { joinList, splitList } from './list-text.ts';
import type { LiveItem } from './live-item.ts';
import { textMember } from './member-kinds.ts';
import { named, PROP, type PropKey, PSETID, PT, tag } from './property.ts';

const contact = (id: number) => named(PSETID.address, id);

/** Members that are one text property each. */
const TEXTS: Readonly<Record<string, PropKey>> = {
  Account: tag(0x3a00),
  AssistantName: tag(0x3a30),
  AssistantTelephoneNumber: tag(0x3a2e),
  BillingInformation: PROP.billing,
  Business2TelephoneNumber: tag(0x3a1b),
  BusinessFaxNumber: tag(0x3a24),
  BusinessTelephoneNumber: tag(0x3a08),
  CallbackTelephoneNumber: tag(0x3a02),
  CarTelephoneNumber: tag(0x3a1e),
  CompanyMainTelephoneNumber: tag(0x3a57),
  ComputerNetworkName: tag(0x3a49),
  CustomerID: tag(0x3a4a),
  Department: tag(0x3a18),
  FTPSite: tag(0x3a4c),
  GovernmentIDNumber: tag(0x3a07),
  Hobby: tag(0x3a43),
  Home2TelephoneNumber: tag(0x3a2f),
  HomeFaxNumber: tag(0x3a25),
  HomeTelephoneNumber: tag(0x3a09),
  IMAddress: contact(0x8062),
  Initials: tag(0x3a0a),
  InternetFreeBusyAddress: contact(0x80d8),
  ISDNNumber: tag(0x3a2d),
  JobTitle: tag(0x3a17),
  Language: tag(0x3a0c),
  ManagerName: tag(0x3a4e),
  Mileage: PROP.mileage,
  MobileTelephoneNumber: tag(0x3a1c),
  NickName: tag(0x3a4f),
  OfficeLocation: tag(0x3a19),
  OrganizationalIDNumber: tag(0x3a10),
  OtherFaxNumber: tag(0x3a23),
  OtherTelephoneNumber: tag(0x3a1f),
  PagerNumber: tag(0x3a21),
  PersonalHomePage: tag(0x3a50),
  PrimaryTelephoneNumber: tag(0x3a1a),
  Profession: tag(0x3a46),
  RadioTelephoneNumber: tag(0x3a1d),
  ReferredBy: tag(0x3a47),
  Spouse: tag(0x3a48),
  TelexNumber: tag(0x3a2c),
  TTYTDDTelephoneNumber: tag(0x3a4b),
  User1: contact(0x804f),
  User2: contact(0x8050),
  User3: contact(0x8051),
  User4: contact(0x8052),
  YomiFirstName: contact(0x802c),
  YomiLastName: contact(0x802d),
  YomiCompanyName: contact(0x802e),
};

const HTML_PAGE = contact(0x802b);
const BUSINESS_PAGE = tag(0x3a51);
const GENDER = tag(0x3a4d);
const JOURNAL = contact(0x8025);
const CHILDREN = tag(0x3a58);

/** WebPage and BusinessHomePage are one page under two names. */
const WEB_PAGE: Member<LiveItem> = {
  get: (item) => item.bag.text(HTML_PAGE),
  put: (item, value) => {
    item.bag.setText(HTML_PAGE, text(value));
    item.bag.setText(BUSINESS_PAGE, text(value));
  },
};

/** One text above, several values below. */
function listMember(key: PropKey): Member<LiveItem> {
  return {
    get: (item) => joinList(item.bag.texts(key), item.session.locale()),
    put: (item, value) => item.bag.setTexts(key, splitList(text(value), item.session.locale())),
  };
}

const MEMBERS: MemberTable<LiveItem> = {
  ...Object.fromEntries(Object.entries(TEXTS).map(([name, key]) => [name, textMember(key)])),
  ...CONTACT_NAME_MEMBERS,
  ...CONTACT_EMAIL_MEMBERS,
  ...CONTACT_ADDRESS_MEMBERS,
  ...CONTACT_DATE_MEMBERS,
  ...CONTACT_PICTURE_MEMBERS,
  WebPage: WEB_PAGE,
  BusinessHomePage: WEB_PAGE,
  Children: listMember(CHILDREN),
  Companies: listMember(PROP.companies),
  Gender: {
    get: (item) => item.bag.long(GENDER),
    put: (item, value) => {
      if (typeof value !== 'number' || ![0, 1, 2].includes(value)) fail('INVALID_ARGUMENT');
      else item.bag.set(GENDER, { type: PT.I2, value });
    },
  },
  Journal: { get: (item) => item.bag.bool(JOURNAL), put: (item, value) => item.bag.setBool(JOURNAL, bool(value)) },
};

const TEXT_COLUMNS = Object.entries({ ...TEXTS, ...NAME_TEXTS, WebPage: HTML_PAGE, BusinessHomePage: BUSINESS_PAGE });
const COLUMNS: Readonly<Record<string, Column>> = {
  ...Object.fromEntries(TEXT_COLUMNS.map(([name, key]) => [name, { key, type: PT.UNICODE }])),
  ...CONTACT_EMAIL_COLUMNS,
  ...CONTACT_ADDRESS_COLUMNS,
  Birthday: { key: CONTACT_DATE_KEYS.Birthday, type: PT.SYSTIME },
  Anniversary: { key: CONTACT_DATE_KEYS.Anniversary, type: PT.SYSTIME },
  Gender: { key: GENDER, type: PT.I2 },
};

export const CONTACT: ItemClass = {
  className: 'ContactItem',
  olClass: 40,
  itemType: 2,
  messageClass: 'IPM.Contact',
  guarded: [...CONTACT_EMAIL_GUARDED, 'IMAddress', 'ReferredBy', 'NetMeetingAlias'],
  members: MEMBERS,
  start: startNames,
  beforeSave: (item) => {
    const name = item.bag.text(PROP.displayName);
    for (const key of [PROP.subject, PROP.normalizedSubject, PROP.conversationTopic]) item.bag.setText(key, name);
    settleEmails(item);
    settlePicture(item);
    settleDateEvents(item);
  },
  beforeDelete: dropDateEvents,
  columns: COLUMNS,
};
