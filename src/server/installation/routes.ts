import { InstallationVersion, PublicInfos } from '../../wire/auth.ts';
import { setState } from '../admin/state.ts';
import { fault } from '../kernel/fault.ts';
import type { Call } from '../kernel/operation.ts';
import { nothing, type Operation, operation, result, string } from '../kernel/operation.ts';
import { isManager } from '../kernel/session.ts';

/** IInstallation: what a client asks before it logs in, and the maintenance switch. */
export function installationOperations(): Operation[] {
  const service = 'IInstallation';
  return [
    operation({
      service,
      name: 'getInfos',
      method: 'GET',
      path: '/system/installation/_infos',
      result: result(PublicInfos),
      anonymous: true,
      run: ({ kernel }) => {
        const { defaultDomain, softwareVersion } = kernel.policy();
        return { defaultDomain: defaultDomain === '' ? null : defaultDomain, softwareVersion, releaseName: 'embedded' };
      },
    }),
    operation({
      service,
      name: 'getSystemState',
      method: 'GET',
      path: '/system/installation/state',
      result: string,
      anonymous: true,
      run: ({ kernel }) => kernel.state.current,
    }),
    operation({
      service,
      name: 'getVersion',
      method: 'GET',
      path: '/system/installation/version',
      result: result(InstallationVersion),
      run: ({ kernel }) => {
        const { softwareVersion } = kernel.policy();
        return { databaseVersion: softwareVersion, softwareVersion, versionName: 'embedded', needsUpgrade: false };
      },
    }),
    operation({
      service,
      name: 'maintenanceMode',
      method: 'PUT',
      path: '/system/installation/state/_maintenance',
      result: nothing,
      run: (call) => setState(managed(call).kernel, 'CORE_STATE_MAINTENANCE'),
    }),
    operation({
      service,
      name: 'runningMode',
      method: 'DELETE',
      path: '/system/installation/state/_maintenance',
      result: nothing,
      run: (call) => setState(managed(call).kernel, 'CORE_STATE_RUNNING'),
    }),
    operation({
      service,
      name: 'demoteLeader',
      method: 'PUT',
      path: '/system/installation/state/_demote',
      result: nothing,
      run: (call) => setState(managed(call).kernel, 'CORE_STATE_DEMOTED'),
    }),
    operation({
      service,
      name: 'promoteLeader',
      method: 'PUT',
      path: '/system/installation/state/_promote',
      result: nothing,
      run: (call) => setState(managed(call).kernel, 'CORE_STATE_RUNNING'),
    }),
  ];
}

function managed<C extends Call<unknown>>(call: C): C {
  if (!isManager(call.session))
    throw fault('PERMISSION_DENIED', 'Only an administrator may change the state of the server.');
  return call;
}
