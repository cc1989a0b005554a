import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A proxy that leads every name to one server, and remembers what it was asked for. */
export type TestProxy = {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  /** `GET http://name/path`, or `CONNECT name:port`. */
  readonly asked: string[];
  close(): Promise<void>;
};

/** @param port of the server, on this computer */
export async function testProxy(port: number): Promise<TestProxy> {
  const asked: string[] = [];
  const note = ({ method, url }: IncomingMessage) => asked.push(`${method} ${url}`);
  const proxy = createServer((from, to) => {
    note(from);
    const { pathname, search } = new URL(from.url ?? '/', 'http://x');
    const on = request({
      host: '127.0.0.1',
      port,
      method: from.method,
      path: pathname + search,
      headers: from.headers,
    });
    on.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    from.pipe(on);
  });
  proxy.on('connect', (from, near) => {
    note(from);
    const far = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connected\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}
