import { Settings, Uids } from '../../wire/common.ts';
import {
  AccessControlEntry,
  ContainerDescriptor,
  ContainerModifiableDescriptor,
  ItemFlagFilter,
  VERBS,
  type Verb,
} from '../../wire/container.ts';
import { list } from '../../wire/schema.ts';
import { fits } from '../items/change-sets.ts';
import { itemDescriptor } from '../items/collection.ts';
import { bareFault, fault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { isManager } from '../kernel/session.ts';
import type { Container } from '../store/store.ts';
import { saveContainer, subscribe, subscribersOf } from './container-life.ts';
import { descriptor, subscriptionOf } from './descriptors.ts';
import { rename, setRights } from './manage.ts';
import { texts } from './manage-routes.ts';
import { can, mustBeAllowed, mustFind } from './verbs.ts';

const service = 'IContainerManagement';
const PATH = '/containers/_manage/{containerUid}';

/** IContainerManagement: rights, settings and items' descriptors of one container. */
export function managementOperations(): Operation[] {
  return [...rights(), ...items(), ...settings(), ...subscription()];
}

/** The container of the call, on which the caller must hold one of `verbs`. */
function opened(call: Call<unknown>, ...verbs: readonly Verb[]): Container {
  const container = mustFind(call.kernel, param(call, 'containerUid'));
  if (verbs.length > 0) mustBeAllowed(call.kernel, call.session, container, ...verbs);
  return container;
}

function rights(): Operation[] {
  return [
    operation({
      service,
      name: 'setAccessControlList',
      method: 'PUT',
      path: `${PATH}/_acl`,
      body: json(list(AccessControlEntry)),
      result: nothing,
      run: (call) => setRights(call, opened(call), call.body),
    }),
    operation({
      service,
      name: 'getAccessControlList',
      method: 'GET',
      path: `${PATH}/_acl`,
      result: result(list(AccessControlEntry)),
      run: (call) => call.kernel.store.containers.grants(opened(call, 'Manage').id),
    }),
    operation({
      service,
      name: 'canAccess',
      method: 'POST',
      path: `${PATH}/_canAccess`,
      body: json(Uids),
      result: result(),
      run: (call) => {
        const wanted = VERBS.filter((verb) => call.body?.includes(verb));
        return can(call.kernel, call.session, opened(call), ...wanted);
      },
    }),
    operation({
      service,
      name: 'getDescriptor',
      method: 'GET',
      path: `${PATH}/_descriptor`,
      result: result(ContainerDescriptor),
      run: (call) => descriptor(call.kernel, call.session, opened(call, 'Read', 'Manage')),
    }),
    operation({
      service,
      name: 'update',
      method: 'POST',
      path: `${PATH}/_descriptor`,
      body: json(ContainerModifiableDescriptor),
      result: nothing,
      run: (call) => rename(call, opened(call), call.body),
    }),
  ];
}

function items(): Operation[] {
  const all = (call: Call<unknown>) => call.kernel.store.items.all(opened(call, 'Read').id);
  return [
    operation({
      service,
      name: 'getAllItems',
      method: 'GET',
      path: `${PATH}/_list`,
      result: result(),
      run: (call) => all(call).map(itemDescriptor),
    }),
    operation({
      service,
      name: 'getFilteredItems',
      method: 'GET',
      path: `${PATH}/_filtered`,
      body: json(ItemFlagFilter),
      result: result(),
      run: (call) =>
        all(call)
          .filter((item) => fits(item.flags, call.body))
          .map(itemDescriptor),
    }),
    operation({
      service,
      name: 'getItems',
      method: 'POST',
      path: `${PATH}/_mget`,
      body: json(Uids),
      result: result(),
      run: (call) => call.kernel.store.items.byUids(opened(call, 'Read').id, call.body ?? []).map(itemDescriptor),
    }),
    operation({
      service,
      name: 'getItemCount',
      method: 'GET',
      path: `${PATH}/_itemCount`,
      result: result(),
      run: (call) => ({ total: call.kernel.store.items.count(opened(call, 'Read').id) }),
    }),
  ];
}

function settings(): Operation[] {
  return [
    operation({
      service,
      name: 'getSettings',
      method: 'GET',
      path: `${PATH}/_settings`,
      result: result(Settings),
      run: (call) => opened(call, 'Read').settings,
    }),
    operation({
      service,
      name: 'setSettings',
      method: 'PUT',
      path: `${PATH}/_settings`,
      body: json(Settings),
      result: nothing,
      run: (call) => {
        const container = opened(call, 'Manage');
        if (call.body === null) throw bareFault('The settings are missing.');
        saveContainer(call, { ...container, settings: texts(call.body) });
      },
    }),
    operation({
      service,
      name: 'setSetting',
      method: 'PUT',
      path: `${PATH}/_settings/{key}`,
      body: textBody,
      result: nothing,
      run: (call) => {
        const container = opened(call, 'Manage');
        saveContainer(call, {
          ...container,
          settings: texts({ ...container.settings, [param(call, 'key')]: call.body }),
        });
      },
    }),
    operation({
      service,
      name: 'setPersonalSettings',
      method: 'PUT',
      path: `${PATH}/_personalSettings`,
      body: json(Settings),
      result: nothing,
      run: (call) => {
        const { kernel, session, body } = call;
        kernel.store.containers.setPersonalSettings(opened(call).id, session.user, texts(body ?? {}));
      },
    }),
  ];
}

function subscription(): Operation[] {
  const synchronise = (name: string, method: 'PUT' | 'DELETE', offlineSync: boolean) =>
    operation({
      service,
      name,
      method,
      path: `${PATH}/{subject}/offlineSync`,
      result: nothing,
      run: (call) => {
        const { kernel, session } = call;
        const subject = param(call, 'subject');
        if (subject !== session.user && !isManager(session))
          throw fault('PERMISSION_DENIED', 'Only oneself may be told what to synchronise.');
        const containerUid = param(call, 'containerUid');
        const domain = subject === session.user ? session.domain : mustFind(kernel, containerUid).domain;
        const known = subscriptionOf(kernel, subject, domain, containerUid);
        if (known === undefined) throw bareFault('There is no such subscription.');
        subscribe(call, { owner: subject, domain }, { ...known, containerUid, offlineSync });
      },
    });
  return [
    synchronise('allowOfflineSync', 'PUT', true),
    synchronise('disallowOfflineSync', 'DELETE', false),
    operation({
      service,
      name: 'subscribers',
      method: 'GET',
      path: `${PATH}/_subscription`,
      result: result(),
      run: (call) => subscribersOf(call.kernel, opened(call, 'Manage').uid).map((container) => container.owner),
    }),
  ];
}
