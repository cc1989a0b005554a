import type { Synchronous } from '../../base/synchronous.ts';
import type { ConnectorState } from '../../wire/connector.ts';
import type { Verb } from '../../wire/container.ts';

/**
 * What the server keeps, as its services see it. Synchronous on purpose: a call of the API then runs as one piece, nothing
 * interleaves inside a transaction, and services stay plain functions; a database over the network would sit behind a worker
 * that is waited for. `storeContract` in contract.ts is what every implementation must pass.
 */
export type Store = {
  readonly containers: Containers;
  readonly items: Items;
  readonly changes: Changes;
  readonly people: People;
  readonly sessions: Sessions;
  readonly outbox: Outbox;
  readonly files: Files;
  readonly connectors: Connectors;
  /** Runs `work`; when it throws, nothing of it remains. May be nested. */
  transaction<T>(work: () => Synchronous<T>): T;
  /** Whether the database still is what it should be. @returns what is wrong, nothing when all is well */
  check(): readonly string[];
  close(): void;
};

export type Container = {
  readonly id: number;
  readonly uid: string;
  readonly type: string;
  readonly name: string;
  readonly owner: string;
  readonly domain: string;
  readonly defaultContainer: boolean;
  readonly readOnly: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** The highest version given out in this container. */
  readonly version: number;
};

export type Grant = { readonly subject: string; readonly verb: Verb };

export type Containers = {
  /** @returns the container with its id; the caller checks that the uid is free */
  insert(container: Omit<Container, 'id' | 'version'>): Container;
  /** Replaces name, flags and settings. */
  update(container: Container): void;
  /** Removes the container with its items, change log, rights and personal settings. */
  remove(id: number): void;
  /** Removes every container of a domain, as {@link Containers.remove}. */
  removeOfDomain(domain: string): void;
  byUid(uid: string): Container | undefined;
  byUids(uids: readonly string[]): readonly Container[];
  ofOwner(owner: string, domain: string): readonly Container[];
  ofType(type: string): readonly Container[];
  /** Containers on which one of `subjects` holds a right. */
  grantedTo(subjects: readonly string[]): readonly Container[];
  grants(id: number): readonly Grant[];
  setGrants(id: number, grants: readonly Grant[]): void;
  personalSettings(id: number, subject: string): Readonly<Record<string, string>>;
  setPersonalSettings(id: number, subject: string, settings: Readonly<Record<string, string>>): void;
  /** Gives out the next version of the container. */
  nextVersion(id: number): number;
};

/** An item of any container. `value` is JSON text; `flags` a sum of ITEM_FLAG_BITS; `lookup` a second key (ICS uid), lower-case. */
export type StoredItem = {
  readonly id: number;
  readonly containerId: number;
  readonly uid: string;
  readonly version: number;
  readonly displayName: string;
  readonly externalId: string | undefined;
  readonly createdBy: string;
  readonly updatedBy: string;
  /** @units epoch milliseconds */
  readonly created: number;
  /** @units epoch milliseconds */
  readonly updated: number;
  readonly flags: number;
  readonly lookup: string;
  /** How near to now the item matters: @units epoch milliseconds of its end, for calendars */
  readonly weight: number;
  readonly value: string;
};

export type Items = {
  insert(item: StoredItem): void;
  update(item: StoredItem): void;
  remove(id: number): void;
  byUid(containerId: number, uid: string): StoredItem | undefined;
  byId(containerId: number, id: number): StoredItem | undefined;
  /** In the order of `uids`; unknown ones are left out. */
  byUids(containerId: number, uids: readonly string[]): readonly StoredItem[];
  byIds(containerId: number, ids: readonly number[]): readonly StoredItem[];
  /** As {@link Items.byUids}, each as it is answered: the UTF-8 bytes of its JSON text, its value as it is stored. */
  told(containerId: number, uids: readonly string[]): readonly Uint8Array[];
  byLookup(containerId: number, lookup: string): readonly StoredItem[];
  /** In the order of their ids. */
  all(containerId: number): readonly StoredItem[];
  uids(containerId: number): readonly string[];
  count(containerId: number): number;
  /** Takes `count` ids from the one sequence of item ids. @returns the last one */
  allocateIds(count: number): number;
  /** Whether the id was given out by the sequence. */
  isAllocated(id: number): boolean;
  isUsed(id: number): boolean;
  /** Binary content beside an item, such as a photo. */
  blob(itemId: number, name: string): Uint8Array | undefined;
  setBlob(itemId: number, name: string, bytes: Uint8Array | undefined): void;
};

export type ChangeKind = 'Created' | 'Updated' | 'Deleted';

/** One line of the change log: there is one per item and kind, the last of its kind. */
export type Change = {
  readonly containerId: number;
  readonly itemId: number;
  readonly kind: ChangeKind;
  readonly version: number;
  readonly itemUid: string;
  readonly externalId: string | undefined;
  readonly author: string;
  readonly origin: string;
  /** @units epoch milliseconds */
  readonly date: number;
  readonly weight: number;
  readonly flags: number;
};

/** What a change set is made of. */
export type ChangeMark = Pick<Change, 'itemId' | 'itemUid' | 'kind' | 'version' | 'date' | 'weight' | 'flags'>;

export type Changes = {
  /** Replaces the line of the same item and kind. */
  record(change: Change): void;
  /** Lines with a version above `since`, oldest first. */
  since(containerId: number, since: number): readonly ChangeMark[];
  ofItem(containerId: number, itemUid: string, since: number): readonly Change[];
  /** Forgets everything about items deleted before `date`. @returns how many lines went */
  purgeDeletedBefore(date: number): number;
};

export type EntryKind =
  | 'USER'
  | 'GROUP'
  | 'RESOURCE'
  | 'MAILSHARE'
  | 'EXTERNALUSER'
  | 'CALENDAR'
  | 'ADDRESSBOOK'
  | 'DOMAIN';

export type Domain = {
  readonly uid: string;
  readonly aliases: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
};

export type EntryEmail = { readonly address: string; readonly isDefault: boolean; readonly allAliases: boolean };

/** A person, group or thing of the directory. `card` is the JSON text of its VCard, if one was set. */
export type Entry = {
  readonly uid: string;
  readonly domain: string;
  readonly kind: EntryKind;
  readonly login: string | undefined;
  readonly displayName: string;
  readonly emails: readonly EntryEmail[];
  readonly hidden: boolean;
  readonly system: boolean;
  readonly archived: boolean;
  readonly roles: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly card: string | undefined;
  readonly externalId: string | undefined;
  readonly mailboxCopyGuid: string;
  /** @units epoch milliseconds */
  readonly created: number;
};

/** `hash` is self-describing, see sessions/password.ts. */
export type Credential = { readonly hash: string; readonly mustChange: boolean };

export type People = {
  domains(): readonly Domain[];
  domain(uidOrAlias: string): Domain | undefined;
  saveDomain(domain: Domain): void;
  /** Removes a domain with its entries. */
  removeDomain(uid: string): void;
  entry(domain: string, uid: string): Entry | undefined;
  byLogin(domain: string, login: string): Entry | undefined;
  /** By mail address in any domain; lower-case. */
  byEmail(address: string): Entry | undefined;
  entries(domain: string): readonly Entry[];
  saveEntry(entry: Entry): void;
  removeEntry(domain: string, uid: string): void;
  credential(domain: string, uid: string): Credential | undefined;
  setCredential(domain: string, uid: string, credential: Credential): void;
  members(group: string): readonly string[];
  setMembers(group: string, members: readonly string[]): void;
  groupsOf(member: string): readonly string[];
};

export type StoredSession = {
  readonly id: string;
  readonly user: string;
  readonly domain: string;
  readonly origin: string;
  readonly interactive: boolean;
  /** May change its password, nothing else. */
  readonly expired: boolean;
  /** @units epoch milliseconds */
  readonly created: number;
  /** @units epoch milliseconds */
  readonly lastUse: number;
};

export type StoredKey = {
  readonly id: string;
  readonly displayName: string;
  readonly user: string;
  readonly domain: string;
};

export type Sessions = {
  save(session: StoredSession): void;
  byId(id: string): StoredSession | undefined;
  touch(id: string, lastUse: number): void;
  remove(id: string): void;
  removeIdleSince(date: number): number;
  removeAll(): void;
  saveKey(key: StoredKey): void;
  key(id: string): StoredKey | undefined;
  keysOf(user: string): readonly StoredKey[];
  removeKey(id: string): void;
};

/** A message the original would have mailed: kept here, never sent. */
export type OutboxMessage = {
  readonly id: number;
  /** @units epoch milliseconds */
  readonly date: number;
  readonly method: 'REQUEST' | 'CANCEL' | 'REPLY' | 'COUNTER' | 'DECLINECOUNTER';
  readonly from: string;
  readonly to: readonly string[];
  readonly containerUid: string;
  readonly itemUid: string;
  readonly summary: string;
};

export type Outbox = {
  add(message: Omit<OutboxMessage, 'id'>): void;
  all(): readonly OutboxMessage[];
  clear(): void;
};

/** A file that events link to. `digest` SHA-256 of its bytes, hex */
export type StoredFile = {
  readonly id: string;
  readonly domain: string;
  readonly owner: string;
  readonly name: string;
  readonly digest: string;
  /** @units epoch milliseconds */
  readonly created: number;
  readonly bytes: Uint8Array;
};

export type Files = {
  save(file: StoredFile): void;
  byId(id: string): StoredFile | undefined;
  byDigest(domain: string, owner: string, digest: string): StoredFile | undefined;
  remove(id: string): void;
  /** @returns how many went */
  removeBefore(date: number): number;
};

/** How the connector of a user was when it was last heard of. @units `at`: milliseconds since 1970-01-01T00:00:00Z */
export type KnownConnector = {
  readonly domain: string;
  readonly user: string;
  readonly at: number;
  readonly state: ConnectorState;
};
export type StoredReport = Omit<KnownConnector, 'state'> & { readonly id: string; readonly report: string };
/** @units `size`: characters */
export type ReportRow = Omit<StoredReport, 'report'> & { readonly size: number };

/** What connectors tell of themselves. */
export type Connectors = {
  setState(known: KnownConnector): void;
  /** By domain and user. */
  states(): readonly KnownConnector[];
  /** Keeps the newest `most` of the user. */
  addReport(report: StoredReport, most: number): void;
  /** Newest first. */
  reports(): readonly ReportRow[];
  report(id: string): StoredReport | undefined;
  removeOf(domain: string, user: string): void;
  /** @returns how many reports went */
  removeBefore(date: number): number;
};
