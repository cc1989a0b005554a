/**
 * The thread that Outlook is called from: a single-threaded apartment that waits for requests and for events at once. Run as a
 * worker by {@link file://./outlook-thread.ts}.
 */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { unreachable } from '../../base/assert.ts';
import { Failure } from '../../base/failure.ts';
import { hresultText, meaningOf } from '../program/errors.ts';
import { failureOf, OUTLOOK_FAILED, OUTLOOK_UNAVAILABLE } from '../program/finish.ts';
import type { ObjectRef } from '../program/program.ts';
import { runProgram } from '../program/run-program.ts';
import { enterApartment, pump, waitAndPump } from './apartment.ts';
import { activeObject, createObject, unmarshalled } from './class-object.ts';
import { ComHost } from './com-host.ts';
import type { ComObject } from './com-object.ts';
import { advise } from './connection.ts';
import { DispatchClient } from './dispatch-client.ts';
import { dispatchServer } from './dispatch-server.ts';
import { EVENT_SOURCES, eventName } from './event-sources.ts';
import { ComError, HR } from './hresult.ts';
import { installMessageFilter } from './message-filter.ts';
import { windows } from './native.ts';
import { type Patience, patience, USUAL_PATIENCE } from './patience.ts';
import { type Counts, type FromThread, plainFailure, type Request, type ToThread } from './thread-messages.ts';

/** The longest wait for something to happen; everything that happens ends it. @units milliseconds */
const LONGEST_WAIT = 1000;

type Connection = { readonly host: ComHost; readonly listeners: Map<number, () => void> };
type Sleeper = { readonly until: number; readonly wake: () => void };

class ApartmentThread {
  readonly #port: MessagePort;
  readonly #client = new DispatchClient();
  readonly #sinks = dispatchServer(this.#client);
  readonly #sleepers = new Set<Sleeper>();
  #patience: Patience = patience(USUAL_PATIENCE);
  #connection: Connection | undefined;
  #toldGone = false;
  #nextListener = 1;
  /** Calls of connections that are closed. */
  #callsBefore = 0;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** Runs until the request to end. */
  async live(): Promise<void> {
    const leave = enterApartment();
    const removeFilter = installMessageFilter({ retry: (waited) => this.#patience.next(waited) ?? -1 });
    // The thread has a queue of messages from its first look on; before that nobody could wake it.
    pump();
    this.#say({ say: 'ready', thread: windows().GetCurrentThreadId() });
    while (!this.#ended) {
      this.#receive();
      // Programs run between two looks at what comes in: on the way here all of what was resolved goes on.
      await turn();
      if (this.#ended) break;
      waitAndPump(this.#untilNext());
      this.#wakeSleepers();
      await turn();
    }
    removeFilter();
    leave();
    this.#port.close();
  }

  #receive(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: ToThread } | undefined;
      if (received === undefined) return;
      const { id, request } = received.message;
      const work = async () => {
        try {
          const value = await this.#do(request);
          this.#say({ say: 'answer', id, value, counts: this.#counts() });
        } catch (error) {
          this.#say({ say: 'failure', id, failure: plainFailure(error), counts: this.#counts() });
        }
        this.#tellIfGone();
      };
      this.#last = this.#last.then(work);
    }
  }

  async #do(request: Request): Promise<unknown> {
    switch (request.do) {
      case 'connect':
        return this.#connect(request);
      case 'run':
        return runProgram(this.#connected().host, request.program);
      case 'release':
        return this.#connection?.host.release(request.objects);
      case 'listen':
        return this.#listen(request);
      case 'unlisten':
        return this.#unlisten(request.listener);
      case 'unmarshal':
        return this.#unmarshal(request.bytes);
      case 'cross':
        return this.#cross(request);
      case 'disconnect':
        return this.#disconnect();
      case 'end':
        this.#disconnect();
        this.#ended = true;
        return undefined;
      default:
        return unreachable(request);
    }
  }

  async #connect(request: Extract<Request, { do: 'connect' }>): Promise<boolean> {
    this.#disconnect();
    this.#client.forgetTypes();
    this.#toldGone = false;
    this.#patience = patience(request.patience);
    const application = await this.#find(request);
    if (application === undefined) return false;
    const host = new ComHost({
      client: this.#client,
      application,
      patience: this.#patience,
      sleep: (milliseconds) => this.#sleep(milliseconds),
    });
    this.#connection = { host, listeners: new Map() };
    return true;
  }

  /** @throws Failure OUTLOOK_UNAVAILABLE when Outlook is not installed, or does not start */
  async #find({ progId, start }: { readonly progId: string; readonly start: boolean }): Promise<ComObject | undefined> {
    for (let waited = 0; ; ) {
      try {
        return this.#running(progId) ?? (start ? createObject(this.#client, progId) : undefined);
      } catch (cause) {
        if (!(cause instanceof ComError)) throw cause;
        // A start may fail and succeed later.
        const wait = FOR_GOOD.includes(cause.hresult) ? undefined : this.#patience.next(waited);
        if (wait === undefined) throw cannotConnect(cause);
        waited += wait;
        await this.#sleep(wait);
      }
    }
  }

  /** The entry of a crashed Outlook outlives it for a while. */
  #running(progId: string): ComObject | undefined {
    try {
      return activeObject(this.#client, progId);
    } catch (error) {
      if (error instanceof ComError && meaningOf(error.hresult) === 'closed') return undefined;
      throw error;
    }
  }

  #connected(): Connection {
    if (this.#connection === undefined) {
      throw new Failure(OUTLOOK_UNAVAILABLE, 'Outlook was closed.', { retry: 'later' });
    }
    return this.#connection;
  }

  async #unmarshal(bytes: Uint8Array): Promise<ObjectRef> {
    const { host } = this.#connected();
    return host.reference(await this.#ofAddIn(() => unmarshalled(this.#client, bytes)));
  }

  async #cross({ object, member, bytes }: Extract<Request, { do: 'cross' }>): Promise<Uint8Array> {
    const target = this.#connected().host.object(object);
    const answer = await this.#ofAddIn(() => this.#client.call(target, member, bytes));
    if (answer instanceof Uint8Array) return answer;
    throw new Failure(OUTLOOK_FAILED, 'The add-in answers with something else than bytes.', { retry: 'later' });
  }

  /**
   * A call of the add-in's own object: gone, it says nothing of Outlook, which may have taken the add-in away and live on.
   * @throws Failure as {@link #patiently}; OUTLOOK_UNAVAILABLE when the add-in alone is gone
   */
  async #ofAddIn<T>(call: () => T): Promise<T> {
    const answer = await this.#patiently(() => unlessGone(call));
    if (answer !== undefined) return answer.value;
    const { application } = this.#connected().host;
    await this.#patiently(() => this.#client.get(application, 'Version'));
    throw new Failure(OUTLOOK_UNAVAILABLE, 'Outlook’s add-in came or went; the connector goes on by itself.', {
      retry: 'later',
    });
  }

  async #listen({ object, of }: Extract<Request, { do: 'listen' }>): Promise<number> {
    const { host, listeners } = this.#connected();
    const source = EVENT_SOURCES[of];
    const target = object === undefined ? host.application : host.object(object);
    const listener = this.#nextListener++;
    const tell = (id: number): void => {
      const event = eventName(of, id);
      if (event !== undefined) this.#say({ say: 'event', listener, event });
    };
    const stop = await this.#patiently(() =>
      advise({ client: this.#client, sinks: this.#sinks }, target, source.iid, tell),
    );
    listeners.set(listener, stop);
    return listener;
  }

  /** A call that is no program's. @throws Failure OUTLOOK_UNAVAILABLE, OUTLOOK_DENIED, OUTLOOK_FAILED */
  async #patiently<T>(call: () => T): Promise<T> {
    const work = this.#connected().host.patiently(() => refusable(call));
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      await this.#sleep(value);
    }
  }

  #unlisten(listener: number): void {
    this.#connection?.listeners.get(listener)?.();
    this.#connection?.listeners.delete(listener);
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    for (const stop of connection.listeners.values()) stop();
    this.#callsBefore += connection.host.calls;
    connection.host.releaseAll();
    this.#client.release(connection.host.application);
  }

  #tellIfGone(): void {
    if (this.#toldGone || this.#connection?.host.gone === undefined) return;
    this.#toldGone = true;
    this.#say({ say: 'gone' });
  }

  #counts(): Counts {
    const { crossings, open } = this.#client;
    return { calls: this.#callsBefore + (this.#connection?.host.calls ?? 0), crossings, open };
  }

  #say(message: FromThread): void {
    this.#port.postMessage(message);
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.add({ until: performance.now() + milliseconds, wake });
    });
  }

  #untilNext(): number {
    const next = Math.min(...[...this.#sleepers].map(({ until }) => until));
    return Math.ceil(Math.max(0, Math.min(LONGEST_WAIT, next - performance.now())));
  }

  #wakeSleepers(): void {
    const now = performance.now();
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

/** What concerns neither a busy nor a closed Outlook is a failure of its own: the object at the other end does not want to. */
function refusable<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof ComError)) throw cause;
    const meaning = meaningOf(cause.hresult);
    if (meaning === 'busy' || meaning === 'closed') throw cause;
    throw failureOf(cause.hresult, cause.message);
  }
}

/** What a call gives; undefined when the object called is gone. */
function unlessGone<T>(call: () => T): { readonly value: T } | undefined {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof ComError && meaningOf(error.hresult) === 'closed') return undefined;
    throw error;
  }
}

/** Waiting does not help when there is no Outlook at all. */
const FOR_GOOD: readonly number[] = [HR.classNotRegistered, 0x800401f3];

function cannotConnect(cause: ComError): Failure {
  const sentence = FOR_GOOD.includes(cause.hresult)
    ? 'Outlook is not installed on this computer; install the classic Outlook for Windows.'
    : `Outlook does not start (${hresultText(cause.hresult)}); start it by hand, then try again.`;
  return new Failure(OUTLOOK_UNAVAILABLE, sentence, { retry: 'later', cause });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const { port } = workerData as { readonly port: MessagePort };
void new ApartmentThread(port).live();
