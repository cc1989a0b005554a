/// <reference types="activex-outlook" />
/**
 * The classes of Outlook's object model that programs use, and the names of their members, from the type library
 * (Outlook 2010): a misspelt member does not compile. Which members stand behind the object model guard is our own table.
 */

type Classes = {
  readonly Application: Outlook.Application;
  readonly NameSpace: Outlook.NameSpace;
  readonly Store: Outlook.Store;
  readonly Folder: Outlook.Folder;
  readonly Folders: Outlook.Folders;
  readonly Items: Outlook.Items;
  readonly Table: Outlook.Table;
  readonly Columns: Outlook.Columns;
  readonly PropertyAccessor: Outlook.PropertyAccessor;
  readonly AppointmentItem: Outlook.AppointmentItem;
  readonly RecurrencePattern: Outlook.RecurrencePattern;
  readonly Exceptions: Outlook.Exceptions;
  readonly Exception: Outlook.Exception;
  readonly Recipients: Outlook.Recipients;
  readonly Recipient: Outlook.Recipient;
  readonly ContactItem: Outlook.ContactItem;
  readonly DistListItem: Outlook.DistListItem;
  readonly Attachments: Outlook.Attachments;
  readonly Attachment: Outlook.Attachment;
  readonly TimeZones: Outlook.TimeZones;
  readonly TimeZone: Outlook.TimeZone;
  readonly StorageItem: Outlook.StorageItem;
  readonly CalendarView: Outlook.CalendarView;
  readonly COMAddIns: Office.COMAddIns;
  readonly COMAddIn: Office.COMAddIn;
};

export type ClassName = keyof Classes;

/** The member names of a class. */
export type MemberOf<K extends ClassName> = Extract<keyof Classes[K], string>;

/**
 * Members behind Outlook's object model guard: for callers that Outlook does not trust they may prompt the user or be denied.
 * @source outlook-calendar.md 5.5; outlook-objects.md section 8 (protected properties and methods)
 */
const GUARDED: { readonly [K in ClassName]?: 'all' | readonly MemberOf<K>[] } = {
  NameSpace: ['CurrentUser', 'GetAddressEntryFromID', 'GetRecipientFromID'],
  Store: ['PropertyAccessor'],
  Folder: ['PropertyAccessor'],
  Columns: ['Add'],
  AppointmentItem: [
    'Body',
    'RTFBody',
    'Organizer',
    'RequiredAttendees',
    'OptionalAttendees',
    'Resources',
    'PropertyAccessor',
    'Respond',
    'Send',
  ],
  ContactItem: [
    'Body',
    'RTFBody',
    'Email1Address',
    'Email1AddressType',
    'Email1DisplayName',
    'Email1EntryID',
    'Email2Address',
    'Email2AddressType',
    'Email2DisplayName',
    'Email2EntryID',
    'Email3Address',
    'Email3AddressType',
    'Email3DisplayName',
    'Email3EntryID',
    'IMAddress',
    'ReferredBy',
    'PropertyAccessor',
  ],
  DistListItem: ['Body', 'RTFBody', 'PropertyAccessor', 'GetMember'],
  StorageItem: ['Body', 'PropertyAccessor'],
  Attachment: ['PropertyAccessor'],
  Recipients: 'all',
  Recipient: 'all',
};

/** Whether reading, calling or writing `member` may meet the object model guard. */
export function isGuarded<K extends ClassName>(of: K, member: MemberOf<K>): boolean {
  const guarded = GUARDED[of] as 'all' | readonly string[] | undefined;
  return guarded === 'all' || (guarded?.includes(member) ?? false);
}
