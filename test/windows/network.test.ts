import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestProxy, testProxy } from '../../src/bluemind/testing/test-proxy.ts';
import { runWindows, startWindowsNode, windowsPath } from '../../tools/windows/wine.ts';
import { ENVIRONMENT } from './installation.ts';
import { secureServer } from './secure-server.ts';

const SETTINGS = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
const SERVER = 'http://mail.example.invalid';

let server: Server;
let proxy: TestProxy;
/** What the server hands out as a script. */
let script = '';

beforeAll(async () => {
  server = createServer((request, answer) => {
    if (request.url === '/proxy.pac')
      return answer.setHeader('content-type', 'application/x-ns-proxy-autoconfig').end(script);
    return answer.setHeader('content-type', 'application/json').end('"here"');
  });
  const port = await listening(server);
  proxy = await testProxy(port);
});
beforeEach(() => void proxy.asked.splice(0));
afterAll(async () => {
  for (const name of ['ProxyEnable', 'ProxyServer', 'ProxyOverride', 'AutoConfigURL']) await without(name);
  await proxy.close();
  server.close();
  server.closeAllConnections();
});

async function listening(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return (one.address() as AddressInfo).port;
}

const without = (name: string) => runWindows('reg', ['delete', SETTINGS, '/v', name, '/f']);

async function set(name: string, value: string | number): Promise<void> {
  const type = typeof value === 'number' ? 'REG_DWORD' : 'REG_SZ';
  const { code } = await runWindows('reg', ['add', SETTINGS, '/v', name, '/t', type, '/d', String(value), '/f']);
  expect(code).toBe(0);
}

/** What a Windows program is answered. */
async function ask(...words: readonly string[]): Promise<unknown> {
  const env = {
    ...ENVIRONMENT,
    HTTP_PROXY: undefined,
    HTTPS_PROXY: undefined,
    http_proxy: undefined,
    https_proxy: undefined,
  };
  const run = startWindowsNode(fileURLToPath(new URL('network.ts', import.meta.url)), words, { env });
  const { stdout, stderr } = await run.exited;
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

it('requests go by the proxy of Windows’ settings, but for the exceptions that stand there', async () => {
  await set('ProxyServer', `http=${proxy.url.slice(7)};https=nowhere:1`);
  await set('ProxyEnable', 0);
  expect(await ask(SERVER)).toEqual({ code: 'SERVER_UNKNOWN_HOST', from: 'nobody' });
  await set('ProxyEnable', 1);
  expect(await ask(SERVER)).toEqual({ answer: 'here', from: 'windows' });
  expect(proxy.asked.join()).toContain('mail.example.invalid');
  await set('ProxyOverride', '<local>;*.example.invalid');
  expect(await ask(SERVER)).toEqual({ code: 'SERVER_UNKNOWN_HOST', from: 'windows' });
});

it('a script that the settings name is run by Windows, and goes before what is written there', async () => {
  await set('ProxyEnable', 0);
  const [host, port] = proxy.url.slice(7).split(':');
  script = `function FindProxyForURL(url, host) {
    return host == 'mail.example.invalid' ? 'PROXY ${host}:${port}' : 'DIRECT';
  }`;
  await set('AutoConfigURL', `http://127.0.0.1:${(server.address() as AddressInfo).port}/proxy.pac`);
  expect(await ask(SERVER)).toEqual({ answer: 'here', from: 'script' });
  expect(await ask('http://other.example.invalid')).toEqual({ code: 'SERVER_UNKNOWN_HOST', from: 'script' });
  await without('AutoConfigURL');
});

it('an authority that Windows trusts is trusted, and another one is not', async () => {
  const { url, certificate, close } = await secureServer();
  expect(await ask(url)).toEqual({ code: 'SERVER_TLS', from: 'nobody' });
  const trust = startWindowsNode(fileURLToPath(new URL('trust.ts', import.meta.url)), [windowsPath(certificate)]);
  expect(await trust.exited).toMatchObject({ code: 0 });
  expect(await ask(url)).toEqual({ answer: 'here', from: 'nobody' });
  await close();
});
