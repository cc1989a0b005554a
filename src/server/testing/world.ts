import type { Clock } from '../../base/clock.ts';
import { createDomain, createUser } from '../admin/accounts.ts';
import type { Policy } from '../kernel/kernel.ts';
import { openServer, type RunningServer } from '../open-server.ts';
import { type Answer, ask } from './http.ts';
import { QUICK_PASSWORDS } from './quick-passwords.ts';

/** A clock that stands still until it is told to go on; sleeping moves it. */
export type FakeClock = Clock & { advance(ms: number): void };

export function fakeClock(start = Date.UTC(2026, 2, 2, 9)): FakeClock {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** An answer that a test looks into freely. */
type Parsed = ReturnType<typeof JSON.parse>;

/** Calls of one person; the body is sent as JSON, the answer parsed when there is one. */
export type Person = {
  readonly uid: string;
  readonly key: string;
  /** The parsed body of a call that must go well; undefined for 204 and empty bodies. */
  call(method: string, path: string, body?: unknown): Promise<Parsed>;
  /** The answer of any call, as it is. */
  raw(
    method: string,
    path: string,
    options?: { body?: string | Buffer | undefined; headers?: Readonly<Record<string, string>> },
  ): Promise<Answer>;
  /** `errorCode` of a call that must be refused, with its HTTP status: `NOT_FOUND 404`; a bare fault is `- 500`. */
  refused(method: string, path: string, body?: unknown): Promise<string>;
};

export type World = {
  readonly server: RunningServer;
  readonly clock: FakeClock;
  readonly john: Person;
  readonly ann: Person;
  /** Adds a user of the domain, logged in. */
  add(login: string, options?: { manager?: boolean; lang?: string }): Promise<Person>;
  close(): Promise<void>;
};

export const DOMAIN = 'acme.test';

/** A server in memory with the domain acme.test and the users john (uid U1, French) and ann (uid U2), over real HTTP. */
export async function openWorld(
  options: { policy?: Partial<Policy>; dataFile?: string; log?: (line: string) => void } = {},
): Promise<World> {
  const clock = fakeClock();
  let next = 0;
  const server = await openServer({
    dataFile: options.dataFile ?? ':memory:',
    clock,
    newId: () => `id-${++next}`,
    log: options.log,
    policy: { ...QUICK_PASSWORDS, ...options.policy },
  });
  createDomain(server.kernel, { uid: DOMAIN, aliases: ['acme.alias'] });
  const add: World['add'] = async (login, { manager, lang } = {}) => {
    const uid = `U${server.kernel.store.people.entries(DOMAIN).length + 1}`;
    const displayName = `${login[0]?.toUpperCase()}${login.slice(1)} Doe`;
    const entry = await createUser(server.kernel, {
      login,
      uid,
      domain: DOMAIN,
      password: `pw-${login}`,
      displayName,
      manager,
      lang,
    });
    // Not by `logIn`: each world would try two passwords more, which is slow by design.
    const session = server.kernel.sessions.open(entry, { origin: 'test', interactive: false, expired: false });
    return person(server.url, uid, session.id);
  };
  const john = await add('john', { lang: 'fr' });
  const ann = await add('ann');
  return { server, clock, john, ann, add, close: () => server.close() };
}

/** The session key of a login that must go well. */
export async function logIn(url: string, login: string, password: string, origin = 'test'): Promise<string> {
  const answer = await ask({
    method: 'POST',
    url: `${url}/api/auth/login?login=${encodeURIComponent(login)}&origin=${encodeURIComponent(origin)}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(password),
  });
  const { authKey } = JSON.parse(answer.text) as { authKey: string | null };
  if (authKey === null) throw new Error(`the login of ${login} was refused: ${answer.text}`);
  return authKey;
}

export function person(url: string, uid: string, key: string): Person {
  const raw: Person['raw'] = (method, path, options = {}) =>
    ask({
      method,
      url: `${url}/api${path}`,
      headers: { 'x-bm-apikey': key, ...options.headers },
      body: options.body,
    });
  const sent = (method: string, path: string, body: unknown) =>
    raw(method, path, {
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    uid,
    key,
    raw,
    async call(method, path, body) {
      const answer = await sent(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path} was refused: ${answer.status} ${answer.text}`);
      return answer.text === '' ? undefined : JSON.parse(answer.text);
    },
    async refused(method, path, body) {
      const answer = await sent(method, path, body);
      if (answer.status < 300) throw new Error(`${method} ${path} went well: ${answer.text}`);
      return `${(JSON.parse(answer.text) as { errorCode?: string }).errorCode ?? '-'} ${answer.status}`;
    },
  };
}
