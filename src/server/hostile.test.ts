import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../base/assert.ts';
import type { Operation } from './kernel/operation.ts';
import { allOperations } from './operations.ts';
import { series } from './testing/events.ts';
import { junk, pick, sample } from './testing/sample.ts';
import { openWorld, type World } from './testing/world.ts';

/** The ordinary run makes the same calls each time; `RUNS=7` makes 10,500 others, `SEED=…` replays. */
const RUNS = Number(process.env['RUNS'] ?? 1);
const SEED = Number(process.env['SEED'] ?? (RUNS === 1 ? 20_261_122 : Math.floor(performance.timeOrigin % 1e9)));
const CALLS = 1_500 * RUNS;

let world: World;
const log: string[] = [];
beforeAll(async () => {
  world = await openWorld({ log: (line) => log.push(line) });
  await world.john.call('PUT', '/calendars/calendar:Default:U1/known', series());
});
afterAll(() => world.close());

/** Passwords are slow on purpose, a logout would end the test, and without containers there is little left to break. */
const SPARED =
  / \/auth\/(login|logout|validate)|password_|^DELETE \/(containers\/_manage|mgmt\/\w+|todolists|notes)\/\{\w+\}$/;

test(`[X1] random bodies over every operation never meet a bug, and leave the database as it should be (SEED=${SEED})`, {
  timeout: 600_000,
}, async () => {
  const random = mulberry(SEED);
  const operations = allOperations().filter((operation) => !SPARED.test(`${operation.method} ${operation.path}`));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const answers: string[] = [];
  let made = 0;
  const one = async () => {
    // Each in its turn, so that none is passed over.
    const operation = must(operations[made++ % operations.length]);
    const path = pathOf(operation, random);
    const body = bodyOf(operation, random);
    const { status, text } = await send(agent, operation.method, path, body);
    if (status >= 300 && /RuntimeException|\n\s+at /.test(text))
      answers.push(`${operation.method} ${path} ${body?.slice(0, 2_000)}`);
  };
  for (let done = 0; done < CALLS; done += 8) await Promise.all(Array.from({ length: 8 }, one));
  agent.destroy();
  await world.server.kernel.tasks.idle();
  expect({ answers: answers.slice(0, 3), log: log.slice(0, 3) }).toEqual({ answers: [], log: [] });
  expect(world.server.kernel.store.check()).toEqual([]);
  expect((await world.john.raw('GET', '/auth/ping')).status).toBe(200);
});

test('[X2] deep JSON, huge texts, random bytes and broken paths are refused, each in one answer', async () => {
  const { ann } = world;
  const path = '/calendars/calendar:Default:U2/x';
  const bodies = [
    '['.repeat(200_000),
    `${'{"main":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    JSON.stringify({ main: { ...series().main, summary: 'x'.repeat(9_000_000), dtstart: null } }),
    Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256)),
    `\ufeff{}`,
  ];
  for (const body of bodies) {
    const answer = await ann.raw('PUT', path, { body, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toMatch(/\n\s+at /);
  }
  for (const broken of ['/calendars/%ff%fe/_all', '/calendars/%/_all', '/../../etc/passwd', `/${'a/'.repeat(5_000)}`])
    expect([404, 500, 414, 431]).toContain((await ann.raw('GET', broken)).status);
});

test('[X3] what is not HTTP is cut off, and others are still served', async () => {
  const { hostname, port } = new URL(world.server.url);
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write('\u0000\u0001\r\n\r\nnonsense\r\n\r\n'));
    socket.on('data', (data) => (text += String(data)));
    socket.on('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect((await world.john.raw('GET', '/auth/ping')).status).toBe(200);
});

function pathOf(operation: Operation, random: () => number): string {
  const path = operation.path.replace(/\{(\w+)\}/g, () => encodeURIComponent(wellFormed(pick(WORDS, random))));
  const query = (operation.query ?? []).map((name) => `${name}=${encodeURIComponent(wellFormed(pick(WORDS, random)))}`);
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

const WORDS = [
  'calendar:Default:U1',
  'book:Contacts_U1',
  'todolist:default_U1',
  'notes:default_U1',
  'tags_U1',
  'calendarview:U1',
  'freebusy:U1',
  'addressbook_acme.test',
  'container_flat_hierarchy_U1_at_acme.test',
  'acme.test',
  'U1',
  'U2',
  'known',
  'new',
  '0',
  '7',
  '-1',
  '99999999999999999999',
  'PUBLIC',
  '__proto__',
  '../x',
  '\u0000',
  '\'"',
  'é𝒳',
  'x'.repeat(300),
] as const;

function bodyOf(operation: Operation, random: () => number): string | undefined {
  if (operation.body.kind === 'none' || random() < 0.05) return undefined;
  const { schema } = operation.body;
  const value = schema === undefined || random() < 0.2 ? junk(random) : sample(schema, random);
  return JSON.stringify(value);
}

function wellFormed(text: string): string {
  return text.toWellFormed();
}

function send(
  agent: Agent,
  method: string,
  path: string,
  body: string | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'x-bm-apikey': world.john.key,
      'content-type': 'application/json',
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    };
    const sent = request(`${world.server.url}/api${path}`, { method, headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A small generator of pseudo-random numbers, 0 up to 1. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
