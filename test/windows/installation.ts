/** The installer under Wine: the program with the Node that Wine starts, uncompressed, in the versions that a test asks for. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Client, openClient } from '../../src/agent/api/client.ts';
import type { Status } from '../../src/agent/api/shapes.ts';
import type { ApiAddress } from '../../src/agent/host/api-part.ts';
import type { PublicKey } from '../../src/update/keys.ts';
import { buildInstaller } from '../../tools/windows/build-installer.ts';
import { buildPictures } from '../../tools/windows/build-pictures.ts';
import { buildProgram } from '../../tools/windows/build-program.ts';
import { fetchRuntime } from '../../tools/windows/build-runtime.ts';
import { buildAddIns } from '../../tools/windows/build-shim.ts';
import { endPrefix, runWindows, type WindowsResult, windowsPath } from '../../tools/windows/wine.ts';
import names from '../../windows/names.json' with { type: 'json' };

export const OUT = fileURLToPath(new URL('../../dist/windows/tested', import.meta.url));
const DRIVE = fileURLToPath(new URL('../../dist/windows/wine/drive_c', import.meta.url));

/** What every Windows process of these tests needs. */
export const ENVIRONMENT = {
  NODE_OPTIONS: `--require ${windowsPath(fileURLToPath(new URL('without-keep-alive.cjs', import.meta.url)))}`,
  NODE_NO_WARNINGS: '1',
  // Otherwise Wine puts our start menu among the Linux user's own.
  WINEDLLOVERRIDES: 'winemenubuilder.exe=d',
};

/** The program's folder, built anew. @param keys whose updates it follows */
export async function testedProgram(keys?: readonly PublicKey[]): Promise<string> {
  const to = join(OUT, 'program');
  const work = join(OUT, 'work');
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const libraries = Object.values(buildAddIns(join(work, 'add-in')));
  await buildProgram({ runtime: fetchRuntime('tested'), version: '1.0.0', keys, libraries, work, to });
  return to;
}

/** An installer of the program that says it is of this version. */
export function testedInstaller(version: string): string {
  const to = join(OUT, `BlueMind-Connector-Setup-${version}.exe`);
  if (existsSync(to)) return to;
  const work = join(OUT, 'work');
  buildPictures(join(work, 'pictures'));
  buildInstaller({ program: join(OUT, 'program'), version, work, to, addIn: true, packed: 'none' });
  return to;
}

export function setUp(version: string, ...args: readonly string[]): Promise<WindowsResult> {
  return setUpIn({}, version, ...args);
}

/** @param env added to its environment, and to that of the agent which it starts */
export function setUpIn(
  env: Readonly<Record<string, string>>,
  version: string,
  ...args: readonly string[]
): Promise<WindowsResult> {
  return runWindows(testedInstaller(version), ['/S', ...args], { env: { ...ENVIRONMENT, ...env } });
}

/** A path below the user's own folder of programs and data, on Linux. */
export function local(...path: readonly string[]): string {
  return join(userFolder(), 'AppData', 'Local', ...path);
}

export const PROGRAM = ['Programs', 'BlueMind Connector'] as const;
export const DATA = ['BlueMind', 'Connector'] as const;

/** Wine names the user's folder as Linux names the user. */
export function userFolder(): string {
  const users = join(DRIVE, 'users');
  const name = readdirSync(users).find((folder) => folder !== 'Public');
  return join(users, name ?? '');
}

export function drive(...path: readonly string[]): string {
  return join(DRIVE, ...path);
}

type CommandLine = (args: readonly string[], input?: string) => Promise<WindowsResult>;

/** The command line that is installed in a folder. */
export function connectorIn(folder: string): CommandLine {
  return (args, input) => {
    const options = { env: ENVIRONMENT, ...(input === undefined ? {} : { input }) };
    return runWindows(join(folder, 'connector.exe'), args, options);
  };
}

/** The one of this user. */
export const connector: CommandLine = (args, input) => connectorIn(local(...PROGRAM))(args, input);

/** Runs the uninstaller to its end: it copies itself away first, and what was started comes back at once. */
export async function uninstall(folder: string, ...args: readonly string[]): Promise<void> {
  rmSync(SETUP_LOG(), { force: true });
  await runWindows(join(folder, 'uninstall.exe'), ['/S', ...args], { env: ENVIRONMENT });
  for (let tries = 0; tries < 600; tries++) {
    if (existsSync(SETUP_LOG()) && setupLog().includes('Removed.')) return;
    await sleep(100);
  }
  throw new Error(`The uninstaller does not end: ${setupLog()}`);
}

const SHARED = [
  'Policies',
  'Microsoft\\Windows\\CurrentVersion\\Uninstall',
  'Classes\\CLSID',
  'Classes\\Wow6432Node\\CLSID',
];

/** As if nothing had ever been installed, whatever a test that broke off has left. */
export async function cleanUp(): Promise<void> {
  endPrefix();
  const folders = [local(...PROGRAM), local('BlueMind'), drive('Program Files', 'BlueMind Connector')];
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  const { PROGID, CLSID } = names.addIn;
  const classes = [PROGID, `CLSID\\${CLSID}`, `Wow6432Node\\CLSID\\${CLSID}`].map((key) => `Classes\\${key}`);
  const keys = [
    'BlueMind',
    'Microsoft\\Windows\\CurrentVersion\\Uninstall\\BlueMindConnector',
    'Microsoft\\Office',
    'Wow6432Node\\Microsoft\\Office',
    ...classes,
  ];
  for (const hive of ['HKCU', 'HKLM']) {
    for (const key of keys) await runWindows('reg', ['delete', `${hive}\\Software\\${key}`, '/f']);
    const run = `${hive}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run`;
    await runWindows('reg', ['delete', run, '/v', 'BlueMindConnector', '/f']);
    // Every Windows has them; Wine makes them with the first key that is put below.
    for (const key of SHARED) await runWindows('reg', ['add', `${hive}\\Software\\${key}`, '/f']);
  }
}

/** All files below a folder, by their path in it; nothing where there is no folder. */
export function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** Both hives as text, every key and value; without the certificates that Wine copies out of Linux when somebody first asks for them. */
export async function registry(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const root of ['HKCU\\Software', 'HKLM\\Software']) {
    const { stdout } = await runWindows('reg', ['query', root, '/s']);
    let left = false;
    for (const line of stdout.split('\r\n')) {
      if (line.startsWith('HKEY_')) left = line.includes('\\SystemCertificates');
      if (!left && line !== '') lines.push(line);
    }
  }
  return lines;
}

/** The values of a key. */
export async function valuesOf(key: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await runWindows('reg', ['query', key]);
  const values = stdout.matchAll(/^ {4}(.+?) {4}REG_\w+ {4}(.*?)\r?$/gm);
  return Object.fromEntries([...values].map(([, name = '', value = '']) => [name, value]));
}

/** The agent's answer once it answers. */
export async function agentStatus(): Promise<Status & { readonly pid: number }> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      const { pid, client } = agentClient();
      return { ...(await client.get('status', {})), pid };
    } catch {
      await sleep(100);
    }
  }
  throw new Error('The agent does not answer.');
}

/** The way to the agent that runs. @throws Error where none says where it is */
export function agentClient(): { readonly pid: number; readonly client: Client } {
  const { url, token, pid } = JSON.parse(readFileSync(local(...DATA, 'api.json'), 'utf8')) as ApiAddress;
  return { pid, client: openClient({ base: url, token }) };
}

const SETUP_LOG = () => join(userFolder(), 'Temp', 'BlueMind-Connector-Setup.log');

/** The log of the installer or uninstaller that ran last. */
export function setupLog(): string {
  return readFileSync(SETUP_LOG(), 'utf16le');
}

/** Whether a program that the installer's tests need is here. */
export function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
