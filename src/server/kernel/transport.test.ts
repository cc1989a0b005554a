import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../testing/http.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { maxBody: 100_000 } });
});
afterAll(() => world.close());

const url = (path: string) => `${world.server.url}/api${path}`;

test('[R1] [R2] null is 204 without a body, void is 200 without a body', async () => {
  const missing = await world.john.raw('GET', '/calendars/calendar:Default:U1/none/complete');
  expect([missing.status, missing.text]).toEqual([204, '']);
  const ping = await world.john.raw('GET', '/auth/ping');
  expect([ping.status, ping.text]).toEqual([200, '']);
});

test('[R3] a String is quoted when there is any Accept, bare when there is none, JSON by its type in both', async () => {
  const state = (headers: Record<string, string>) =>
    ask({ method: 'GET', url: url('/system/installation/state'), headers });
  const bare = await state({});
  expect(bare.text).toBe('CORE_STATE_RUNNING');
  expect(bare.headers['content-type']).toMatch(/^application\/json/);
  expect((await state({ accept: '*/*' })).text).toBe('"CORE_STATE_RUNNING"');
});

test('[E1] without a session: 401, its body, its header, its cookie', async () => {
  const answer = await ask({ method: 'GET', url: url('/auth/ping') });
  expect([answer.status, JSON.parse(answer.text).errorCode, answer.headers['www-authenticate']]).toEqual([
    401,
    'AUTHENTICATION_FAIL',
    'Bearer',
  ]);
  expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0');
});

test('[E3] unknown paths, unreadable paths and methods are 500', async () => {
  for (const path of ['/none', '/auth/%zz', '/calendars/a/b/c/d/e'])
    expect((await ask({ method: 'GET', url: url(path) })).status).toBe(500);
  expect((await ask({ method: 'DELETE', url: url('/auth/ping') })).status).toBe(500);
});

test('[B1] a chunked body is refused where the body is not a stream, and taken where it is', async () => {
  const chunked = (method: string, path: string, body: string) =>
    new Promise<number>((resolve, reject) => {
      const sent = request(
        url(path),
        { method, headers: { 'x-bm-apikey': world.john.key, 'transfer-encoding': 'chunked' } },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  expect(await chunked('POST', '/calendars/calendar:Default:U1/_mget', '[]')).toBe(500);
  expect(await chunked('PUT', '/calendars/vevent/calendar:Default:U1', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR')).toBe(200);
});

test('[B2] only exactly text/plain is taken as it is; with a charset it is read as JSON', async () => {
  const path = '/containers/_manage/book:Contacts_U1/_settings/colour';
  const put = (type: string, body: string) =>
    world.john.raw('PUT', path, { body, headers: { 'content-type': type } }).then((answer) => answer.status);
  expect(await put('text/plain', 'plain words')).toBe(200);
  expect(await put('text/plain; charset=utf-8', 'plain words')).toBe(500);
  expect(await put('application/json', '"quoted"')).toBe(200);
  const settings = await world.john.call('GET', '/containers/_manage/book:Contacts_U1/_settings');
  expect(settings).toEqual({ colour: 'quoted' });
});

test('[B3] a body over the limit is 500', async () => {
  const body = JSON.stringify(['x'.repeat(100_001)]);
  const answer = await world.john.raw('POST', '/calendars/calendar:Default:U1/_mget', { body });
  expect([answer.status, JSON.parse(answer.text).errorCode]).toEqual([500, 'UNKNOWN']);
});

test('[J1] [J2] [J3] unknown members are ignored, scalars are converted, words are exact', async () => {
  const { john } = world;
  const main = {
    dtstart: { iso8601: '2026-03-09', precision: 'Date', more: 1 },
    summary: 5,
    priority: '3',
    draft: null,
    extra: {},
  };
  await john.call('PUT', '/calendars/calendar:Default:U1/lenient', { main, later: true });
  const { value } = await john.call('GET', '/calendars/calendar:Default:U1/lenient/complete');
  expect([value.main.summary, value.main.priority, value.main.draft, value.acceptCounters, 'later' in value]).toEqual([
    '5',
    3,
    false,
    true,
    false,
  ]);
  const wrong = { main: { ...main, status: 'confirmed' } };
  expect(await john.refused('PUT', '/calendars/calendar:Default:U1/x', wrong)).toBe('UNKNOWN 500');
});

test('[T1] keys may come in the query, paths are decoded, numbers of the query may be left out', async () => {
  const answer = await ask({
    method: 'GET',
    url: url(`/calendars/calendar%3ADefault%3AU1/_changeset?apikey=${world.john.key}`),
  });
  expect(answer.status).toBe(200);
  expect(await world.john.refused('GET', '/calendars/calendar:Default:U1/_changeset?since=x')).toBe('- 500');
});

test('[H1] every answer forbids caching, sniffing and framing; a client of another version is warned', async () => {
  const answer = await world.john.raw('GET', '/auth/ping', { headers: { 'x-bm-clientversion': '4.0' } });
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-cache, no-store, must-revalidate',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(answer.headers['x-bm-warnmessage']).toContain('another version');
});

test('[E4] a server that is not writable refuses writes and answers reads', async () => {
  const { state } = world.server.kernel;
  state.current = 'CORE_STATE_DEMOTED';
  expect(await world.john.refused('PUT', '/calendars/calendar:Default:U1/x', {})).toBe('UNKNOWN 500');
  expect(await world.john.call('POST', '/calendars/calendar:Default:U1/_mget', [])).toEqual([]);
  state.current = 'CORE_STATE_RUNNING';
});
