import type { WebSocket } from 'undici';
import type { Clock } from '../base/clock.ts';
import { isFailure } from '../base/failure.ts';
import { type Backoff, retrying } from '../base/retry.ts';
import { bluemindFailure } from './failures.ts';
import { type Call, openTransport, type Transport, type TransportOptions } from './transport.ts';

/** The account as the server describes it at login. */
export type BlueMindUser = {
  readonly uid: string;
  readonly domainUid: string;
  /** Login with domain, `login@domain`. */
  readonly loginAtDomain: string;
  readonly displayName: string;
  /** Mail addresses, lower-case, the default one first; '' never among them. */
  readonly addresses: readonly string[];
  readonly roles: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** Changes when the account's data was restored or replaced: local memory of it must be dropped. */
  readonly mailboxCopyGuid: string | undefined;
};

export type Credentials = { readonly login: string; readonly password: string };

export type SessionOptions = TransportOptions & {
  /** Asked for when a session must be opened or renewed; never kept here longer than the call. */
  readonly credentials: () => Promise<Credentials>;
  /** Version of the connector, part of the origin that the server records. */
  readonly version: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly backoff?: Backoff;
};

/** An authenticated line to one account; opens and renews its session by itself. */
export type Session = {
  readonly host: string;
  requests(): number;
  /** The account; opens the session when there is none. */
  user(): Promise<BlueMindUser>;
  /**
   * One call, retried with back-off while the failure says `later`; a lost session is renewed once.
   * A write whose answer was lost is sent again only when it says that it may be (see {@link Call.repeatable}).
   */
  call(call: Call): Promise<unknown>;
  /** A websocket of the server with the key that its frames need; opens the session when there is none. */
  socket(path: string): Promise<{ readonly socket: WebSocket; readonly key: string }>;
  /** The session is not to be used any more: the next call opens another. */
  renew(): void;
  close(): Promise<void>;
};

const BACKOFF: Backoff = { attempts: 4, first: 500, longest: 8000, patience: 30_000 };

export function openSession(options: SessionOptions): Session {
  const transport = openTransport(options);
  let opened: Promise<Opened> | undefined;
  const open = () => {
    opened ??= login(transport, options).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const once = async (call: Call): Promise<unknown> => {
    const session = await open();
    try {
      return await transport.send(call, session.key);
    } catch (error) {
      if (!isFailure(error, 'SESSION_LOST')) throw error;
      if ((await opened)?.key === session.key) opened = undefined;
      return transport.send(call, (await open()).key);
    }
  };
  const patiently = <T>(call: Call | undefined, work: () => Promise<T>) =>
    retrying(work, {
      backoff: options.backoff ?? BACKOFF,
      clock: options.clock,
      random: options.random,
      signal: call?.signal,
      again: ({ code }) => call?.repeatable !== false || NEVER_ARRIVED.has(code),
    });
  return {
    host: transport.host,
    requests: transport.requests,
    user: async () => (await patiently(undefined, open)).user,
    call: (call) => patiently(call, () => once(call)),
    socket: async (path) => {
      const { key } = await open();
      return { socket: transport.socket(path), key };
    },
    renew: () => {
      opened = undefined;
    },
    close: () => closeSession(transport, opened),
  };
}

/** Failures of calls that the server certainly did not carry out. */
const NEVER_ARRIVED: ReadonlySet<string> = new Set([
  'SERVER_UNKNOWN_HOST',
  'SERVER_REFUSED_CONNECTION',
  'SERVER_MAINTENANCE',
  'SERVER_BUSY',
]);

type Opened = { readonly key: string; readonly user: BlueMindUser };

async function login(transport: Transport, options: SessionOptions): Promise<Opened> {
  await requireRunning(transport);
  const { login: typed, password } = await options.credentials();
  const name = typed.includes('@') ? typed : `${typed}@${await defaultDomain(transport)}`;
  const query = { login: name, origin: originOf(options.version), interactive: false };
  const answer = asRecord(
    await transport.send({ method: 'POST', path: '/auth/loginWithParams', query, body: password }, undefined),
  );
  if (answer['status'] === 'Expired')
    throw bluemindFailure(
      'LOGIN_PASSWORD_EXPIRED',
      `The password of ${name} has expired. Change it in BlueMind, then connect again.`,
    );
  const key = answer['authKey'];
  if (answer['status'] !== 'Ok' || typeof key !== 'string') throw refused(name, answer['message']);
  return { key, user: readUser(asRecord(answer['authUser']), String(answer['latd'] ?? name)) };
}

function refused(name: string, message: unknown) {
  if (typeof message === 'string' && /maintenance/i.test(message))
    return bluemindFailure('SERVER_MAINTENANCE', 'The server is under maintenance. The connector tries again later.');
  return bluemindFailure('LOGIN_REFUSED', `The server does not accept this login and password (${name}).`);
}

/** @throws SERVER_MAINTENANCE unless the server says that it is running */
async function requireRunning(transport: Transport): Promise<void> {
  const state = await transport.send({ method: 'GET', path: '/system/installation/state' }, undefined);
  if (state === 'CORE_STATE_RUNNING') return;
  if (typeof state === 'string' && state.startsWith('CORE_STATE_'))
    throw bluemindFailure(
      'SERVER_MAINTENANCE',
      `${transport.host} is not open for work now (${STATES[state] ?? state}). The connector tries again later.`,
    );
  throw bluemindFailure(
    'SERVER_NOT_BLUEMIND',
    `${transport.host} answers, but not as a BlueMind server does. Check the address.`,
  );
}

const STATES: Readonly<Record<string, string>> = {
  CORE_STATE_STARTING: 'it is starting',
  CORE_STATE_MAINTENANCE: 'maintenance',
  CORE_STATE_UPGRADE: 'it is being upgraded',
  CORE_STATE_STOPPING: 'it is stopping',
  CORE_STATE_DEMOTED: 'another server has taken over',
  CORE_STATE_CLONING: 'it is being copied',
};

async function defaultDomain(transport: Transport): Promise<string> {
  const infos = asRecord(await transport.send({ method: 'GET', path: '/system/installation/_infos' }, undefined));
  const domain = infos['defaultDomain'];
  if (typeof domain === 'string' && domain !== '') return domain;
  throw bluemindFailure('LOGIN_REFUSED', 'Type your login with its domain, as in jane@example.com.');
}

/** Free text that the server records; must not start with the prefix that BlueMind 5 refuses (API 1.4). */
export function originOf(version: string): string {
  return `outlook-connector-bm/${version} otlk:16.0`;
}

function readUser(user: Record<string, unknown>, loginAtDomain: string): BlueMindUser {
  const value = asRecord(user['value']);
  const emails = Array.isArray(value['emails']) ? value['emails'].map(asRecord) : [];
  const ordered = [...emails].sort((a, b) => Number(b['isDefault'] === true) - Number(a['isDefault'] === true));
  const addresses = ordered.flatMap(addressesOf).filter((address) => address !== '');
  return {
    uid: String(user['uid'] ?? ''),
    domainUid: String(user['domainUid'] ?? ''),
    loginAtDomain,
    displayName: String(user['displayName'] ?? loginAtDomain),
    addresses: [...new Set([...addresses, loginAtDomain.toLowerCase()])],
    roles: Array.isArray(user['roles']) ? user['roles'].map(String) : [],
    settings: Object.fromEntries(
      Object.entries(asRecord(user['settings'])).map(([key, setting]) => [key, String(setting)]),
    ),
    mailboxCopyGuid: typeof value['mailboxCopyGuid'] === 'string' ? value['mailboxCopyGuid'] : undefined,
  };
}

function addressesOf(email: Record<string, unknown>): string[] {
  return typeof email['address'] === 'string' ? [email['address'].toLowerCase()] : [];
}

/** @units milliseconds */
const FAREWELL = 500;

async function closeSession(transport: Transport, opened: Promise<Opened> | undefined): Promise<void> {
  const session = await opened?.catch(() => undefined);
  if (session !== undefined) {
    // The session ends by itself after 20 minutes; a farewell that fails or takes long changes nothing.
    const signal = AbortSignal.timeout(FAREWELL);
    await transport.send({ method: 'POST', path: '/auth/logout', signal }, session.key).catch(() => undefined);
  }
  await transport.close();
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
