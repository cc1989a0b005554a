import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut, as a network can. */
export type CutLine = {
  /** Where the server is to be reached by it. */
  readonly url: string;
  cut(): void;
  mend(): void;
  /** Connections that were tried since the line was made. */
  tried(): number;
  close(): Promise<void>;
};

export async function cutLine(server: string): Promise<CutLine> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  let whole = true;
  let tried = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const line = createServer((near) => {
    tried++;
    keep(near);
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    cut: () => {
      whole = false;
      drop();
    },
    mend: () => {
      whole = true;
    },
    tried: () => tried,
    close: () =>
      new Promise((resolve) => {
        line.close(() => resolve());
        drop();
      }),
  };
}
