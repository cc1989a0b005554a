import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { afterEach, expect, it } from 'vitest';
import { Failure } from '../../base/failure.ts';
import { openClient } from '../api/client.ts';
import { get, post } from '../api/routes.ts';
import type { AgentEvent } from '../api/shapes.ts';
import { type LocalApi, mounted, openLocalApi } from './local-api.ts';
import { pagesIn } from './pages.ts';

const ROUTES = {
  echo: get('says it again', { word: Type.String({ maxLength: 5 }), often: Type.Optional(Type.Integer()) }, Type.Any()),
  'deep/write': post('writes', { word: Type.String() }, Type.Any()),
  fails: post('fails', { how: Type.String() }, Type.Any()),
} as const;

const EVENT = { kind: 'changed', what: 'runs' } as const satisfies AgentEvent;

let opened: LocalApi | undefined;
let written: string[] = [];
let failures: string[] = [];
let now = 1_000_000;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(): Promise<LocalApi> {
  written = [];
  failures = [];
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<p>window</p>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'secret.key'), 'secret');
  opened = await openLocalApi({
    port: 0,
    portOption: '--port',
    clock: { now: () => now },
    pages: pagesIn(folder),
    first: () => EVENT,
    onFailure: (what) => failures.push(what),
    tables: [
      mounted(ROUTES, {
        echo: (input) => input,
        'deep/write': ({ word }) => {
          written.push(word);
          return { written: word };
        },
        fails: ({ how }) => {
          throw how === 'expected' ? new Failure('NO_ACCOUNT', 'None.', { after: 3 }) : new Error('quotes a secret');
        },
      }),
    ],
  });
  return opened;
}

type Asked = { method?: string; headers?: Record<string, string>; body?: string };
type Told = { status: number; headers: Record<string, unknown>; text: string; code: string | undefined };

/** By hand, because `fetch` forbids the headers that matter here. */
function ask(api: LocalApi, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api.url}${path}`, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => {
        const json = text.startsWith('{') ? (JSON.parse(text) as { error?: { code?: string } }) : {};
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, code: json.error?.code });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const bearer = ({ token }: LocalApi) => ({ authorization: `Bearer ${token}` });
const json = { 'content-type': 'application/json' };
const WRITE = JSON.stringify({ word: 'x' });

/** A browser that followed a link. */
async function browser(api: LocalApi): Promise<{ base: string; headers: Record<string, string> }> {
  const answer = await ask(api, new URL(api.link('history')).pathname);
  const [cookie = ''] = String(answer.headers['set-cookie']).split(';');
  return { base: /Path=(.*)\/;/.exec(String(answer.headers['set-cookie']))?.[1] ?? '', headers: { cookie } };
}

it('without the token nothing is told and nothing written, whatever else is right', async () => {
  const api = await open();
  for (const headers of [
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${api.token}x` },
    { cookie: 'connector-session=x' },
  ]) {
    const read = await ask(api, '/api/echo?word=a', { headers: headers as Record<string, string> });
    expect([read.status, read.code]).toEqual([401, 'API_SIGNED_OUT']);
    const write = await ask(api, '/api/deep/write', {
      method: 'POST',
      headers: { ...headers, ...json } as Record<string, string>,
      body: WRITE,
    });
    expect(write.status).toBe(401);
  }
  expect((await ask(api, '/')).status).toBe(401);
  expect((await ask(api, '/api/events')).status).toBe(401);
  expect(written).toEqual([]);
});

it('a request that names another host is refused, with the right token too', async () => {
  const api = await open();
  const port = new URL(api.url).port;
  for (const host of [
    'example.org',
    `example.org:${port}`,
    '127.0.0.1',
    '127.0.0.1:1',
    `127.0.0.1.example.org:${port}`,
  ]) {
    const answer = await ask(api, '/api/echo?word=a', { headers: { ...bearer(api), host } });
    expect([host, answer.status]).toEqual([host, 403]);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`])
    expect((await ask(api, '/api/echo?word=a', { headers: { ...bearer(api), host } })).status).toBe(200);
});

it('a page of another origin cannot read or change anything, on another port of this computer neither', async () => {
  const api = await open();
  const user = await browser(api);
  const near = 'http://127.0.0.1:1';
  for (const origin of [
    'https://example.org',
    near,
    'null',
    `${api.url}.example.org`,
    api.url.replace('http', 'https'),
  ]) {
    const headers = { ...user.headers, ...json, origin };
    const answer = await ask(api, `${user.base}/api/deep/write`, { method: 'POST', headers, body: WRITE });
    expect([origin, answer.status, answer.code]).toEqual([origin, 403, 'API_FORBIDDEN']);
    const preflight = { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } };
    const allowed = await ask(api, `${user.base}/api/deep/write`, preflight);
    expect(Object.keys(allowed.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  for (const site of ['cross-site', 'same-site']) {
    const headers = { ...user.headers, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect((await ask(api, `${user.base}/api/echo?word=a`, { headers })).status).toBe(403);
  }
  const own = { ...user.headers, ...json, origin: api.url, 'sec-fetch-site': 'same-origin' };
  expect((await ask(api, `${user.base}/api/deep/write`, { method: 'POST', headers: own, body: WRITE })).status).toBe(
    200,
  );
  expect(written).toEqual(['x']);
});

it('no answer may be read, framed or kept by others', async () => {
  const api = await open();
  for (const path of ['/api/echo?word=a', '/history', '/api/none']) {
    const { headers } = await ask(api, path, { headers: { ...bearer(api), origin: api.url } });
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

it('a body that is too long, no JSON, of another kind or not of the schema is refused before any handler sees it', async () => {
  const api = await open();
  const send = (body: string | undefined, headers: Record<string, string> = json) =>
    ask(api, '/api/deep/write', {
      method: 'POST',
      headers: { ...bearer(api), ...headers },
      ...(body === undefined ? {} : { body }),
    });
  const refused = async (of: Promise<Told>) => {
    const { status, code } = await of;
    return [status, code];
  };
  expect(await refused(send('{"word":'))).toEqual([400, 'API_BAD_REQUEST']);
  expect(await refused(send(WRITE, { 'content-type': 'text/plain' }))).toEqual([400, 'API_BAD_REQUEST']);
  expect(await refused(send(WRITE, { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([
    400,
    'API_BAD_REQUEST',
  ]);
  expect(await refused(send(''))).toEqual([400, 'API_BAD_REQUEST']);
  expect(await refused(send(undefined, {}))).toEqual([400, 'API_BAD_REQUEST']);
  for (const body of ['null', '[]', '{}', '{"word":1}', '{"word":"x","more":1}', '{"word":"x","__proto__":{"a":1}}'])
    expect([body, ...(await refused(send(body)))]).toEqual([body, 400, 'API_BAD_REQUEST']);
  expect(await refused(send(JSON.stringify({ word: 'x'.repeat(300_000) })))).toEqual([413, 'API_TOO_LARGE']);
  expect(written).toEqual([]);
  expect((await send('{"word":"quoted words"} x')).text).not.toContain('quoted');
});

it('a query is read by its schema: numbers are numbers, what is too long or not known is refused', async () => {
  const api = await open();
  const echo = (query: string) => ask(api, `/api/echo${query}`, { headers: bearer(api) });
  expect(JSON.parse((await echo('?word=12&often=3')).text)).toEqual({ word: '12', often: 3 });
  for (const query of ['', '?word=abcdef', '?word=a&often=x', '?word=a&else=1', '?word=a&word=b'])
    expect([query, (await echo(query)).status]).toEqual([query, 400]);
});

it('a link opens a window once, within a minute, and only its own path', async () => {
  const api = await open();
  const link = new URL(api.link('history'));
  const first = await ask(api, link.pathname + link.search);
  expect(first.status).toBe(200);
  const cookie = String(first.headers['set-cookie']);
  expect(cookie).toMatch(/^connector-session=[\w-]{43}; Path=\/w\/[\w-]{43}\/; HttpOnly; SameSite=Strict$/);
  expect(first.text).toMatch(/url=\/w\/[\w-]{43}\/history"/);
  expect((await ask(api, link.pathname)).status).toBe(401);
  const late = new URL(api.link('status'));
  now += 61_000;
  expect((await ask(api, late.pathname)).status).toBe(401);

  const [one, two] = [await browser(api), await browser(api)];
  const page = await ask(api, `${one.base}/history`, { headers: one.headers });
  expect([page.status, page.text]).toEqual([200, '<p>window</p>']);
  for (const base of ['', two.base, '/w/x'])
    expect((await ask(api, `${base}/api/echo?word=a`, { headers: one.headers })).status).toBe(401);
  expect((await ask(api, `${one.base}/api/echo?word=a`, { headers: one.headers })).status).toBe(200);
  now += 13 * 60 * 60_000;
  expect((await ask(api, `${one.base}/api/echo?word=a`, { headers: one.headers })).status).toBe(401);
});

it('only the files of the windows are given out, and a path without an extension is a window', async () => {
  const api = await open();
  const read = (path: string) => ask(api, path, { headers: bearer(api) });
  expect((await read('/assets/a.js')).text).toBe('script');
  expect((await read('/held')).text).toBe('<p>window</p>');
  for (const path of [
    '/secret.key',
    '/assets/../secret.key',
    '/assets/%2e%2e/secret.key',
    '/..%2f..%2fetc/passwd.json',
    '/none.js',
  ])
    expect([path, (await read(path)).status]).toEqual([path, 404]);
});

it('too many requests are refused for a while, and too many without a token sooner', async () => {
  const api = await open();
  const strangers = [];
  for (let n = 0; n < 40; n++) strangers.push((await ask(api, '/api/echo?word=a')).status);
  expect(strangers.filter((status) => status === 429)).toHaveLength(10);
  expect((await ask(api, '/api/echo?word=a', { headers: bearer(api) })).status).toBe(200);
  const users = [];
  for (let n = 0; n < 300; n++) users.push((await ask(api, '/api/echo?word=a', { headers: bearer(api) })).status);
  expect(users.filter((status) => status === 429).length).toBe(41);
  now += 2000;
  expect((await ask(api, '/api/echo?word=a', { headers: bearer(api) })).status).toBe(200);
});

it('a failure is told by its code, a fault of our own without its words', async () => {
  const api = await open();
  const client = openClient<typeof ROUTES>({ base: api.url, token: api.token });
  await expect(client.post('fails', { how: 'expected' })).rejects.toMatchObject({
    code: 'NO_ACCOUNT',
    message: 'None.',
    after: 3,
  });
  const bug = client.post('fails', { how: 'unexpected' });
  await expect(bug).rejects.toMatchObject({ code: 'BUG' });
  await expect(bug).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  expect(failures).toEqual(['POST /api/fails', 'POST /api/fails']);
  expect(await client.get('echo', { word: 'a', often: 2 })).toEqual({ word: 'a', often: 2 });
  await api.close();
  await expect(client.get('echo', { word: 'a' })).rejects.toMatchObject({ code: 'AGENT_UNREACHABLE' });
});

it('whoever follows the events gets the first at once, then each, and comes back when the stream broke', async () => {
  const api = await open();
  const seen: unknown[] = [];
  let wake = () => {};
  const until = async (wanted: number) => {
    while (seen.length < wanted) await new Promise<void>((resolve) => (wake = resolve));
  };
  const note = (what: unknown) => {
    seen.push(what);
    wake();
  };
  const following = openClient({ base: api.url, token: api.token }).follow({
    event: ({ kind }) => note(kind),
    connected: note,
  });
  await until(2);
  api.tell({ kind: 'changed', what: 'held' });
  await until(3);
  await api.close();
  await until(4);
  following.stop();
  expect(seen).toEqual([true, 'changed', 'changed', false]);
});
