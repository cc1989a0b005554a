/** An Outlook that loads the add-in, and the agent it talks to, each a Windows process in the hands of a test. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { failureFrom } from '../../../src/outlook/com/thread-messages.ts';
import type { Executor } from '../../../src/outlook/program/program.ts';
import { ADD_IN_CLASS, buildAddIns } from '../../../tools/windows/build-shim.ts';
import { modulesFolder, windowsNode } from '../../../tools/windows/packages.ts';
import { runWindows, startWindowsNode, type WindowsProcess, windowsPath } from '../../../tools/windows/wine.ts';
import { CLSID, PROG_ID } from '../fake/registration.ts';
import { messages } from '../messages.ts';
import type { Answered, AskAgent, Asked, AskOutlook, Ran, Seen } from './messages.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export type Ended = {
  /** Ends the process, whatever it is doing. */
  end(): Promise<void>;
};
export type Remote<Ask> = Ended & {
  ask<T>(ask: Ask): Promise<T>;
};

/** What the registry says of the agent; undefined: there is none. */
export type AgentKey = { readonly program: string; readonly arguments: string } | undefined;

/** Builds the add-in into a folder and registers it, and the process that is Outlook. */
export async function installAddIn(folder: string): Promise<void> {
  const library = windowsPath(buildAddIns(folder)[64]);
  const key = (path: string, values: readonly string[]) =>
    [`[HKEY_LOCAL_MACHINE\\Software\\Classes\\${path}]`, ...values, ''].join('\r\n');
  await importKeys([
    key(`CLSID\\${ADD_IN_CLASS}\\InprocServer32`, [`@=${quoted(library)}`, '"ThreadingModel"="Apartment"']),
    key(`${PROG_ID}\\CLSID`, [`@=${quoted(CLSID)}`]),
  ]);
}

/** Says where the agent is, or takes that away, together with what agents have said before. */
export async function setAgent(agent: AgentKey): Promise<void> {
  const path = 'HKEY_CURRENT_USER\\Software\\BlueMind\\Connector for Outlook';
  const values =
    agent === undefined ? [] : [`"Agent"=${quoted(agent.program)}`, `"AgentArguments"=${quoted(agent.arguments)}`];
  await importKeys([`[-${path}]\r\n`, ...(agent === undefined ? [] : [[`[${path}]`, ...values, ''].join('\r\n')])]);
}

/** The agent as the add-in starts it: the stand-in, which tells its port in a file. */
export function startableAgent(portFile: string): AgentKey {
  const args = ['--disable-warning=ExperimentalWarning', windowsPath(script('agent.ts')), windowsPath(portFile)];
  return { program: windowsPath(windowsNode()), arguments: args.map((arg) => `"${arg}"`).join(' ') };
}

/** The stand-in as the agent, but started by nobody. */
export function agentToStart(): AgentKey {
  return { program: windowsPath(windowsNode()), arguments: '-e 0' };
}

/** @param file where it keeps what it holds, at the time of the day; without one it is in memory @param its added to its environment */
export async function startOutlook(
  file?: string,
  its: Readonly<Record<string, string>> = {},
): Promise<Remote<AskOutlook>> {
  // What it starts shall find koffi as it does.
  const env = { ...its, NODE_PATH: windowsPath(modulesFolder('@koromix/koffi-win32-x64')) };
  const args = file === undefined ? [] : [windowsPath(file)];
  return remoteOf<AskOutlook>(startWindowsNode(script('outlook.ts'), args, { env }));
}

export async function startAgent(): Promise<Remote<AskAgent>> {
  return remoteOf<AskAgent>(startWindowsNode(script('agent.ts')));
}

/** An agent that says what no agent says. */
export async function startRudeAgent(): Promise<Ended> {
  const process = startWindowsNode(script('rude-agent.ts'));
  await process.until((stdout) => (stdout.includes('port') ? true : undefined));
  return process;
}

/** The agent that an add-in has started. */
export async function startedAgent(portFile: string): Promise<Remote<AskAgent>> {
  while (!existsSync(portFile) || !readFileSync(portFile, 'utf8').startsWith('port ')) await sleep(50);
  const socket = await open(Number(readFileSync(portFile, 'utf8').slice(5)));
  return overSocket<AskAgent>(socket, async () => undefined);
}

/** Asks until the answer is right, for as long as the test may take. */
export async function until<T>(ask: () => Promise<T>, right: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (right(value)) return value;
    await sleep(50);
  }
}

export function seen(agent: Remote<AskAgent>): Promise<Seen> {
  return agent.ask<Seen>({ do: 'seen' });
}

/** The agent's executor of one kind. */
export function executorBy(agent: Remote<AskAgent>, by: 'add-in' | 'direct', budget?: number): Executor {
  const within = budget === undefined ? {} : { budget };
  let calls = 0;
  return {
    run: async (program) => {
      const ran = await agent.ask<Ran>({ do: 'run', by, program, ...within });
      calls += ran.calls;
      return ran.outcome;
    },
    release: (objects) => agent.ask({ do: 'release', by, objects }),
    calls: () => calls,
    close: () => agent.ask({ do: 'close', by }),
  };
}

async function remoteOf<Ask>(process: WindowsProcess): Promise<Remote<Ask>> {
  const port = await process.until((stdout) => /^port (\d+)/m.exec(stdout)?.[1]);
  return overSocket<Ask>(await open(Number(port)), () => process.end());
}

function overSocket<Ask>(socket: Socket, end: () => Promise<void>): Remote<Ask> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  const { send } = messages<Answered, Asked<Ask>>(socket, (message) => {
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if ('failure' in message) entry?.reject(failureFrom(message.failure));
    else entry?.resolve(message.value);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the process is gone'));
  });
  return {
    ask: <T>(ask: Ask) =>
      new Promise<T>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the process is gone'));
        const id = nextId++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        send({ id, ask });
      }),
    end: async () => {
      socket.destroy();
      await end();
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

async function importKeys(keys: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const file = join(folder, 'keys.reg');
  writeFileSync(file, `\ufeffWindows Registry Editor Version 5.00\r\n\r\n${keys.join('\r\n')}`, 'utf16le');
  const { code, stdout, stderr } = await runWindows('reg', ['import', windowsPath(file)]);
  rmSync(folder, { recursive: true });
  if (code !== 0) throw new Error(`reg import failed: ${stdout}${stderr}`);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
