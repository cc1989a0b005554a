/**
 * How fast the embedded server answers, and how much memory it takes: 100 users with 1,000 events each, `_changeset` of one
 * calendar and `_mget` of 100 of its events, 8 requests at a time, over real HTTP. Server and client are two processes.
 *
 * `node bench/server.ts [users] [events]` prints one line of JSON; `--save` puts it into `bench/results/server.json`, too.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDomain, createUser } from '../src/server/admin/accounts.ts';
import { CALENDAR, createSeries } from '../src/server/calendars/calendar-items.ts';
import { openKernel, openServer } from '../src/server/open-server.ts';
import { sessionFor } from '../src/server/sessions/session-life.ts';
import type { VEvent, VEventSeries } from '../src/wire/calendar.ts';

const REQUESTS = 400;
const AT_ONCE = 8;
const DOMAIN = 'bench.test';

/** What the serving process tells when asked. `rss` @units megabytes; `cpu` @units milliseconds of processor time since its start */
type Told = { readonly url: string; readonly rss: number; readonly cpu: number };

if (process.env['BENCH_SERVE'] === undefined) await measureAll();
else await serve(process.env['BENCH_SERVE']);

async function measureAll(): Promise<void> {
  const [users = 100, events = 1_000] = process.argv
    .slice(2)
    .filter((word) => word !== '--save')
    .map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'bench-server-'));
  const dataFile = join(folder, 'server.sqlite');
  const keys = await fill(dataFile, users, events);
  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, BENCH_SERVE: dataFile } });
  const { url, rss } = await told(child);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const call = (user: number, method: string, path: string, body?: string) =>
    send({
      agent,
      method,
      body,
      key: keys[user % users] ?? '',
      url: `${url}/api/calendars/calendar:Default:U${user % users}/${path}`,
    });
  const uids = JSON.stringify(Array.from({ length: 100 }, (_, index) => `e${(index * 7) % events}`));
  const changeset = await measure(child, (user) => call(user, 'GET', `_changeset?since=${events - 50}`));
  const changesetFromZero = await measure(child, (user) => call(user, 'GET', '_changeset?since=0'));
  const mget100 = await measure(child, (user) => call(user, 'POST', '_mget', uids));
  agent.destroy();
  const rssMegabytes = { started: rss, afterwards: (await ask(child)).rss };
  const figures = { users, events, atOnce: AT_ONCE, changeset, changesetFromZero, mget100, rssMegabytes };
  const machine = { cores: cpus().length, model: cpus()[0]?.model.trim(), node: process.version, load: loadavg()[0] };
  console.log(JSON.stringify({ ...figures, machine }));
  if (process.argv.includes('--save')) {
    const file = new URL('results/server.json', import.meta.url);
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ ...figures, machine }, null, 2)}\n`);
  }
  child.disconnect();
  rmSync(folder, { recursive: true });
}

async function serve(dataFile: string): Promise<void> {
  const server = await openServer({ dataFile });
  const tell = () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ url: server.url, rss: Math.round(process.memoryUsage().rss / 1e6), cpu: (user + system) / 1000 });
  };
  process.on('message', tell);
  process.on('disconnect', () => void server.close());
  tell();
}

/** Makes the accounts and their events. @returns a session key each */
async function fill(dataFile: string, users: number, events: number): Promise<readonly string[]> {
  const { kernel, close } = openKernel({ dataFile });
  createDomain(kernel, { uid: DOMAIN });
  const keys: string[] = [];
  for (let user = 0; user < users; user++) {
    const login = `user${user}`;
    const entry = await createUser(kernel, {
      login,
      uid: `U${user}`,
      domain: DOMAIN,
      password: 'bench',
      displayName: login,
    });
    const container = kernel.store.containers.byUid(`calendar:Default:U${user}`);
    if (container === undefined) throw new Error('the calendar is missing');
    const calendar = { kernel, session: sessionFor(kernel, entry), container, kind: CALENDAR };
    kernel.store.transaction(() => {
      for (let event = 0; event < events; event++)
        createSeries(calendar, `e${event}`, seriesOf(event), { send: false });
    });
    keys.push(kernel.sessions.open(entry, { origin: 'bench', interactive: false, expired: false }).id);
  }
  await close();
  return keys;
}

function seriesOf(index: number): VEventSeries {
  const day = String(1 + (index % 28)).padStart(2, '0');
  const month = String(1 + (index % 12)).padStart(2, '0');
  const at = (hour: string) =>
    ({ iso8601: `2026-${month}-${day}T${hour}:00:00.000Z`, timezone: 'UTC', precision: 'DateTime' }) as const;
  const main: VEvent = {
    dtstart: at('09'),
    dtend: at('10'),
    summary: `Event ${index}`,
    description: `<p>${'Agenda and notes. '.repeat(10)}</p>`,
    location: 'Room 4',
    organizer: { mailto: 'user0@bench.test' },
    attendees: [{ mailto: 'user1@bench.test' }, { mailto: 'someone@other.test' }],
    alarm: [{ action: 'Display', trigger: -900 }],
    rrule: index % 10 === 0 ? { frequency: 'WEEKLY', interval: 1 } : null,
  };
  return { main, occurrences: [] };
}

/** Median and 95th percentile of the answers, and the server's processor time for each. @units milliseconds */
async function measure(
  child: ChildProcess,
  work: (user: number) => Promise<void>,
): Promise<{ median: number; p95: number; cpu: number }> {
  const before = (await ask(child)).cpu;
  const times: number[] = [];
  let next = 0;
  const one = async () => {
    while (next < REQUESTS) {
      const start = performance.now();
      await work(next++);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  times.sort((a, b) => a - b);
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const at = (share: number) => tenths(times[Math.floor(times.length * share)] ?? 0);
  return { median: at(0.5), p95: at(0.95), cpu: tenths(((await ask(child)).cpu - before) / REQUESTS) };
}

function ask(child: ChildProcess): Promise<Told> {
  child.send('?');
  return told(child);
}

function told(child: ChildProcess): Promise<Told> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as Told)));
}

type Sent = {
  readonly agent: Agent;
  readonly method: string;
  readonly url: string;
  readonly key: string;
  readonly body: string | undefined;
};

function send({ agent, method, url, key, body }: Sent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-bm-apikey': key, accept: 'application/json', 'content-type': 'application/json' };
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      const failed = () => reject(new Error(`the server answered ${response.statusCode}`));
      response.on('end', () => (response.statusCode === 200 ? resolve() : failed()));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
