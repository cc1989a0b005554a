/** The directory of a domain (IDirectory): users, groups, resources and the rest. */
import { type Static, Type } from 'typebox';
import { maybe, maybeList, record } from './lenient.ts';

const text = () => maybe(Type.String());
const flag = () => maybe(Type.Boolean());

export const DirEntryKind = Type.Union([
  Type.Literal('USER'),
  Type.Literal('GROUP'),
  Type.Literal('RESOURCE'),
  Type.Literal('MAILSHARE'),
  Type.Literal('CALENDAR'),
  Type.Literal('ADDRESSBOOK'),
  Type.Literal('DOMAIN'),
  Type.Literal('ORG_UNIT'),
  Type.Literal('EXTERNALUSER'),
]);
export type DirEntryKind = Static<typeof DirEntryKind>;

export const DirEntryAccountType = Type.Union([
  Type.Literal('FULL'),
  Type.Literal('SIMPLE'),
  Type.Literal('FULL_AND_VISIO'),
]);
export type DirEntryAccountType = Static<typeof DirEntryAccountType>;

/** A mail address of an entry; `allAliases`: the local part is valid in every alias of the domain. */
export const DirEntryEmail = record({ address: text(), allAliases: flag(), isDefault: flag() });
export type DirEntryEmail = Static<typeof DirEntryEmail>;

/** Where an entry of an organisation unit stands in the tree. */
export const OrgUnitPath = record({ uid: text(), name: text(), parent: maybe(Type.Unknown()) });
export type OrgUnitPath = Static<typeof OrgUnitPath>;

/** `path` reads `<domain>/<kind>s/<uid>`; `bm://` + path is what an attendee's `dir` holds. */
export const DirEntry = record({
  displayName: text(),
  entryUid: text(),
  accountType: maybe(DirEntryAccountType),
  kind: maybe(DirEntryKind),
  path: text(),
  email: text(),
  emails: maybeList(DirEntryEmail),
  hidden: flag(),
  system: flag(),
  archived: flag(),
  orgUnitUid: text(),
  orgUnitPath: maybe(OrgUnitPath),
  dataLocation: text(),
});
export type DirEntry = Static<typeof DirEntry>;

export const DirEntryOrder = record({
  by: maybe(Type.Union([Type.Literal('displayname'), Type.Literal('kind')])),
  dir: maybe(Type.Union([Type.Literal('asc'), Type.Literal('desc')])),
});
export type DirEntryOrder = Static<typeof DirEntryOrder>;

/** `hiddenFilter`, `systemFilter` (default true): leave out hidden and system entries; `size` -1 = all (the default). */
export const DirEntryQuery = record({
  order: maybe(DirEntryOrder),
  nameFilter: text(),
  emailFilter: text(),
  nameOrEmailFilter: text(),
  hiddenFilter: flag(),
  systemFilter: flag(),
  stateFilter: text(),
  kindsFilter: maybeList(DirEntryKind),
  entries: maybeList(Type.String()),
  orgUnitIds: maybeList(Type.String()),
  accountTypeFilter: maybe(DirEntryAccountType),
  from: maybe(Type.Integer()),
  size: maybe(Type.Integer()),
  entryUidFilter: maybeList(Type.String()),
  onlyManagable: flag(),
  dataLocation: text(),
});
export type DirEntryQuery = Static<typeof DirEntryQuery>;
