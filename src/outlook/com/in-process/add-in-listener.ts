/**
 * The agent's end of the pipe to the add-in: hears that an Outlook has come, with the object that runs programs in it, that it has
 * gone, and what was clicked. The pipe's name is made anew at each start and told to the user's own registry key alone, where the
 * add-in looks for it (docs/windows-shim.md).
 */
import { createServer, type Server, type Socket } from 'node:net';
import { type AddInCommand, type AddInMessage, readMessage } from './add-in-messages.ts';

export type AddIn = Extract<AddInMessage, { type: 'hello' }>;

export type ListenerOptions = {
  /** `\\.\pipe\…` */
  readonly pipe: string;
  readonly onCame: (addIn: AddIn) => void;
  /** The Outlook of an add-in that came is closed, or took the add-in away. */
  readonly onGone: (addIn: AddIn) => void;
  readonly onClick: (command: AddInCommand) => void;
};

export type Listener = { close(): Promise<void> };

/** One Outlook runs in a session; a few more may be on their way out. */
const MOST_ADD_INS = 8;
/** A hello is some hundreds of bytes. @units characters */
const LONGEST_LINE = 16_384;

/** Resolves when add-ins can connect. @throws Error when the pipe cannot be made */
export async function listenForAddIns(options: ListenerOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    hear(socket, options);
  });
  server.maxConnections = MOST_ADD_INS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.pipe, () => resolve());
  });
  return { close: () => closed(server, sockets) };
}

function hear(socket: Socket, { onCame, onGone, onClick }: ListenerOptions): void {
  let waiting = '';
  let addIn: AddIn | undefined;
  const take = (line: string): boolean => {
    const message = readMessage(line);
    if (message === undefined) return false;
    if (message.type === 'hello') {
      if (addIn !== undefined) return false;
      addIn = message;
      onCame(message);
    } else {
      onClick(message.command);
      socket.write(`ack ${message.number}\n`);
    }
    return true;
  };
  socket.setEncoding('utf8');
  socket.on('data', (piece: string) => {
    const lines = `${waiting}${piece}`.split('\n');
    waiting = lines.pop() ?? '';
    const understood =
      waiting.length <= LONGEST_LINE && lines.every((line) => line.length <= LONGEST_LINE && take(line));
    // Whoever says something else is no add-in of ours.
    if (!understood) socket.destroy();
  });
  // A reader that went away is told by `close`.
  socket.on('error', () => undefined);
  socket.once('close', () => {
    if (addIn !== undefined) onGone(addIn);
  });
}

function closed(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
