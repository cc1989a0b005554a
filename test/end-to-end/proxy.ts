import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy answers by itself instead of asking the server behind it. */
export type Instead = { readonly status: number; readonly type: string; readonly body: string };
export type ServerProxy = {
  readonly url: string;
  /** Asked for every request; undefined lets it through. */
  instead: (path: string, method: string) => Instead | undefined;
  close(): Promise<void>;
};

/** A proxy in front of a server, which lets everything through until it is told otherwise. */
export async function openProxy(server: string): Promise<ServerProxy> {
  const http = createServer((asked, answer) => {
    const instead = proxy.instead(asked.url ?? '', asked.method ?? '');
    if (instead === undefined) return pass(server, asked, answer);
    asked.resume();
    answer.writeHead(instead.status, { 'content-type': instead.type }).end(instead.body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy: ServerProxy = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    instead: () => undefined,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return proxy;
}

function pass(server: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method, headers } = asked;
  const onward = request(
    `${server}${asked.url ?? ''}`,
    { ...(method === undefined ? {} : { method }), headers },
    (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    },
  );
  onward.on('error', () => answer.destroy());
  asked.pipe(onward);
}
