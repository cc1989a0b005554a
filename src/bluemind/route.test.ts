import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isFailure } from '../base/failure.ts';
import { type TestProxy, testProxy } from './testing/test-proxy.ts';
import { openFetch, openTransport } from './transport.ts';

let server: Server;
let port: number;
let proxy: TestProxy;

beforeEach(async () => {
  server = createServer((_request, answer) => answer.setHeader('content-type', 'application/json').end('"here"'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  proxy = await testProxy(port);
});
afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const call = { method: 'GET', path: '/x' } as const;
const codeOf = (error: unknown) => (isFailure(error) ? error.code : String(error));

it('each request goes by the way that is found for it: another network, another way', async () => {
  const asked: string[] = [];
  let way = proxy.url;
  const findProxy = async (url: string) => {
    asked.push(url);
    return { proxy: way };
  };
  const transport = openTransport({ server: `http://127.0.0.1:${port}`, findProxy });
  expect(await transport.send(call, undefined)).toBe('here');
  expect(proxy.asked).toHaveLength(1);
  way = '';
  expect(await transport.send(call, undefined)).toBe('here');
  expect(proxy.asked).toHaveLength(1);
  expect(asked).toEqual([`http://127.0.0.1:${port}`, `http://127.0.0.1:${port}`]);
  way = 'http://127.0.0.1:9';
  expect(await transport.send(call, undefined).catch(codeOf)).toBe('PROXY_UNREACHABLE');
  await transport.close();
});

it('a proxy leads to names that this computer does not know; what the account names goes first', async () => {
  const findProxy = async () => ({ proxy: proxy.url });
  const known = openTransport({ server: 'http://mail.example.invalid', findProxy });
  expect(await known.send(call, undefined)).toBe('here');
  expect(proxy.asked.join()).toContain('mail.example.invalid');
  await known.close();
  const named = openTransport({ server: 'http://mail.example.invalid', proxy: 'http://127.0.0.1:9', findProxy });
  expect(await named.send(call, undefined).catch(codeOf)).toBe('PROXY_UNREACHABLE');
  await named.close();
  expect(proxy.asked).toHaveLength(1);
});

it('downloads go the same way, and a line that was closed sends nothing more', async () => {
  const line = openFetch({ findProxy: async () => ({ proxy: proxy.url }) });
  expect(await (await line.fetch('http://files.example.invalid/list', {})).json()).toBe('here');
  await line.close();
  await expect(line.fetch('http://files.example.invalid/list', {})).rejects.toThrow();
  const found = Promise.withResolvers<{ readonly proxy: string }>();
  const waiting = openFetch({ findProxy: () => found.promise });
  const late = waiting.fetch('http://files.example.invalid/list', {});
  await waiting.close();
  found.resolve({ proxy: proxy.url });
  await expect(late).rejects.toThrow();
  expect(proxy.asked).toHaveLength(1);
});
