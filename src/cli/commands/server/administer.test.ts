import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openServer } from '../../../server/open-server.ts';
import { logIn, person } from '../../../server/testing/world.ts';
import { runCli } from '../../run-cli.ts';

type Said = { exit: number; out: string; err: string };

let data = '';
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'administer-'));
  await told(['domain', 'add', 'demo.test', '--alias', 'Demo.example']);
  for (const login of ['jane', 'bob']) await told(['user', 'add', `${login}@demo.test`, '--password-stdin'], login);
});

async function said(args: readonly string[], input = ''): Promise<Said> {
  const answer: Said = { exit: -1, out: '', err: '' };
  const terminal = {
    out: (text: string) => {
      answer.out += text;
    },
    err: (text: string) => {
      answer.err += text;
    },
    input: async () => input,
    interactive: false,
  };
  const signal = new AbortController().signal;
  answer.exit = await runCli([...args, '--data', data], { terminal, version: '1', signal });
  return answer;
}

async function told(args: readonly string[], input = ''): Promise<ReturnType<typeof JSON.parse>> {
  const { exit, out, err } = await said([...args, '--json'], input);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return JSON.parse(out);
}

test('a domain is made, listed, set and removed once its accounts are gone', async () => {
  expect(await told(['domain', 'set', 'demo.test', 'timezone', 'Europe/Berlin'])).toEqual({
    domain: 'demo.test',
    setting: 'timezone',
    value: 'Europe/Berlin',
  });
  const [domain] = await told(['domain', 'list']);
  expect(domain).toMatchObject({ domain: 'demo.test', aliases: ['demo.example'], users: 2 });
  expect(domain.settings.timezone).toBe('Europe/Berlin');
  expect(await said(['domain', 'add', 'demo.test'])).toMatchObject({ exit: 90 });
  expect(await said(['domain', 'set', 'demo.test', 'timezone', 'Nowhere/Land'])).toMatchObject({ exit: 93 });
  expect(await said(['domain', 'set', 'demo.test', 'nothing', '1'])).toMatchObject({ exit: 93 });
  expect(await said(['domain', 'remove', 'demo.test'])).toMatchObject({ exit: 93 });
  for (const login of ['jane', 'bob']) await told(['user', 'remove', `${login}@demo.test`]);
  expect((await said(['domain', 'remove', 'demo.test'])).out).toBe('Removed demo.test.\n');
  expect(await told(['calendar', 'list'])).toEqual([]);
  expect(await told(['book', 'list'])).toEqual([]);
  expect((await said(['domain', 'list'])).out).toBe('No domains.\n');
});

test('another password counts at once, an archived account waits, a removed one leaves nothing', async () => {
  const { uid } = await told(['user', 'password', 'jane@demo.test', '--password-stdin'], 'other');
  await told(['user', 'archive', 'bob@demo.test']);
  const server = await openServer({ dataFile: join(data, 'server.sqlite') });
  try {
    await expect(logIn(server.url, 'jane@demo.test', 'jane')).rejects.toThrow('refused');
    await expect(logIn(server.url, 'bob@demo.test', 'bob')).rejects.toThrow('refused');
    await told(['user', 'restore', 'bob@demo.test']);
    const bob = person(server.url, '', await logIn(server.url, 'bob@demo.test', 'bob'));
    const jane = person(server.url, uid, await logIn(server.url, 'jane@demo.test', 'other'));
    expect(await bob.call('GET', '/addressbooks/addressbook_demo.test/_all')).toContain(uid);
    await told(['user', 'remove', 'jane@demo.test']);
    expect(await jane.refused('GET', '/auth/ping')).toBe('AUTHENTICATION_FAIL 401');
    expect(await bob.call('GET', '/addressbooks/addressbook_demo.test/_all')).not.toContain(uid);
    expect(server.kernel.store.containers.ofOwner(uid, 'demo.test')).toEqual([]);
    expect(server.kernel.store.check()).toEqual([]);
  } finally {
    await server.close();
  }
});

test('the last administrator is made by the command line', async () => {
  await told(['user', 'add', 'boss@demo.test', '--manager', '--lang', 'fr', '--password-stdin'], 'boss');
  const server = await openServer({ dataFile: join(data, 'server.sqlite') });
  try {
    const boss = person(server.url, '', await logIn(server.url, 'boss@demo.test', 'boss'));
    expect((await boss.call('GET', '/users/demo.test/_alluids')).length).toBe(3);
    expect((await boss.call('GET', '/auth')).settings.lang).toBe('fr');
  } finally {
    await server.close();
  }
});

test('calendars and books are renamed and removed; those of every account stay', async () => {
  const { uid } = await told(['calendar', 'add', 'bob@demo.test', 'Sports']);
  const book = await told(['book', 'add', 'bob@demo.test', 'Clients']);
  await told(['calendar', 'rename', uid, 'Runs']);
  expect(await told(['calendar', 'list'])).toContainEqual({ uid, name: 'Runs', owner: 'bob@demo.test' });
  expect(await said(['calendar', 'remove', book.uid])).toMatchObject({ exit: 92 });
  expect(await said(['calendar', 'remove', 'bob@demo.test'])).toMatchObject({ exit: 93 });
  expect(await said(['book', 'remove', 'addressbook_demo.test'])).toMatchObject({ exit: 93 });
  await told(['calendar', 'remove', uid]);
  await told(['book', 'remove', book.uid]);
  const names = (await told(['calendar', 'list'])).map(({ name }: { name: string }) => name);
  expect(names.toSorted()).toEqual(['bob', 'jane']);
});

test('what is shared is listed and taken back, the subscription with it', async () => {
  const { uid } = await told(['calendar', 'add', 'bob@demo.test', 'Sports']);
  await told(['share', uid, 'jane@demo.test', 'Read']);
  await told(['share', 'add', uid, 'jane@demo.test', 'Write']);
  expect(await told(['share', 'list', uid])).toEqual([
    { container: uid, with: 'jane@demo.test', right: 'Read' },
    { container: uid, with: 'jane@demo.test', right: 'Write' },
  ]);
  const server = await openServer({ dataFile: join(data, 'server.sqlite') });
  try {
    const jane = person(server.url, '', await logIn(server.url, 'jane@demo.test', 'jane'));
    const subscribed = async () => {
      const user = await jane.call('GET', '/auth');
      const list = await jane.call('GET', `/users/demo.test/subscriptions/${user.uid}?type=calendar`);
      return list.map((found: { containerUid: string }) => found.containerUid).includes(uid);
    };
    expect(await subscribed()).toBe(true);
    expect(await told(['share', 'remove', uid, 'jane@demo.test', 'Read'])).toMatchObject({ removed: 1 });
    expect(await subscribed()).toBe(true);
    expect(await told(['share', 'remove', uid, 'jane@demo.test'])).toMatchObject({ removed: 1 });
    expect(await subscribed()).toBe(false);
    expect(await jane.refused('GET', `/calendars/${uid}/_version`)).toBe('PERMISSION_DENIED 403');
  } finally {
    await server.close();
  }
  expect(await said(['share', 'remove', uid, 'nobody@demo.test'])).toMatchObject({ exit: 91 });
  expect(await said(['share', 'remove', uid, 'bob@demo.test'])).toMatchObject({ exit: 93 });
});
