import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { ContainerDescriptor, ContainerSubscriptionDescriptor, Verb } from '../wire/container.ts';
import { listIn, numberIn, objectIn } from './answers.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

export type ContainerKind = 'calendar' | 'addressbook';

/** What the user may do in a container, with the inclusions of verbs expanded (API 2.5). */
export type Access = {
  readonly read: boolean;
  readonly write: boolean;
  /** Sees the details of private events; without it they arrive blanked and must never be written back (API 4.7). */
  readonly readPrivate: boolean;
  /** May rename it and share it. */
  readonly manage: boolean;
};

/** A calendar or address book. */
export type Container = {
  readonly uid: string;
  readonly kind: ContainerKind;
  readonly name: string;
  readonly owner: string;
  readonly ownerName: string;
  /** The user's own. */
  readonly mine: boolean;
  /** The owner's default calendar or book. */
  readonly isDefault: boolean;
  readonly subscribed: boolean;
  /** Subscribed with a local copy wanted; without it the container stays on the server only. */
  readonly offlineSync: boolean;
  /** `#rrggbb`, where one was chosen. */
  readonly color: string | undefined;
  readonly access: Access;
};

/** A subscription whose container could not be described: kept as it is, never taken for gone (API 3). */
export type Unreachable = { readonly uid: string; readonly name: string; readonly reason: 'no-right' | 'not-found' };

export type Subscriptions = { readonly containers: readonly Container[]; readonly unreachable: readonly Unreachable[] };

/** The account's subscribed calendars and books with what it may do in each: one request for the list, one for all descriptors. */
export async function listSubscriptions(session: Session, signal?: AbortSignalLike): Promise<Subscriptions> {
  const user = await session.user();
  const wanted = await subscriptionsOf(session, signal);
  const uids = wanted.map(({ containerUid }) => containerUid);
  const descriptors = new Map(
    (await describe(session, uids, signal)).map((descriptor) => [descriptor.uid, descriptor]),
  );
  const containers: Container[] = [];
  const unreachable: Unreachable[] = [];
  for (const subscription of wanted) {
    const descriptor = descriptors.get(subscription.containerUid);
    const container = descriptor && toContainer(descriptor, subscription, user.uid);
    if (container?.access.read) containers.push(container);
    else
      unreachable.push({
        uid: subscription.containerUid,
        name: subscription.name ?? '',
        reason: descriptor ? 'no-right' : 'not-found',
      });
  }
  return { containers, unreachable };
}

/** The calendars or books that the account may read or is subscribed to, whether it is or not. */
export async function listVisible(
  session: Session,
  kind: ContainerKind,
  signal?: AbortSignalLike,
): Promise<readonly Container[]> {
  const user = await session.user();
  const subscriptions = new Map((await subscriptionsOf(session, signal)).map((one) => [one.containerUid, one]));
  const call = { method: 'POST', path: '/containers/_manage/_list', body: { type: kind }, signal } as const;
  const visible = listIn<ContainerDescriptor>(await session.call(call));
  const uids = new Set(visible.map(({ uid }) => uid));
  const others = await describe(
    session,
    [...subscriptions.keys()].filter((uid) => !uids.has(uid)),
    signal,
  );
  return [...visible, ...others]
    .filter(({ type }) => type === kind)
    .map((descriptor) => toContainer(descriptor, subscriptions.get(descriptor.uid ?? ''), user.uid))
    .filter(({ access }) => access.read);
}

/** Containers by their uids, subscribed or not, readable or not; those that do not exist are left out. */
export async function describeContainers(
  session: Session,
  uids: readonly string[],
  signal?: AbortSignalLike,
): Promise<readonly Container[]> {
  const user = await session.user();
  return (await describe(session, uids, signal)).map((descriptor) => toContainer(descriptor, undefined, user.uid));
}

/** How many items a container holds. @throws NO_RIGHT, NOT_FOUND */
export async function countItems(session: Session, uid: string, signal?: AbortSignalLike): Promise<number> {
  const call = { method: 'GET', path: path`/containers/_manage/${uid}/_itemCount`, signal } as const;
  return numberIn(objectIn<{ total: unknown }>(await session.call(call)).total);
}

async function subscriptionsOf(
  session: Session,
  signal: AbortSignalLike | undefined,
): Promise<readonly ContainerSubscriptionDescriptor[]> {
  const user = await session.user();
  const call = { method: 'GET', path: path`/users/${user.domainUid}/subscriptions/${user.uid}`, signal } as const;
  const list = listIn<ContainerSubscriptionDescriptor>(await session.call(call));
  return list.filter(({ containerType }) => isKind(containerType));
}

async function describe(
  session: Session,
  uids: readonly string[],
  signal: AbortSignalLike | undefined,
): Promise<readonly ContainerDescriptor[]> {
  if (uids.length === 0) return [];
  const call = { method: 'POST', path: '/containers/_manage/_mget', body: uids, signal } as const;
  return listIn<ContainerDescriptor>(await session.call(call));
}

/** The uids among `uids` that certainly do not exist any more (404), each asked for by itself. */
export async function confirmGone(
  session: Session,
  uids: readonly string[],
  signal?: AbortSignalLike,
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const uid of uids) {
    try {
      await session.call({ method: 'GET', path: path`/containers/_manage/${uid}`, signal });
    } catch (error) {
      if (!isFailure(error, 'NOT_FOUND')) throw error;
      gone.push(uid);
    }
  }
  return gone;
}

function isKind(type: string | null | undefined): type is ContainerKind {
  return type === 'calendar' || type === 'addressbook';
}

function toContainer(
  descriptor: ContainerDescriptor,
  subscription: ContainerSubscriptionDescriptor | undefined,
  userUid: string,
): Container {
  const settings = (descriptor.settings ?? {}) as Readonly<Record<string, string>>;
  const external = settings['type'] === 'externalIcs' || (settings['icsUrl'] ?? '') !== '';
  const closed = descriptor.readOnly === true || external || settings['readonly'] === 'true';
  const access = accessOf((descriptor.verbs ?? []) as readonly Verb[]);
  return {
    uid: descriptor.uid ?? '',
    kind: descriptor.type === 'addressbook' ? 'addressbook' : 'calendar',
    name: descriptor.name ?? subscription?.name ?? descriptor.uid ?? '',
    owner: descriptor.owner ?? '',
    ownerName: descriptor.ownerDisplayname ?? '',
    mine: descriptor.owner === userUid,
    isDefault: descriptor.defaultContainer === true,
    subscribed: subscription !== undefined,
    offlineSync: subscription?.offlineSync === true,
    color: settings['bm_color'],
    access: { ...access, write: access.write && !closed },
  };
}

/** Expands raw verbs by their inclusions; Write includes neither ReadExtended nor Manage (API 2.5). */
export function accessOf(verbs: readonly Verb[]): Access {
  const has = (...any: readonly Verb[]) => any.some((verb) => verbs.includes(verb));
  return {
    read: has('Read', 'ReadExtended', 'Write', 'All'),
    write: has('Write', 'All'),
    readPrivate: has('ReadExtended', 'All'),
    manage: has('Manage', 'All'),
  };
}
