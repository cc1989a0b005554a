import type { FastifyInstance } from 'fastify';
import type { Kernel } from '../kernel/kernel.ts';
import type { Operation } from '../kernel/operation.ts';
import { mountDownloads } from './downloads.ts';
import { openApi } from './open-api.ts';
import { escaped, page } from './page.ts';

/** Pages for people: the API (`/docs`, `/docs/openapi.json`) and the connector's installers (`/downloads`). No scripts. */
export function mountPages(app: FastifyInstance, kernel: Kernel, operations: readonly Operation[]): void {
  const { softwareVersion } = kernel.policy();
  const document = JSON.stringify(openApi(operations, softwareVersion));
  app.get('/docs/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(apiPage(operations)));
  mountDownloads(app, kernel);
}

function apiPage(operations: readonly Operation[]): string {
  const services = [...new Set(operations.map((operation) => operation.service))].sort();
  const rows = (service: string) =>
    operations
      .filter((operation) => operation.service === service)
      .map(
        (found) => `<tr><td>${escaped(found.name)}<td>${found.method}<td><code>/api${escaped(found.path)}</code></tr>`,
      )
      .join('');
  return page(
    'API',
    `<p>As data: <a href="/docs/openapi.json">openapi.json</a></p>${services
      .map((service) => `<h2>${escaped(service)}</h2><table>${rows(service)}</table>`)
      .join('')}`,
  );
}
