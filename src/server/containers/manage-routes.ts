import { Uids } from '../../wire/common.ts';
import {
  AccessControlEntry,
  BaseContainerDescriptor,
  ContainerDescriptor,
  ContainerModifiableDescriptor,
  ContainerQuery,
} from '../../wire/container.ts';
import { list } from '../../wire/schema.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { isManager, type Session } from '../kernel/session.ts';
import { sessionFor } from '../sessions/session-life.ts';
import { createContainer, removeContainer } from './container-life.ts';
import { baseDescriptor, descriptor } from './descriptors.ts';
import { rename, setRights } from './manage.ts';
import { isOwner, mustFind } from './verbs.ts';
import { visibleContainers } from './visible.ts';

const service = 'IContainers';
const PATH = '/containers/_manage';
type Any = Call<unknown>;

/** IContainers: descriptors, and creating, renaming and removing. Reading a descriptor needs no right on the container. */
export function containersOperations(): Operation[] {
  return [...readOne(), ...readMany(), ...write()];
}

function readOne(): Operation[] {
  const get = (name: string, path: string, light: boolean, must: boolean) =>
    operation({
      service,
      name,
      method: 'GET',
      path: `${PATH}${path}`,
      result: result(light ? BaseContainerDescriptor : ContainerDescriptor),
      run: (call) => {
        const { kernel, session } = call;
        const uid = param(call, 'uid');
        const container = must ? mustFind(kernel, uid) : kernel.store.containers.byUid(uid);
        if (container === undefined) return null;
        return light ? baseDescriptor(kernel, session, container) : descriptor(kernel, session, container);
      },
    });
  return [
    get('get', '/{uid}', false, true),
    get('getIfPresent', '/_ifPresent/{uid}', false, false),
    get('getLight', '/_light/{uid}', true, true),
    get('getLightIfPresent', '/_ifPresentLight/{uid}', true, false),
    operation({
      service,
      name: 'getForUser',
      method: 'GET',
      path: `${PATH}/_forUser`,
      query: ['domainUid', 'userUid', 'uid'],
      result: result(ContainerDescriptor),
      run: (call) => descriptor(call.kernel, asUser(call), mustFind(call.kernel, call.query['uid'] ?? '')),
    }),
  ];
}

function readMany(): Operation[] {
  const several = (name: string, path: string, light: boolean) =>
    operation({
      service,
      name,
      method: 'POST',
      path: `${PATH}${path}`,
      body: json(Uids),
      result: result(),
      run: ({ kernel, session, body }) =>
        kernel.store.containers
          .byUids(body ?? [])
          .map((found) => (light ? baseDescriptor(kernel, session, found) : descriptor(kernel, session, found))),
    });
  const all = (
    name: string,
    path: string,
    light: boolean,
    who: (call: Any) => Session,
    query: readonly string[] = [],
  ) =>
    operation({
      service,
      name,
      method: 'POST',
      path: `${PATH}${path}`,
      query,
      body: json(ContainerQuery),
      result: result(),
      run: (call) => {
        const session = who(call);
        return visibleContainers(call.kernel, session, call.body ?? {}).map((found) =>
          light ? baseDescriptor(call.kernel, session, found) : descriptor(call.kernel, session, found),
        );
      },
    });
  return [
    several('getContainers', '/_mget', false),
    several('getContainersLight', '/_mgetLight', true),
    all('all', '/_list', false, (call) => call.session),
    all('allLight', '/_listLight', true, (call) => call.session),
    all('allForUser', '/_listforuser', false, asUser, ['domainUid', 'userUid']),
  ];
}

function write(): Operation[] {
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: `${PATH}/{uid}`,
      body: json(ContainerDescriptor),
      result: result(BaseContainerDescriptor),
      run: (call) => create(call, param(call, 'uid')),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${PATH}/{uid}`,
      result: nothing,
      run: (call) => {
        const container = call.kernel.store.containers.byUid(param(call, 'uid'));
        if (container === undefined) return;
        if (!isOwner(call.session, container))
          throw fault('PERMISSION_DENIED', 'Only its owner may remove a container.');
        removeContainer(call, container);
      },
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: `${PATH}/{uid}`,
      body: json(ContainerModifiableDescriptor),
      result: nothing,
      run: (call) => rename(call, mustFind(call.kernel, param(call, 'uid')), call.body),
    }),
    operation({
      service,
      name: 'setAccessControlList',
      method: 'POST',
      path: `${PATH}/{uid}/_acl`,
      body: json(list(AccessControlEntry)),
      result: nothing,
      run: (call) => setRights(call, mustFind(call.kernel, param(call, 'uid')), call.body),
    }),
  ];
}

function create(call: Call<ContainerDescriptor | null>, uid: string): BaseContainerDescriptor {
  const { kernel, session, body } = call;
  if (body === null) throw bareFault('The descriptor is missing.');
  const { name, owner, domainUid: domain, type, settings } = body;
  if (!name || !owner || !domain || !type || !settings)
    throw fault('INVALID_PARAMETER', 'A container needs name, owner, domainUid, type and settings.');
  if (!isManager(session) && (owner !== session.user || domain !== session.domain))
    throw fault('FORBIDDEN', 'A container can be created for oneself only.');
  if (owner !== uid && kernel.store.people.entry(domain, owner) === undefined)
    throw bareFault('The owner is not in the domain.');
  const container = createContainer(call, {
    uid,
    type,
    name,
    owner,
    domain,
    defaultContainer: body.defaultContainer === true,
    readOnly: body.readOnly === true || settings['readonly'] === 'true',
    settings: texts(settings),
  });
  return baseDescriptor(kernel, session, container);
}

/** Settings without those that are null. */
export function texts(settings: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The session of the user that an administrator asks about; anybody may ask about himself. */
function asUser(call: Any): Session {
  const { kernel, session, query } = call;
  const domain = query['domainUid'] ?? '';
  const user = query['userUid'] ?? '';
  if (!isManager(session) && (domain !== session.domain || user !== session.user))
    throw fault('PERMISSION_DENIED', 'Only an administrator may ask for somebody else.');
  const entry = kernel.store.people.entry(domain, user);
  if (entry === undefined) throw fault('NOT_FOUND', `There is no user ${user}.`);
  return sessionFor(kernel, entry);
}
