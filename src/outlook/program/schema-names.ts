import { TAG, type TagName, tagSchemaName } from '../model/named-properties.ts';

/**
 * Names by which PropertyAccessor and Table.Columns address properties. Case matters, and the prefix is http, whatever the
 * current pages print.
 * @source outlook-calendar.md section 8; outlook-objects.md section 5
 */
const MAPI = 'http://schemas.microsoft.com/mapi';

const APPOINTMENT_SET = '{00062002-0000-0000-C000-000000000046}';
const MEETING_SET = '{6ED8DA90-450B-101B-98DA-00AA003F1305}';
const ADDRESS_SET = '{00062004-0000-0000-C000-000000000046}';
const COMMON_SET = '{00062008-0000-0000-C000-000000000046}';
const PUBLIC_STRINGS = '{00020329-0000-0000-C000-000000000046}';

/** The schema name of a tag below 0x8000. @param idAndType eight hex digits */
export function tag(idAndType: string): string {
  return `${MAPI}/proptag/0x${idAndType}`;
}

/** The schema name of a numbered property of contacts. @param idAndType eight hex digits */
export function contactId(idAndType: string): string {
  return `${MAPI}/id/${ADDRESS_SET}/${idAndType}`;
}

const appointment = (idAndType: string) => `${MAPI}/id/${APPOINTMENT_SET}/${idAndType}`;
const meeting = (idAndType: string) => `${MAPI}/id/${MEETING_SET}/${idAndType}`;
const common = (idAndType: string) => `${MAPI}/id/${COMMON_SET}/${idAndType}`;

/** Properties of any item, and of table rows. */
export const ITEM = {
  messageClass: tag('001A001F'),
  /** UTC, whatever the member of the same name shows. */
  lastModified: tag('30080040'),
  entryId: tag('0FFF0102'),
  /** The long form of the entry id in a table row; empty in some stores. */
  longEntryId: tag('66700102'),
  subject: tag('0037001F'),
  sensitivity: tag('00360003'),
  importance: tag('00170003'),
  /** PidNameKeywords: the categories as an array, without the list separator of Windows. */
  keywords: `${MAPI}/string/${PUBLIC_STRINGS}/Keywords/0x0000101F`,
} as const;

/** Properties of appointments. @source outlook-calendar.md 8.1 */
export const APPOINTMENT = {
  location: appointment('8208001F'),
  allDay: appointment('8215000B'),
  busyStatus: appointment('82050003'),
  stateFlags: appointment('82170003'),
  responseStatus: appointment('82180003'),
  recurring: appointment('8223000B'),
  recurrence: appointment('82160102'),
  /** TRUE: invitations were sent; without it Outlook offers to send them. */
  invited: appointment('8229000B'),
  startZone: appointment('825E0102'),
  endZone: appointment('825F0102'),
  recurrenceZone: appointment('82600102'),
  reminderSet: common('8503000B'),
  reminderMinutes: common('85010003'),
  globalId: meeting('00030102'),
  cleanGlobalId: meeting('00230102'),
  organizerName: tag('0042001F'),
  organizerType: tag('0064001F'),
  organizerAddress: tag('0065001F'),
  organizerSmtp: tag('5D02001F'),
} as const;

/** Properties of appointments that a data file has and the members of the object model show otherwise. Moments are in UTC. */
export const APPOINTMENT_IN_FILE = {
  start: appointment('820D0040'),
  end: appointment('820E0040'),
  zoneStruct: appointment('82330102'),
  body: tag('1000001F'),
  html: tag('10130102'),
  rtf: tag('10090102'),
  codePage: tag('3FDE0003'),
} as const;

/** Properties of the attachment that holds a changed occurrence. @source MS-OXOCAL 2.2.10.1 */
export const EXCEPTION_ATTACHMENT = { original: tag('7FF90040') } as const;

/** Who sent an item, and for whom. @source outlook-calendar.md 5.4 */
export const SENDER = {
  representingEntryId: tag('00410102'),
  entryId: tag('0C190102'),
  name: tag('0C1A001F'),
  type: tag('0C1E001F'),
  address: tag('0C1F001F'),
} as const;

/** Properties of a row of a recipient table. */
export const RECIPIENT = {
  name: tag('3001001F'),
  addressType: tag('3002001F'),
  address: tag('3003001F'),
  smtpAddress: tag('39FE001F'),
  /** 1 to, 2 cc, 3 bcc: required, optional, resource. */
  type: tag('0C150003'),
  flags: tag('5FFD0003'),
  response: tag('5FFF0003'),
} as const;

/** The schema names of our own tags, by tag. */
export const TAG_NAMES: readonly (readonly [tag: TagName, schemaName: string])[] = Object.values(TAG).map(
  (name) => [name, tagSchemaName(name)] as const,
);
