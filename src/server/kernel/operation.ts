import type { Static, TSchema } from 'typebox';
import type { Kernel } from './kernel.ts';
import type { Session } from './session.ts';

/**
 * The API as a table: one entry per operation of BlueMind's contract, mounted by mount.ts. A service is a file of plain
 * functions that returns its operations; nothing else of the server knows HTTP.
 */
export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** How the body is read; `text` is a String parameter, `bytes` a byte[], `stream` is passed on as it comes (and may be chunked). */
export type BodySpec<T> = {
  readonly kind: 'json' | 'text' | 'bytes' | 'stream' | 'none';
  readonly schema?: TSchema | undefined;
  /** @units bytes; the server's own limit when absent */
  readonly limit?: number | undefined;
  /** Only there for the type of `call.body`. */
  readonly type?: T | undefined;
};

/** How the result is told; `produces` is the content type of texts, images and streams. */
export type ResultSpec =
  | { readonly kind: 'void' }
  | { readonly kind: 'json'; readonly schema?: TSchema | undefined }
  | { readonly kind: 'string' }
  | { readonly kind: 'text'; readonly produces: string }
  | { readonly kind: 'bytes'; readonly produces: string }
  | { readonly kind: 'stream'; readonly produces: string };

export type Call<B = unknown> = {
  readonly kernel: Kernel;
  readonly session: Session;
  /** Path parameters, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: B;
  /** The network address of the caller. */
  readonly address: string;
};

type Definition<B> = {
  /** The interface of the contract, `ICalendar`. */
  readonly service: string;
  readonly name: string;
  readonly method: Method;
  /** Below `/api`, with `{parameters}`. */
  readonly path: string;
  readonly query?: readonly string[] | undefined;
  readonly body?: BodySpec<B> | undefined;
  readonly result: ResultSpec;
  /** Answers without a session; one that is there is used. */
  readonly anonymous?: boolean | undefined;
  /** Also for a session that may only change its password. */
  readonly evenExpired?: boolean | undefined;
  run(call: Call<B>): unknown;
};

/** One operation, its body type forgotten. */
export type Operation = Omit<Definition<unknown>, 'run' | 'body'> & {
  readonly body: BodySpec<unknown>;
  run(call: Call): unknown;
};

/** Defines an operation; `call.body` has the type of `body`. */
export function operation<B = undefined>(definition: Definition<B>): Operation {
  return { ...definition, body: definition.body ?? { kind: 'none' } } as Operation;
}

/** A JSON body; null when the client sent `null` or nothing. */
export function json<S extends TSchema>(schema: S): BodySpec<Static<S> | null> {
  return { kind: 'json', schema };
}

/** A String body: JSON text in quotes, or `text/plain` as it is. */
export const textBody: BodySpec<string | null> = { kind: 'text' };
/** A byte[] body: base64 JSON text, or `application/octet-stream` as it is. */
export const bytesBody: BodySpec<Uint8Array | null> = { kind: 'bytes' };

/** A Stream body of at most `limit` bytes. */
export function streamBody(limit: number): BodySpec<Uint8Array> {
  return { kind: 'stream', limit };
}

export const nothing: ResultSpec = { kind: 'void' };
export const string: ResultSpec = { kind: 'string' };
export const image: ResultSpec = { kind: 'bytes', produces: 'image/png' };

export function result(schema?: TSchema): ResultSpec {
  return { kind: 'json', schema };
}
