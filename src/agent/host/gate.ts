/**
 * Who may use the local API. A request must name this computer as its host (no other name may lead here), come from no page but our
 * own, and show either the token of the file that only the user reads, or the cookie that a one-time link was exchanged for. Too
 * many requests, and too many without either, are refused for a while.
 *
 * Browsers send a cookie to every port of a computer, so to another user's server too, when somebody is led there. A session therefore
 * has a path of its own that nobody else can guess, and its cookie is sent below that path only.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../base/clock.ts';
import { apiFailure } from './api-failures.ts';

export type Asked = {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The session's path that the request came by; undefined: by none. */
  readonly place: string | undefined;
};
export type Session = { readonly cookie: string; readonly place: string };

export type Gate = {
  /** Host, origin and number of requests: for everything, pages too. @throws API_FORBIDDEN, API_BUSY */
  admit(asked: Asked): void;
  /** @throws API_SIGNED_OUT, API_BUSY */
  authenticate(asked: Asked): void;
  /** A code that is exchanged once for a session. @param lasts milliseconds; Infinity: until it is used */
  newCode(lasts: number): string;
  /** A new session; undefined when the code is unknown, used or too old. */
  exchange(code: string): Session | undefined;
};

export type GateOptions = {
  readonly token: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Known once the server listens. */
  readonly port: () => number;
};

export const COOKIE = 'connector-session';
/** @units milliseconds a session lasts without being used */
const SESSION = 12 * 60 * 60_000;
/** Open links and sessions that are remembered; the oldest go first. */
const MOST = 100;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function openGate({ token, clock, port }: GateOptions): Gate {
  const requests = bucket(clock, { holds: 300, perSecond: 50 });
  const strangers = bucket(clock, { holds: 30, perSecond: 0.5 });
  const codes = new Map<string, number>();
  const sessions = new Map<string, { readonly place: string; readonly until: number }>();
  const isSession = ({ headers, place }: Asked) => {
    const cookie = cookieOf(headers.cookie) ?? '';
    const session = sessions.get(cookie);
    if (session === undefined || session.place !== place || session.until <= clock.now()) return false;
    keep(sessions, cookie, { place, until: clock.now() + SESSION });
    return true;
  };
  const stranger = () => {
    if (!strangers.take()) throw tooMany();
  };
  return {
    admit: (asked) => {
      if (!requests.take()) throw tooMany();
      if (!isOurs(asked, port()))
        throw apiFailure('API_FORBIDDEN', 'Only this computer and its own pages may ask here.');
    },
    authenticate: (asked) => {
      if (isToken(asked.headers.authorization, token) || isSession(asked)) return;
      stranger();
      throw apiFailure('API_SIGNED_OUT', 'Open this window again: from Outlook, the tray, or with `connector open`.');
    },
    newCode: (lasts) => {
      const code = newSecret();
      keep(codes, code, clock.now() + lasts);
      return code;
    },
    exchange: (code) => {
      const until = codes.get(code);
      codes.delete(code);
      if (until === undefined || until <= clock.now()) {
        stranger();
        return undefined;
      }
      const session = { cookie: newSecret(), place: newSecret() };
      keep(sessions, session.cookie, { place: session.place, until: clock.now() + SESSION });
      return session;
    },
  };
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const old of [...map.keys()].slice(0, Math.max(0, map.size - MOST))) map.delete(old);
}

/** A path as it came, without the session's part: `/w/<place>/history` is `/history` of that session. */
export function splitPlace(url: string): { readonly place: string | undefined; readonly rest: string } {
  const [, place, rest] = /^\/w\/([\w-]{43})(\/.*)$/.exec(url) ?? [];
  return { place, rest: rest ?? url };
}

/**
 * Browsers name the page that asks in `Origin` where it can change something, and say in `Sec-Fetch-Site` how near it is; a page on
 * another port of this computer counts as near and is not ours either. What is no browser sends neither.
 */
function isOurs({ method, headers }: Asked, port: number): boolean {
  const { host, origin } = headers;
  if (host === undefined || ![`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const from = headers['sec-fetch-site'];
  if (from === undefined || from === 'same-origin' || from === 'none') return true;
  // A link in another page may open one of ours, which then asks by itself; it may not ask for anything else.
  return method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

function isToken(authorization: string | undefined, token: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function cookieOf(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE) return value;
  }
  return undefined;
}

function tooMany() {
  return apiFailure('API_BUSY', 'Too many requests at once. Wait a moment, then try again.', 2);
}

/** A bucket of tokens that fills up again with time; the clock may jump either way. */
function bucket(clock: Pick<Clock, 'now'>, { holds, perSecond }: { holds: number; perSecond: number }) {
  let left = holds;
  let at = clock.now();
  return {
    take: (): boolean => {
      const passed = Math.max(0, clock.now() - at);
      at = clock.now();
      left = Math.min(holds, left + (passed / 1000) * perSecond);
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
