import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, listenForAddIns } from './add-in-listener.ts';

const HELLO = '{"type":"hello","wire":1,"shim":"0.1.0","bits":64,"process":4711,"runner":"0aff"}\n';

let listener: Listener;
let heard: unknown[];
const pipe = () =>
  process.platform === 'win32' ? `\\\\.\\pipe\\bluemind-${randomUUID()}` : join(tmpdir(), `bluemind-${randomUUID()}`);
let path: string;

beforeEach(async () => {
  heard = [];
  path = pipe();
  listener = await listenForAddIns({
    pipe: path,
    onCame: (addIn) => heard.push(['came', addIn.process, [...addIn.runner]]),
    onGone: (addIn) => heard.push(['gone', addIn.process]),
    onClick: (command) => heard.push(['click', command]),
  });
});

afterEach(() => listener.close());

async function addIn(): Promise<Socket> {
  const socket = connect(path);
  await once(socket, 'connect');
  return socket;
}

/** Everything that the agent said to it until it closed the line. */
async function answers(socket: Socket): Promise<string> {
  let said = '';
  socket.on('data', (piece) => {
    said += String(piece);
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return said;
}

async function acknowledged(socket: Socket): Promise<string> {
  const [said] = (await once(socket, 'data')) as [Buffer];
  return said.toString();
}

it('an add-in comes, clicks arrive in order and are acknowledged, in whatever pieces, and it goes', async () => {
  const socket = await addIn();
  socket.write(HELLO.slice(0, 10));
  socket.write(`${HELLO.slice(10)}{"type":"click","number":1,"command":"own-books"}\n{"type":"click","num`);
  expect(await acknowledged(socket)).toBe('ack 1\n');
  socket.write('ber":2,"command":"status"}\n');
  expect(await acknowledged(socket)).toBe('ack 2\n');
  const closed = once(socket, 'close');
  socket.end();
  await closed;
  await listener.close();
  expect(heard).toEqual([
    ['came', 4711, [0x0a, 0xff]],
    ['click', 'own-books'],
    ['click', 'status'],
    ['gone', 4711],
  ]);
});

it.each([
  ['no JSON', 'hello\n'],
  ['no object', '7\n'],
  ['no object at all', 'null\n'],
  ['an unknown command', '{"type":"click","number":1,"command":"format"}\n'],
  ['a number that is none', '{"type":"click","number":-1,"command":"status"}\n'],
  ['a runner that is no bytes', HELLO.replace('0aff', '0af')],
  ['two greetings', HELLO + HELLO],
  ['a line without an end', 'x'.repeat(20_000)],
])('whoever says %s is sent away, and others are heard', async (_, said) => {
  const socket = await addIn();
  const closed = answers(socket);
  socket.write(said);
  expect(await closed).toBe('');
  const other = await addIn();
  other.write('{"type":"click","number":5,"command":"connect"}\n');
  expect(await acknowledged(other)).toBe('ack 5\n');
  other.destroy();
  expect(heard.at(-1)).toEqual(['click', 'connect']);
});
