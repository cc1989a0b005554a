/**
 * Object model names as columns: what Table, Restrict, Find and Sort understand by name, and what they refuse.
 * @source outlook-objects.md sections 3.2, 4
 */
import type { Column } from './item-class.ts';
import { named, PROP, PSETID, PT, tag } from './property.ts';
import type { Session } from './session.ts';

/** Stands for the row's own entry id, which is no stored property. */
export const ENTRY_ID = PROP.entryId;
/** PidTagLongTermEntryIdFromTable */
export const LONG_TERM_ENTRY_ID = tag(0x6670);

const appointment = (id: number) => named(PSETID.appointment, id);

/** Names that items of several classes have. Those of one class stand in its `columns`. */
const COMMON: Readonly<Record<string, Column>> = {
  EntryID: { key: ENTRY_ID, type: PT.BINARY },
  Subject: { key: PROP.subject, type: PT.UNICODE },
  CreationTime: { key: PROP.created, type: PT.SYSTIME },
  LastModificationTime: { key: PROP.modified, type: PT.SYSTIME },
  MessageClass: { key: PROP.messageClass, type: PT.UNICODE },
  Importance: { key: PROP.importance, type: PT.LONG },
  Sensitivity: { key: PROP.sensitivity, type: PT.LONG },
  Categories: { key: PROP.keywords, type: PT.MV_UNICODE },
  Body: { key: PROP.body, type: PT.UNICODE },
  Mileage: { key: PROP.mileage, type: PT.UNICODE },
  BillingInformation: { key: PROP.billing, type: PT.UNICODE },
  ReminderSet: { key: PROP.reminderSet, type: PT.BOOLEAN },
  ReminderTime: { key: PROP.reminderTime, type: PT.SYSTIME },
  Start: { key: appointment(0x820d), type: PT.SYSTIME },
  End: { key: appointment(0x820e), type: PT.SYSTIME },
  IsRecurring: { key: appointment(0x8223), type: PT.BOOLEAN },
  DueDate: { key: named('{00062003-0000-0000-C000-000000000046}', 0x8105), type: PT.SYSTIME },
  PercentComplete: { key: named('{00062003-0000-0000-C000-000000000046}', 0x8102), type: PT.DOUBLE },
};

/** The end of a whole series, which range filters on End compare. @source outlook-calendar.md section 8 */
export const SERIES_END = {
  start: COMMON.Start?.key ?? '',
  end: COMMON.End?.key ?? '',
  clipEnd: appointment(0x8236),
  recurring: appointment(0x8223),
};

/** Columns a new table has, in order. @source VBA how-to, default properties displayed in a Table object */
export function defaultColumns(itemType: number, hidden: boolean): readonly string[] {
  const first = ['EntryID', 'Subject', 'CreationTime', 'LastModificationTime', 'MessageClass'];
  if (hidden) return first;
  if (itemType === 1) return [...first, 'Start', 'End', 'IsRecurring'];
  if (itemType === 2) return [...first, 'FirstName', 'LastName', 'CompanyName'];
  if (itemType === 3) return [...first, 'DueDate', 'PercentComplete', 'IsRecurring'];
  return first;
}

/** The column of a built-in name, whatever its case; with the name as Outlook writes it. */
export function builtInColumn(
  session: Session,
  name: string,
): { readonly name: string; readonly column: Column } | undefined {
  const wanted = name.toLowerCase();
  for (const table of [COMMON, ...[1, 2, 7].map((type) => session.itemClasses.byItemType(type)?.columns ?? {})]) {
    for (const [known, column] of Object.entries(table))
      if (known.toLowerCase() === wanted) return { name: known, column };
  }
  return undefined;
}

/** Names that Columns.Add refuses (IDS_ERR_BLOCKED_PROPERTY). */
export const BLOCKED_COLUMNS: ReadonlySet<string> = names(`
  AutoResolvedWinner BodyFormat Class ContactNames Companies DLName DownloadState FlagIcon HtmlBody InternetCodePage IsConflict
  IsMarkedAsTask MeetingWorkspaceURL MemberCount Permission PermissionService RecurrenceState ResponseState Saved Sent Submitted
  TaskSubject Unread VotingOptions RTFBody Attachments Recipients UserProperties ItemProperties PropertyAccessor Parent Session`);

/** Names that a filter refuses (IDS_ERR_ES_INVALIDRESTRICTION); `Categories` follows a switch. */
export const BLOCKED_FILTERS: ReadonlySet<string> = names(`
  Body HTMLBody Children Class Companies Contacts ContactNames ConversationIndex DLName Email1EntryID Email2EntryID Email3EntryID
  EntryID IsOnlineMeeting LastFirstAndSuffix LastFirstNoSpace LastFirstNoSpaceAndSuffix LastFirstNoSpaceCompany LastFirstSpaceOnly
  LastFirstSpaceOnlyCompany CompanyLastFirstNoSpace CompanyLastFirstSpaceOnly MemberCount RecurrenceState ResponseState Saved Sent
  Submitted IsConflict AutoResolvedWinner BodyFormat DownloadState InternetCodePage MeetingWorkspaceURL Permission
  NetMeetingAutoStart NetMeetingDocPathName NetMeetingOrganizerAlias NetMeetingServer NetMeetingType ReceivedByEntryID
  ReceivedOnBehalfOfEntryID ReplyRecipients VotingOptions`);

/** Names that Items.Sort refuses. */
export const BLOCKED_SORTS: ReadonlySet<string> = new Set([...BLOCKED_FILTERS, 'categories']);

function names(words: string): ReadonlySet<string> {
  return new Set(words.trim().toLowerCase().split(/\s+/));
}
