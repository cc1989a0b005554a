import type { IncomingHttpHeaders } from 'node:http';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFailure } from '../../base/failure.ts';
import { errorBody, fault, statusOf } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { newTopics, type Topics } from './topics.ts';

/** A frame of the event bus, as clients send it. */
type Frame = {
  readonly requestId?: unknown;
  readonly method?: unknown;
  readonly path?: unknown;
  readonly headers?: unknown;
  readonly params?: unknown;
  readonly body?: unknown;
};

type Reply = {
  readonly requestId: string;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
};

/** @units bytes of one frame */
const LARGEST = 10_000_000;
/** Topics that one connection may ask for. */
const MOST_TOPICS = 1_000;
/** @units milliseconds between two heartbeats; a client that misses one is cut */
const HEARTBEAT = 25_000;

/**
 * `/eventbus`: SockJS in its websocket forms, the plain one (`/eventbus/websocket`) and the framed one
 * (`/eventbus/<server>/<session>/websocket`). Frames register topics, or carry any call of the API. @source fact sheet 9
 */
export async function mountEventBus(app: FastifyInstance, kernel: Kernel): Promise<void> {
  const topics = newTopics(kernel);
  app.addHook('onClose', async () => topics.close());
  await app.register(websocket, { options: { maxPayload: LARGEST } });
  await app.register(async (scope) => {
    scope.get('/eventbus/info', async () => ({
      websocket: true,
      cookie_needed: false,
      origins: ['*:*'],
      entropy: Number.parseInt(kernel.newKey().slice(0, 8), 16),
    }));
    scope.get('/eventbus/websocket', { websocket: true }, (socket, request) =>
      serve(socket, request, { app, kernel, topics, codec: PLAIN }),
    );
    scope.get('/eventbus/:server/:session/websocket', { websocket: true }, (socket, request) => {
      socket.send('o');
      serve(socket, request, { app, kernel, topics, codec: FRAMED });
    });
  });
}

/** The part of a websocket that is used here; the library comes without types of its own. */
type Socket = {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  ping(): void;
  terminate(): void;
  on(event: 'pong' | 'close' | 'error', listener: () => void): void;
  on(event: 'message', listener: (raw: Buffer) => void): void;
};

/** How messages are written on the wire. */
type Codec = { read(text: string): readonly string[]; write(text: string): string };
const PLAIN: Codec = { read: (text) => [text], write: (text) => text };
const FRAMED: Codec = {
  read: (text) => {
    const parsed: unknown = JSON.parse(text);
    return (Array.isArray(parsed) ? parsed : [parsed]).map(String);
  },
  write: (text) => `a${JSON.stringify([text])}`,
};

type Bus = { readonly app: FastifyInstance; readonly kernel: Kernel; readonly topics: Topics; readonly codec: Codec };

function serve(socket: Socket, request: FastifyRequest, bus: Bus): void {
  const send = (reply: Reply) => {
    if (socket.readyState === socket.OPEN) socket.send(bus.codec.write(JSON.stringify(reply)));
  };
  const notify = (topic: string, body: unknown) => send({ requestId: topic, statusCode: 200, headers: {}, body });
  const connection = { notify, address: request.ip, registered: new Set<string>() };
  let alive = true;
  const beat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, HEARTBEAT);
  socket.on('pong', () => {
    alive = true;
  });
  socket.on('close', () => {
    clearInterval(beat);
    bus.topics.leave({ notify });
  });
  socket.on('error', () => socket.terminate());
  socket.on('message', (raw) => {
    alive = true;
    void answer(bus, connection, raw.toString()).then((replies) => {
      for (const reply of replies) send(reply);
    });
  });
}

type Connection = {
  notify(topic: string, body: unknown): void;
  readonly address: string;
  readonly registered: Set<string>;
};

async function answer(bus: Bus, connection: Connection, text: string): Promise<readonly Reply[]> {
  let frames: readonly Frame[];
  try {
    frames = bus.codec.read(text).map((message) => JSON.parse(message) as Frame);
  } catch {
    return [refused('', fault('UNKNOWN', 'The frame is not JSON.'))];
  }
  return Promise.all(
    frames.map(async (frame) => {
      const requestId = typeof frame?.requestId === 'string' ? frame.requestId : '';
      try {
        return { ...(await handle(bus, connection, frame)), requestId };
      } catch (error) {
        if (!isFailure(error)) bus.kernel.log(`unexpected: ${error instanceof Error ? error.stack : 'not an error'}`);
        return refused(requestId, error);
      }
    }),
  );
}

const DONE = { statusCode: 200, headers: {}, body: null } as const;

async function handle(bus: Bus, connection: Connection, frame: Frame): Promise<Omit<Reply, 'requestId'>> {
  if (typeof frame?.method !== 'string' || typeof frame.path !== 'string')
    throw fault('UNKNOWN', 'A frame needs method and path.');
  const headers = texts(frame.headers);
  switch (frame.method) {
    case 'register':
      if (connection.registered.size >= MOST_TOPICS) throw fault('UNKNOWN', 'Too many topics for one connection.');
      bus.topics.register(frame.path, { key: headers['x-bm-apikey'] ?? '', notify: connection.notify });
      connection.registered.add(frame.path);
      return DONE;
    case 'unregister':
      bus.topics.unregister(frame.path, { key: '', notify: connection.notify });
      connection.registered.delete(frame.path);
      return DONE;
    case 'event':
    case 'log':
      // Clients' events reach nobody here, and what a client logs may hold contents: only that it did is noted.
      bus.kernel.log(`event bus: ${frame.method} from a client`);
      return DONE;
    default:
      return tunnel(bus, connection, frame.method, frame.path, frame, headers);
  }
}

const VERBS = ['GET', 'PUT', 'POST', 'DELETE'] as const;

/** A call of the API inside a frame. */
async function tunnel(
  bus: Bus,
  connection: Connection,
  method: string,
  path: string,
  frame: Frame,
  headers: Record<string, string>,
): Promise<Omit<Reply, 'requestId'>> {
  const verb = VERBS.find((known) => known === method.toUpperCase());
  if (verb === undefined) throw fault('UNKNOWN', 'There is no such method.');
  const response = await bus.app.inject({
    method: verb,
    url: path.startsWith('/api/') ? path : `/api${path}`,
    query: texts(frame.params),
    headers: { accept: 'application/json', 'content-type': 'application/json', ...withoutFraming(headers) },
    remoteAddress: connection.address,
    ...(frame.body === undefined || frame.body === null ? {} : { payload: JSON.stringify(frame.body) }),
  });
  const type = String(response.headers['content-type'] ?? '');
  const body = type.startsWith('application/json') && response.payload !== '' ? response.json() : response.payload;
  return { statusCode: response.statusCode, headers: { 'content-type': type }, body: body === '' ? null : body };
}

/** Headers that say how a body is cut belong to the connection, not to the frame. */
function withoutFraming(headers: Record<string, string>): IncomingHttpHeaders {
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...others } = headers;
  return others;
}

/** A map of texts; values that are no texts are dropped, the name of the key header is taken in any case. */
function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) =>
      typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean'
        ? [[name.toLowerCase() === 'x-bm-apikey' ? 'x-bm-apikey' : name, String(text)]]
        : [],
    ),
  );
}

function refused(requestId: string, error: unknown): Reply {
  const statusCode = isFailure(error) ? statusOf(error) : 500;
  return { requestId, statusCode, headers: {}, body: errorBody(error) };
}
