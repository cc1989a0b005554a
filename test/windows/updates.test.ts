/** Updates of the installed program by itself, with the real installer: from the channel of a server on Linux, under a running agent. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDomain, createUser } from '../../src/server/admin/accounts.ts';
import { openServer, type RunningServer } from '../../src/server/open-server.ts';
import type { Manifest } from '../../src/update/manifest.ts';
import { signManifest } from '../../src/update/sign.ts';
import { NEW_STATE, type UpdateState } from '../../src/update/state.ts';
import { manifestOf, newSigner } from '../../src/update/testing/release-kit.ts';
import { endPrefix, startWindows } from '../../tools/windows/wine.ts';
import {
  agentStatus,
  cleanUp,
  connector,
  DATA,
  ENVIRONMENT,
  filesIn,
  local,
  OUT,
  PROGRAM,
  setUp,
  setupLog,
  testedProgram,
  uninstall,
  valuesOf,
} from './installation.ts';
import { dyingVersion, laterVersion, STRANGER } from './versions.ts';

const UNINSTALL = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\BlueMindConnector';
const OURS = 'HKCU\\Software\\BlueMind\\Connector for Outlook';
const RUN = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const [OLD, NEWER, BAD] = ['1.0.0', '1.1.0', '1.2.0'];

const signer = newSigner();
const CHANNEL = join(OUT, 'channel');
const STATE = () => local(...DATA, 'updates', 'state.json');
let server: RunningServer;
let sequence = 0;

beforeAll(async () => {
  await cleanUp();
  await testedProgram([signer.key]);
  mkdirSync(CHANNEL, { recursive: true });
  server = await openServer({ dataFile: ':memory:', policy: { downloads: CHANNEL } });
  createDomain(server.kernel, { uid: 'demo.test' });
  const user = { login: 'jane', domain: 'demo.test', displayName: 'Jane Doe', uid: 'uid-jane' };
  await createUser(server.kernel, { ...user, password: 'correct horse 17' });
  publish(await laterVersion({ version: NEWER, keys: [signer.key] }), NEWER);
}, 300_000);

afterAll(async () => {
  endPrefix();
  await server.close();
  await cleanUp();
});

/** Puts an installer on the channel, as `npm run release` does. */
function publish(installer: string, version: string): void {
  cpSync(installer, join(CHANNEL, basename(installer)));
  sequence += 1;
  const bytes = readFileSync(installer);
  const manifest = manifestOf(bytes, { version, sequence });
  const files: Manifest['files'] = manifest.files.map((file) => ({
    ...file,
    platform: 'win32',
    name: basename(installer),
  }));
  writeFileSync(join(CHANNEL, 'updates-stable.json'), signManifest({ ...manifest, files }, [signer.secret]));
}

function state(): UpdateState {
  return JSON.parse(readFileSync(STATE(), 'utf8')) as UpdateState;
}

/** Resolves once the last update is over, whatever became of it, and its guard has gone. */
async function over(version: string): Promise<UpdateState['done']> {
  for (let seconds = 0; seconds < 240; seconds++) {
    const { done, step } = state();
    if (step.at === 'idle' && done?.version === version && !(await guardIsCalled())) return done;
    await sleep(1000);
  }
  throw new Error(`The update to ${version} does not end: ${JSON.stringify(state())}`);
}

async function guardIsCalled(): Promise<boolean> {
  return 'BlueMindConnectorUpdate' in (await valuesOf(RUN));
}

/** What stands here, as Windows, the add-in and the running agent say. */
async function standing() {
  const { version, account } = await agentStatus();
  const { value } = JSON.parse((await connector(['options', 'get', 'interval', '--json'])).stdout) as { value: number };
  return {
    agent: version,
    entry: (await valuesOf(UNINSTALL))['DisplayVersion'],
    key: (await valuesOf(OURS))['Version'],
    account: account?.login,
    interval: value,
  };
}

const STANDS = { account: 'jane@demo.test', interval: 25 };

it('the running agent finds a newer version by itself, installs it, and the new one has the account and the settings', async () => {
  expect(await setUp(OLD, '/NOSTART')).toMatchObject({ code: 0 });
  const add = ['account', 'add', '--server', server.url, '--login', 'jane@demo.test', '--password-stdin'];
  expect(await connector(add, 'correct horse 17')).toMatchObject({ code: 0 });
  expect(await connector(['options', 'set', 'interval', '25'])).toMatchObject({ code: 0 });
  // The day on which it asks is this one.
  mkdirSync(local(...DATA, 'updates'), { recursive: true });
  writeFileSync(STATE(), JSON.stringify({ ...NEW_STATE, next: 0 }));
  startWindows(local(...PROGRAM, 'BlueMindConnector.exe'), ['agent'], { env: ENVIRONMENT });
  expect(await standing()).toEqual({ agent: OLD, entry: OLD, key: OLD, ...STANDS });
  expect(await over(NEWER)).toMatchObject({ did: 'installed', version: NEWER, from: OLD });
  expect(await standing()).toEqual({ agent: NEWER, entry: NEWER, key: NEWER, ...STANDS });
}, 400_000);

it('a version that ends at its start gives way to the one before, which says so, and is not taken again', async () => {
  const before = filesIn(local(...PROGRAM));
  publish(dyingVersion(BAD), BAD);
  expect(await connector(['update', 'check'])).toMatchObject({ code: 0 });
  expect(await over(BAD)).toMatchObject({ did: 'returned', why: 'not-up', version: BAD, from: NEWER });
  expect(await standing()).toEqual({ agent: NEWER, entry: NEWER, key: NEWER, ...STANDS });
  expect(filesIn(local(...PROGRAM)).filter((file) => !file.endsWith('.old'))).toEqual(before);
  expect(existsSync(local(...PROGRAM, STRANGER))).toBe(false);
  expect((await connector(['update'])).stdout).toContain(`${BAD} did not come up; ${NEWER} has returned`);
  expect(state().failed).toEqual([BAD]);
}, 400_000);

it('after an update the older installer is refused, and removing leaves nothing of it', async () => {
  expect(await setUp(OLD)).toMatchObject({ code: 11 });
  expect(setupLog()).toContain('This is older');
  await uninstall(local(...PROGRAM), '/PURGE');
  expect(existsSync(local(...PROGRAM))).toBe(false);
  expect(existsSync(local('BlueMind'))).toBe(false);
  rmSync(CHANNEL, { recursive: true });
}, 120_000);
