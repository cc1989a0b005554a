/**
 * What connectors tell this server of themselves, and its administrator's page of it; beside BlueMind's interface, which has nothing
 * of the kind. Rules [CN1] to [CN4] of docs/server.md.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Value } from 'typebox/value';
import { type ConnectorInfo, ConnectorState, LARGEST_REPORT } from '../../wire/connector.ts';
import { recognise } from '../auth/login.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isManager, type Session } from '../kernel/session.ts';
import { sessionFor } from '../sessions/session-life.ts';
import { connectorsPage } from './page.ts';

/** Reports of one user that are kept; the oldest go. */
const MOST_REPORTS = 10;

export function mountConnectors(app: FastifyInstance, kernel: Kernel): void {
  const info: ConnectorInfo = { reports: true, states: true };
  app.get('/connector', async () => info);
  app.put('/connector/state', { bodyLimit: 10_000 }, async (request, reply) => {
    const { user, domain } = sessionOf(kernel, request);
    const state = jsonOf(request);
    if (!Value.Check(ConnectorState, state)) throw fault('INVALID_PARAMETER', 'This is no state of a connector.');
    kernel.store.connectors.setState({ domain, user, at: kernel.clock.now(), state });
    return reply.code(204).send();
  });
  app.put('/connector/reports', { bodyLimit: LARGEST_REPORT }, async (request) => {
    const { user, domain } = sessionOf(kernel, request);
    const report = jsonOf(request);
    if (typeof report !== 'object' || report === null) throw fault('INVALID_PARAMETER', 'This is no report.');
    const id = kernel.newId();
    const text = JSON.stringify(report);
    kernel.store.connectors.addReport({ id, domain, user, at: kernel.clock.now(), report: text }, MOST_REPORTS);
    return { number: id };
  });
  app.get('/admin/connectors', async (request, reply) => {
    if (!(await isAdministrator(kernel, request))) return refused(reply);
    return reply.type('text/html; charset=utf-8').send(connectorsPage(kernel));
  });
  app.get<{ Params: { id: string } }>('/admin/connectors/reports/:id', async (request, reply) => {
    if (!(await isAdministrator(kernel, request))) return refused(reply);
    const report = kernel.store.connectors.report(request.params.id);
    if (report === undefined) return reply.code(404).type('text/plain').send('There is no such report (any more).');
    return reply
      .header('content-disposition', 'attachment; filename="connector-report.json"')
      .type('application/json')
      .send(report.report);
  });
}

/** @throws AUTHENTICATION_FAIL */
function sessionOf(kernel: Kernel, request: FastifyRequest): Session {
  const key = request.headers['x-bm-apikey'];
  const session = typeof key === 'string' && key !== '' ? kernel.sessions.find(key) : undefined;
  if (session === undefined || session.expired)
    throw fault('AUTHENTICATION_FAIL', 'The session is unknown or has expired: log in again.');
  return session;
}

function jsonOf({ body }: FastifyRequest): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    throw fault('INVALID_PARAMETER', 'The request is no JSON.');
  }
}

/** A browser asks for login and password by itself (RFC 7617); who may administer the server is let in. */
async function isAdministrator(kernel: Kernel, request: FastifyRequest): Promise<boolean> {
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]{1,2000})$/.exec(request.headers.authorization ?? '') ?? [];
  const [login = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(/:(.*)/s);
  if (login === '' || password === '') return false;
  const found = await recognise(kernel, { login, password, address: request.ip });
  return found.kind === 'PASSWORD' && isManager(sessionFor(kernel, found.entry));
}

function refused(reply: FastifyReply): FastifyReply {
  return reply
    .code(401)
    .header('www-authenticate', 'Basic realm="Administration", charset="UTF-8"')
    .type('text/plain; charset=utf-8')
    .send('Log in as an administrator of this server.');
}
