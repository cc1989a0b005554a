import { request as clear } from 'node:http';
import { request as secured } from 'node:https';
import { systemClock } from '../../src/node/system-clock.ts';

/** An answer as it came. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
};

export type Asked = {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Buffer | undefined;
  /** Sends the body in pieces, without Content-Length. */
  readonly chunked?: boolean | undefined;
  /** Without the session key. */
  readonly anonymous?: boolean | undefined;
};

/** JSON of somebody else's making: every check looks into it for itself. */
type Json = ReturnType<typeof JSON.parse>;

/** One person's calls, over HTTP and nothing else: what the suite knows of the server is the description of its API. */
export type Connection = {
  readonly url: string;
  readonly key: string;
  readonly uid: string;
  readonly domain: string;
  /** The whole answer to the login. */
  readonly login: Json;
  /** The answer of a call that must go well; null for an empty one. */
  call(method: string, path: string, body?: unknown): Promise<Json>;
  /** How a call is refused: `NOT_FOUND 404`, and `- 500` without an error code; `fine 204` when it is not. */
  outcome(method: string, path: string, body?: unknown): Promise<string>;
  raw(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** Waits for a long task. @returns its last state, with `result` parsed */
  task(ref: { readonly id: string }): Promise<{ readonly state: string; readonly result: Json }>;
};

export type Account = { readonly login: string; readonly password: string };

export class Refused extends Error {}

const ORIGIN = 'conformance-suite';
const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' } as const;

/** Logs in. @throws Refused when the server does not let the account in */
export async function connect(url: string, { login, password }: Account): Promise<Connection> {
  const infos = await send(url, 'GET', '/api/system/installation/_infos', { headers: JSON_HEADERS });
  if (infos.status !== 200) throw new Refused(`${url} does not answer as BlueMind: HTTP ${infos.status}`);
  const domain = (JSON.parse(infos.text) as { defaultDomain: string | null }).defaultDomain;
  const full = login.includes('@') || domain === null ? login : `${login}@${domain}`;
  const answer = await send(
    url,
    'POST',
    `/api/auth/loginWithParams?login=${encodeURIComponent(full)}&origin=${ORIGIN}&interactive=false`,
    { headers: JSON_HEADERS, body: JSON.stringify(password) },
  );
  const told = answer.status === 200 ? JSON.parse(answer.text) : undefined;
  if (told?.status !== 'Ok') throw new Refused(`${full} is not let in: ${told?.status ?? `HTTP ${answer.status}`}`);
  return connection(url, told);
}

/** The calls of a session. */
export function connection(url: string, login: Json): Connection {
  const raw: Connection['raw'] = (method, path, asked = {}) =>
    send(url, method, `/api${path}`, {
      ...asked,
      headers: { ...(asked.anonymous === true ? {} : { 'x-bm-apikey': login.authKey }), ...asked.headers },
    });
  const sent = (method: string, path: string, body: unknown) =>
    raw(method, path, { headers: JSON_HEADERS, body: body === undefined ? undefined : JSON.stringify(body) });
  const call: Connection['call'] = async (method, path, body) => {
    const answer = await sent(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} was refused: ${answer.status} ${answer.text}`);
    return answer.text === '' ? null : JSON.parse(answer.text);
  };
  return {
    url,
    key: login.authKey,
    uid: login.authUser.uid,
    domain: login.authUser.domainUid,
    login,
    call,
    raw,
    async outcome(method, path, body) {
      const { status, text } = await sent(method, path, body);
      return status < 300 ? `fine ${status}` : `${codeOf(text)} ${status}`;
    },
    async task({ id }) {
      for (;;) {
        const told = await call('GET', `/tasks/${encodeURIComponent(id)}`);
        if (told.state === 'Success' || told.state === 'InError')
          return { state: told.state, result: told.result ? JSON.parse(told.result) : null };
        await systemClock.sleep(50);
      }
    },
  };
}

function codeOf(text: string): string {
  try {
    return (JSON.parse(text) as { errorCode?: string }).errorCode ?? '-';
  } catch {
    return 'not-JSON';
  }
}

function send(url: string, method: string, path: string, { headers, body, chunked }: Asked): Promise<Answer> {
  const request = url.startsWith('https:') ? secured : clear;
  const length = body === undefined || chunked === true ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { method, headers: { ...length, ...headers } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: bytes.toString('utf8'), bytes });
      });
    });
    asked.on('error', reject);
    if (chunked === true && body !== undefined) {
      asked.setHeader('transfer-encoding', 'chunked');
      asked.write(body);
      asked.end();
    } else asked.end(body);
  });
}
