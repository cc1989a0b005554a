/**
 * The typed client of the local API, for windows and for the command line. It holds no table of its own: a route's name is its path,
 * and the types say which are asked by GET and which by POST.
 */
import { Failure } from '../../base/failure.ts';
import type { Answer, Input, ReadName, Routes, RouteTable, WriteName } from './routes.ts';
import type { AgentEvent, Failed } from './shapes.ts';

export type Client<T extends RouteTable = Routes> = {
  /** @throws Failure with the code of the agent; AGENT_UNREACHABLE, API_SIGNED_OUT */
  get<N extends ReadName<T>>(name: N, query?: Input<N, T>): Promise<Answer<N, T>>;
  /** @throws Failure with the code of the agent; AGENT_UNREACHABLE, API_SIGNED_OUT */
  post<N extends WriteName<T>>(name: N, body: Input<N, T>): Promise<Answer<N, T>>;
  /** Follows the event stream and comes back to it when it breaks; the first event is always the status. */
  follow(listener: Listener): { stop(): void };
};

export type Listener = {
  event(event: AgentEvent): void;
  /** Whether the agent can be heard. */
  connected?(up: boolean): void;
};

export type ClientOptions = {
  /** For a page of the agent's own what {@link baseOf} says, else `http://127.0.0.1:<port>`. */
  readonly base: string;
  /** Only outside the browser, where no cookie is. */
  readonly token?: string;
};

/** The base of a page's requests: its session's own path, `/w/<place>`. @param pathname of the page's location */
export function baseOf(pathname: string): string {
  return /^\/w\/[\w-]+/.exec(pathname)?.[0] ?? '';
}

/** @units milliseconds before a broken stream is asked for again */
const PAUSE = 1000;

export function openClient<T extends RouteTable = Routes>({ base, token }: ClientOptions): Client<T> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const send = async (path: string, init: RequestInit): Promise<unknown> => {
    let answer: Response;
    try {
      answer = await fetch(`${base}/api/${path}`, init);
    } catch (cause) {
      throw new Failure('AGENT_UNREACHABLE', 'The connector does not answer. Start it again.', {
        retry: 'later',
        cause,
      });
    }
    const value: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw failureOf(value, answer.status);
    return value;
  };
  return {
    get: (name, query) => send(`${name}${queryOf(query)}`, { headers }) as Promise<never>,
    post: (name, body) =>
      send(name, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }) as Promise<never>,
    follow: (listener) => {
      const stopped = new AbortController();
      void followUntil(stopped.signal, `${base}/api/events`, headers, listener);
      return { stop: () => stopped.abort() };
    },
  };
}

function queryOf(query: object | undefined): string {
  const entries = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`],
  );
  return entries.length === 0 ? '' : `?${entries.join('&')}`;
}

/** The box of a dialog that a failure belongs beside; undefined: it is about the dialog as a whole. */
export function fieldOf({ code }: Pick<Failure, 'code'>): Field | undefined {
  return FIELDS[code];
}

export type Field = 'server' | 'login' | 'password' | 'proxy' | 'certificates' | 'name';
const FIELDS: Readonly<Record<string, Field>> = {
  SERVER_ADDRESS_INVALID: 'server',
  SERVER_UNKNOWN_HOST: 'server',
  SERVER_REFUSED_CONNECTION: 'server',
  SERVER_UNREACHABLE: 'server',
  SERVER_NOT_BLUEMIND: 'server',
  SERVER_MOVED: 'server',
  SERVER_TLS: 'certificates',
  CERTIFICATES_INVALID: 'certificates',
  PROXY_INVALID: 'proxy',
  PROXY_UNREACHABLE: 'proxy',
  LOGIN_REFUSED: 'password',
  LOGIN_PASSWORD_EXPIRED: 'password',
};

function failureOf(value: unknown, status: number): Failure {
  const told = (value as { readonly error?: Partial<Failed> } | undefined)?.error;
  return new Failure(told?.code ?? 'AGENT_UNREACHABLE', told?.message ?? `The connector answered ${status}.`, {
    retry: told?.retry ?? 'later',
    after: told?.after ?? undefined,
  });
}

async function followUntil(
  signal: AbortSignal,
  url: string,
  headers: Readonly<Record<string, string>>,
  listener: Listener,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(url, { headers, signal });
      if (answer.ok && answer.body !== null) {
        listener.connected?.(true);
        await readEvents(answer.body, listener);
      }
    } catch {
      // Broken off, or nobody there: told below, and asked again.
    }
    if (signal.aborted) return;
    listener.connected?.(false);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Server-sent events: blocks that end with an empty line; ours have one `data:` line each. */
async function readEvents(body: ReadableStream<Uint8Array>, listener: Listener): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let waiting = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    waiting += decoder.decode(next.value, { stream: true });
    const blocks = waiting.split('\n\n');
    waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) listener.event(JSON.parse(data.slice('data: '.length)) as AgentEvent);
    }
  }
}
