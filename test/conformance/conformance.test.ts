import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConnector } from '../../tools/build-connector.ts';
import { type Ended, inside } from '../end-to-end/connector.ts';
import { openProxy } from '../end-to-end/proxy.ts';
import { connect } from './connection.ts';
import { CHECKS, type Outcome } from './suite.ts';

const SUITE = fileURLToPath(new URL('main.ts', import.meta.url));
const LOGINS = ['--login', 'john', '--other', 'ann', '--password-stdin'] as const;
const PASSWORDS = 'secret-of-john\nsecret-of-ann\n';

/** The suite as one would start it, in a process of its own. */
function conformance(args: readonly string[], input = PASSWORDS): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SUITE, ...args], { timeout: 50_000 });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.on('error', reject).on('close', (exit) => resolve({ exit, out, err }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

let url = '';
let end: () => void = () => {};
beforeAll(async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'conformance-')), 'data');
  for (const login of ['john', 'ann'])
    await inside(['user', 'add', `${login}@acme.test`, '--password-stdin', '--data', data], `secret-of-${login}`);
  const child = spawn(process.execPath, [await buildConnector(), 'serve', '--port', '0', '--json', '--data', data]);
  end = () => child.kill();
  url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (line) => resolve((JSON.parse(String(line)) as { url: string }).url));
    child.once('close', () => reject(new Error('the server ended')));
  });
});
afterAll(() => end());

/** What the suite may have touched, as both people see it. */
async function seen(): Promise<object> {
  const look = async (login: string) => {
    const me = await connect(url, { login, password: `secret-of-${login}` });
    return {
      containers: await me.call('POST', '/containers/_manage/_list', {}),
      subscriptions: await me.call('GET', `/users/${me.domain}/subscriptions/${me.uid}`),
      tags: await me.call('GET', `/tags/tags_${me.uid}`),
      views: await me.call('GET', `/users/${me.domain}/${me.uid}/calendar-views/_list`),
      keys: await me.call('GET', '/auth/keys'),
      events: await me.call('GET', `/calendars/calendar:Default:${me.uid}/_changeset`),
    };
  };
  return { john: await look('john'), ann: await look('ann') };
}

test('the suite holds against `connector serve`, every check of it, and leaves nothing behind', async () => {
  const before = await seen();
  const { exit, out, err } = await conformance([url, ...LOGINS, '--json']);
  const { outcomes, left } = JSON.parse(out) as { outcomes: readonly Outcome[]; left: readonly string[] };
  expect({ failed: outcomes.filter(({ passed }) => passed !== true), left, exit, err }).toEqual({
    failed: [],
    left: [],
    exit: 0,
    err: '',
  });
  expect(outcomes.length).toBe(Object.values(CHECKS).flat().length);
  expect(await seen()).toEqual(before);
});

test('a server that answers otherwise is found out, and cleaned up all the same', async () => {
  const proxy = await openProxy(url);
  proxy.instead = (path) =>
    path.endsWith('/complete') ? { status: 200, type: 'application/json', body: 'null' } : undefined;
  try {
    const before = await seen();
    const { exit, out } = await conformance([proxy.url, ...LOGINS, '--only', 'R1']);
    expect({ exit, out }).toEqual({ exit: 1, out: expect.stringContaining('0 checks hold, 1 do not') });
    expect(await seen()).toEqual(before);
  } finally {
    await proxy.close();
  }
});

test.each([
  ['no address', ['--login', 'john']],
  ['no login', ['http://127.0.0.1:9']],
  ['an unknown option', ['http://127.0.0.1:9', '--secret-of-john']],
  ['nobody there', ['http://127.0.0.1:9', ...LOGINS]],
])('a run that cannot begin, %s, ends with 2 and one sentence', async (_, args) => {
  const { exit, out, err } = await conformance(args);
  expect({ exit, out }).toEqual({ exit: 2, out: '' });
  expect(err).toMatch(/^[^\n]+\n$/);
});

test('a wrong password ends with 2, and is not repeated', async () => {
  const { exit, err } = await conformance([url, '--login', 'john', '--password-stdin'], 'a-wrong-password\n');
  expect({ exit, err }).toEqual({ exit: 2, err: 'john@acme.test is not let in: Bad\n' });
});

test('every check names a rule of the documents', () => {
  const text = ['server.md', 'server-contacts.md']
    .map((name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8'))
    .join('\n');
  const unknown = Object.values(CHECKS)
    .flat()
    .filter(({ rule }) => !text.includes(`| ${rule} |`));
  expect(unknown).toEqual([]);
});
