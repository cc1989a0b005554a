/**
 * Hears from the server that something changed. What is told is only a reason to look: who was away asks for everything once, because
 * nothing missed is told again. @source BlueMind API 9
 */
import type { WebSocket } from 'undici';
import type { AbortSignalLike, Clock } from '../base/clock.ts';
import { type Failure, isFailure } from '../base/failure.ts';
import { bluemindFailure } from './failures.ts';
import type { Session } from './session.ts';

/** What the account is told of. `joined`: the line stands (again), so whatever happened before is unknown. */
export type PushNews = 'joined' | 'changed';

export type PushOptions = {
  readonly session: Pick<Session, 'socket' | 'renew'>;
  /** The topics wanted now; asked for again with every {@link Push.update}. */
  readonly topics: () => Promise<readonly string[]> | readonly string[];
  readonly onNews: (news: PushNews) => void;
  readonly clock: Clock;
  /** @units milliseconds between two questions whether the line still stands, and how long an answer may take */
  readonly beat?: number;
};

/** One line to the server. */
export type Push = {
  /** Registers what is wanted now and is not yet, which is news of its own, and gives up what is wanted no more. */
  update(): Promise<void>;
  /** Resolves when the line is closed by {@link close}; rejects when it breaks. @throws SERVER_UNREACHABLE, SESSION_LOST */
  readonly ended: Promise<void>;
  close(): void;
};

/** The topic of a calendar or book. */
export function containerTopic(kind: 'calendar' | 'addressbook', uid: string): string {
  return `bm.${kind}.hook.${uid}.changed`;
}

/** The topic of what a user is subscribed to. @source BlueMind API 2.1 */
export function subscriptionsTopic(user: string, domain: string): string {
  return `bm.owner_subscriptions.hook.owner_subscriptions_${user}_at_${domain}.changed`;
}

/** Longer than proxies need to be kept awake, shorter than the 20 minutes after which a session ends. */
const BEAT = 50_000;
/** @units milliseconds */
const PATIENCE = 20_000;

/** Opens a line, registers the topics and stays until it breaks or is closed. @throws what keeps it from being opened */
export async function openPush(options: PushOptions, signal: AbortSignalLike): Promise<Push> {
  const line = await openLine(options, signal);
  const registered = new Set<string>();
  const update = async () => {
    const wanted = new Set(await options.topics());
    for (const topic of [...registered].filter((one) => !wanted.has(one))) {
      registered.delete(topic);
      await line.ask('unregister', topic);
    }
    const before = registered.size;
    for (const topic of [...wanted].filter((one) => !registered.has(one))) {
      const { statusCode } = await line.ask('register', topic);
      if (statusCode === 401) throw lost(options);
      // Without the right to read, or gone: a run finds out, and the next update asks again.
      if (statusCode === 200) registered.add(topic);
    }
    return registered.size > before;
  };
  try {
    await update();
  } catch (error) {
    line.close();
    throw error;
  }
  options.onNews('joined');
  void keepAlive(options, line);
  return {
    update: async () => {
      // What happened to a container before it was listened to is unknown.
      if (await update()) options.onNews('joined');
    },
    ended: line.ended,
    close: line.close,
  };
}

/** Asks now and then, so that a line that is dead without saying so is found, and the session does not end. */
async function keepAlive(options: PushOptions, line: Line): Promise<void> {
  const { clock, beat = BEAT } = options;
  try {
    while (line.isOpen()) {
      await clock.sleep(beat, line.signal);
      const { statusCode } = await line.ask('GET', '/auth/ping');
      if (statusCode === 401) throw lost(options);
    }
  } catch (error) {
    line.break(error);
  }
}

function lost({ session }: PushOptions): Failure {
  session.renew();
  return bluemindFailure('SESSION_LOST', 'The session at the server has ended.');
}

type Answer = { readonly requestId: string; readonly statusCode: number };

type Line = {
  ask(method: string, path: string): Promise<Answer>;
  isOpen(): boolean;
  readonly ended: Promise<void>;
  /** Aborted with the end of the line. */
  readonly signal: AbortSignal;
  close(): void;
  break(error: unknown): void;
};

async function openLine(options: PushOptions, signal: AbortSignalLike): Promise<Line> {
  const { session, onNews, clock, beat = BEAT } = options;
  const { socket, key } = await session.socket('/eventbus/websocket');
  const waiting = new Map<string, (answer: Answer) => void>();
  const over = new AbortController();
  const end = Promise.withResolvers<void>();
  end.promise.catch(() => undefined);
  const finish = (error?: unknown) => {
    signal.removeEventListener('abort', close);
    over.abort();
    if (error === undefined) end.resolve();
    else end.reject(isFailure(error) ? error : broken(error));
    socket.close();
  };
  const close = () => finish();
  signal.addEventListener('abort', close, { once: true });
  const open = opened(socket, finish);
  // The stop may have come while the session was opened.
  if (signal.aborted) close();
  await open;
  socket.addEventListener('message', ({ data }) => {
    const message = parse(data);
    if (message === undefined) return;
    const asked = waiting.get(message.requestId);
    if (asked === undefined) onNews('changed');
    else asked(message);
  });
  let next = 0;
  return {
    ask: async (method, path) => {
      const requestId = `${++next}`;
      const told = Promise.withResolvers<Answer>();
      waiting.set(requestId, told.resolve);
      const patience = clock.sleep(Math.min(PATIENCE, beat), over.signal).then(
        () => Promise.reject(broken('no answer')),
        () => Promise.reject(broken('closed')),
      );
      try {
        socket.send(JSON.stringify({ requestId, method, path, headers: { 'X-BM-ApiKey': key }, params: {} }));
        return await Promise.race([told.promise, patience]);
      } finally {
        waiting.delete(requestId);
        patience.catch(() => undefined);
      }
    },
    isOpen: () => !over.signal.aborted,
    ended: end.promise,
    signal: over.signal,
    close,
    break: finish,
  };
}

/** Resolves when the socket is open; a socket that fails or closes at any time is told to `finish`. */
function opened(socket: WebSocket, finish: (error: unknown) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => {
      const error = broken(cause);
      finish(error);
      reject(error);
    };
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', ({ error }) => fail(error));
    socket.addEventListener('close', ({ code }) => fail(code));
  });
}

function broken(cause: unknown): Failure {
  const why = typeof cause === 'string' || typeof cause === 'number' ? ` (${cause})` : '';
  return bluemindFailure('SERVER_UNREACHABLE', `The server’s line for news broke${why}. It is opened again.`, cause);
}

function parse(data: unknown): Answer | undefined {
  try {
    const value: unknown = JSON.parse(String(data));
    const { requestId, statusCode } = value as Partial<Answer>;
    return typeof requestId === 'string' ? { requestId, statusCode: Number(statusCode) } : undefined;
  } catch {
    return undefined;
  }
}
