/** Every route there is, asked as nobody may: no handler is reached, and the answer says why. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES, type RouteTable } from '../api/routes.ts';
import { TRIAL_ROUTES } from '../api/trial-routes.ts';
import { type LocalApi, openLocalApi } from './local-api.ts';

const ALL: RouteTable = { ...ROUTES, ...TRIAL_ROUTES };
const reached: string[] = [];
let api: LocalApi;

beforeAll(async () => {
  const handlers = Object.fromEntries(Object.keys(ALL).map((name) => [name, () => void reached.push(name)]));
  api = await openLocalApi({
    port: 0,
    portOption: '--port',
    // A minute later with each request: none is refused for being one of many.
    clock: { now: () => (now += 60_000) },
    tables: [{ routes: ALL, handlers }],
    pages: { find: () => undefined },
    first: () => ({ kind: 'changed', what: 'runs' }),
    onFailure: () => {},
  });
});
afterAll(() => api.close());
let now = 0;

type Headers = Readonly<Record<string, string>>;

function ask(name: string, headers: Headers, body: string | undefined): Promise<readonly [number, string]> {
  return new Promise((resolve, reject) => {
    const { method } = ALL[name] ?? { method: 'GET' };
    const sent = request(`${api.url}/api/${name}`, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => {
        const { error } = JSON.parse(text) as { readonly error?: { readonly code: string } };
        resolve([answer.statusCode ?? 0, error?.code ?? '']);
      });
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? body : undefined);
  });
}

const NAMES = Object.keys(ALL);
const POSTS = NAMES.filter((name) => ALL[name]?.method === 'POST');
const json = { 'content-type': 'application/json' };
const token = () => ({ authorization: `Bearer ${api.token}` });

describe.each<readonly [string, () => Headers, number, string]>([
  ['no token', () => ({}), 401, 'API_SIGNED_OUT'],
  ['another token', () => ({ authorization: `Bearer ${'x'.repeat(api.token.length)}` }), 401, 'API_SIGNED_OUT'],
  ['another host', () => ({ ...token(), host: 'connector.example.com' }), 403, 'API_FORBIDDEN'],
  ['a foreign origin', () => ({ ...token(), origin: 'https://example.com' }), 403, 'API_FORBIDDEN'],
  ['a page of another site', () => ({ ...token(), 'sec-fetch-site': 'cross-site' }), 403, 'API_FORBIDDEN'],
])('with %s', (_why, headers, status, code) => {
  it.each(NAMES)('%s is refused before any handler', async (name) => {
    expect(await ask(name, { ...headers(), ...json }, '{}')).toEqual([status, code]);
    expect(reached).toEqual([]);
  });
});

it.each(POSTS)('with a bad body %s is refused before any handler', async (name) => {
  for (const body of ['', '{"a":', '[]', '"x"', 'null', '{"noSuchName":1}'])
    expect([body, ...(await ask(name, { ...token(), ...json }, body))]).toEqual([body, 400, 'API_BAD_REQUEST']);
  expect((await ask(name, { ...token(), 'content-type': 'text/plain' }, '{}'))[1]).toBe('API_BAD_REQUEST');
  expect(reached).toEqual([]);
});

it('with everything right, a handler is reached', async () => {
  expect(await ask('status', { authorization: `Bearer ${api.token}` }, undefined)).toEqual([200, '']);
  expect(reached).toEqual(['status']);
});
