import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testProxy } from '../../src/bluemind/testing/test-proxy.ts';
import { createDomain, createUser } from '../../src/server/admin/accounts.ts';
import { openServer, type RunningServer } from '../../src/server/open-server.ts';
import { endPrefix, runWindows, startWindowsNode, windowsPath } from '../../tools/windows/wine.ts';
import {
  agentStatus,
  cleanUp,
  connector,
  DATA,
  drive,
  filesIn,
  local,
  PROGRAM,
  registry,
  setUp,
  setupLog,
  testedProgram,
  uninstall,
  valuesOf,
} from './installation.ts';
import { secureServer } from './secure-server.ts';

/** The keys that are there without us; whatever an installation adds must go with it. */
let before: readonly string[];
let program: string;
let server: RunningServer;

const UNINSTALL = 'Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\BlueMindConnector';
const RUN = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const OURS = 'Software\\BlueMind\\Connector for Outlook';

beforeAll(async () => {
  await cleanUp();
  program = await testedProgram();
  before = await registry();
  server = await openServer({ dataFile: ':memory:' });
  createDomain(server.kernel, { uid: 'demo.test' });
  const user = { login: 'jane', domain: 'demo.test', displayName: 'Jane Doe', uid: 'uid-jane' };
  await createUser(server.kernel, { ...user, password: 'correct horse 17' });
}, 300_000);

afterAll(async () => {
  endPrefix();
  await server.close();
});

it('a silent installation for one user puts the whole program, and its agent runs and answers', async () => {
  const { code } = await setUp('1.0.0');
  expect(code, setupLog()).toBe(0);
  expect(filesIn(local(...PROGRAM))).toEqual([...filesIn(program), 'uninstall.exe'].sort());
  expect(await agentStatus()).toMatchObject({ account: null });
  const folder = String.raw`C:\users`;
  expect((await valuesOf(`HKCU\\${RUN}`))['BlueMindConnector']).toContain(`"${folder}`);
  expect(await valuesOf(`HKCU\\${UNINSTALL}`)).toMatchObject({ DisplayVersion: '1.0.0', Publisher: 'BlueMind' });
  expect(await valuesOf(`HKCU\\${OURS}`)).toMatchObject({ AgentArguments: 'agent', Version: '1.0.0' });
  expect(await valuesOf(`HKLM\\${UNINSTALL}`)).toEqual({});
  // The add-in's way to it: a pipe of this session.
  const pipes = async () => Object.entries(await valuesOf(`HKCU\\${OURS}`)).filter(([name]) => /^Pipe\d+$/.test(name));
  for (let tries = 0; tries < 50 && (await pipes()).length === 0; tries++);
  expect(await pipes()).toEqual([[expect.any(String), expect.stringMatching(/^\\\\\.\\pipe\\bluemind-connector-/)]]);
});

it('the add-in is registered for Outlook of 64 and of 32 bits, each with its own library', async () => {
  const clsid = (await valuesOf('HKCU\\Software\\Classes\\BlueMind.Connector\\CLSID'))['(Default)'] ?? '';
  const library = async (branch: string) =>
    (await valuesOf(`HKCU\\Software\\Classes\\${branch}CLSID\\${clsid}\\InprocServer32`))['(Default)'];
  expect([await library(''), await library('Wow6432Node\\')]).toEqual([
    expect.stringContaining('x64.dll'),
    expect.stringContaining('x86.dll'),
  ]);
  const addIn = await valuesOf('HKCU\\Software\\Microsoft\\Office\\Outlook\\Addins\\BlueMind.Connector');
  expect(addIn).toMatchObject({ LoadBehavior: '0x3' });
});

it('doctor says what it found on this computer: a good installation, and no Outlook', async () => {
  const { code, stdout } = await connector(['doctor', '--json']);
  const { findings } = JSON.parse(stdout) as { findings: { check: string; result: string; says: string }[] };
  const result = (wanted: string) => findings.find(({ check }) => check === wanted)?.result;
  expect(code).toBe(3);
  expect(['Add-in', 'Start at logon', 'Agent', 'Memory', 'Outlook'].map(result)).toEqual([
    ...['good', 'good', 'good', 'good', 'bad'],
  ]);
});

it('the installed program takes the proxy of Windows’ settings, and trusts whom Windows trusts', async () => {
  const settings = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
  const set = (name: string, type: string, value: string) =>
    runWindows('reg', ['add', settings, '/v', name, '/t', type, '/d', value, '/f']);
  const add = async (address: string) => {
    const words = ['account', 'add', '--server', address, '--login', 'jane@demo.test', '--password-stdin', '--json'];
    const { stdout, stderr } = await connector(words, 'a wrong password');
    return (JSON.parse(stdout || stderr) as { error: { code: string } }).error.code;
  };
  const proxy = await testProxy(Number(new URL(server.url).port));
  const secure = await secureServer();
  try {
    await set('ProxyServer', 'REG_SZ', proxy.url.slice(7));
    await set('ProxyEnable', 'REG_DWORD', '1');
    expect(await add('http://mail.example.invalid')).toBe('LOGIN_REFUSED');
    expect(proxy.asked.join()).toContain('mail.example.invalid');
    expect(await add(secure.url)).toBe('SERVER_TLS');
    const trust = fileURLToPath(new URL('trust.ts', import.meta.url));
    expect(await startWindowsNode(trust, [windowsPath(secure.certificate)]).exited).toMatchObject({ code: 0 });
    expect(await add(secure.url)).not.toBe('SERVER_TLS');
  } finally {
    for (const name of ['ProxyServer', 'ProxyEnable']) await runWindows('reg', ['delete', settings, '/v', name, '/f']);
    await Promise.all([proxy.close(), secure.close()]);
  }
});

it('a policy of the computer goes before one of the user, and its setting refuses a change', async () => {
  const policy = 'Software\\Policies\\BlueMind\\Connector';
  await runWindows('reg', ['add', `HKCU\\${policy}`, '/v', 'Interval', '/t', 'REG_DWORD', '/d', '20', '/f']);
  await runWindows('reg', ['add', `HKLM\\${policy}`, '/v', 'Interval', '/t', 'REG_DWORD', '/d', '15', '/f']);
  try {
    const { stdout } = await connector(['options', 'get', 'interval', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ value: 15 });
    const refused = await connector(['options', 'set', 'interval', '60']);
    expect([refused.code, refused.stderr]).toEqual([81, expect.stringContaining('Your organisation manages')]);
  } finally {
    for (const hive of ['HKCU', 'HKLM'])
      await runWindows('reg', ['delete', `${hive}\\Software\\Policies\\BlueMind`, '/f']);
  }
});

it('an upgrade over the running agent keeps account and memory, and the new agent runs', async () => {
  const { code: added, stderr } = await connector(
    ['account', 'add', '--server', server.url, '--login', 'jane@demo.test', '--password-stdin'],
    'correct horse 17',
  );
  expect(added, stderr).toBe(0);
  const old = await agentStatus();
  const { code } = await setUp('1.0.1');
  expect(code, setupLog()).toBe(0);
  const now = await agentStatus();
  expect(now.account?.login).toBe('jane@demo.test');
  expect(now.pid).not.toBe(old.pid);
  expect(await valuesOf(`HKCU\\${UNINSTALL}`)).toMatchObject({ DisplayVersion: '1.0.1' });
});

it('an older version is refused with its own exit code, unless forced', async () => {
  expect((await setUp('1.0.0')).code).toBe(11);
  expect(setupLog()).toContain('This is older');
  expect(await valuesOf(`HKCU\\${UNINSTALL}`)).toMatchObject({ DisplayVersion: '1.0.1' });
  expect((await setUp('1.0.0', '/FORCE')).code).toBe(0);
  expect(await valuesOf(`HKCU\\${UNINSTALL}`)).toMatchObject({ DisplayVersion: '1.0.0' });
});

it('a silent removal ends the agent, leaves no file and no key, and keeps the data', async () => {
  await uninstall(local(...PROGRAM));
  expect(existsSync(local(...PROGRAM))).toBe(false);
  expect(await registry()).toEqual(before);
  expect(filesIn(local(...DATA))).toContain('agent.sqlite');
  expect(existsSync(local(...DATA, 'api.json'))).toBe(false);
});

it('a later installation goes on where the last one ended; a removal with /PURGE leaves nothing of the user', async () => {
  expect((await setUp('1.0.0')).code).toBe(0);
  expect((await agentStatus()).account?.login).toBe('jane@demo.test');
  await uninstall(local(...PROGRAM), '/PURGE');
  expect(existsSync(local('BlueMind'))).toBe(false);
  expect(await registry()).toEqual(before);
});

it('an installation for all users lies in Program Files and in HKLM, starts no agent, and goes without a trace', async () => {
  expect((await setUp('1.0.0', '/ALLUSERS')).code, setupLog()).toBe(0);
  const folder = drive('Program Files', 'BlueMind Connector');
  expect(filesIn(folder)).toContain('BlueMindConnector.exe');
  expect((await valuesOf(`HKLM\\${RUN}`))['BlueMindConnector']).toContain('Program Files');
  expect(await valuesOf(`HKLM\\${OURS}`)).toMatchObject({ AgentArguments: 'agent' });
  expect(existsSync(local(...DATA, 'api.json'))).toBe(false);
  await uninstall(folder);
  expect(existsSync(folder)).toBe(false);
  expect(await registry()).toEqual(before);
});

it('/D= names another folder', async () => {
  expect((await setUp('1.0.0', '/NOSTART', ...'/D=C:\\Ours and only ours'.split(' '))).code).toBe(0);
  const folder = drive('Ours and only ours');
  expect(filesIn(folder)).toContain('BlueMindConnector.exe');
  await uninstall(folder);
  expect(existsSync(folder)).toBe(false);
});
