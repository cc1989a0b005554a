/**
 * A file taken through the agent as the window *Import* does it: handed over in pieces, looked at, imported. Server and agent are processes
 * of their own, as they are for a user; what is told is the agent's peak of memory at each step.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Client, openClient } from '../../src/agent/api/client.ts';
import { ADDRESS_FILE, type ApiAddress } from '../../src/agent/host/api-part.ts';

const PROGRAM = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** As the window does. */
const PIECE = 500_000;
const BEAT = 500;

/** @returns megabytes at the most, after each step, and what became of the items */
export async function throughAgent(file: string, upTo: 'look' | 'take'): Promise<Record<string, unknown>> {
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
    const agent = start(['agent', '--json', '--data', desk]);
    const client = await clientOf(desk);
    const peak = () => megabytesOf(agent.pid ?? 0);
    const told: Record<string, unknown> = {};
    await until(async () => (await client.get('runs', { most: 1 })).length > 0);
    told['before'] = peak();
    await handOver(client, file);
    told['handed over'] = peak();
    const where = {
      what: 'files',
      calendar: (await client.get('containers', { kind: 'calendar' }))[0]?.uid ?? '',
      book: (await client.get('containers', { kind: 'addressbook' }))[0]?.uid ?? '',
    } as const;
    for (const step of upTo === 'take' ? (['look', 'take'] as const) : (['look'] as const)) {
      await client.post(`import/${step}`, where);
      await until(async () => /^(looked|taken|failed)$/.test((await client.get('import')).state));
      told[step] = peak();
    }
    const { report, failure } = await client.get('import');
    return { ...told, counts: report?.counts, failure };
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

async function clientOf(desk: string): Promise<Client> {
  const file = join(desk, ADDRESS_FILE);
  await until(() => Promise.resolve(existsSync(file)));
  const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as ApiAddress;
  return openClient({ base: url, token });
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(BEAT);
}

async function handOver(client: Client, path: string): Promise<void> {
  const { size } = statSync(path);
  const { file } = await client.post('import/file', { name: basename(path), size });
  const handle = openSync(path, 'r');
  const piece = Buffer.alloc(PIECE);
  for (let at = 0; at < size; at += PIECE) {
    const got = readSync(handle, piece, 0, PIECE, at);
    await client.post('import/piece', { file, at, bytes: piece.subarray(0, got).toString('base64') });
  }
}

/** What the operating system saw the process hold at the most. */
function megabytesOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
