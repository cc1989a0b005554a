import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { Failure } from '../base/failure.ts';
import { openTransport, parseServer } from './transport.ts';

let server: Server | undefined;
afterEach(() => server?.close());

async function answering(
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  server = createServer((_, response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failureOf(url: string): Promise<string> {
  return (await failing(url))?.code ?? 'none';
}

async function failing(url: string): Promise<Failure | undefined> {
  const transport = openTransport({ server: url, timeout: 2000 });
  try {
    await transport.send({ method: 'GET', path: '/x' }, undefined);
    return undefined;
  } catch (error) {
    return error as Failure;
  } finally {
    await transport.close();
  }
}

it.each([
  [401, 'application/json', '{"errorCode":"AUTHENTICATION_FAIL"}', 'SESSION_LOST'],
  [403, 'application/json', '{"errorCode":"PERMISSION_DENIED","message":"no"}', 'NO_RIGHT'],
  [404, 'application/json', '{"errorCode":"NOT_FOUND"}', 'NOT_FOUND'],
  [404, 'text/html', '<html>', 'SERVER_NOT_BLUEMIND'],
  [409, 'application/json', '{"errorCode":"FAILURE"}', 'CLIENT_REFUSED'],
  [413, 'text/html', '<html>', 'REQUEST_TOO_LARGE'],
  [429, 'text/html', '<html>', 'SERVER_BUSY'],
  [302, 'text/html', '', 'SERVER_MOVED'],
  [304, 'application/json', '', 'SERVER_MOVED'],
  [500, 'application/json', '{"errorCode":"EVENT_ERROR","message":"bad"}', 'SERVER_REJECTED'],
  [500, 'application/json', '{"errorCode":"SQL_ERROR"}', 'SERVER_ERROR'],
  [500, 'application/json', '{"message":"npe"}', 'SERVER_ERROR'],
  [502, 'text/html', '<html>', 'SERVER_UNAVAILABLE'],
  [200, 'text/html', '<html>sign in</html>', 'SERVER_NOT_BLUEMIND'],
  [200, 'application/json', '{"cut', 'SERVER_BAD_ANSWER'],
  [204, 'application/json', '', 'none'],
])('an answer %i of type %s with body %j becomes %4$s', async (status, type, body, code) => {
  expect(await failureOf(await answering(status, type, body))).toBe(code);
});

const DATE = 'Sun, 22 Nov 2026 10:00:00 GMT';
const LATER = 'Sun, 22 Nov 2026 10:00:40 GMT';

it.each([
  [429, { 'retry-after': '7' }, 7],
  [503, { 'retry-after': ' 120 ' }, 120],
  [503, { 'retry-after': LATER, date: DATE }, 40],
  [503, { 'retry-after': DATE, date: LATER }, 0],
  [503, { 'retry-after': 'soon' }, undefined],
  [503, {}, undefined],
])('an answer %i with %j is left alone for %j seconds', async (status, headers, after) => {
  expect(await failing(await answering(status, 'text/html', '', headers))).toMatchObject({ retry: 'later', after });
});

it('who sends requests on is named without the path, and without an address the sentence still says what to do', async () => {
  const moved = await failing(
    await answering(302, 'text/html', '', { location: 'https://mail.test:8443/in?key=secret' }),
  );
  expect(moved?.message).toMatch(/^127\.0\.0\.1:\d+ sends requests on to https:\/\/mail\.test:8443 instead .*HTTP 302/);
  expect(moved?.message).toContain('connect with that address');
  server?.close();
  const nowhere = await failing(await answering(301, 'text/html', '', { location: '/sign-in?key=secret' }));
  expect(nowhere?.message).toContain('Check the address');
  expect(`${moved?.message}${nowhere?.message}`).not.toContain('secret');
});

it('an unknown host, a closed port and a plain-text port each have their own code', async () => {
  const url = await answering(200, 'application/json', '1');
  expect(await failureOf(url.replace('http:', 'https:'))).toBe('SERVER_TLS');
  await new Promise((resolve) => server?.close(resolve));
  expect(await failureOf(url)).toBe('SERVER_REFUSED_CONNECTION');
  expect(await failureOf('http://no-such-host.invalid')).toBe('SERVER_UNKNOWN_HOST');
});

it('an address is accepted without its scheme and refused when it is none', () => {
  expect(parseServer(' mail.example.com ').href).toBe('https://mail.example.com/');
  expect(() => parseServer('ftp://mail.example.com')).toThrow(/not a server address/);
  expect(() => parseServer('')).toThrow(/not a server address/);
});
