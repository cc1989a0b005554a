/** A server, an account, and folders of data that are removed: processes of their own, as they are for a user. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** @units milliseconds */
const BEAT = 500;

export type AgentWorld = {
  /** The data folder of the connected account. */
  readonly desk: string;
  run(args: readonly string[], input?: string): string;
  start(args: readonly string[]): ChildProcess;
};

/** What it starts is ended after `work`. */
export async function withAgentWorld<T>(work: (world: AgentWorld) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'bench-agent-'));
  const children: ChildProcess[] = [];
  const run = (args: readonly string[], input = '') =>
    execFileSync(process.execPath, [PROGRAM, ...args], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  const [server, desk] = [join(home, 'server'), join(home, 'desk')];
  try {
    run(['user', 'add', 'jane@demo.test', '--password-stdin', '--data', server], 'secret-1');
    const url = await firstLine(start(['serve', '--port', '0', '--json', '--data', server]));
    run(
      ['account', 'add', '--server', url, '--login', 'jane@demo.test', '--password-stdin', '--data', desk],
      'secret-1',
    );
    return await work({ desk, run, start });
  } finally {
    for (const child of children) child.kill('SIGTERM');
    await Promise.all(children.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
    rmSync(home, { recursive: true, force: true });
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) return (JSON.parse(String(chunk)) as { url: string }).url;
  throw new Error('the server did not start');
}

export async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(BEAT);
}

/** @returns megabytes: what the operating system saw a process hold at the most, and what it holds now */
export function memoryOf(process: ChildProcess): { readonly peak: number; readonly now: number } {
  const status = readFileSync(`/proc/${process.pid ?? 0}/status`, 'utf8');
  const megabytes = (name: string) => {
    const [, kilobytes = '0'] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  };
  return { peak: megabytes('VmHWM'), now: megabytes('VmRSS') };
}
