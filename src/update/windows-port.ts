/**
 * Updates on Windows: the silent installer, copies of the program's folder, and the guard at logon by the user's Run key.
 */
import { spawn } from 'node:child_process';
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { updateFailure } from './failures.ts';
import type { Ended, InstallPort } from './install-port.ts';
import { putBack } from './put-back.ts';
import { KEPT } from './updater.ts';

/** Begins a program; resolves with its exit code. `outlives`: it goes on when this process ends. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  options?: { readonly outlives?: boolean },
) => { readonly exit: Promise<number> };

export type WindowsPortOptions = {
  /** The folder of the installed program. */
  readonly program: string;
  /** The data folder, and the one of updates in it. */
  readonly data: string;
  readonly updates: string;
  readonly run: RunProgram;
  /** Ends the running agent, and waits until it has ended. */
  readonly stopAgent: () => Promise<void>;
  /** The exit code of an agent that finds another one running. */
  readonly already: number;
};

const AGENT = 'BlueMindConnector.exe';
const RUN_KEY = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Run`;
const RUN_NAME = 'BlueMindConnectorUpdate';
/** Where the installer says which version it has put: for Windows' list of programs, and for the next installer. */
const VERSIONS = [
  [String.raw`Software\Microsoft\Windows\CurrentVersion\Uninstall\BlueMindConnector`, 'DisplayVersion'],
  [String.raw`Software\BlueMind\Connector for Outlook`, 'Version'],
] as const;

export function windowsPort({ program, data, updates, run, stopAgent, already }: WindowsPortOptions): InstallPort {
  const kept = join(updates, KEPT);
  const guardArgs = ['update', 'guard', '--data', data, '--program', program];
  const reg = async (args: readonly string[]) => (await run('reg.exe', args).exit) === 0;
  /** Only where it was said before: there is an entry for one user, or for all. */
  const tell = async (value: readonly string[], text: string) => {
    if (await reg(['query', ...value])) await reg(['add', ...value, '/t', 'REG_SZ', '/d', text, '/f']);
  };
  return {
    keep: async () => {
      rmSync(`${kept}.new`, { recursive: true, force: true });
      cpSync(program, `${kept}.new`, { recursive: true, filter: (path) => !path.endsWith('.old') });
      rmSync(kept, { recursive: true, force: true });
      renameSync(`${kept}.new`, kept);
    },
    callGuard: async () => {
      const guard = join(kept, AGENT);
      const command = [guard, ...guardArgs].map((word) => `"${word}"`).join(' ');
      await reg(['add', RUN_KEY, '/v', RUN_NAME, '/t', 'REG_SZ', '/d', command, '/f']);
      run(guard, guardArgs, { outlives: true });
    },
    dismissGuard: async () => {
      await reg(['delete', RUN_KEY, '/v', RUN_NAME, '/f']);
    },
    install: async (file) => {
      // The guard starts the program itself, so that it knows how that went.
      const exit = await run(file, ['/S', '/NOSTART', `/D=${program}`]).exit;
      if (exit !== 0)
        throw updateFailure('UPDATE_FAILED', `The installer ended with ${exit}. The version that worked is put back.`);
    },
    giveBack: async (version) => {
      putBack(kept, program);
      for (const hive of ['HKCU', 'HKLM'])
        for (const [key, name] of VERSIONS) await tell([`${hive}\\${key}`, '/v', name], version);
    },
    start: async () => {
      const { exit } = run(join(program, AGENT), ['agent', '--data', data], { outlives: true });
      return { ended: exit.then((code): Ended => (code === already ? 'already' : 'ended')) };
    },
    stop: stopAgent,
  };
}

/** Whether this user may replace the program: one that was installed for all users is the administrator's. */
export function mayReplace(program: string): boolean {
  const probe = join(program, `.may-write-${process.pid}`);
  try {
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch {
    return false;
  }
}

export const runProgram: RunProgram = (program, args, { outlives = false } = {}) => {
  // `/D=` of NSIS takes the rest of the line as it is and must not be quoted, and cmd has quotes of its own.
  const verbatim = args.some((arg) => arg.startsWith('/D=')) || program === 'cmd.exe';
  const child = spawn(program, [...args], {
    ...(outlives ? { cwd: dirname(program) } : {}),
    ...(verbatim ? { argv0: `"${program}"`, windowsVerbatimArguments: true } : {}),
    detached: outlives,
    stdio: 'ignore',
    windowsHide: true,
  });
  const exit = new Promise<number>((resolve) => {
    child.once('error', () => resolve(-1));
    child.once('exit', (code) => resolve(code ?? -1));
  });
  if (outlives) child.unref();
  return { exit };
};
