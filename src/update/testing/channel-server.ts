/** A web server with a manifest and files, that answers badly when it is told to. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ChannelServer = {
  /** With a slash at its end. */
  readonly url: string;
  /** What is asked for, with the range and the status of the answer: `setup.exe bytes=10- 206`. */
  readonly asked: string[];
  put(name: string, body: string | Buffer, type?: string): void;
  /** The next answer for a file breaks off after so many bytes. */
  cutAfter(bytes: number | undefined): void;
  close(): Promise<void>;
};

type Kept = { readonly body: Buffer; readonly type: string; readonly etag: string };

export async function channelServer(): Promise<ChannelServer> {
  const files = new Map<string, Kept>();
  const asked: string[] = [];
  let cut: number | undefined;
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    response.on('close', () =>
      asked.push([name, request.headers.range, response.statusCode].filter(Boolean).join(' ')),
    );
    const file = files.get(name);
    if (file === undefined) return void response.writeHead(404).end('There is nothing here.');
    const now = file.type === 'application/octet-stream' ? cut : undefined;
    if (now !== undefined) cut = undefined;
    answer(request, response, file, now);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    put: (name, body, type = name.endsWith('.json') ? 'application/json' : 'application/octet-stream') => {
      const bytes = Buffer.from(body as Buffer);
      files.set(name, {
        body: bytes,
        type,
        etag: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`,
      });
    },
    cutAfter: (bytes) => {
      cut = bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, file: Kept, cut: number | undefined): void {
  const [, from] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const start = from !== undefined && request.headers['if-range'] === file.etag ? Number(from) : 0;
  const body = file.body.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    'content-type': file.type,
    'content-length': body.length,
    etag: file.etag,
    ...(start > 0 ? { 'content-range': `bytes ${start}-${file.body.length - 1}/${file.body.length}` } : {}),
  });
  if (cut === undefined) return void response.end(body);
  response.write(body.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
}
