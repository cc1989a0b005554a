/**
 * Our own named properties, text, on every item that the connector manages. One property set of our own, so that no other
 * program's names collide; string-named, so that the name explains itself in any MAPI viewer.
 */
export const CONNECTOR_PROPERTY_SET = '{6E1C2B0A-5D4F-4A57-9C31-B7A0E2F4D815}';

/** The tags we put on items; The token stays under 255 characters, so that a Table shows it whole; others may be longer. */
export const TAG = {
  /** The token of the item: which server item it belongs to. Copies made by the user carry it too. */
  token: 'BlueMindToken',
  /** The iCalendar UID where it cannot be told from the global object id. */
  uid: 'BlueMindUid',
  /** `floating`: the event has no zone on the server; shown in the user's zone. */
  floating: 'BlueMindFloating',
  /** Set when the item shows something simpler than what the server holds. */
  simplified: 'BlueMindSimplified',
  /** What the event links to, and the lines of the note that the connector put at the end of the item's text. */
  note: 'BlueMindNote',
  /** IANA zones of start and end as on the server, `start|end`, while the Windows zones still are the ones written for them. */
  zones: 'BlueMindZones',
  /** `original shown`: the picture that Outlook made out of the server's one, by their digests; nothing for one it cannot show. */
  photo: 'BlueMindPhoto',
} as const;
export type TagName = (typeof TAG)[keyof typeof TAG];

/** The schema name by which PropertyAccessor and Table.Columns address a tag. */
export function tagSchemaName(name: TagName): string {
  return `http://schemas.microsoft.com/mapi/string/${CONNECTOR_PROPERTY_SET}/${name}/0x0000001F`;
}
