import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { Agent, type Dispatcher, fetch, ProxyAgent, type RequestInit, type Response, request, WebSocket } from 'undici';
import type { AbortSignalLike } from '../base/clock.ts';
import { CANCELLED, Failure, throwIfCancelled } from '../base/failure.ts';
import { answerFailure, bluemindFailure, networkFailure } from './failures.ts';
import { type FindProxy, openRoute, type Route } from './route.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One call of the REST interface. `path` is below `/api` and already percent-encoded (see {@link path}). */
export type Call = {
  readonly method: Method;
  readonly path: string;
  /** `path` is below the server's root, for what the embedded server has beside BlueMind's interface. */
  readonly beside?: boolean | undefined;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON, always with a length: the server refuses chunked bodies. */
  readonly body?: unknown;
  /** Sent as it is instead of a JSON body, for operations that take a stream. */
  readonly raw?: { readonly type: string; readonly text: string } | undefined;
  readonly signal?: AbortSignalLike | undefined;
  /**
   * false: must not be sent again when its answer was lost, because it may have landed and somebody may have changed the item
   * since; who sent it finds out what became of it.
   */
  readonly repeatable?: boolean | undefined;
};

export type TransportOptions = {
  /** `https://host[:port]`, without `/api`. */
  readonly server: string;
  /** @units milliseconds without any byte from the server before a call fails */
  readonly timeout?: number;
  /** More certificates to trust, PEM; '' for none. */
  readonly ca?: string | undefined;
  /** `http://proxy:3128`; '' for none of its own. */
  readonly proxy?: string | undefined;
  /** The proxy where there is none of its own; without it there is none then. */
  readonly findProxy?: FindProxy | undefined;
  /** Is told of every call that was answered or failed; never of what it carried. */
  readonly trace?: ((call: TracedCall) => void) | undefined;
};

/** A call as it may be logged, if its path is not: `status` 0: no answer. */
export type TracedCall = {
  readonly method: Method;
  readonly path: string;
  readonly status: number;
  /** @units milliseconds */
  readonly took: number;
  /** @units bytes of the bodies */
  readonly sent: number;
  readonly got: number;
};

/** Raw HTTP to one server: sends one call, gives its JSON (undefined for 204 or an empty body), or throws a Failure. */
export type Transport = {
  readonly host: string;
  /** Calls sent so far. */
  requests(): number;
  send(call: Call, apiKey: string | undefined): Promise<unknown>;
  /** A websocket to a path of the server, by the same way and with the same trust. */
  socket(path: string): WebSocket;
  close(): Promise<void>;
};

/** Joins literal segments and values into a path: values are percent-encoded, one segment each. */
export function path(literals: TemplateStringsArray, ...values: readonly string[]): string {
  return literals.reduce((text, literal, index) => text + encodeURIComponent(values[index - 1] ?? '') + literal);
}

/** @throws SERVER_ADDRESS_INVALID, PROXY_INVALID, CERTIFICATES_INVALID */
export function openTransport(options: TransportOptions): Transport {
  const base = parseServer(options.server);
  const timeout = options.timeout ?? 60_000;
  const route = routeOf(options, timeout);
  let requests = 0;
  return {
    host: base.host,
    requests: () => requests,
    send: (call, apiKey) => {
      requests++;
      return sendCall({ base, route, call, apiKey, options });
    },
    socket: (path) => new WebSocket(new URL(path, base.origin.replace('http', 'ws')), { dispatcher: route.dispatcher }),
    close: route.close,
  };
}

function routeOf({ ca = '', proxy = '', findProxy }: TransportOptions, timeout: number): Route {
  const trust = ca === '' ? {} : { ca: [...trusted(), ...certificatesIn(ca)] };
  const options = { connections: 4, headersTimeout: timeout, bodyTimeout: timeout };
  const connect = { timeout: Math.min(timeout, 20_000), ...trust };
  const by = (uri: string) => new ProxyAgent({ ...options, uri, requestTls: connect, proxyTls: trust });
  if (proxy !== '') return straight(by(proxyAddress(proxy)), proxy);
  const direct = new Agent({ ...options, connect });
  return findProxy === undefined ? straight(direct, '') : openRoute(findProxy, direct, by);
}

/** Always the same way. */
function straight(dispatcher: Dispatcher, proxy: string): Route {
  return { dispatcher, proxy: () => proxy, close: () => dispatcher.destroy() };
}

/** HTTP to any address, by the same proxy and with the same trust. */
export function openFetch(options: Pick<TransportOptions, 'ca' | 'proxy' | 'findProxy'>): {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  close(): Promise<void>;
} {
  const { dispatcher, close } = routeOf({ ...options, server: '' }, 60_000);
  return { fetch: (url, init) => fetch(url, { ...init, dispatcher }), close };
}

/** What this computer trusts anyway: Node takes a list for all that there is. */
function trusted(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}

/** @throws CERTIFICATES_INVALID */
function certificatesIn(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (found.length === 0) throw new Error('no certificate');
    return found.map((text) => new X509Certificate(text).toString());
  } catch (cause) {
    throw bluemindFailure(
      'CERTIFICATES_INVALID',
      'The further certificates cannot be read. They must be PEM text that begins with -----BEGIN CERTIFICATE-----.',
      cause,
    );
  }
}

/** @throws PROXY_INVALID */
function proxyAddress(text: string): string {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text.trim()) ? text.trim() : `http://${text.trim()}`);
  if (url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' && url.pathname === '/') return url.href;
  throw bluemindFailure('PROXY_INVALID', 'The proxy is no address; it looks like http://proxy.example.com:3128.');
}

/** The address a person typed as a URL: `https://` is added when they left it out. */
export function parseServer(text: string): URL {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (
    url === null ||
    (url.protocol !== 'https:' && url.protocol !== 'http:') ||
    url.username !== '' ||
    url.hostname === ''
  )
    throw bluemindFailure(
      'SERVER_ADDRESS_INVALID',
      `"${trimmed}" is not a server address; it looks like https://mail.example.com.`,
    );
  return new URL(url.origin);
}

type Sending = {
  base: URL;
  route: Route;
  call: Call;
  apiKey: string | undefined;
  options: Pick<TransportOptions, 'trace'>;
};

async function sendCall({ base, route, call, apiKey, options: { trace } }: Sending): Promise<unknown> {
  throwIfCancelled(call.signal);
  const url = new URL(call.beside === true ? call.path : `/api${call.path}`, base);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const abort = linkedAbort(call.signal);
  const { body } = bodyOf(call);
  const began = performance.now();
  const tell = (status: number, got: number) =>
    trace?.({
      method: call.method,
      path: call.path,
      status,
      took: Math.round(performance.now() - began),
      sent: body?.length ?? 0,
      got,
    });
  try {
    const answer = await request(url, {
      method: call.method,
      dispatcher: route.dispatcher,
      signal: abort.signal,
      headers: { ...headersOf(call, apiKey) },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.body.text();
    tell(answer.statusCode, text.length);
    return readAnswer(base.host, answer, text);
  } catch (error) {
    if (error instanceof Failure) throw error;
    tell(0, 0);
    if (call.signal?.aborted) throw new Failure(CANCELLED, 'The operation was cancelled.', { retry: 'now' });
    throw networkFailure(base.host, error, route.proxy());
  } finally {
    abort.unlink();
  }
}

function headersOf(call: Call, apiKey: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(call.raw !== undefined
      ? { 'content-type': call.raw.type }
      : call.body === undefined
        ? {}
        : { 'content-type': 'application/json' }),
    ...(apiKey === undefined ? {} : { 'x-bm-apikey': apiKey }),
  };
}

function bodyOf(call: Call): { body?: Buffer } {
  if (call.raw !== undefined) return { body: Buffer.from(call.raw.text) };
  return call.body === undefined ? {} : { body: Buffer.from(JSON.stringify(call.body)) };
}

function readAnswer(host: string, answer: Dispatcher.ResponseData, text: string): unknown {
  const json = parseJson(text);
  if (answer.statusCode >= 200 && answer.statusCode < 300) {
    if (text === '') return undefined;
    if (json.ok) return json.value;
    const type = String(answer.headers['content-type'] ?? '');
    if (type.includes('html'))
      throw bluemindFailure(
        'SERVER_NOT_BLUEMIND',
        `${host} answers with a web page instead of data: a proxy or sign-in page may stand between, or the address is wrong.`,
      );
    throw bluemindFailure(
      'SERVER_BAD_ANSWER',
      `The answer of ${host} was cut off or damaged. The connector tries again later.`,
    );
  }
  const said =
    json.ok && typeof json.value === 'object' && json.value !== null
      ? (json.value as Record<string, unknown>)
      : undefined;
  const error = {
    status: answer.statusCode,
    errorCode: typeof said?.['errorCode'] === 'string' ? said['errorCode'] : undefined,
    message: typeof said?.['message'] === 'string' ? said['message'].slice(0, 300) : '',
    after: retryAfter(answer.headers),
    elsewhere: originIn(answer.headers['location']),
  };
  throw answerFailure(host, error, said !== undefined || text === '');
}

/**
 * How long the server asks to be left alone: a number of seconds, or a date, which is told by the server's own clock.
 * @units seconds
 * @source RFC 9110 10.2.3
 */
function retryAfter(headers: Dispatcher.ResponseData['headers']): number | undefined {
  const text = String(headers['retry-after'] ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const seconds = (Date.parse(text) - Date.parse(String(headers['date']))) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

function originIn(location: string | readonly string[] | undefined): string | undefined {
  const url = URL.parse(String(location ?? ''));
  return url === null || url.origin === 'null' ? undefined : url.origin;
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

function linkedAbort(signal: AbortSignalLike | undefined): { signal: AbortSignal; unlink: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { signal: controller.signal, unlink: () => signal?.removeEventListener('abort', abort) };
}
