import { readFile } from 'node:fs/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { Failure, isFailure } from '../../base/failure.ts';
import { portFailure } from '../host/port-failure.ts';

/** One row of the page: an event or a card on one side. */
export type ItemRow = { readonly uid: string; readonly title: string; readonly when: string };

/** What the page shows around the rows. `said` is the last result in words. */
export type PageStatus = {
  readonly running: boolean;
  readonly said: string;
  readonly hint: string;
  readonly pairs: readonly { readonly id: string; readonly label: string }[];
};

/** What the local API needs of the agent. */
export type ApiSource = {
  status(): PageStatus;
  items(pair: string): Promise<{ readonly outlook: readonly ItemRow[]; readonly server: readonly ItemRow[] }>;
  /** @returns the result in words */
  run(): Promise<string>;
};

export type RunningApi = { readonly url: string; close(): Promise<void> };

/**
 * The agent's local API with the trial's page, on loopback only. Requests must name loopback as their host and come from our own
 * page, so that no web page in the same browser can reach it by another name.
 * @throws PORT_IN_USE, PORT_REFUSED
 */
export async function openApi(source: ApiSource, port: number): Promise<RunningApi> {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    const origin = request.headers.origin;
    const here = `http://${request.headers.host ?? ''}`;
    const local = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
    if (!local || (origin !== undefined && origin !== here))
      return reply.code(403).send({ error: { code: 'FORBIDDEN', message: 'Only from this computer.' } });
    reply.header('content-security-policy', "default-src 'self'; style-src 'unsafe-inline'");
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error, _request, reply) => {
    const failure = isFailure(error) ? error : new Failure('BUG', 'The agent met a fault of its own; see its log.');
    return reply.code(isFailure(error) ? 409 : 500).send({ error: { code: failure.code, message: failure.message } });
  });
  routes(app, source);
  return { url: await listen(app, port), close: () => app.close() };
}

function routes(app: FastifyInstance, source: ApiSource): void {
  const file =
    (name: string, type: string) =>
    async (_: unknown, reply: { type(type: string): { send(body: string): unknown } }) =>
      reply.type(type).send(await readFile(new URL(name, import.meta.url), 'utf8'));
  app.get('/', file('page.html', 'text/html; charset=utf-8'));
  app.get('/page.js', file('page.js', 'text/javascript; charset=utf-8'));
  app.get('/api/status', async () => source.status());
  app.get<{ Querystring: { pair?: string } }>('/api/items', async ({ query }) => source.items(query.pair ?? ''));
  app.post('/api/run', async () => ({ said: await source.run() }));
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    throw portFailure(port, error, '--page-port');
  }
}
