import { UserSettings } from '../../wire/settings.ts';
import { bareFault } from '../kernel/fault.ts';
import { type Call, json, nothing, type Operation, operation, result, string, textBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import { changeSetting, replaceSettings, settingsOf, type Whose } from './user-settings.ts';

const service = 'IUserSettings';
const path = '/users/{containerUid}/{uid}';

function whose(call: Call<unknown>): Whose {
  return {
    kernel: call.kernel,
    session: call.session,
    domain: param(call, 'containerUid'),
    uid: param(call, 'uid'),
  };
}

/** IUserSettings. */
export function userSettingsOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'get',
      method: 'GET',
      path: `${path}/_settings`,
      result: result(UserSettings),
      run: (call) => settingsOf(whose(call)),
    }),
    operation({
      service,
      name: 'set',
      method: 'POST',
      path: `${path}/_settings`,
      body: json(UserSettings),
      result: nothing,
      run: (call) => {
        if (call.body === null) throw bareFault('The settings are missing.');
        replaceSettings(whose(call), call.body);
      },
    }),
    operation({
      service,
      name: 'getOne',
      method: 'GET',
      path: `${path}/_setting/{name}`,
      result: string,
      run: (call) => {
        const settings = settingsOf(whose(call));
        const name = param(call, 'name');
        return Object.hasOwn(settings, name) ? settings[name] : null;
      },
    }),
    operation({
      service,
      name: 'setOne',
      method: 'POST',
      path: `${path}/_setting/{name}`,
      body: textBody,
      result: nothing,
      run: (call) => changeSetting(whose(call), param(call, 'name'), call.body),
    }),
  ];
}
