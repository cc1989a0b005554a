/** A network between a client and a server that fails in every way that one can meet, at the request it is told. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const FAULTS = [
  ...(['delay', 'cut', '401', '403', '404', '409', '413', '500', '500 with a code', '502', 'half'] as const),
] as const;

export type NetworkFault = {
  readonly kind: (typeof FAULTS)[number];
  /** The request it begins with, 1 = the next one, and how many it lasts. */
  readonly at: number;
  readonly times: number;
  /** Whether the server has carried the request out when it happens. */
  readonly when: 'before' | 'after';
};

export type FaultyNetwork = {
  readonly url: string;
  /** What goes wrong from now on; undefined: nothing. */
  arm(fault: NetworkFault | undefined): void;
  /** How often each kind has happened. */
  readonly happened: Map<string, number>;
  close(): Promise<void>;
};

/** How long a delayed answer takes. @units milliseconds */
const DELAY = 15;

export async function faultyNetwork(server: string): Promise<FaultyNetwork> {
  let fault: NetworkFault | undefined;
  let seen = 0;
  const happened = new Map<string, number>();
  const http = createServer((asked, answer) => {
    seen += 1;
    const now = fault !== undefined && seen >= fault.at && seen < fault.at + fault.times ? fault : undefined;
    if (now !== undefined) happened.set(now.kind, (happened.get(now.kind) ?? 0) + 1);
    void bodyOf(asked)
      .then((body) => carry({ server, asked, answer, body, fault: now }))
      .catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    arm: (next) => {
      fault = next;
      seen = 0;
    },
    happened,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

type Carrying = {
  readonly server: string;
  readonly asked: IncomingMessage;
  readonly answer: ServerResponse;
  readonly body: Buffer;
  readonly fault: NetworkFault | undefined;
};
type Answered = { readonly status: number; readonly type: string; readonly body: Buffer };

async function carry(carrying: Carrying): Promise<void> {
  const { answer, fault, body } = carrying;
  const forward = (sent: Buffer) => forwarded(carrying, sent);
  if (fault === undefined) return reply(answer, await forward(body));
  if (fault.kind === 'delay') {
    await new Promise((resolve) => setTimeout(resolve, DELAY));
    return reply(answer, await forward(body));
  }
  if (fault.kind === 'half') {
    const half = halfOf(carrying);
    if (half !== undefined) await forward(half);
    return reply(answer, bareError());
  }
  const real = fault.when === 'after' ? await forward(body) : undefined;
  if (fault.kind !== 'cut') return reply(answer, errorFor(fault.kind));
  if (real === undefined) return void answer.destroy();
  answer.writeHead(real.status, { 'content-type': real.type, 'content-length': real.body.length + 1 });
  answer.write(real.body.subarray(0, Math.floor(real.body.length / 2)), () => answer.destroy());
}

function reply(answer: ServerResponse, { status, type, body }: Answered): void {
  answer.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body);
}

/** The first half of a batch, as a server that dies in the middle of it has carried out; undefined for any other request. */
function halfOf({ asked, body }: Carrying): Buffer | undefined {
  if (!asked.url?.includes('_mupdates')) return undefined;
  const { add, modify, delete: gone } = JSON.parse(body.toString()) as Record<string, unknown[]>;
  const all = [
    ...(gone ?? []).map((one) => ({ to: 'delete', one })),
    ...(add ?? []).map((one) => ({ to: 'add', one })),
    ...(modify ?? []).map((one) => ({ to: 'modify', one })),
  ];
  const kept = all.slice(0, Math.ceil(all.length / 2));
  const of = (to: string) => kept.filter((step) => step.to === to).map((step) => step.one);
  return Buffer.from(JSON.stringify({ add: of('add'), modify: of('modify'), delete: of('delete') }));
}

function errorFor(kind: Exclude<NetworkFault['kind'], 'delay' | 'cut' | 'half'>): Answered {
  if (kind === '502') return { status: 502, type: 'text/html', body: Buffer.from('<html>Bad Gateway</html>') };
  if (kind === '500') return bareError();
  const errorCode = { '401': 'AUTHENTICATION_FAIL', '403': 'PERMISSION_DENIED', '404': 'NOT_FOUND' }[kind as '401'];
  const status = kind === '500 with a code' ? 500 : Number(kind);
  const said = { errorType: 'ServerFault', errorCode: errorCode ?? 'UNKNOWN', message: 'A fault of the network.' };
  return { status, type: 'application/json', body: Buffer.from(JSON.stringify(said)) };
}

function bareError(): Answered {
  return { status: 500, type: 'text/plain', body: Buffer.alloc(0) };
}

function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => resolve(Buffer.concat(parts)));
    asked.on('error', reject);
  });
}

function forwarded({ server, asked }: Carrying, body: Buffer): Promise<Answered> {
  const { 'content-length': _length, connection: _connection, ...headers } = asked.headers;
  const length = body.length > 0 ? { 'content-length': body.length } : {};
  return new Promise((resolve, reject) => {
    const options = { method: asked.method ?? 'GET', headers: { ...headers, ...length } };
    const onward = request(`${server}${asked.url ?? ''}`, options, (got) => {
      const type = String(got.headers['content-type'] ?? 'application/json');
      bodyOf(got).then((answer) => resolve({ status: got.statusCode ?? 502, type, body: answer }), reject);
    });
    onward.on('error', reject);
    onward.end(body);
  });
}
