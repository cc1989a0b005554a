import type {
  BaseContainerDescriptor,
  ContainerDescriptor,
  ContainerHierarchyNode,
  ContainerSubscriptionModel,
} from '../../wire/container.ts';
import { findItem, type ItemKind } from '../items/collection.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Session, SYSTEM } from '../kernel/session.ts';
import type { Container, EntryKind } from '../store/store.ts';
import { localName } from './names.ts';
import { subscriptionsOf, subscriptionUid } from './uids.ts';
import { expandVerbs, rawVerbs } from './verbs.ts';

/** What an owner's subscription container holds. */
export const SUBSCRIPTIONS: ItemKind<ContainerSubscriptionModel> = {
  type: 'owner_subscriptions',
  byId: 'subscription-by-id',
  describe: (value) => ({ displayName: value.name ?? '', lookup: value.containerUid ?? '' }),
};

/** What an owner's hierarchy container holds. */
export const HIERARCHY: ItemKind<ContainerHierarchyNode> = {
  type: 'container_flat_hierarchy',
  byId: 'node-by-id',
  describe: (value) => ({ displayName: value.name ?? '', lookup: value.containerUid ?? '' }),
};

/** A container without the caller's rights; its name in the caller's language, his personal settings over the container's. */
export function baseDescriptor(kernel: Kernel, session: Session, container: Container): BaseContainerDescriptor {
  const owner = kernel.store.people.entry(container.domain, container.owner);
  return {
    uid: container.uid,
    name: localName(container.name, session.lang),
    owner: container.owner,
    type: container.type,
    defaultContainer: container.defaultContainer,
    readOnly: container.readOnly,
    domainUid: container.domain,
    ownerDisplayname: owner?.displayName ?? null,
    ownerDirEntryPath: owner === undefined ? null : entryPath(container.domain, owner.kind, owner.uid),
    settings: { ...container.settings, ...kernel.store.containers.personalSettings(container.id, session.user) },
    deleted: false,
    datalocation: null,
    internalId: container.id,
  };
}

/** A container as the caller may use it. */
export function descriptor(kernel: Kernel, session: Session, container: Container): ContainerDescriptor {
  const verbs = rawVerbs(kernel, session, container);
  return {
    ...baseDescriptor(kernel, session, container),
    verbs,
    writable: expandVerbs(verbs).has('Write'),
    offlineSync: subscriptionOf(kernel, session.user, session.domain, container.uid)?.offlineSync === true,
    automount: true,
  };
}

/** What somebody's subscription to a container says; undefined when he has none. */
export function subscriptionOf(
  kernel: Kernel,
  owner: string,
  domain: string,
  containerUid: string,
): ContainerSubscriptionModel | undefined {
  const container = kernel.store.containers.byUid(subscriptionsOf(owner, domain));
  if (container === undefined) return undefined;
  const collection = { kernel, session: SYSTEM, container, kind: SUBSCRIPTIONS };
  const item = findItem(collection, subscriptionUid(owner, containerUid));
  return item === undefined ? undefined : (JSON.parse(item.value) as ContainerSubscriptionModel);
}

const FOLDERS = {
  USER: 'users',
  GROUP: 'groups',
  RESOURCE: 'resources',
  MAILSHARE: 'mailshares',
  EXTERNALUSER: 'externaluser',
  CALENDAR: 'calendars',
  ADDRESSBOOK: 'addressbooks',
  DOMAIN: '',
} as const satisfies Record<EntryKind, string>;

/** Where an entry stands in the directory: `<domain>/users/<uid>`; the domain itself is just `<domain>`. */
export function entryPath(domain: string, kind: EntryKind, uid: string): string {
  return kind === 'DOMAIN' ? domain : `${domain}/${FOLDERS[kind]}/${uid}`;
}
