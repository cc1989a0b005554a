import type { Static } from 'typebox';
import { Settings } from './common.ts';
import { flag, list, maybe, primitive, shape, text, whole, word } from './schema.ts';

/** What a right allows; some include others, see `server/containers/verbs.ts`. */
export const VERBS = [
  'Invitation',
  'Freebusy',
  'SendOnBehalf',
  'SendAs',
  'Read',
  'ReadExtended',
  'Write',
  'Manage',
  'All',
] as const;
export const Verb = word(VERBS);
export type Verb = (typeof VERBS)[number];

/** `subject`: a user, group or domain uid, `public`, `anonymous`, or a publication token. */
export const AccessControlEntry = shape({ subject: maybe(text), verb: maybe(Verb) }, 'AccessControlEntry');
export type AccessControlEntry = Static<typeof AccessControlEntry>;

const base = {
  uid: maybe(text),
  name: maybe(text),
  owner: maybe(text),
  type: maybe(text),
  defaultContainer: primitive(flag, false),
  readOnly: primitive(flag, false),
  domainUid: maybe(text),
  ownerDisplayname: maybe(text),
  ownerDirEntryPath: maybe(text),
  settings: maybe(Settings, {}),
  deleted: primitive(flag, false),
  datalocation: maybe(text),
  internalId: primitive(whole, 0),
};

/** A container without the caller's rights. */
export const BaseContainerDescriptor = shape(base, 'BaseContainerDescriptor');
export type BaseContainerDescriptor = Static<typeof BaseContainerDescriptor>;

/** A container as the caller may use it. `verbs` are raw for others than the owner: the reader expands inclusions. */
export const ContainerDescriptor = shape(
  {
    ...base,
    writable: primitive(flag, false),
    verbs: maybe(list(Verb), []),
    offlineSync: primitive(flag, false),
    automount: primitive(flag, true),
  },
  'ContainerDescriptor',
);
export type ContainerDescriptor = Static<typeof ContainerDescriptor>;

/** What a rename may change. */
export const ContainerModifiableDescriptor = shape(
  { name: maybe(text), defaultContainer: primitive(flag, false), deleted: primitive(flag, false) },
  'ContainerModifiableDescriptor',
);
export type ContainerModifiableDescriptor = Static<typeof ContainerModifiableDescriptor>;

export const ContainerQuery = shape(
  {
    type: maybe(text),
    name: maybe(text),
    verb: maybe(list(Verb)),
    owner: maybe(text),
    readonly: maybe(flag),
    size: primitive(whole, 0),
  },
  'ContainerQuery',
);
export type ContainerQuery = Static<typeof ContainerQuery>;

export const ContainerSubscription = shape(
  { containerUid: maybe(text), offlineSync: primitive(flag, false), automount: primitive(flag, true) },
  'ContainerSubscription',
);
export type ContainerSubscription = Static<typeof ContainerSubscription>;

/** `offlineSync` = keep a local copy. */
export const ContainerSubscriptionDescriptor = shape(
  {
    containerUid: text,
    offlineSync: primitive(flag, false),
    automount: primitive(flag, true),
    containerType: maybe(text),
    owner: maybe(text),
    defaultContainer: primitive(flag, false),
    name: maybe(text),
    ownerDisplayName: maybe(text),
    ownerDirEntryPath: maybe(text),
  },
  'ContainerSubscriptionDescriptor',
);
export type ContainerSubscriptionDescriptor = Static<typeof ContainerSubscriptionDescriptor>;

/** The value of an item of an owner's subscription container. */
export const ContainerSubscriptionModel = shape(
  {
    containerUid: maybe(text),
    containerType: maybe(text),
    owner: maybe(text),
    defaultContainer: primitive(flag, false),
    offlineSync: primitive(flag, false),
    automount: primitive(flag, true),
    name: maybe(text),
  },
  'ContainerSubscriptionModel',
);
export type ContainerSubscriptionModel = Static<typeof ContainerSubscriptionModel>;

/** The value of an item of an owner's hierarchy container. */
export const ContainerHierarchyNode = shape(
  { containerUid: maybe(text), containerType: maybe(text), name: maybe(text), deleted: primitive(flag, false) },
  'ContainerHierarchyNode',
);
export type ContainerHierarchyNode = Static<typeof ContainerHierarchyNode>;

/** What creating or renaming a calendar takes. */
export const CalendarDescriptor = shape(
  {
    name: maybe(text),
    domainUid: maybe(text),
    owner: maybe(text),
    settings: maybe(Settings, {}),
    orgUnitUid: maybe(text),
    expectedId: maybe(whole),
  },
  'CalendarDescriptor',
);
export type CalendarDescriptor = Static<typeof CalendarDescriptor>;

/** What creating or renaming an address book takes. */
export const AddressBookDescriptor = shape(
  {
    name: maybe(text),
    domainUid: maybe(text),
    owner: maybe(text),
    system: primitive(flag, false),
    settings: maybe(Settings, {}),
    orgUnitUid: maybe(text),
    expectedId: maybe(whole),
  },
  'AddressBookDescriptor',
);
export type AddressBookDescriptor = Static<typeof AddressBookDescriptor>;

export const ITEM_FLAGS = ['Seen', 'Deleted', 'Important'] as const;
export type ItemFlag = (typeof ITEM_FLAGS)[number];

/** Everything about an item but its value. `created`, `updated` @units epoch milliseconds */
export type ItemDescriptor = {
  readonly uid: string;
  readonly version: number;
  readonly internalId: number;
  readonly displayName?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly createdBy?: string | null | undefined;
  readonly updatedBy?: string | null | undefined;
  readonly created?: number | null | undefined;
  readonly updated?: number | null | undefined;
  readonly flags?: readonly ItemFlag[] | null | undefined;
};

/** An item: its value and its descriptor, flat. */
export type ItemValue<T> = ItemDescriptor & { readonly value: T };

/** An item of a search over several containers. */
export type ItemContainerValue<T> = ItemValue<T> & { readonly containerUid: string };

export type ListResult<T> = { readonly values: readonly T[]; readonly total: number };
export type Count = { readonly total: number };

/** What changed in a container after `since`; `version` is the next `since`. */
export type ContainerChangeset<T = string> = {
  readonly created: readonly T[];
  readonly updated: readonly T[];
  readonly deleted: readonly T[];
  readonly version: number;
};

/** `timestamp` @units epoch milliseconds */
export type ItemVersion = { readonly id: number; readonly version: number; readonly timestamp: number };
export type ItemIdentifier = ItemVersion & { readonly uid: string };

/** What a by-id write answers. `timestamp` @units epoch milliseconds */
export type Ack = { readonly version: number; readonly timestamp: number };

export type ItemError = {
  readonly message?: string | null | undefined;
  readonly uid?: string | null | undefined;
  readonly errorCode?: string | null | undefined;
};

/** What `_mupdates` answers; `version` holds other people's writes too and must not be taken for a sync point. */
export type ContainerUpdatesResult = {
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unhandled: readonly string[];
  readonly errors: readonly ItemError[];
  readonly version?: number | null | undefined;
};

export type ChangeLogEntry = {
  readonly version: number;
  readonly itemUid: string;
  readonly itemExtId?: string | null | undefined;
  readonly internalId: number;
  readonly author?: string | null | undefined;
  readonly authorDisplayName?: string | null | undefined;
  readonly type: 'Created' | 'Updated' | 'Deleted';
  readonly date: number;
  readonly origin?: string | null | undefined;
  readonly weightSeed: number;
};
export type ItemChangelog = { readonly entries: readonly ChangeLogEntry[] };

/** Which items of a change set are wanted; `skipVersions` drops the caller's own writes. */
export const ItemFlagFilter = shape(
  {
    must: maybe(list(word(ITEM_FLAGS)), []),
    mustNot: maybe(list(word(ITEM_FLAGS)), []),
    skipVersions: maybe(list(whole), []),
    skipExpunged: primitive(flag, false),
  },
  'ItemFlagFilter',
);
export type ItemFlagFilter = Static<typeof ItemFlagFilter>;

/** How `_sorted` orders ids. */
export const SortDescriptor = shape(
  {
    fields: maybe(list(shape({ column: maybe(text), dir: maybe(word(['Asc', 'Desc'])) })), []),
    filter: maybe(ItemFlagFilter),
  },
  'SortDescriptor',
);
export type SortDescriptor = Static<typeof SortDescriptor>;

export const IdRange = shape({ count: whole, globalCounter: whole }, 'IdRange');
export type IdRange = Static<typeof IdRange>;
