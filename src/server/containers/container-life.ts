import type {
  ContainerHierarchyNode,
  ContainerSubscription,
  ContainerSubscriptionModel,
  Verb,
} from '../../wire/container.ts';
import { type Collection, createItem, findItem, type ItemKind, removeItem, updateItem } from '../items/collection.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { loginAtDomain, type Session } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { HIERARCHY, SUBSCRIPTIONS } from './descriptors.ts';
import { hierarchyNode, hierarchyOf, subscriptionsOf, subscriptionUid } from './uids.ts';
import { mustFind } from './verbs.ts';

/**
 * Creating, renaming and removing containers, and subscribing to them. Each of these shows in two other places: the owner's
 * hierarchy container and every subscriber's subscription container, which have change logs of their own. @source fact sheet 2.4
 */
type Actor = { readonly kernel: Kernel; readonly session: Session };

export type NewContainer = {
  readonly uid: string;
  readonly type: string;
  readonly name: string;
  readonly owner: string;
  readonly domain: string;
  readonly defaultContainer?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly grants?: readonly { readonly subject: string; readonly verb: Verb }[] | undefined;
};

/** @throws ALREADY_EXISTS when the uid is taken */
export function createContainer(actor: Actor, wanted: NewContainer): Container {
  const { store } = actor.kernel;
  return store.transaction(() => {
    if (store.containers.byUid(wanted.uid) !== undefined)
      throw fault('ALREADY_EXISTS', `A container ${wanted.uid} exists already.`);
    const container = store.containers.insert({
      ...wanted,
      defaultContainer: wanted.defaultContainer ?? false,
      readOnly: wanted.readOnly ?? false,
      settings: wanted.settings ?? {},
    });
    store.containers.setGrants(container.id, wanted.grants ?? []);
    saveNode(actor, container);
    return container;
  });
}

/** Changes name, default mark or settings. */
export function saveContainer(actor: Actor, container: Container): void {
  const { store } = actor.kernel;
  store.transaction(() => {
    store.containers.update(container);
    saveNode(actor, container);
    for (const subscriber of subscribersOf(actor.kernel, container.uid)) {
      const collection = subscriptionsAt(actor, subscriber);
      const uid = subscriptionUid(collection.container.owner, container.uid);
      const stored = findItem(collection, uid);
      if (stored === undefined) continue;
      const model = JSON.parse(stored.value) as ContainerSubscriptionModel;
      updateItem(collection, uid, { ...model, name: container.name, defaultContainer: container.defaultContainer });
    }
  });
  announceContainer(actor, container);
}

/** Removes a container with its items, rights, change log and everybody's subscription. */
export function removeContainer(actor: Actor, container: Container): void {
  const { store } = actor.kernel;
  store.transaction(() => {
    for (const subscriber of subscribersOf(actor.kernel, container.uid)) {
      const collection = subscriptionsAt(actor, subscriber);
      removeItem(collection, subscriptionUid(collection.container.owner, container.uid));
    }
    const hierarchy = ownContainer(actor, HIERARCHY, hierarchyOf(container.owner, container.domain), container);
    const node = hierarchyNode(container.type, container.uid, container.domain);
    if (findItem(hierarchy, node) !== undefined) removeItem(hierarchy, node);
    store.containers.remove(container.id);
  });
  announceContainer(actor, container);
}

/** Tells that name, rights or existence of a container changed: pushed, without a new version. */
export function announceContainer({ kernel, session }: Actor, container: Container): void {
  kernel.hub.changed({ type: container.type, containerUid: container.uid, loginAtDomain: loginAtDomain(session) });
}

/** Subscribes somebody, or changes the subscription he has. @throws NOT_FOUND when the container does not exist */
export function subscribe(
  actor: Actor,
  subscriber: { readonly owner: string; readonly domain: string },
  wanted: Pick<ContainerSubscription, 'containerUid' | 'offlineSync' | 'automount'>,
): void {
  const container = mustFind(actor.kernel, wanted.containerUid ?? '');
  const collection = subscriptionsOfOwner(actor, subscriber);
  const uid = subscriptionUid(subscriber.owner, container.uid);
  const model: ContainerSubscriptionModel = {
    containerUid: container.uid,
    containerType: container.type,
    owner: container.owner,
    defaultContainer: container.defaultContainer,
    offlineSync: wanted.offlineSync ?? false,
    automount: wanted.automount ?? true,
    name: container.name,
  };
  if (findItem(collection, uid) === undefined) createItem(collection, uid, model);
  else updateItem(collection, uid, model);
}

/** Ends a subscription; one's own default container stays subscribed, silently. */
export function unsubscribe(
  actor: Actor,
  subscriber: { readonly owner: string; readonly domain: string },
  containerUid: string,
): void {
  const container = actor.kernel.store.containers.byUid(containerUid);
  if (container?.defaultContainer === true && container.owner === subscriber.owner) return;
  const collection = subscriptionsOfOwner(actor, subscriber);
  const uid = subscriptionUid(subscriber.owner, containerUid);
  if (findItem(collection, uid) !== undefined) removeItem(collection, uid);
}

/** The subscription container of somebody; made when it is missing. */
export function subscriptionsOfOwner(
  actor: Actor,
  { owner, domain }: { readonly owner: string; readonly domain: string },
): Collection<ContainerSubscriptionModel> {
  return ownContainer(actor, SUBSCRIPTIONS, subscriptionsOf(owner, domain), { owner, domain });
}

/** The hierarchy container of somebody; made when it is missing. */
export function hierarchyOfOwner(
  actor: Actor,
  { owner, domain }: { readonly owner: string; readonly domain: string },
): Collection<ContainerHierarchyNode> {
  return ownContainer(actor, HIERARCHY, hierarchyOf(owner, domain), { owner, domain });
}

/** The subscription containers that hold a subscription to this container. */
export function subscribersOf(kernel: Kernel, containerUid: string): readonly Container[] {
  return kernel.store.containers
    .ofType(SUBSCRIPTIONS.type)
    .filter((container) => kernel.store.items.byLookup(container.id, containerUid.toLowerCase()).length > 0);
}

function subscriptionsAt(actor: Actor, container: Container): Collection<ContainerSubscriptionModel> {
  return { ...actor, container, kind: SUBSCRIPTIONS };
}

function saveNode(actor: Actor, container: Container): void {
  if (container.type === HIERARCHY.type || container.type === SUBSCRIPTIONS.type) return;
  const hierarchy = hierarchyOfOwner(actor, container);
  const uid = hierarchyNode(container.type, container.uid, container.domain);
  const node = { containerUid: container.uid, containerType: container.type, name: container.name, deleted: false };
  if (findItem(hierarchy, uid) === undefined) createItem(hierarchy, uid, node);
  else updateItem(hierarchy, uid, node);
}

function ownContainer<T>(
  actor: Actor,
  kind: ItemKind<T>,
  uid: string,
  { owner, domain }: { readonly owner: string; readonly domain: string },
): Collection<T> {
  const { containers } = actor.kernel.store;
  const container =
    containers.byUid(uid) ??
    containers.insert({
      uid,
      type: kind.type,
      name: uid,
      owner,
      domain,
      defaultContainer: true,
      readOnly: false,
      settings: {},
    });
  return { ...actor, container, kind };
}
