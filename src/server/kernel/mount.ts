import { Buffer } from 'node:buffer';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isFailure } from '../../base/failure.ts';
import { errorBody, fault, RefusedClient, statusOf } from './fault.ts';
import type { Kernel } from './kernel.ts';
import type { Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { ANONYMOUS, type Session } from './session.ts';
import { writeResult } from './write-result.ts';

/** Fastify's own errors that have a meaning for the caller; all the others are told as an unreadable request. */
const TOO_LARGE = 'FST_ERR_CTP_BODY_TOO_LARGE';

/** Puts the table of operations on HTTP, below `/api`. */
export function mountOperations(app: FastifyInstance, kernel: Kernel, operations: readonly Operation[]): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setNotFoundHandler((_request, reply) => refuse(kernel, reply, fault('UNKNOWN', 'There is no such operation.')));
  app.setErrorHandler((error, _request, reply) => refuse(kernel, reply, error));
  for (const operation of operations)
    app.route({
      method: operation.method,
      url: `/api${operation.path.replace(/\{(\w+)\}/g, ':$1')}`,
      bodyLimit: operation.body.limit ?? kernel.policy().maxBody,
      onRequest: async (request) => admit(kernel, operation, request),
      handler: (request, reply) => serve(kernel, operation, request, reply),
    });
}

/** What is refused before the body is read: unknown sessions, refused clients, chunked bodies. */
async function admit(kernel: Kernel, operation: Operation, request: FastifyRequest): Promise<void> {
  const key = keyOf(request);
  const session = key === undefined ? undefined : kernel.sessions.find(key);
  if (session === undefined && operation.anonymous !== true)
    throw fault('AUTHENTICATION_FAIL', 'The session is unknown or has expired: log in again.');
  if (session?.origin.startsWith('bm-connector-outlook') === true)
    throw new RefusedClient('The version of this client is not compatible with the version of the server.');
  if (session?.expired === true && operation.evenExpired !== true && operation.anonymous !== true)
    throw fault('FORBIDDEN', 'The password has expired: change it first.');
  if (isWrite(operation) && ['CORE_STATE_DEMOTED', 'CORE_STATE_CLONING'].includes(kernel.state.current))
    throw fault('UNKNOWN', 'This server is not writable.');
  if (request.headers['transfer-encoding'] !== undefined && operation.body.kind !== 'stream')
    throw fault('UNKNOWN', 'A chunked body is not accepted here: send Content-Length.');
  request.session = session ?? ANONYMOUS;
}

declare module 'fastify' {
  interface FastifyRequest {
    session: Session;
  }
}

async function serve(
  kernel: Kernel,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const raw = Buffer.isBuffer(request.body) ? request.body : undefined;
  const value = await operation.run({
    kernel,
    session: request.session,
    params: request.params as Record<string, string>,
    query: flat(request.query as Record<string, unknown>),
    body: readBody(operation.body, raw, request.headers['content-type']),
    address: request.ip,
  });
  const version = request.headers['x-bm-clientversion'];
  const { softwareVersion } = kernel.policy();
  if (typeof version === 'string' && version !== softwareVersion)
    reply.header('X-BM-WarnMessage', `The client was made for another version than ${softwareVersion}.`);
  const answer = writeResult(operation.result, value, request.headers.accept);
  if (answer.type !== undefined) reply.header('content-type', answer.type);
  return reply.code(answer.status).send(answer.body);
}

/** Answers a refusal; what is not a Failure is a bug of ours, logged without the request's contents. */
export function refuse(kernel: Kernel, reply: FastifyReply, error: unknown): FastifyReply {
  const told = translate(error);
  if (!isFailure(told)) kernel.log(`unexpected: ${told instanceof Error ? told.stack : 'not an error'}`);
  const status = isFailure(told) ? statusOf(told) : 500;
  if (status === 401)
    reply.header('WWW-authenticate', 'Bearer').header('set-cookie', 'BMSID=; Path=/; Max-Age=0; HttpOnly');
  return reply
    .code(status)
    .header('content-type', 'application/json')
    .send(JSON.stringify(errorBody(told)));
}

function translate(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === TOO_LARGE) return fault('UNKNOWN', 'The body of the request is too large.');
  if (typeof code === 'string' && code.startsWith('FST_ERR')) return fault('UNKNOWN', 'The request cannot be read.');
  return error;
}

function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['x-bm-apikey'];
  if (typeof header === 'string' && header !== '') return header;
  const query = flat(request.query as Record<string, unknown>)['apikey'];
  return query === '' ? undefined : query;
}

/** A parameter that is given twice counts by its first value, as in the original. */
function flat(query: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}

const READS = /^\/(auth|system)\/|_search|_mget|_sorted|_count|_list|_canAccess|_filteredChangeset|vfreebusy/;

function isWrite(operation: Operation): boolean {
  return operation.method !== 'GET' && !READS.test(operation.path);
}
