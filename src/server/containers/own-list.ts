import { ContainerDescriptor } from '../../wire/container.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { createContainer, removeContainer, subscribe } from './container-life.ts';
import { mustBeAllowed, mustFind } from './verbs.ts';

/** Making and removing further containers of a kind, at `{path}/{uid}`. */
export function ownListOperations(service: string, path: string, type: string): Operation[] {
  return [
    operation({
      service,
      name: 'create',
      method: 'PUT',
      path: `${path}/{uid}`,
      body: json(ContainerDescriptor),
      result: nothing,
      run: (call) => createOwnList(call, type),
    }),
    operation({
      service,
      name: 'delete',
      method: 'DELETE',
      path: `${path}/{uid}`,
      result: nothing,
      run: (call) => removeOwnList(call, type),
    }),
  ];
}

/**
 * Further task lists and notes of somebody: unlike books and calendars these subscribe their owner and give him every right by
 * themselves. @source fact sheet 2.4
 * @throws INVALID_PARAMETER, PERMISSION_DENIED, ALREADY_EXISTS
 */
function createOwnList(call: Call<ContainerDescriptor | null>, type: string): void {
  const { kernel, session, body } = call;
  if (body === null) throw bareFault('The descriptor is missing.');
  if (!body.name) throw fault('INVALID_PARAMETER', 'A container needs a name.');
  const owner = body.owner || session.user;
  const domain = body.domainUid || session.domain;
  if (!isManager(session) && (owner !== session.user || domain !== session.domain))
    throw fault('PERMISSION_DENIED', 'Only the owner may create this.');
  if (kernel.store.people.entry(domain, owner) === undefined) throw bareFault('The owner does not exist.');
  kernel.store.transaction(() => {
    const container = createContainer(call, {
      uid: param(call, 'uid'),
      type,
      name: body.name ?? '',
      owner,
      domain,
      defaultContainer: body.defaultContainer === true,
      grants: [{ subject: owner, verb: 'All' }],
    });
    subscribe(call, { owner, domain }, { containerUid: container.uid, offlineSync: true, automount: true });
  });
}

/** Removes a task list or notes. @throws NOT_FOUND, PERMISSION_DENIED without Manage */
function removeOwnList(call: Call<unknown>, type: string): void {
  const container = mustFindOfType(call, type);
  mustBeAllowed(call.kernel, call.session, container, 'Manage');
  removeContainer(call, container);
}

function mustFindOfType(call: Call<unknown>, type: string): Container {
  const container = mustFind(call.kernel, param(call, 'uid'));
  if (container.type !== type) throw fault('NOT_FOUND', `The container ${container.uid} is not a ${type}.`);
  return container;
}
