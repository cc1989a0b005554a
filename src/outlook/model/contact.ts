/** One of Outlook's three e-mail slots; '' = empty. `type` is "SMTP" or "EX". */
export type EmailSlot = { readonly address: string; readonly displayName: string; readonly type: string };

/** One of Outlook's three postal addresses, by its parts; '' = empty. Street may hold CRLF lines. */
export type PostalAddress = {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly postOfficeBox: string;
};

/** The nineteen telephone members of ContactItem. */
export const PHONE_MEMBERS = [
  'BusinessTelephoneNumber',
  'Business2TelephoneNumber',
  'HomeTelephoneNumber',
  'Home2TelephoneNumber',
  'MobileTelephoneNumber',
  'BusinessFaxNumber',
  'HomeFaxNumber',
  'OtherFaxNumber',
  'PagerNumber',
  'AssistantTelephoneNumber',
  'CompanyMainTelephoneNumber',
  'CarTelephoneNumber',
  'RadioTelephoneNumber',
  'CallbackTelephoneNumber',
  'ISDNNumber',
  'TelexNumber',
  'TTYTDDTelephoneNumber',
  'PrimaryTelephoneNumber',
  'OtherTelephoneNumber',
] as const;
export type PhoneMember = (typeof PHONE_MEMBERS)[number];

/** The plain text members of ContactItem that the connector reads and writes. */
export const CONTACT_TEXT_MEMBERS = [
  'Title',
  'FirstName',
  'MiddleName',
  'LastName',
  'Suffix',
  'FullName',
  'FileAs',
  'NickName',
  'CompanyName',
  'Department',
  'JobTitle',
  'OfficeLocation',
  'Profession',
  'ManagerName',
  'AssistantName',
  'Spouse',
  'WebPage',
  'PersonalHomePage',
  'IMAddress',
] as const;
export type ContactTextMember = (typeof CONTACT_TEXT_MEMBERS)[number];

/**
 * The values of a contact that the connector reads and writes: ContactItem as plain data; '' = empty.
 * Dates are `YYYY-MM-DD`, undefined = none (4501-01-01 in the object model).
 */
export type OutlookContact = {
  readonly text: Readonly<Record<ContactTextMember, string>>;
  readonly phones: Readonly<Record<PhoneMember, string>>;
  readonly emails: readonly [EmailSlot, EmailSlot, EmailSlot];
  readonly business: PostalAddress;
  readonly home: PostalAddress;
  readonly other: PostalAddress;
  /** 0 none, 1 home, 2 business, 3 other. */
  readonly selectedMailingAddress: 0 | 1 | 2 | 3;
  readonly birthday: string | undefined;
  readonly anniversary: string | undefined;
  /** 0 unspecified, 1 female, 2 male. */
  readonly gender: 0 | 1 | 2;
  /** PidTagUserX509Certificate, one structure each. @units upper-case hex */
  readonly certificates: readonly string[];
  /** Digest of the picture's bytes, '' = no picture. In a value to be written: of the bytes to show. */
  readonly picture: string;
  /** Plain text with CRLF line ends. */
  readonly body: string;
  readonly categories: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
};

/** A member of a distribution list as Outlook shows it. */
export type DistListMember = {
  readonly name: string;
  /** '' for a list in the list, and where Outlook knows none. */
  readonly address: string;
  /** For a list in the list: the uid of the card that it is; '' as long as it is none. */
  readonly list?: string;
};

/** DistListItem as plain data. */
export type OutlookDistList = {
  readonly name: string;
  readonly members: readonly DistListMember[];
  readonly body: string;
  readonly categories: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
};
