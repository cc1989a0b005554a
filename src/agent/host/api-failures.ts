import { Failure, isFailure, type Retry } from '../../base/failure.ts';
import type { Failed } from '../api/shapes.ts';

/** The closed list of what the local API itself refuses, with the HTTP status of each; docs/errors.md explains them. */
export const API_FAILURES = {
  API_SIGNED_OUT: { status: 401, retry: 'never' },
  API_FORBIDDEN: { status: 403, retry: 'never' },
  API_UNKNOWN: { status: 404, retry: 'never' },
  API_BAD_REQUEST: { status: 400, retry: 'never' },
  API_TOO_LARGE: { status: 413, retry: 'never' },
  API_BUSY: { status: 429, retry: 'later' },
} as const satisfies Record<string, { readonly status: number; readonly retry: Retry }>;

export type ApiFailureCode = keyof typeof API_FAILURES;

export function apiFailure(code: ApiFailureCode, message: string, after?: number): Failure {
  return new Failure(code, message, { retry: API_FAILURES[code].retry, after });
}

/** What Fastify itself refuses, by its own codes. */
const OF_FASTIFY: Readonly<Record<string, readonly [ApiFailureCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['API_TOO_LARGE', 'The request is too large.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['API_BAD_REQUEST', 'The body must be JSON and say so.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['API_BAD_REQUEST', 'The body is no JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['API_BAD_REQUEST', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['API_BAD_REQUEST', 'The body is not as long as it says.'],
};

/** An error as the API tells it: what was expected to fail by its code, a bug without its words, which may quote what it met. */
export function toldOf(error: unknown): { readonly status: number; readonly error: Failed } {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  const known = isFailure(error) ? error : fastifyFailure(code);
  if (known === undefined)
    return { status: 500, error: failed(new Failure('BUG', 'The connector met a fault of its own; see its log.')) };
  return { status: API_FAILURES[known.code as ApiFailureCode]?.status ?? 409, error: failed(known) };
}

function fastifyFailure(code: unknown): Failure | undefined {
  if (typeof code !== 'string' || !code.startsWith('FST_ERR_')) return undefined;
  const [ours, message] = OF_FASTIFY[code] ?? ['API_BAD_REQUEST', 'The request cannot be read.'];
  return apiFailure(ours, message);
}

/** A failure as the local API writes it. */
export function failed({ code, message, retry, after }: Pick<Failure, 'code' | 'message' | 'retry' | 'after'>): Failed {
  return { code, message, retry, after: after ?? null };
}
