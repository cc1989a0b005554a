import { Failure, type Retry } from '../base/failure.ts';

/**
 * The closed list of this room's failure codes, with whether trying again can help.
 * docs/errors.md explains each to people.
 */
export const BLUEMIND_FAILURES = {
  SERVER_ADDRESS_INVALID: 'never',
  SERVER_UNKNOWN_HOST: 'later',
  SERVER_REFUSED_CONNECTION: 'later',
  SERVER_UNREACHABLE: 'later',
  SERVER_TLS: 'never',
  SERVER_NOT_BLUEMIND: 'never',
  SERVER_UNAVAILABLE: 'later',
  SERVER_MAINTENANCE: 'later',
  SERVER_ERROR: 'later',
  SERVER_BAD_ANSWER: 'later',
  SERVER_REJECTED: 'never',
  REQUEST_TOO_LARGE: 'never',
  LOGIN_REFUSED: 'never',
  LOGIN_PASSWORD_EXPIRED: 'never',
  SESSION_LOST: 'now',
  CLIENT_REFUSED: 'never',
  NO_RIGHT: 'never',
  NOT_FOUND: 'never',
  SERVER_BUSY: 'later',
  SERVER_MOVED: 'never',
  PROXY_INVALID: 'never',
  PROXY_UNREACHABLE: 'later',
  CERTIFICATES_INVALID: 'never',
} as const satisfies Record<string, Retry>;

export type BlueMindFailureCode = keyof typeof BLUEMIND_FAILURES;

/** A failure of this room; `cause` keeps what the network or the server said. */
export function bluemindFailure(code: BlueMindFailureCode, message: string, cause?: unknown): Failure {
  const after = isServerError(cause) ? cause.after : undefined;
  return new Failure(code, message, { retry: BLUEMIND_FAILURES[code], after, cause });
}

/** What the server said of an error: the body of section 1.5 of the API, and two headers. */
export type ServerError = {
  readonly status: number;
  readonly errorCode: string | undefined;
  readonly message: string;
  /** How long it asks to be left alone. @units seconds */
  readonly after?: number | undefined;
  /** The server it sends requests on to, without path: that may hold a key. */
  readonly elsewhere?: string | undefined;
};

/** The server's own error behind a failure, where there is one. */
export function serverErrorOf(failure: Failure): ServerError | undefined {
  const cause = failure.cause;
  return isServerError(cause) ? cause : undefined;
}

function isServerError(value: unknown): value is ServerError {
  return typeof value === 'object' && value !== null && 'status' in value && 'errorCode' in value && 'message' in value;
}

const TLS_CODES = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

/** A network error of the HTTP client as one clear sentence with its code. @param proxy '' where none stands between */
export function networkFailure(host: string, error: unknown, proxy = ''): Failure {
  const code = firstCode(error);
  if (proxy !== '' && !TLS_CODES.test(code))
    return bluemindFailure(
      'PROXY_UNREACHABLE',
      `The proxy does not lead to ${host} (${code || 'no reason given'}). Check the address of the proxy, and that it lets you through.`,
      error,
    );
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return bluemindFailure(
      'SERVER_UNKNOWN_HOST',
      `There is no server named ${host}. Check the address, and that this computer is online.`,
      error,
    );
  if (code === 'ECONNREFUSED')
    return bluemindFailure(
      'SERVER_REFUSED_CONNECTION',
      `${host} refused the connection. Check the address and port; the server may be stopped.`,
      error,
    );
  if (TLS_CODES.test(code) || code === 'EPROTO')
    return bluemindFailure(
      'SERVER_TLS',
      `No secure connection to ${host}: its certificate is not accepted (${code}). Ask your administrator.`,
      error,
    );
  return bluemindFailure(
    'SERVER_UNREACHABLE',
    `${host} does not answer (${code || 'no reason given'}). The connector tries again later.`,
    error,
  );
}

/** The code nearest to the surface: what lies below may be of another attempt (IPv6, then IPv4). */
function firstCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors[0] instanceof Error) return firstCode(at.errors[0]);
  }
  return '';
}

/** An HTTP answer that is not a success, as a failure; see section 1.5 of the API for what each status means. */
export function answerFailure(host: string, error: ServerError, isJson: boolean): Failure {
  const said = error.message ? `: ${error.message}` : '';
  if (error.status >= 300 && error.status < 400) return movedFailure(host, error);
  switch (error.status) {
    case 401:
      return bluemindFailure('SESSION_LOST', 'The session at the server has ended.', error);
    case 403:
      return bluemindFailure('NO_RIGHT', `The server denies access${said}.`, error);
    case 404:
      if (isJson) return bluemindFailure('NOT_FOUND', `The server does not know it${said}.`, error);
      break;
    case 409:
      return bluemindFailure(
        'CLIENT_REFUSED',
        `${host} refuses this version of the connector. Ask your administrator for the right one${said}.`,
        error,
      );
    case 413:
      return bluemindFailure('REQUEST_TOO_LARGE', `${host} refuses a request of this size.`, error);
    case 429:
      return bluemindFailure(
        'SERVER_BUSY',
        `${host} gets too many requests and asks to wait. The connector tries again later.`,
        error,
      );
    case 502:
    case 503:
    case 504:
      return bluemindFailure(
        'SERVER_UNAVAILABLE',
        `${host} is not available (HTTP ${error.status}). The connector tries again later.`,
        error,
      );
    default:
  }
  if (!isJson)
    return bluemindFailure(
      'SERVER_NOT_BLUEMIND',
      `${host} answers, but not as a BlueMind server does (HTTP ${error.status}). Check the address.`,
      error,
    );
  return error.errorCode !== undefined && !TRANSIENT.has(error.errorCode)
    ? bluemindFailure('SERVER_REJECTED', `The server refused the request (${error.errorCode})${said}.`, error)
    : bluemindFailure(
        'SERVER_ERROR',
        `The server failed while answering${said}. The connector tries again later.`,
        error,
      );
}

/** BlueMind never sends requests on: a proxy does, to its sign-in page or to the server's new address. */
function movedFailure(host: string, error: ServerError): Failure {
  const { status, elsewhere } = error;
  const where = elsewhere === undefined ? '' : ` to ${elsewhere}`;
  const remedy = elsewhere === undefined ? 'Check the address' : 'If that is your server, connect with that address';
  return bluemindFailure(
    'SERVER_MOVED',
    `${host} sends requests on${where} instead of answering them (HTTP ${status}). ${remedy}; else a sign-in page stands between: ask your administrator.`,
    error,
  );
}

const TRANSIENT: ReadonlySet<string> = new Set(['UNKNOWN', 'TIMEOUT', 'SQL_ERROR']);
