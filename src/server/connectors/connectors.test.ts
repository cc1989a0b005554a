import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeUser } from '../admin/remove.ts';
import { purgeReports } from '../admin/state.ts';
import { openServer } from '../open-server.ts';
import { ask } from '../testing/http.ts';
import { fakeClock, openWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const send = (method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: unknown) =>
  ask({ method, url: world.server.url + path, headers, body: body === undefined ? undefined : JSON.stringify(body) });
const basic = (login: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
});
const STATE = {
  version: '0.1.0',
  platform: 'win32',
  run: { endedAt: Date.UTC(2026, 2, 2, 8), changes: 12, failed: 1, held: 2, folders: 4 },
  codes: ['SERVER_TLS'],
};

test('[CN1] what this server takes from connectors is told to everybody, and taken from its users alone', async () => {
  expect(JSON.parse((await send('GET', '/connector')).text)).toEqual({ reports: true, states: true });
  for (const path of ['/connector/state', '/connector/reports']) {
    expect((await send('PUT', path, {}, STATE)).status).toBe(401);
    expect((await send('PUT', path, { 'x-bm-apikey': 'x' }, STATE)).status).toBe(401);
  }
  expect(world.server.kernel.store.connectors.states()).toEqual([]);
});

test('[CN2] a state is counts and codes; words of any other kind are refused', async () => {
  const key = { 'x-bm-apikey': world.john.key };
  expect((await send('PUT', '/connector/state', key, STATE)).status).toBe(204);
  for (const wrong of [
    { ...STATE, title: 'Lunch with Ann' },
    { ...STATE, codes: ['Lunch with Ann'] },
    { ...STATE, version: '<script>' },
    { ...STATE, run: { ...STATE.run, note: 'x' } },
    'text',
  ])
    expect((await send('PUT', '/connector/state', key, wrong)).status).toBeGreaterThanOrEqual(400);
  expect(world.server.kernel.store.connectors.states()).toMatchObject([{ user: 'U1', state: STATE }]);
});

test('[CN3] the last reports of each user are kept, and go with the user', async () => {
  const key = { 'x-bm-apikey': world.ann.key };
  for (let n = 1; n <= 12; n++)
    expect((await send('PUT', '/connector/reports', key, { n, note: '<b>help</b>' })).status).toBe(200);
  const { connectors } = world.server.kernel.store;
  const kept = connectors.reports().map(({ id }) => JSON.parse(connectors.report(id)?.report ?? '').n);
  expect(kept.toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const large = 'x'.repeat(5_100_000);
  expect((await send('PUT', '/connector/reports', key, { large })).status).toBeGreaterThanOrEqual(400);
});

test('[CN3] after 90 days a report goes, whether the server runs on or is started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connectors-'));
  const dataFile = join(folder, 'server.sqlite');
  const first = await openWorld({ dataFile });
  const { kernel } = first.server;
  const put = () =>
    ask({
      ...{ method: 'PUT', url: `${first.server.url}/connector/reports`, headers: { 'x-bm-apikey': first.john.key } },
      body: '{"note":"old"}',
    });
  const started = first.clock.now();
  expect((await put()).status).toBe(200);
  first.clock.advance(89 * DAY);
  expect([purgeReports(kernel), kernel.store.connectors.reports().length]).toEqual([0, 1]);
  kernel.store.connectors.addReport({ ...OLD, at: first.clock.now() }, 10);
  first.clock.advance(2 * DAY);
  expect(purgeReports(kernel)).toBe(1);
  expect(kernel.store.connectors.reports().map(({ id }) => id)).toEqual(['later']);
  await first.server.close();
  const again = await openServer({ dataFile, clock: fakeClock(started + 180 * DAY) });
  expect(again.kernel.store.connectors.reports()).toEqual([]);
  await again.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY = 86_400_000;
const OLD = { id: 'later', domain: 'acme.test', user: 'U1', report: '{}' };

test('[CN4] the page shows version, last run and errors of each user to an administrator, and nothing to others', async () => {
  await world.add('boss', { manager: true });
  const page = async (headers: Readonly<Record<string, string>>) => send('GET', '/admin/connectors', headers);
  const { id = '' } = world.server.kernel.store.connectors.reports()[0] ?? {};
  const report = `/admin/connectors/reports/${id}`;
  for (const headers of [{}, basic('john@acme.test', 'pw-john'), basic('boss@acme.test', 'wrong')]) {
    expect((await page(headers)).status).toBe(401);
    expect((await send('GET', report, headers)).status).toBe(401);
  }
  const boss = basic('boss@acme.test', 'pw-boss');
  const { text, headers } = await page(boss);
  expect(headers['content-type']).toContain('text/html');
  for (const shown of ['john@acme.test', '0.1.0 (win32)', '2026-03-02 08:00 UTC', 'SERVER_TLS', 'ann@acme.test'])
    expect(text).toContain(shown);
  // Counts and codes; what connectors synchronise is not known here, and a report is a link.
  expect(rowOf(text, 'john@acme.test')).toEqual([
    ...[
      'john@acme.test',
      '0.1.0 (win32)',
      '2026-03-02 09:00 UTC',
      '2026-03-02 08:00 UTC',
      '12',
      '1',
      '2',
      'SERVER_TLS',
    ],
  ]);
  expect(text).not.toContain('help');
  expect(JSON.parse((await send('GET', report, boss)).text)).toMatchObject({ note: '<b>help</b>' });
  const { kernel } = world.server;
  removeUser(kernel, 'ann@acme.test');
  expect(kernel.store.connectors.reports()).toEqual([]);
});

/** The cells of a person's first row. */
function rowOf(html: string, name: string): string[] {
  const row = html.split('<tr>').find((part) => part.startsWith(`<td>${name}`)) ?? '';
  return row
    .replace(/<\/.*$/s, '')
    .split('<td>')
    .slice(1);
}
