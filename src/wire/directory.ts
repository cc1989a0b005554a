/** The directory of a domain (IDirectory): users, groups, resources and the rest. */
import { type Static, Type } from 'typebox';
import { Email } from './auth.ts';
import { flag, list, maybe, primitive, shape, text, whole, word } from './schema.ts';

export const DirEntryKind = word([
  'USER',
  'GROUP',
  'RESOURCE',
  'MAILSHARE',
  'CALENDAR',
  'ADDRESSBOOK',
  'DOMAIN',
  'ORG_UNIT',
  'EXTERNALUSER',
]);
export type DirEntryKind = Static<typeof DirEntryKind>;

export const DirEntryAccountType = word(['FULL', 'SIMPLE', 'FULL_AND_VISIO']);
export type DirEntryAccountType = Static<typeof DirEntryAccountType>;

/** Where an entry of an organisation unit stands in the tree. */
export const OrgUnitPath = shape({ uid: maybe(text), name: maybe(text), parent: maybe(Type.Unknown()) }, 'OrgUnitPath');
export type OrgUnitPath = Static<typeof OrgUnitPath>;

/** `path` reads `<domain>/<kind>s/<uid>`; `bm://` + path is what an attendee's `dir` holds. */
export const DirEntry = shape(
  {
    displayName: maybe(text),
    entryUid: maybe(text),
    accountType: maybe(DirEntryAccountType),
    kind: maybe(DirEntryKind),
    path: maybe(text),
    email: maybe(text),
    emails: maybe(list(Email)),
    hidden: primitive(flag, false),
    system: primitive(flag, false),
    archived: primitive(flag, false),
    orgUnitUid: maybe(text),
    orgUnitPath: maybe(OrgUnitPath),
    dataLocation: maybe(text),
  },
  'DirEntry',
);
export type DirEntry = Static<typeof DirEntry>;

export const DirEntryOrder = shape(
  {
    by: maybe(word(['displayname', 'kind'])),
    dir: maybe(word(['asc', 'desc'])),
  },
  'DirEntryOrder',
);
export type DirEntryOrder = Static<typeof DirEntryOrder>;

/** `hiddenFilter`, `systemFilter` (default true): leave out hidden and system entries; `size` -1 = all (the default). */
export const DirEntryQuery = shape(
  {
    order: maybe(DirEntryOrder),
    nameFilter: maybe(text),
    emailFilter: maybe(text),
    nameOrEmailFilter: maybe(text),
    hiddenFilter: primitive(flag, true),
    systemFilter: primitive(flag, true),
    stateFilter: maybe(text),
    kindsFilter: maybe(list(DirEntryKind), []),
    entries: maybe(list(text), []),
    orgUnitIds: maybe(list(text), []),
    accountTypeFilter: maybe(DirEntryAccountType),
    from: primitive(whole, 0),
    size: primitive(whole, -1),
    entryUidFilter: maybe(list(text), []),
    onlyManagable: primitive(flag, false),
    dataLocation: maybe(text),
  },
  'DirEntryQuery',
);
export type DirEntryQuery = Static<typeof DirEntryQuery>;
