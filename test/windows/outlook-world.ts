/** A fake Outlook in one Windows process, the agent's COM layer in another, and both in the hands of a test. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventClass } from '../../src/outlook/com/event-sources.ts';
import type { ConnectOptions } from '../../src/outlook/com/outlook-thread.ts';
import { type Counts, failureFrom } from '../../src/outlook/com/thread-messages.ts';
import type { Executor, ObjectRef, Outcome, OutlookValue, Step } from '../../src/outlook/program/program.ts';
import {
  runWindows,
  startWindowsNode,
  type WindowsProcess,
  windowsNodeCommand,
  windowsPath,
} from '../../tools/windows/wine.ts';
import { registration } from './fake/registration.ts';
import { type Ask, type FromClient, messages, type ToClient } from './messages.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The agent's COM layer, over there. */
export type RemoteOutlook = {
  readonly executor: Executor;
  connect(options?: ConnectOptions): Promise<boolean>;
  listen(
    object: ObjectRef | 'application',
    of: EventClass,
    listener: (event: string) => void,
  ): Promise<() => Promise<void>>;
  counts(): Promise<Counts>;
  /** The longest time in which the agent's main thread did nothing else. @units milliseconds */
  longestPause(): Promise<number>;
  /** Resolves when it finds Outlook gone the next time. */
  nextGone(): Promise<void>;
  /** Calls a method of the object that an add-in has marshalled. */
  callAddIn(marshalled: Uint8Array, member: string, bytes: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
};

/**
 * Registers the fake as Outlook. What COM starts has neither our environment nor an output: a script of Windows
 * gives it both.
 */
export async function registerFake(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'registration-'));
  const [start, file] = [join(folder, 'start.cmd'), join(folder, 'outlook.reg')];
  const { program, args, env } = windowsNodeCommand(script('fake/fake-outlook.ts'));
  const settings = Object.entries(env).map(([name, value]) => `@set ${name}=${value}`);
  const command = [program, ...args].map((word) => `"${word}"`).join(' ');
  writeFileSync(start, [...settings, `@${command} >nul 2>nul`, ''].join('\r\n'));
  writeFileSync(file, `\ufeff${registration(`cmd /c "${windowsPath(start)}"`)}`, 'utf16le');
  const { code, stdout, stderr } = await runWindows('reg', ['import', windowsPath(file)]);
  if (code !== 0) throw new Error(`reg import failed: ${stdout}${stderr}`);
}

/** Starts the fake. @param file where it keeps what it holds, at the time of the day; without one it is in memory, at a time of its own */
export async function startFake(file?: string): Promise<WindowsProcess> {
  const fake = startWindowsNode(script('fake/fake-outlook.ts'), file === undefined ? [] : [windowsPath(file)]);
  await fake.until((stdout) => (stdout.includes('ready') ? true : undefined));
  return fake;
}

/** Starts the agent's side. */
export async function startClient(): Promise<RemoteOutlook> {
  const process = startWindowsNode(script('client.ts'));
  const port = await process.until((stdout) => /^port (\d+)/m.exec(stdout)?.[1]);
  const socket = await open(Number(port));
  const remote = new Remote(socket);
  return {
    executor: {
      run: (program) => remote.ask({ do: 'run', program }),
      release: (objects) => remote.ask({ do: 'release', objects }),
      calls: () => remote.calls,
      close: () => remote.ask({ do: 'close' }),
    },
    connect: (options = {}) => remote.ask({ do: 'connect', options }),
    listen: async (object, of, listener) => {
      const number = remote.listen(listener);
      await remote.ask({ do: 'listen', object, of }, number);
      return () => remote.ask({ do: 'unlisten', listener: number });
    },
    counts: () => remote.ask({ do: 'counts' }),
    longestPause: () => remote.ask({ do: 'pause' }),
    nextGone: () => remote.nextGone(),
    callAddIn: (marshalled, member, bytes) => remote.ask({ do: 'callAddIn', marshalled, member, bytes }),
    close: async () => {
      await remote.ask({ do: 'end' });
      socket.destroy();
      const { code, stderr } = await process.exited;
      if (code !== 0 || stderr !== '') throw new Error(`the client ended with ${code}: ${stderr}`);
    },
  };
}

/** One call of the fake's control. @throws Error when it fails */
export async function control(
  executor: Executor,
  member: string,
  ...args: readonly OutlookValue[]
): Promise<OutlookValue> {
  const outcome = await controlOutcome(executor, member, ...args);
  if (outcome.kind !== 'done') throw new Error(`${member}: ${JSON.stringify(outcome)}`);
  return outcome.values['value'] ?? null;
}

/** What comes of one call of the fake's control. */
export function controlOutcome(executor: Executor, member: string, ...args: readonly OutlookValue[]): Promise<Outcome> {
  const steps: readonly Step[] = [
    { do: 'get', on: 'application', member: 'FakeControl', as: 'control' },
    { do: 'call', on: 'control', member, args, as: 'value' },
  ];
  return executor.run({ label: 'control', steps, returns: ['value'] });
}

class Remote {
  calls = 0;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<number, (event: string) => void>();
  readonly #send: (message: ToClient) => void;
  #nextId = 1;
  readonly #tellGone: (() => void)[] = [];

  constructor(socket: Socket) {
    this.#send = messages<FromClient, ToClient>(socket, (message) => this.#hear(message)).send;
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the client is gone'));
    });
  }

  ask<T>(ask: Ask, id: number = this.#nextId++): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#send({ id, ask });
    });
  }

  nextGone(): Promise<void> {
    return new Promise((resolve) => {
      this.#tellGone.push(resolve);
    });
  }

  listen(listener: (event: string) => void): number {
    const id = this.#nextId++;
    this.#listeners.set(id, listener);
    return id;
  }

  #hear(message: FromClient): void {
    if ('gone' in message) for (const tell of this.#tellGone.splice(0)) tell();
    else if ('listener' in message) this.#listeners.get(message.listener)?.(message.event);
    else {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('failure' in message) waiting?.reject(failureFrom(message.failure));
      else {
        this.calls = message.calls;
        waiting?.resolve(message.value);
      }
    }
  }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}
