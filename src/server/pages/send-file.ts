import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type SentFile = {
  readonly path: string;
  readonly type: string;
  /** SHA-256, hex: its strong entity tag. */
  readonly checksum: string;
};

/**
 * Answers with a file, or with the rest of it: one range (`bytes=from-`, `bytes=from-to`, `bytes=-last`), which `If-Range` ties to the
 * file that the client has the beginning of. @source RFC 9110, 8.8.3, 13.1 and 14
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: SentFile): Promise<FastifyReply> {
  const { size } = await stat(file.path);
  const etag = `"${file.checksum.slice(0, 32)}"`;
  reply.header('etag', etag).header('accept-ranges', 'bytes').header('cache-control', 'no-cache').type(file.type);
  reply.removeHeader('pragma').removeHeader('expires');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const condition = request.headers['if-range'];
  const range = condition === undefined || condition === etag ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'none') return reply.code(416).header('content-range', `bytes */${size}`).send();
  const { from, to } = range ?? { from: 0, to: size - 1 };
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${from}-${to}/${size}`);
  reply.header('content-length', to - from + 1);
  return reply.send(size === 0 ? '' : createReadStream(file.path, { start: from, end: to }));
}

type Range = { readonly from: number; readonly to: number };

/** Both ends inclusive; undefined: everything, which is also the answer to ranges that are not understood; `none`: beyond the end. */
function rangeOf(header: string | undefined, size: number): Range | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from >= size || (first === '' && Number(last) === 0)) return 'none';
  return to < from ? undefined : { from, to };
}
