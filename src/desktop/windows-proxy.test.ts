import { expect, it } from 'vitest';
import type { RegistryValue } from '../outlook/com/registry-value.ts';
import { fakeRegistry } from '../outlook/com/testing/fake-registry.ts';
import { type FoundProxy, proxyFinder } from './find-proxy.ts';
import { type AskScript, readProxySettings, windowsProxies } from './windows-proxy.ts';

const SETTINGS = String.raw`currentUser * Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
const URL_OF_ALL = 'https://mail.example.org';

const settings = (values: Readonly<Record<string, RegistryValue>>) =>
  fakeRegistry(Object.fromEntries(Object.entries(values).map(([name, value]) => [`${SETTINGS}|${name}`, value])));

const STATIC = { ProxyEnable: 1, ProxyServer: 'proxy:8080', ProxyOverride: '<local>;*.lan' };
const SCRIPT = { AutoConfigURL: 'http://wpad/proxy.pac' };
const never: AskScript = async () => {
  throw new Error('no script was to be asked');
};

const found = (values: Parameters<typeof settings>[0], ask: AskScript = never, address = URL_OF_ALL) =>
  windowsProxies(settings(values), ask)(new URL(address));

it('the proxy that is written in the settings counts while it is switched on', async () => {
  expect(await found(STATIC)).toEqual({ proxy: 'http://proxy:8080', from: 'windows' });
  expect(await found({ ...STATIC, ProxyEnable: 0 })).toEqual({ proxy: '', from: 'nobody' });
  expect(await found(STATIC, never, 'https://a.lan')).toEqual({ proxy: '', from: 'windows' });
  expect(await found({})).toEqual({ proxy: '', from: 'nobody' });
});

it('a script goes before what is written; where it gives no answer that counts, and it is asked once for a while', async () => {
  let asked = 0;
  const says = (answer: string | undefined): AskScript => {
    return async () => {
      asked++;
      return answer;
    };
  };
  expect(await found({ ...STATIC, ...SCRIPT }, says('a:1;b:2'))).toEqual({ proxy: 'http://a:1', from: 'script' });
  expect(await found({ ...STATIC, ...SCRIPT }, says(''))).toEqual({ proxy: '', from: 'script' });
  expect(await found({ ...STATIC, ...SCRIPT }, says(undefined))).toEqual({
    proxy: 'http://proxy:8080',
    from: 'windows',
  });
  expect(await found({ ...STATIC, ...SCRIPT }, never)).toMatchObject({ from: 'windows' });
  asked = 0;
  const kept = windowsProxies(settings(SCRIPT), says('a:1'));
  for (const path of ['/', '/api', '/other']) await kept(new URL(path, URL_OF_ALL));
  await kept(new URL('https://another.example.org'));
  expect(asked).toBe(2);
});

it('a script that gave no answer is asked again soon, and nobody waits long for one that stays silent', async () => {
  let [now, asked] = [0, 0];
  let answer: Promise<string | undefined> = Promise.resolve(undefined);
  const ask: AskScript = () => {
    asked++;
    return answer;
  };
  const find = windowsProxies(settings(SCRIPT), ask, { now: () => now, grace: 5 });
  const next = async () => [(await find(new URL(URL_OF_ALL))).from, asked];
  expect(await next()).toEqual(['nobody', 1]);
  now += 10_000;
  expect(await next()).toEqual(['nobody', 1]);
  // The network is up now, and slow.
  const late = Promise.withResolvers<string>();
  answer = late.promise;
  now += 20_000;
  expect([await next(), await next()]).toEqual([
    ['nobody', 2],
    ['nobody', 2],
  ]);
  late.resolve('a:1');
  await late.promise;
  await new Promise(setImmediate);
  expect(await next()).toEqual(['script', 2]);
  now += 4 * 60_000;
  expect(await next()).toEqual(['script', 2]);
  now += 60_000;
  expect(await next()).toEqual(['script', 3]);
});

it('whether the network is asked stands in the settings of the connection', () => {
  const detects = (byte: number) => {
    const bytes = new Uint8Array(20);
    bytes[8] = byte;
    const name = `${SETTINGS}\\Connections|DefaultConnectionSettings`;
    return readProxySettings(fakeRegistry({ [name]: bytes })).detect;
  };
  expect([detects(9), detects(8), detects(1), detects(5)]).toEqual([true, true, false, false]);
});

it('settings that an administrator keeps for the whole computer are read there', () => {
  const computer = SETTINGS.replace('currentUser', 'localMachine');
  const policy = String.raw`localMachine * Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`;
  const registry = fakeRegistry({
    [`${policy}|ProxySettingsPerUser`]: 0,
    [`${computer}|ProxyEnable`]: 1,
    [`${computer}|ProxyServer`]: 'all:1',
    [`${SETTINGS}|ProxyEnable`]: 1,
    [`${SETTINGS}|ProxyServer`]: 'own:1',
  });
  expect(readProxySettings(registry).servers).toBe('all:1');
});

it('the environment goes before the settings, this computer itself needs no proxy, and what fails says nothing', async () => {
  const said: FoundProxy = { proxy: 'http://w:1', from: 'windows' };
  const find = proxyFinder({ HTTPS_PROXY: 'e:1', NO_PROXY: 'free' }, async () => said);
  expect(await find(URL_OF_ALL)).toEqual({ proxy: 'http://e:1', from: 'environment' });
  expect(await find('https://free')).toEqual({ proxy: '', from: 'environment' });
  expect(await find('http://mail')).toEqual(said);
  expect(await find('https://127.0.0.1:9')).toEqual({ proxy: '', from: 'nobody' });
  const failing = proxyFinder({}, () => Promise.reject(new Error('no registry')));
  expect(await failing(URL_OF_ALL)).toEqual({ proxy: '', from: 'nobody' });
});
