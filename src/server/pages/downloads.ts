/**
 * The connector's installers: a page for people (`/downloads`), and below `/downloads/files/` what an update channel is: the installers
 * and the signed manifests of `npm run release` beside them. Rules [DL1] to [DL3].
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import type { Kernel } from '../kernel/kernel.ts';
import { escaped, page } from './page.ts';
import { sendFile } from './send-file.ts';

const INSTALLER = /^\w[\w.+-]*\.(exe|msi|zip|tar\.gz)$/;
const MANIFEST = /^updates-[a-z]{1,20}\.json$/;

export function mountDownloads(app: FastifyInstance, kernel: Kernel): void {
  const folder = () => kernel.policy().downloads;
  app.get('/downloads', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(downloadsPage(await builds(folder()))),
  );
  app.get('/downloads/list.json', async () => (await builds(folder())).map(({ signatures: _, ...build }) => build));
  app.get<{ Params: { name: string } }>('/downloads/files/:name', async (request, reply) => {
    const { name } = request.params;
    const from = folder();
    const known = from === undefined ? [] : await readdir(from).catch(() => [] as string[]);
    if (from === undefined || !known.includes(name) || !(INSTALLER.test(name) || MANIFEST.test(name)))
      return reply.code(404).type('text/plain').send('There is no such file.');
    const path = join(from, name);
    const file = { path, checksum: await checksumOf(path) };
    if (MANIFEST.test(name)) return sendFile(request, reply, { ...file, type: 'application/json' });
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return sendFile(request, reply, { ...file, type: 'application/octet-stream' });
  });
}

/** A connector build. */
type Build = {
  readonly name: string;
  /** As its name says, '' when it does not. */
  readonly version: string;
  /** @units bytes */
  readonly size: number;
  /** SHA-256, hex. */
  readonly checksum: string;
  /** Of the manifests beside it that name this very file. */
  readonly signatures: readonly Signature[];
};
type Signature = { readonly key: string; readonly signature: string; readonly manifest: string };

/** The installers in a folder, and nothing else of it: a name of letters, digits, dots and dashes, an ending of an installer. */
async function builds(folder: string | undefined): Promise<readonly Build[]> {
  if (folder === undefined) return [];
  const names = (await readdir(folder).catch(() => [] as string[])).sort();
  const signed = await Promise.all(names.filter((name) => MANIFEST.test(name)).map((name) => signedIn(folder, name)));
  return Promise.all(
    names
      .filter((name) => INSTALLER.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const [{ size }, checksum] = [await stat(path), await checksumOf(path)];
        const signatures = signed.flatMap(({ files, by }) => (files.includes(`${name} ${checksum}`) ? by : []));
        const [version = ''] = /\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)[\d.]*\d)?/.exec(name) ?? [];
        return { name, version, size, checksum, signatures };
      }),
  );
}

type Signed = { readonly files: readonly string[]; readonly by: readonly Signature[] };

/** What a manifest signs, as far as it can be read; whether the signature is right is for whoever installs to say. */
async function signedIn(folder: string, manifest: string): Promise<Signed> {
  try {
    const read = JSON.parse(await readFile(join(folder, manifest), 'utf8')) as {
      readonly manifest: { readonly files: readonly { readonly name: string; readonly sha256: string }[] };
      readonly signatures: readonly { readonly key: string; readonly signature: string }[];
    };
    return {
      files: read.manifest.files.map(({ name, sha256 }) => `${name} ${sha256}`),
      by: read.signatures.map(({ key, signature }) => ({ key: String(key), signature: String(signature), manifest })),
    };
  } catch {
    return { files: [], by: [] };
  }
}

const checksums = new Map<string, string>();

async function checksumOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const key = `${path} ${size} ${mtimeMs}`;
  const known = checksums.get(key);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const checksum = hash.digest('hex');
  checksums.set(key, checksum);
  return checksum;
}

function downloadsPage(list: readonly Build[]): string {
  const rows = list
    .map(
      ({ name, version, size, checksum, signatures }) =>
        `<tr><td><a href="/downloads/files/${encodeURIComponent(name)}">${escaped(name)}</a><td>${escaped(version)}<td>${(size / 1e6).toFixed(1)} MB<td><code>${checksum}</code><td>${signatures.map(signatureCell).join('<br>')}</tr>`,
    )
    .join('');
  const none = '<p>There is nothing to download here yet.</p>';
  const table = `<table><tr><th>File<th>Version<th>Size<th>SHA-256<th>Signature (Ed25519)</tr>${rows}</table>`;
  return page('Downloads', list.length === 0 ? none : table);
}

function signatureCell({ key, signature, manifest }: Signature): string {
  return `<a href="/downloads/files/${manifest}">${manifest}</a>, key <code>${escaped(key)}</code>: <code>${escaped(signature)}</code>`;
}
