/**
 * The agent's local API on HTTP: loopback only, made from the table of routes. The gate comes first for everything; then the body is
 * bounded and checked against its schema before any handler sees it. No answer allows another origin to read it.
 */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { Clock } from '../../base/clock.ts';
import { isFailure } from '../../base/failure.ts';
import type { Answer, Dialog, Input, RouteTable } from '../api/routes.ts';
import type { AgentEvent } from '../api/shapes.ts';
import { apiFailure, toldOf } from './api-failures.ts';
import { eventStream } from './event-stream.ts';
import { type Asked, COOKIE, newSecret, openGate, splitPlace } from './gate.ts';
import { type PageLanguage, type Pages, pageLanguage } from './pages.ts';
import { type PortOption, portFailure } from './port-failure.ts';

/** What answers each route of a table. */
export type Handlers<T extends RouteTable> = {
  readonly [N in keyof T]: (input: Input<N, T>) => Answer<N, T> | Promise<Answer<N, T>>;
};
/** A table with its handlers; `mounted()` makes one with its types checked. */
export type Mounted = { readonly routes: RouteTable; readonly handlers: Readonly<Record<string, Handler>> };
type Handler = (input: never) => unknown;

export function mounted<T extends RouteTable>(routes: T, handlers: Handlers<T>): Mounted {
  return { routes, handlers };
}

export type LocalApiOptions = {
  /** 0: any free one. */
  readonly port: number;
  readonly portOption: PortOption;
  readonly clock: Pick<Clock, 'now'>;
  readonly tables: readonly Mounted[];
  readonly pages: Pages;
  /** The event that whoever begins to listen gets first. */
  readonly first: () => AgentEvent;
  /** Is told of what failed other than expected, and of what was refused. */
  readonly onFailure: (what: string, error: unknown) => void;
};

export type LocalApi = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly token: string;
  tell(event: AgentEvent): void;
  /** A link that opens a dialog in the browser, once. @param lasts milliseconds; Infinity: until it is used */
  link(dialog: Dialog, lasts?: number): string;
  close(): Promise<void>;
};

/** @units bytes of a body */
const LARGEST = 256 * 1024;
/** @units milliseconds a link waits to be opened */
const LINK_LASTS = 60_000;

/** @throws PORT_IN_USE, PORT_REFUSED */
export async function openLocalApi(options: LocalApiOptions): Promise<LocalApi> {
  const token = newSecret();
  let port = options.port;
  const gate = openGate({ token, clock: options.clock, port: () => port });
  const stream = eventStream();
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: LARGEST,
    // A slow sender must not hold a connection for ever; an answer may take as long as the server's takes.
    requestTimeout: 30_000,
    rewriteUrl: ({ url = '/' }) => splitPlace(url).rest,
    routerOptions: { maxParamLength: 200 },
  });
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const asked = askedOf(request);
    gate.admit(asked);
    if (!request.url.startsWith('/open/')) gate.authenticate(asked);
  });
  app.setErrorHandler((error, request, reply) => {
    const { status, error: told } = toldOf(error);
    options.onFailure(`${request.method} ${request.routeOptions.url ?? 'unknown'}`, error);
    return wantsPage(request)
      ? reply.code(status).type('text/html; charset=utf-8').send(notice(told.message))
      : reply.code(status).send({ error: told });
  });
  app.setNotFoundHandler(() => {
    throw apiFailure('API_UNKNOWN', 'There is nothing here.');
  });
  app.get<{ Params: { code: string }; Querystring: { to?: string } }>(
    '/open/:code',
    async ({ params, query }, reply) => {
      const session = gate.exchange(params.code);
      if (session === undefined)
        throw apiFailure(
          'API_SIGNED_OUT',
          'This link was used, or is too old. Open the window again, with `connector open`.',
        );
      const path = `/w/${session.place}/`;
      reply.header('set-cookie', `${COOKIE}=${session.cookie}; Path=${path}; HttpOnly; SameSite=Strict`);
      return reply.type('text/html; charset=utf-8').send(forward(path, query.to ?? ''));
    },
  );
  app.get('/api/events', (_request, reply) => {
    if (!stream.join(reply.raw, options.first())) throw apiFailure('API_BUSY', 'Too many windows are open.', 30);
    reply.hijack();
  });
  app.get('/*', async (request, reply) => {
    const page = options.pages.find(request.url.split('?', 1)[0] ?? '/', languageFor(request, options.first()));
    if (page === undefined) throw apiFailure('API_UNKNOWN', 'There is nothing here.');
    return reply.type(page.type).send(page.body);
  });
  for (const table of options.tables) mount(app, table);
  port = await listen(app, options);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    token,
    tell: stream.tell,
    link: (dialog, lasts = LINK_LASTS) => `${url}/open/${gate.newCode(lasts)}?to=${dialog}`,
    close: async () => {
      stream.close();
      await app.close();
    },
  };
}

/** Nothing is kept, embedded or read by others; styles are put in by the windows' own library. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

function mount(app: FastifyInstance, { routes, handlers }: Mounted): void {
  for (const [name, { method, input, largest = LARGEST }] of Object.entries(routes)) {
    const handler = handlers[name] as (input: unknown) => unknown;
    app.route({
      method,
      url: `/api/${name}`,
      bodyLimit: largest,
      handler: async (request, reply: FastifyReply) => {
        const given = method === 'GET' ? Value.Convert(input, request.query) : request.body;
        return reply.send((await handler(checked(input, given))) ?? {});
      },
    });
  }
}

/** @throws API_BAD_REQUEST, which names the place and never the value */
function checked(schema: TObject, given: unknown): unknown {
  if (Value.Check(schema, given)) return given;
  const [first] = Value.Errors(schema, given);
  const where = first?.instancePath.slice(1).replaceAll('/', '.') || 'the request';
  throw apiFailure('API_BAD_REQUEST', `${where}: ${first?.message ?? 'not as the API takes it'}.`);
}

function askedOf({ method, headers, originalUrl }: FastifyRequest): Asked {
  return { method, headers, place: splitPlace(originalUrl).place };
}

function languageFor({ headers }: FastifyRequest, first: AgentEvent): PageLanguage {
  const setting = first.kind === 'status' ? first.status.language : 'system';
  return pageLanguage(setting, headers['accept-language'] ?? '');
}

function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && headers.accept?.includes('text/html') === true;
}

/**
 * The page that a link leads to at first. It goes on by itself, and not by a redirection: a browser sends a cookie of this kind only
 * when the page that leads on is our own.
 */
function forward(path: string, to: string): string {
  const url = `${path}${/^[a-z-]{1,40}$/.test(to) ? to : ''}`;
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${url}"><title>Connector</title>`;
}

function notice(message: string): string {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Connector</title><p>${text}</p></html>`;
}

async function listen(app: FastifyInstance, { port, portOption }: LocalApiOptions): Promise<number> {
  try {
    return Number(new URL(await app.listen({ host: '127.0.0.1', port })).port);
  } catch (error) {
    await app.close();
    throw isFailure(error) ? error : portFailure(port, error, portOption);
  }
}
