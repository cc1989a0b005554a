import type { AbortSignalLike } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import type { ContainerDescriptor, ContainerSubscriptionDescriptor, Verb } from '../wire/container.ts';
import type { Session } from './session.ts';
import { path } from './transport.ts';

export type ContainerKind = 'calendar' | 'addressbook';

/** What the user may do in a container, with the inclusions of verbs expanded (API 2.5). */
export type Access = {
  readonly read: boolean;
  readonly write: boolean;
  /** Sees the details of private events; without it they arrive blanked and must never be written back (API 4.7). */
  readonly readPrivate: boolean;
};

/** A calendar or address book that the account is subscribed to. */
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
  const list = (await session.call({
    method: 'GET',
    path: path`/users/${user.domainUid}/subscriptions/${user.uid}`,
    signal,
  })) as ContainerSubscriptionDescriptor[] | undefined;
  const wanted = (list ?? []).filter(({ containerType }) => isKind(containerType));
  const described = (await session.call({
    method: 'POST',
    path: '/containers/_manage/_mget',
    body: wanted.map(({ containerUid }) => containerUid),
    signal,
  })) as ContainerDescriptor[] | undefined;
  const descriptors = new Map((described ?? []).map((descriptor) => [descriptor.uid, descriptor]));
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
  subscription: ContainerSubscriptionDescriptor,
  userUid: string,
): Container {
  const settings = (descriptor.settings ?? {}) as Readonly<Record<string, string>>;
  const external = settings['type'] === 'externalIcs' || (settings['icsUrl'] ?? '') !== '';
  const closed = descriptor.readOnly === true || external || settings['readonly'] === 'true';
  const access = accessOf((descriptor.verbs ?? []) as readonly Verb[]);
  return {
    uid: descriptor.uid ?? subscription.containerUid,
    kind: descriptor.type === 'addressbook' ? 'addressbook' : 'calendar',
    name: descriptor.name ?? subscription.name ?? subscription.containerUid,
    owner: descriptor.owner ?? '',
    ownerName: descriptor.ownerDisplayname ?? '',
    mine: descriptor.owner === userUid,
    isDefault: descriptor.defaultContainer === true,
    offlineSync: subscription.offlineSync === true,
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
  };
}
