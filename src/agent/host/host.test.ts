import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { setPassword } from '../../server/admin/accounts.ts';
import type { Why } from '../api/shapes.ts';
import type { HostOptions } from './host.ts';
import { emulatorEvents } from './outlook-events.ts';
import { type HostWorld, hostWorld, LOGIN, PASSWORD } from './testing/host-world.ts';
import { outlookPerson, serverPerson, signedIn } from './testing/users.ts';

let world: HostWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(): Promise<HostWorld> {
  world = await hostWorld();
  return world;
}

/** A world whose account is connected and whose first run has ended. */
async function connected(options: Partial<HostOptions> = {}) {
  const made = await open();
  await made.agent.addAccount(made.account);
  await made.start(options);
  await made.until(() => made.reports.length > 0, 'the first run');
  await made.until(async () => (await made.client.get('status')).push === 'on', 'the line for news');
  const [outlook, server] = [
    outlookPerson(made.outlook),
    serverPerson(made.server, await signedIn(made.server, LOGIN, PASSWORD)),
  ];
  const both = async (title: string) =>
    (await outlook.titles()).includes(title) && (await server.titles()).includes(title);
  return { ...made, made, outlook, server, both };
}

it('[S3] connecting tells each failure by its code, stores nothing then, and begins the first run when it works', async () => {
  const { client, account, agent, until, reports, line } = await open().then(async (made) => {
    await made.start();
    return made;
  });
  const refused = async (more: object) => {
    const error = await client.post('account/connect', { ...account, ...more }).catch((caught: unknown) => caught);
    return (error as { code?: string }).code;
  };
  expect((await client.get('status')).state).toBe('unconnected');
  expect(await refused({ password: 'wrong' })).toBe('LOGIN_REFUSED');
  expect(await refused({ server: 'http://127.0.0.1:9' })).toBe('SERVER_REFUSED_CONNECTION');
  expect(await refused({ server: 'no address' })).toBe('SERVER_ADDRESS_INVALID');
  expect(await refused({ server: 'http://nothing.invalid' })).toBe('SERVER_UNKNOWN_HOST');
  expect(await refused({ proxy: 'http://127.0.0.1:9' })).toBe('PROXY_UNREACHABLE');
  expect(await refused({ proxy: 'ftp://x' })).toBe('PROXY_INVALID');
  expect(await refused({ certificates: 'none' })).toBe('CERTIFICATES_INVALID');
  await expect(client.post('run', {})).rejects.toMatchObject({ code: 'NO_ACCOUNT' });
  expect(agent.accounts()).toEqual([]);
  const shown = { server: line.url, login: LOGIN, name: 'Jane Doe', proxy: '', certificates: false };
  expect(await client.post('account/test', account)).toMatchObject({
    ...shown,
    serverVersion: expect.stringMatching(/\d/),
  });
  expect(agent.accounts()).toEqual([]);
  expect(await client.post('account/connect', account)).toMatchObject(shown);
  await until(() => reports.length > 0, 'the first run');
  expect(await refused({})).toBe('ACCOUNT_EXISTS');
});

it('[Y4] a change on either side arrives on the other by itself; windows are told of the run as it goes', async () => {
  const { outlook, server, both, until, events, client } = await connected();
  await outlook.add('made in Outlook', 3);
  await until(() => both('made in Outlook'), 'what Outlook made is on the server');
  await server.add('made in BlueMind', 4);
  await until(() => both('made in BlueMind'), 'what the server has is in Outlook');
  const kinds = new Set(events.map((event) => (event.kind === 'changed' ? event.what : event.kind)));
  for (const kind of ['status', 'progress', 'runs', 'folders', 'history', 'held', 'items'])
    expect(kinds).toContain(kind);
  const { state, attention, account, parts } = await client.get('status');
  expect({ state, attention, login: account?.login }).toEqual({
    state: 'idle',
    attention: { held: 0, items: 0 },
    login: LOGIN,
  });
  expect(parts.map(({ name, failures, code }) => [name, failures, code])).toEqual(
    ['api', 'runs', 'timer', 'outlook', 'push'].map((name) => [name, 0, null]),
  );
});

it('[Y1] the end of Send/Receive begins a run', async () => {
  const ran: Why[] = [];
  const { made, client, until } = await connected({ onRun: (_report, why) => void ran.push(why) });
  made.outlook.sendReceive.now();
  // Not by the progress that is told: a short run is over before it is.
  await until(() => ran.includes('send-receive'), 'a run after Send/Receive');
  expect((await client.get('status')).sendReceive).toEqual({ minutes: 30, last: expect.any(String) });
});

it('a network that is lost and returns: nothing is lost, and both sides are in step again by themselves', async () => {
  const { made, outlook, server, both, until, client } = await connected();
  made.line.cut();
  await outlook.add('while away', 5);
  await server.add('meanwhile', 6);
  await until(() => made.failures.length > 0, 'a run that fails');
  await until(async () => (await client.get('status')).push !== 'on', 'the line for news is known to be broken');
  made.line.mend();
  await until(async () => (await both('while away')) && (await both('meanwhile')), 'in step again');
});

it('a password that is changed on the server is tried once and asked for; the new one goes on', async () => {
  const { made, outlook, until, client, events } = await connected();
  const { kernel } = made.server;
  await setPassword(kernel, LOGIN, 'another one 18');
  kernel.sessions.closeAll();
  await outlook.add('after the change', 7);
  await until(async () => (await client.get('status')).state === 'paused', 'a pause');
  const tried = made.line.tried();
  await outlook.add('one more', 8);
  made.outlook.sendReceive.now();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(made.line.tried()).toBe(tried);
  const pauses = events.flatMap((event) =>
    event.kind === 'status' && event.status.paused !== null ? [event.status.paused] : [],
  );
  expect(new Set(pauses.map(({ since }) => since)).size).toBe(1);
  expect(pauses[0]?.failure.code).toBe('LOGIN_REFUSED');
  await expect(client.post('account/password', { password: 'guess' })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
  await client.post('account/password', { password: 'another one 18' });
  const server = serverPerson(made.server, await signedIn(made.server, LOGIN, 'another one 18'));
  const there = async (title: string) => (await server.titles()).includes(title);
  await until(async () => (await there('after the change')) && (await there('one more')), 'in step again');
  expect((await client.get('status')).paused).toBeNull();
});

it('a part that fails is started again, and the rest goes on', async () => {
  const made = await open();
  await made.agent.addAccount(made.account);
  const events = emulatorEvents(made.outlook);
  let broken = 2;
  const poll = () => {
    if (broken-- > 0) throw new TypeError('Outlook is in a bad mood');
    events.poll();
  };
  await made.start({ outlook: { ...events, poll } });
  await made.until(() => made.reports.length > 0, 'the first run');
  const part = async () => (await made.client.get('status')).parts.find(({ name }) => name === 'outlook');
  await made.until(
    async () => (await part())?.failures === 2 && (await part())?.state === 'works',
    'Outlook is heard again',
  );
  const before = made.reports.length;
  made.outlook.sendReceive.now();
  await made.until(() => made.reports.length > before, 'a run after Send/Receive');
});

it('one agent for each data folder; its address is for the user alone, and gone with it; it can be started again', async () => {
  const made = await open();
  await made.start();
  const file = join(made.folder, 'api.json');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  await expect(made.start()).rejects.toMatchObject({ code: 'AGENT_RUNNING' });
});

it('the stop ends a run that goes on, gives the data folder free, and nothing is left open', async () => {
  const made = await open();
  await made.agent.addAccount(made.account);
  await made.start();
  await made.until(() => made.events.some(({ kind }) => kind === 'status'), 'the first status');
  await made.client.post('run', {});
  await made.stop();
  expect(existsSync(join(made.folder, 'api.json'))).toBe(false);
  await made.start();
  await made.until(() => made.reports.length > 0, 'a run');
});

it('[N1] options are changed and read back; an interval under ten minutes is accepted, with a warning', async () => {
  const made = await open();
  await made.start();
  const { client } = made;
  const { warnings, next } = await client.get('status');
  expect([warnings, next]).toEqual([[], null]);
  expect(
    await client.post('options/save', {
      minutes: 5,
      language: 'fr',
      advancedLogging: true,
      notices: false,
      guardShare: 50,
    }),
  ).toMatchObject({
    ...{ minutes: 5, language: 'fr', advancedLogging: true, notices: false, guardShare: 50, guardCount: 10 },
  });
  const after = await client.get('status');
  expect([after.language, after.warnings.map(({ code }) => code)]).toEqual(['fr', ['INTERVAL_SHORT']]);
  await client.post('options/save', { minutes: 30 });
  made.outlook.sendReceive.schedule(9);
  expect((await client.get('status')).warnings.map(({ code }) => code)).toEqual(['INTERVAL_SHORT']);
  await expect(client.post('options/save', { minutes: 0 })).rejects.toMatchObject({ code: 'API_BAD_REQUEST' });
});
