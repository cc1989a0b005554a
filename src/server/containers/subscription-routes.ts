import { Uids } from '../../wire/common.ts';
import {
  ContainerSubscription,
  type ContainerSubscriptionDescriptor,
  type ContainerSubscriptionModel,
} from '../../wire/container.ts';
import { list } from '../../wire/schema.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import { subscribe, subscribersOf, subscriptionsOfOwner, unsubscribe } from './container-life.ts';
import { entryPath } from './descriptors.ts';
import { localName } from './names.ts';
import { mustBeAllowed, mustFind } from './verbs.ts';

const service = 'IUserSubscription';
const PATH = '/users/{domainUid}/subscriptions';

/** IUserSubscription: what somebody wants to see, and to have a local copy of. */
export function subscriptionOperations(): Operation[] {
  const set = (name: string, path: string) =>
    operation({
      service,
      name,
      method: 'POST',
      path: `${PATH}/{subject}/${path}`,
      body: json(list(ContainerSubscription)),
      result: nothing,
      run: (call) => {
        const own = subscriber(call);
        if (call.body === null) throw bareFault('The subscriptions are missing.');
        const wanted = call.body;
        call.kernel.store.transaction(() => {
          for (const subscription of wanted) subscribe(call, own, subscription);
        });
      },
    });
  return [
    operation({
      service,
      name: 'listSubscriptions',
      method: 'GET',
      path: `${PATH}/{subject}`,
      query: ['type'],
      result: result(),
      run: listed,
    }),
    operation({
      service,
      name: 'subscribers',
      method: 'GET',
      path: `${PATH}/_subscribers/{containerUid}`,
      result: result(Uids),
      run: (call) => {
        const container = mustFind(call.kernel, param(call, 'containerUid'));
        mustBeAllowed(call.kernel, call.session, container, 'Manage');
        return subscribersOf(call.kernel, container.uid).map((found) => found.owner);
      },
    }),
    set('subscribe', '_subscribe'),
    set('updateAutomount', '_automount'),
    operation({
      service,
      name: 'unsubscribe',
      method: 'POST',
      path: `${PATH}/{subject}/_unsubscribe`,
      body: json(Uids),
      result: nothing,
      run: (call) => {
        const own = subscriber(call);
        call.kernel.store.transaction(() => {
          for (const uid of call.body ?? []) unsubscribe(call, own, uid);
        });
      },
    }),
  ];
}

/** Whose subscriptions the call is about: one's own, or anybody's for an administrator. @throws PERMISSION_DENIED, NOT_FOUND */
function subscriber(call: Call<unknown>): { owner: string; domain: string } {
  const own = { owner: param(call, 'subject'), domain: param(call, 'domainUid') };
  return mustBeSelf(call, own);
}

export function mustBeSelf(
  { kernel, session }: Call<unknown>,
  own: { readonly owner: string; readonly domain: string },
): { owner: string; domain: string } {
  if (!isManager(session) && (own.owner !== session.user || own.domain !== session.domain))
    throw fault('PERMISSION_DENIED', 'These subscriptions belong to somebody else.');
  if (kernel.store.people.entry(own.domain, own.owner) === undefined)
    throw fault('NOT_FOUND', `There is no user ${own.owner}.`);
  return own;
}

/** `automount` is told as true whatever was set, as in the version that was read. */
function listed(call: Call<unknown>): readonly ContainerSubscriptionDescriptor[] {
  const { kernel, session } = call;
  const collection = subscriptionsOfOwner(call, subscriber(call));
  const type = call.query['type'];
  return kernel.store.items.all(collection.container.id).flatMap((item) => {
    const model = JSON.parse(item.value) as ContainerSubscriptionModel;
    if (type !== undefined && type !== '' && model.containerType !== type) return [];
    const container = kernel.store.containers.byUid(model.containerUid ?? '');
    const owner = container === undefined ? undefined : kernel.store.people.entry(container.domain, container.owner);
    return [
      {
        containerUid: model.containerUid ?? '',
        offlineSync: model.offlineSync ?? false,
        automount: true,
        containerType: model.containerType ?? null,
        owner: model.owner ?? null,
        defaultContainer: model.defaultContainer ?? false,
        name: localName(model.name ?? '', session.lang),
        ownerDisplayName: owner?.displayName ?? null,
        ownerDirEntryPath: owner === undefined ? null : entryPath(owner.domain, owner.kind, owner.uid),
      },
    ];
  });
}
