/**
 * What bad input gets, by the real program in a process of its own: one clear sentence with its code, the documented exit code, the
 * same as JSON, and nothing half-made. One case of each kind runs the sources, the others what is built of them. Each case has a folder and a user of its own, so that the cases can run beside each other.
 */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser, expirePassword, setPassword } from '../../src/server/admin/accounts.ts';
import { setState } from '../../src/server/admin/state.ts';
import { openServer, type RunningServer } from '../../src/server/open-server.ts';
import {
  connector,
  type Ended,
  expectFailed,
  expectFailedAsJson,
  expectFailure,
  inside,
  json,
  SOURCES,
} from './connector.ts';
import { canFillDisk, onFullDisk } from './full-disk.ts';
import { type Instead, openProxy, type ServerProxy } from './proxy.ts';
import { selfSigned } from './self-signed.ts';
import { newFolder, PASSWORD, startServer } from './world.ts';

const NO_DISK = canFillDisk()
  ? ''
  : ' (skipped: a small disk of one’s own needs `unshare -rm`, from util-linux, and a kernel that allows it)';

const WAITING = 6;
const UNAUTHORIZED: Instead = { status: 401, type: 'application/json', body: '{"errorCode":"AUTHENTICATION_FAIL"}' };
const SIGN_IN: Instead = { status: 200, type: 'text/html', body: '<html><h1>Please sign in</h1></html>' };
const BAD_GATEWAY: Instead = { status: 502, type: 'text/html', body: '<html>Bad Gateway</html>' };

let server: RunningServer;
const proxies: ServerProxy[] = [];
let users = 0;

beforeAll(async () => {
  server = await startServer(newFolder());
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await server.close();
});

async function newUser(): Promise<string> {
  const login = `user${++users}`;
  await createUser(server.kernel, { login, domain: 'demo.test', password: PASSWORD, displayName: login });
  return `${login}@demo.test`;
}

async function newProxy(): Promise<ServerProxy> {
  const proxy = await openProxy(server.url);
  proxies.push(proxy);
  return proxy;
}

const add = (folder: string, url: string, login: string) =>
  ['account', 'add', '--server', url, '--login', login, '--password-stdin', '--data', folder] as const;

/** A connected folder in step, and then some events in Outlook that wait for a run. */
async function waitingDesk(url = server.url): Promise<{ readonly folder: string; readonly login: string }> {
  const [folder, login] = [newFolder(), await newUser()];
  json(await inside([...add(folder, url, login), '--json'], PASSWORD));
  json(await inside(['sync', '--json', '--data', folder]));
  const file = join(folder, 'waiting.ics');
  writeFileSync(file, calendarOf(WAITING));
  json(await inside(['outlook', 'put', file, '--json', '--data', folder]));
  return { folder, login };
}

function calendarOf(count: number): string {
  const events = Array.from({ length: count }, (_, n) =>
    ['BEGIN:VEVENT', `UID:waiting-${n}`, `SUMMARY:Waiting ${n}`, `DTSTART:2026030${n + 1}T090000Z`, 'END:VEVENT'].join(
      '\r\n',
    ),
  );
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...events, 'END:VCALENDAR', ''].join('\r\n');
}

type Counts = { readonly changes: number; readonly failed: number };
const SYNC = ['sync', '--json', '--data'] as const;

/** The next good run brings across what is left, the one after it has nothing to do, and each event is there once. */
async function expectNothingLost(folder: string): Promise<void> {
  json(await inside([...SYNC, folder]));
  expect(json<Counts>(await inside([...SYNC, folder]))).toMatchObject({ changes: 0, failed: 0 });
  const titles = json<{ title: string }[]>(await inside(['outlook', 'list', '--json', '--data', folder]));
  const wanted = Array.from({ length: WAITING }, (_, n) => `Waiting ${n}`);
  expect(titles.map(({ title }) => title).sort()).toEqual(wanted);
  const [status] = json<{ folders: { name: string; items: number }[] }>(
    await inside(['status', '--json', '--data', folder]),
  ).folders.filter(({ name }) => name === 'Calendar');
  expect(status?.items).toBe(WAITING);
}

function expectNoTrace({ out, err }: Ended): void {
  expect(`${out}${err}`).not.toMatch(/^\s+at .*:\d+/m);
}

async function listening(): Promise<{ readonly port: number; readonly socket: Server }> {
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const address = socket.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, socket };
}

describe.concurrent('connecting an account', () => {
  const refused = async (code: string, url: string, login: string, password = PASSWORD) => {
    const folder = newFolder();
    await expectFailure(code, add(folder, url, login), password);
    expect(json(await inside(['account', 'list', '--json', '--data', folder]))).toEqual([]);
    expect(existsSync(join(folder, 'credentials.json'))).toBe(false);
  };

  it('what is no address', () => refused('SERVER_ADDRESS_INVALID', 'ftp://mail.example.org', 'jane@demo.test'));
  it('an unknown host', async () => {
    await refused('SERVER_UNKNOWN_HOST', 'https://no-such-host.invalid', 'jane@demo.test');
    const again = add(newFolder(), 'https://no-such-host.invalid', 'jane@demo.test');
    expectFailed('SERVER_UNKNOWN_HOST', await connector(again, PASSWORD, SOURCES));
  });
  it('a refused connection', async () => {
    const { port, socket } = await listening();
    await new Promise((resolve) => socket.close(resolve));
    await refused('SERVER_REFUSED_CONNECTION', `http://127.0.0.1:${port}`, 'jane@demo.test');
  });
  it('a certificate that nobody trusts', async () => {
    const secure = await openServer({ dataFile: ':memory:', tls: selfSigned() });
    try {
      await refused('SERVER_TLS', secure.url.replace('127.0.0.1', 'localhost'), 'jane@demo.test');
    } finally {
      await secure.close();
    }
  });
  it('TLS asked of a server without it', () =>
    refused('SERVER_TLS', server.url.replace('http:', 'https:'), 'jane@demo.test'));
  it('a bad password', async () => refused('LOGIN_REFUSED', server.url, await newUser(), 'wrong'));
  it('an expired password', async () => {
    const login = await newUser();
    expirePassword(server.kernel, login);
    await refused('LOGIN_PASSWORD_EXPIRED', server.url, login);
  });
  it('a proxy’s page instead of the server', async () => {
    const proxy = await newProxy();
    proxy.instead = () => SIGN_IN;
    await refused('SERVER_NOT_BLUEMIND', proxy.url, 'jane@demo.test');
  });
  it('a proxy that says the server is down', async () => {
    const proxy = await newProxy();
    proxy.instead = () => BAD_GATEWAY;
    await refused('SERVER_UNAVAILABLE', proxy.url, 'jane@demo.test');
  });
  it('no password, and one on the command line', async () => {
    const folder = newFolder();
    await expectFailure('PASSWORD_MISSING', add(folder, server.url, 'jane@demo.test'));
    const typed = await connector(['account', 'add', '--password', 'hidden', '--data', folder]);
    expect(typed).toMatchObject({ exit: 2, out: '' });
    expect(typed.err).not.toContain('hidden');
  });
});

describe.concurrent('a run', () => {
  it('maintenance, and a password that was changed meanwhile', async () => {
    const own = await startServer(newFolder());
    const folder = newFolder();
    const login = 'jane@demo.test';
    try {
      json(await inside([...add(folder, own.url, login), '--json'], PASSWORD));
      setState(own.kernel, 'CORE_STATE_MAINTENANCE');
      await expectFailure('SERVER_MAINTENANCE', ['sync', '--data', folder]);
      setState(own.kernel, 'CORE_STATE_RUNNING');
      await setPassword(own.kernel, login, 'another');
      await expectFailure('LOGIN_REFUSED', ['sync', '--data', folder]);
      await setPassword(own.kernel, login, PASSWORD);
      expect(json<Counts>(await inside([...SYNC, folder]))).toMatchObject({ failed: 0 });
    } finally {
      await own.close();
    }
  });

  it('401 once in mid-run: the session is renewed and the run goes on', async () => {
    const proxy = await newProxy();
    const { folder } = await waitingDesk(proxy.url);
    const refused: string[] = [];
    proxy.instead = (path) => {
      if (!/_mupdates/.test(path) || refused.length > 0) return undefined;
      refused.push(path);
      return UNAUTHORIZED;
    };
    expect(json<Counts>(await connector([...SYNC, folder]))).toMatchObject({ changes: WAITING, failed: 0 });
    expect(refused).toHaveLength(1);
    await expectNothingLost(folder);
  });

  it('401 for ever: said with its code, and the next run makes up for it', async () => {
    const proxy = await newProxy();
    const { folder } = await waitingDesk(proxy.url);
    const whole = (path: string) => (/\/auth\//.test(path) ? undefined : UNAUTHORIZED);
    proxy.instead = whole;
    await expectFailure('SESSION_LOST', ['sync', '--data', folder]);
    proxy.instead = (path) => (/_mupdates/.test(path) ? UNAUTHORIZED : undefined);
    const ended = await connector(['sync', '--data', folder], '', SOURCES);
    expect(ended).toMatchObject({ exit: 3, out: expect.stringMatching(/^Calendar: [^\n]+ \[SESSION_LOST\]$/m) });
    expectNoTrace(ended);
    proxy.instead = () => undefined;
    await expectNothingLost(folder);
  });

  it.each([
    ['SERVER_NOT_BLUEMIND', SIGN_IN],
    ['SERVER_UNAVAILABLE', BAD_GATEWAY],
  ])('a proxy’s page in mid-run: %s', async (code, page) => {
    const proxy = await newProxy();
    const { folder } = await waitingDesk(proxy.url);
    proxy.instead = (path) => (/_mupdates/.test(path) ? page : undefined);
    const ended = await connector(['sync', '--data', folder]);
    expect(ended).toMatchObject({
      exit: 3,
      out: expect.stringMatching(new RegExp(`^Calendar: [^\\n]+ \\[${code}\\]$`, 'm')),
    });
    expectNoTrace(ended);
    proxy.instead = () => undefined;
    await expectNothingLost(folder);
  });

  it.skipIf(!canFillDisk()).each([0, 40, 80, 160])(`a full disk, %i kB before its end${NO_DISK}`, async (kilobytes) => {
    const { folder } = await waitingDesk();
    for (const ended of await onFullDisk(folder, kilobytes, ['sync'], ['sync', '--json'])) {
      expectNoTrace(ended);
      if (ended.exit !== 0) (ended.out === '' ? expectFailed : expectFailedAsJson)('STORAGE_FULL', ended);
      else expect(kilobytes).toBeGreaterThan(0);
    }
    await expectNothingLost(folder);
  });
});

describe.concurrent('data files', () => {
  const READERS = {
    'agent.sqlite': ['status'],
    'outlook.sqlite': ['outlook', 'list'],
    'server.sqlite': ['user', 'list'],
  };
  const NAMES = Object.keys(READERS) as (keyof typeof READERS)[];

  const filled = async () => {
    const folder = newFolder();
    json(await inside(['user', 'add', 'jane@demo.test', '--password-stdin', '--json', '--data', folder], PASSWORD));
    json(await inside(['status', '--json', '--data', folder]));
    return folder;
  };

  it.each(NAMES)('%s in the hands of another program', async (name) => {
    const folder = await filled();
    const other = new DatabaseSync(join(folder, name));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    // Both in a process of their own: they wait for the file, and would stop this one meanwhile.
    const args = [...READERS[name], '--data', folder];
    const [people, program] = await Promise.all([connector(args), connector([...args, '--json'])]);
    expectFailed('STORAGE_LOCKED', people);
    expectFailedAsJson('STORAGE_LOCKED', program);
    other.exec('ROLLBACK');
    other.close();
    json(await inside([...READERS[name], '--json', '--data', folder]));
  });

  it.each(NAMES)('%s damaged: it is told, and left as it is', async (name) => {
    const folder = await filled();
    const file = join(folder, name);
    writeFileSync(file, 'This is no data file any more. '.repeat(1000));
    const before = readFileSync(file);
    await expectFailure('STORAGE_DAMAGED', [...READERS[name], '--data', folder]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each(NAMES)('%s cut off in the middle', async (name) => {
    const folder = await filled();
    const file = join(folder, name);
    truncateSync(file, 8192);
    await expectFailure('STORAGE_DAMAGED', [...READERS[name], '--data', folder]);
    if (name === 'server.sqlite')
      expectFailed('STORAGE_DAMAGED', await connector([...READERS[name], '--data', folder], '', SOURCES));
    expect(readFileSync(file)).toHaveLength(8192);
  });

  it('a folder that is not there is told, and not made', async () => {
    const folder = join(newFolder(), 'mistyped');
    await expectFailure('STORAGE_UNREACHABLE', ['status', '--data', folder]);
    expect(existsSync(folder)).toBe(false);
  });

  it.skipIf(!canFillDisk())(`a full disk under the server’s data${NO_DISK}`, async () => {
    const folder = await filled();
    const more = ['user', 'add', 'anna@demo.test', '--password-stdin'];
    const [people, program] = await onFullDisk(folder, 40, more, [...more, '--json']);
    if (people !== undefined) expectFailed('STORAGE_FULL', people);
    if (program !== undefined) expectFailedAsJson('STORAGE_FULL', program);
    const users = json<{ login: string }[]>(await inside(['user', 'list', '--json', '--data', folder]));
    expect(users.map(({ login }) => login)).toEqual(['jane@demo.test']);
  });
});

describe.concurrent('given files', () => {
  const CALENDAR = calendarOf(3);
  const CARD = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nN:;Anna;;;\r\nEND:VCARD\r\n';
  const FILES = [
    ['ICAL_UNPARSABLE', 'cut.ics', CALENDAR.slice(0, -60)],
    ['ICAL_UNPARSABLE', 'page.ics', '<html>Please sign in</html>'],
    ['ICAL_UNPARSABLE', 'empty.ics', ''],
    ['VCARD_UNPARSABLE', 'cut.vcf', `${CARD}${CARD.slice(0, 40)}`],
    ['VCARD_UNPARSABLE', 'page.vcf', '<html>Please sign in</html>'],
    ['FILE_KIND_UNKNOWN', 'letter.txt', 'Dear Anna,'],
  ] as const;

  it.each(FILES)('%s: %s is not put into Outlook', async (code, name, text) => {
    const folder = newFolder();
    writeFileSync(join(folder, name), text);
    await expectFailure(code, ['outlook', 'put', join(folder, name), '--data', folder]);
    for (const where of ['Calendar', 'Contacts'])
      expect(json(await inside(['outlook', 'list', where, '--json', '--data', folder]))).toEqual([]);
  });

  it.each(FILES)('%s: %s is no seed, and nothing is begun', async (code, name, text) => {
    const folder = newFolder();
    const file = join(folder, name);
    writeFileSync(file, text);
    await expectFailure(code, ['trial', '--once', '--port', '0', '--seed', file, '--data', join(folder, 'data')]);
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('a file that is not there', async () => {
    const args = ['outlook', 'put', 'nowhere.ics', '--data', newFolder()];
    await expectFailure('FILE_UNREADABLE', args);
    expectFailed('FILE_UNREADABLE', await connector(args, '', SOURCES));
  });
});

describe.concurrent('ports', () => {
  // Four starts of the program and a whole trial.
  it('in use, or no ports at all', { timeout: 180_000 }, async () => {
    const { port, socket } = await listening();
    const folder = newFolder();
    try {
      await expectFailure('PORT_IN_USE', ['serve', '--port', `${port}`, '--data', folder]);
      await expectFailure('PORT_IN_USE', ['trial', '--port', `${port}`, '--data', folder]);
      const page = ['trial', '--port', '0', '--page-port', `${port}`, '--data', folder];
      expectFailed('PORT_IN_USE', await connector(page, '', SOURCES));
      await expectFailure('VALUE_INVALID', ['trial', '--page-port', '99999', '--data', folder]);
    } finally {
      socket.close();
    }
    const good = ['trial', '--once', '--port', '0', '--json', '--data', folder];
    expect(json<Counts>(await inside(good))).toMatchObject({ failed: 0 });
    expect(json<Counts>(await inside(good))).toMatchObject({ changes: 0, failed: 0 });
  });
});
