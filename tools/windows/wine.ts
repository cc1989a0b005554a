/**
 * Windows for tests: a Wine prefix of our own in `dist/windows/wine`, and Windows processes in it.
 *
 * Wine's Node cannot use pipes of Linux as standard input and output (EBADF), so both are files. No screen is needed: nothing is
 * shown unless a test brings a display of its own.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { modulesFolder, windowsNode } from './packages.ts';

const PREFIX = fileURLToPath(new URL('../../dist/windows/wine', import.meta.url));

/** What to say where there is no Wine. */
export const HOW_TO_INSTALL = 'Wine is not installed, so nothing was tested on Windows: apt-get install wine wine64';

export function hasWine(): boolean {
  return spawnSync('wine', ['--version'], { env: { ...process.env, WINEDEBUG: '-all' } }).status === 0;
}

/** Makes the prefix where there is none: Windows 10 (Node refuses to start on Wine's default), without Mono and Gecko. */
export function makePrefix(): void {
  if (existsSync(PREFIX)) return;
  const making = `${PREFIX}-making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(dirname(PREFIX), { recursive: true });
  const env = { ...wineEnvironment(making), WINEDLLOVERRIDES: 'mscoree,mshtml=' };
  const run = (program: string, args: readonly string[]) => {
    const { status } = spawnSync(program, args, { env, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed with ${status}`);
  };
  run('wineboot', ['-i']);
  run('wine', ['winecfg', '-v', 'win10']);
  run('wineserver', ['-w']);
  renameSync(making, PREFIX);
}

/** Ends every Windows process of the prefix and waits until they are gone. */
export function endPrefix(): void {
  if (!existsSync(PREFIX)) return;
  const env = wineEnvironment(PREFIX);
  spawnSync('wineserver', ['-k'], { env, stdio: 'ignore' });
  spawnSync('wineserver', ['-w'], { env, stdio: 'ignore' });
}

/** A path of Linux as Windows programs under Wine know it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

export type WindowsOptions = {
  /** Added to the environment; a value undefined takes the name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What standard input holds; nothing unless given. */
  readonly input?: string;
};

export type WindowsResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type WindowsProcess = {
  /** Process id on Linux. */
  readonly pid: number;
  /** Resolves when it ended by itself or was ended; a process ended by a signal has the code 128 + its number. */
  readonly exited: Promise<WindowsResult>;
  /** What it wrote so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the first output for which `found` answers something. @throws Error when the process ends first */
  until<T>(found: (stdout: string) => T | undefined): Promise<T>;
  /** Ends it at once, if it still runs. */
  end(): Promise<void>;
};

/** Starts a Windows program (a path of Linux, or the name of one that Windows brings), its input and output being files. */
export function startWindows(program: string, args: readonly string[], options: WindowsOptions = {}): WindowsProcess {
  const folder = mkdtempSync(join(tmpdir(), 'windows-'));
  const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
  const input = options.input === undefined ? undefined : fileWith(join(folder, 'stdin'), options.input);
  const files = [input ?? openSync('/dev/null', 'r'), openSync(stdout, 'w'), openSync(stderr, 'w')] as const;
  const child = spawn('wine', [program, ...args], {
    env: { ...wineEnvironment(PREFIX), ...options.env },
    stdio: [...files],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  for (const file of files) closeSync(file);
  let ended: WindowsResult | undefined;
  const read = (file: string) => readFileSync(file, 'utf8');
  const exited = exitOf(child).then((code) => {
    ended = { code, stdout: read(stdout), stderr: read(stderr) };
    rmSync(folder, { recursive: true, force: true });
    return ended;
  });
  const self: WindowsProcess = {
    pid: child.pid ?? 0,
    exited,
    stdout: () => ended?.stdout ?? read(stdout),
    stderr: () => ended?.stderr ?? read(stderr),
    until: async (found) => {
      for (;;) {
        const last = ended;
        const answer = found(self.stdout());
        if (answer !== undefined) return answer;
        if (last !== undefined) throw new Error(`${program} ended with ${last.code}\n${last.stdout}${last.stderr}`);
        await sleep(POLL);
      }
    },
    end: async () => {
      if (ended === undefined) child.kill('SIGKILL');
      await exited;
    },
  };
  return self;
}

/** How often the output of a process is looked at. @units milliseconds */
const POLL = 20;

/** What runs a script of the project, which may import koffi, on Windows' Node: paths of Windows. */
export function windowsNodeCommand(script: string): {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  return {
    program: windowsPath(windowsNode()),
    args: ['--disable-warning=ExperimentalWarning', windowsPath(script)],
    env: { NODE_PATH: windowsPath(modulesFolder('@koromix/koffi-win32-x64')) },
  };
}

/** Starts Windows' Node on a script of the project. */
export function startWindowsNode(
  script: string,
  args: readonly string[] = [],
  options: WindowsOptions = {},
): WindowsProcess {
  const command = windowsNodeCommand(script);
  const env = { ...command.env, ...options.env };
  return startWindows(command.program, [...command.args, ...args], { ...options, env });
}

/** Runs a Windows program to its end. */
export async function runWindows(
  program: string,
  args: readonly string[],
  options: WindowsOptions = {},
): Promise<WindowsResult> {
  return startWindows(program, args, options).exited;
}

function fileWith(path: string, content: string): number {
  writeFileSync(path, content);
  return openSync(path, 'r');
}

/** No display: programs that would show something fail instead of waiting; no fonts, menus or drivers are set up for one. */
function wineEnvironment(prefix: string): NodeJS.ProcessEnv {
  const { DISPLAY: _, NODE_OPTIONS: __, NODE_PATH: ___, ...env } = process.env;
  return { ...env, WINEPREFIX: prefix, WINEARCH: 'win64', WINEDEBUG: '-all' };
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGSEGV: 11, SIGABRT: 6 };

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 0)));
  });
}
