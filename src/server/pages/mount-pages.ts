import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Kernel } from '../kernel/kernel.ts';
import type { Operation } from '../kernel/operation.ts';
import { openApi } from './open-api.ts';

/** Pages for people: the API (`/docs`, `/docs/openapi.json`) and the connector's installers (`/downloads`). No scripts. */
export function mountPages(app: FastifyInstance, kernel: Kernel, operations: readonly Operation[]): void {
  const { softwareVersion } = kernel.policy();
  const document = JSON.stringify(openApi(operations, softwareVersion));
  app.get('/docs/openapi.json', async (_request, reply) => reply.type('application/json').send(document));
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(apiPage(operations)));
  app.get('/downloads', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(downloadsPage(await builds(kernel.policy().downloads))),
  );
  app.get('/downloads/list.json', async () => builds(kernel.policy().downloads));
  app.get<{ Params: { name: string } }>('/downloads/files/:name', async (request, reply) => {
    const folder = kernel.policy().downloads;
    const known = (await builds(folder)).find((build) => build.name === request.params.name);
    if (folder === undefined || known === undefined)
      return reply.code(404).type('text/plain').send('There is no such file.');
    return reply
      .header('content-disposition', `attachment; filename="${known.name}"`)
      .header('content-length', known.size)
      .type('application/octet-stream')
      .send(createReadStream(join(folder, known.name)));
  });
}

/** A connector build. `size` @units bytes; `checksum` SHA-256, hex; `version` as its name says, '' when it does not */
export type Build = {
  readonly name: string;
  readonly version: string;
  readonly size: number;
  readonly checksum: string;
};

const checksums = new Map<string, string>();

/** The installers in a folder, and nothing else of it: a name of letters, digits, dots and dashes, an ending of an installer. */
export async function builds(folder: string | undefined): Promise<readonly Build[]> {
  if (folder === undefined) return [];
  const names = await readdir(folder).catch(() => [] as string[]);
  const wanted = names.filter((name) => /^[\w][\w.+-]*\.(exe|msi|zip|tar\.gz)$/.test(name)).sort();
  return Promise.all(
    wanted.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      const key = `${path} ${size} ${mtimeMs}`;
      const checksum =
        checksums.get(key) ??
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex');
      checksums.set(key, checksum);
      return { name, version: /\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)[\d.]*\d)?/.exec(name)?.[0] ?? '', size, checksum };
    }),
  );
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

function downloadsPage(list: readonly Build[]): string {
  const rows = list
    .map(
      ({ name, version, size, checksum }) =>
        `<tr><td><a href="/downloads/files/${encodeURIComponent(name)}">${escaped(name)}</a><td>${escaped(version)}<td>${(size / 1e6).toFixed(1)} MB<td><code>${checksum}</code></tr>`,
    )
    .join('');
  const none = '<p>There is nothing to download here yet.</p>';
  const table = `<table><tr><th>File<th>Version<th>Size<th>SHA-256</tr>${rows}</table>`;
  return page('Downloads', list.length === 0 ? none : table);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>body{font:16px system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}td,th{text-align:left;padding:.2rem .8rem .2rem 0}code{overflow-wrap:anywhere}</style><h1>${title}</h1>${body}</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
