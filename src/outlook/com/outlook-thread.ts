/**
 * Outlook over COM, for the rest of the agent: everything that touches it happens in a thread of its own, so that nothing here waits
 * for Outlook.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import { INSTALLED, resourceFolder } from '../../node/resources.ts';
import type { Executor, ObjectRef } from '../program/program.ts';
import type { EventClass } from './event-sources.ts';
import { windows } from './native.ts';
import { USUAL_PATIENCE } from './patience.ts';
import { type Answers, type Counts, type FromThread, failureFrom, type Request } from './thread-messages.ts';

export type ConnectOptions = {
  /** Whether Outlook is started when it does not run; left alone unless asked. */
  readonly start?: boolean;
  /** How long a busy Outlook is waited for; half a minute unless given. @units milliseconds */
  readonly patience?: number;
  /** Another program that serves the same objects. */
  readonly progId?: string;
};

export type OutlookThread = {
  /**
   * Whether there is a running Outlook to work with from now on. What an earlier connection held is given back.
   * @throws OUTLOOK_UNAVAILABLE when Outlook is not installed or does not start
   */
  connect(options?: ConnectOptions): Promise<boolean>;
  /** Programs over the connection; OUTLOOK_UNAVAILABLE while there is none. Closing it gives back what programs hold. */
  readonly executor: Executor;
  /** Hears events of an object that a program returned, or of the application; the answer ends it. */
  listen(
    object: ObjectRef | 'application',
    of: EventClass,
    listener: (event: string) => void,
  ): Promise<() => Promise<void>>;
  /**
   * The object that an add-in has marshalled for the agent (CoMarshalInterface): a way to call one of its methods with bytes.
   * @throws OUTLOOK_UNAVAILABLE when the add-in is gone, or Outlook stays busy
   */
  addIn(marshalled: Uint8Array): Promise<AddInObject>;
  /** Called when a call finds that Outlook is gone: crashed, or ended from outside. */
  onGone(listener: () => void): () => void;
  counts(): Counts;
  /** Ends the thread. */
  end(): Promise<void>;
};

export type AddInObject = {
  /** @throws OUTLOOK_UNAVAILABLE, OUTLOOK_FAILED */
  call(member: string, bytes: Uint8Array): Promise<Uint8Array>;
  release(): Promise<void>;
};

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

const PROG_ID = 'Outlook.Application';

export async function startOutlookThread(): Promise<OutlookThread> {
  const { port1, port2 } = new MessageChannel();
  const thread = new Thread(port1, startWorker({ port: port2 }, [port2]));
  await thread.ready;
  return {
    connect: ({ start = false, patience = USUAL_PATIENCE, progId = PROG_ID } = {}) =>
      thread.ask({ do: 'connect', progId, start, patience }),
    executor: {
      run: (program) => thread.ask({ do: 'run', program }),
      release: (objects) => thread.ask({ do: 'release', objects }),
      calls: () => thread.counts.calls,
      close: () => thread.ask({ do: 'disconnect' }),
    },
    listen: async (object, of, listener) => {
      const number = await thread.ask({ do: 'listen', object: object === 'application' ? undefined : object, of });
      thread.listeners.set(number, listener);
      return async () => {
        thread.listeners.delete(number);
        await thread.ask({ do: 'unlisten', listener: number });
      };
    },
    addIn: async (marshalled) => {
      const object = await thread.ask({ do: 'unmarshal', bytes: marshalled });
      return {
        call: (member, bytes) => thread.ask({ do: 'cross', object, member, bytes }),
        release: () => thread.ask({ do: 'release', objects: [object] }),
      };
    },
    onGone: (listener) => {
      thread.gone.add(listener);
      return () => thread.gone.delete(listener);
    },
    counts: () => thread.counts,
    end: () => thread.end(),
  };
}

type MessagePort = InstanceType<typeof MessageChannel>['port1'];

function startWorker(data: { readonly port: MessagePort }, transfer: readonly MessagePort[]): Worker {
  const folder = resourceFolder('outlook', './', import.meta.url);
  return new Worker(new URL(INSTALLED ? 'thread.cjs' : 'apartment-thread.ts', folder), {
    workerData: data,
    transferList: [...transfer],
  });
}

class Thread {
  readonly ready: Promise<void>;
  readonly listeners = new Map<number, (event: string) => void>();
  readonly gone = new Set<() => void>();
  counts: Counts = { calls: 0, crossings: 0, open: 0 };
  readonly #port: MessagePort;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #thread = 0;
  #failed: Error | undefined;

  constructor(port: MessagePort, worker: Worker) {
    this.#port = port;
    this.#worker = worker;
    this.ready = new Promise((resolve, reject) => {
      port.on('message', (message: FromThread) => {
        if (message.say === 'ready') {
          this.#thread = message.thread;
          resolve();
        } else this.#hear(message);
      });
      worker.once('error', (error: Error) => {
        reject(error);
        this.#fail(error);
      });
      worker.once('exit', () => this.#fail(new Error('The thread that calls Outlook has ended')));
    });
  }

  ask<K extends Request['do']>(request: Extract<Request, { do: K }>): Promise<Answers[K]> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise<Answers[K]>((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#port.postMessage({ id, request });
      // The thread waits for messages of Windows, and this is one; after the request, so that it finds it.
      windows().PostThreadMessageW(this.#thread, 0, 0, 0);
    });
  }

  async end(): Promise<void> {
    if (this.#failed !== undefined) return;
    const exited = new Promise<void>((resolve) => {
      this.#worker.once('exit', () => resolve());
    });
    await this.ask({ do: 'end' });
    this.#port.close();
    await exited;
  }

  #hear(message: Exclude<FromThread, { say: 'ready' }>): void {
    switch (message.say) {
      case 'answer':
        this.counts = message.counts;
        this.#settle(message.id)?.resolve(message.value);
        return;
      case 'failure':
        this.counts = message.counts;
        this.#settle(message.id)?.reject(failureFrom(message.failure));
        return;
      case 'event':
        this.listeners.get(message.listener)?.(message.event);
        return;
      case 'gone':
        for (const listener of this.gone) listener();
        return;
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #fail(error: Error): void {
    this.#failed ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
