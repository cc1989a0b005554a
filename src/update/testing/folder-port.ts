/**
 * A program that is a folder, so that updates happen for real: an installer that is a process and swaps folders, a program that is a
 * process and says that it is well, or does not.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { updateFailure } from '../failures.ts';
import type { Ended, InstallPort } from '../install-port.ts';
import type { Behaviour } from './release-kit.ts';

export type Paths = { readonly program: string; readonly updates: string; readonly atLogon: string };

export function pathsIn(root: string): Paths {
  return { program: join(root, 'program'), updates: join(root, 'updates'), atLogon: join(root, 'at-logon') };
}

/** What is installed; undefined when it cannot be started at all. */
export function installedIn(root: string): { readonly version: string; readonly behaviour: Behaviour } | undefined {
  const { program } = pathsIn(root);
  try {
    const { version } = JSON.parse(readFileSync(join(program, 'version.json'), 'utf8')) as { version: string };
    // The second file of the same folder must be of the same version: no half of one and half of another.
    const library = JSON.parse(readFileSync(join(program, 'library.json'), 'utf8')) as {
      version: string;
      behaviour: Behaviour;
    };
    return library.version === version ? library : undefined;
  } catch {
    return undefined;
  }
}

export function putProgram(folder: string, version: string, behaviour: Behaviour): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'version.json'), JSON.stringify({ version }));
  writeFileSync(join(folder, 'library.json'), JSON.stringify({ version, behaviour }));
}

export type FolderPort = InstallPort & { readonly started: ChildProcess[] };

const PROGRAM = fileURLToPath(new URL('./folder-program.ts', import.meta.url));
const INSTALLER = fileURLToPath(new URL('./folder-installer.ts', import.meta.url));

/** @param at is called before and after everything that changes the disk: where a power loss may happen */
export function folderPort(root: string, at: (where: string) => void = () => {}): FolderPort {
  const { program, updates, atLogon } = pathsIn(root);
  const kept = join(updates, 'kept');
  const started: ChildProcess[] = [];
  const told = (where: string, work: () => void) => {
    at(`before ${where}`);
    work();
    at(`after ${where}`);
  };
  return {
    started,
    keep: async () => {
      rmSync(`${kept}.new`, { recursive: true, force: true });
      rmSync(kept, { recursive: true, force: true });
      told('the copy', () => cpSync(program, `${kept}.new`, { recursive: true }));
      told('the copy has its name', () => renameSync(`${kept}.new`, kept));
    },
    callGuard: async () => told('the guard is called', () => writeFileSync(atLogon, '')),
    dismissGuard: async () => told('the guard goes', () => rmSync(atLogon, { force: true })),
    install: async (file) => {
      at('before the installer');
      const exit = await exitOf([INSTALLER, file, program]);
      at('after the installer');
      if (exit !== 0) throw updateFailure('UPDATE_FAILED', `The installer ended with ${exit}.`);
    },
    giveBack: async () => {
      told('the new one goes', () => rmSync(program, { recursive: true, force: true }));
      told('the old one returns', () => cpSync(kept, program, { recursive: true }));
    },
    start: async () => {
      const child = spawn(process.execPath, [PROGRAM, root], { stdio: 'ignore' });
      started.push(child);
      return { ended: new Promise<Ended>((resolve) => child.once('close', () => resolve('ended'))) };
    },
    stop: async () => {
      await Promise.all(started.splice(0).map(endOf));
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    child.once('close', resolve);
    child.kill('SIGKILL');
  });
}

function exitOf(args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, [...args], { stdio: 'ignore' })
      .once('error', reject)
      .once('close', resolve);
  });
}

/** Whether a guard is called at the next logon. */
export function guardIsCalled(root: string): boolean {
  return existsSync(pathsIn(root).atLogon);
}
