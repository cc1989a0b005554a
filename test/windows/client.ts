/**
 * Run by Windows' Node: the agent's COM layer, which tests on Linux use through a socket. `node client.ts`; it says its port.
 * Each message is its length (u32, little-endian) and a value as `node:v8` writes it.
 */
import { createServer } from 'node:net';
import { type OutlookThread, startOutlookThread } from '../../src/outlook/com/outlook-thread.ts';
import { plainFailure } from '../../src/outlook/com/thread-messages.ts';
import { type FromClient, messages, type ToClient } from './messages.ts';

const thread = await startOutlookThread();
const listeners = new Map<number, () => Promise<void>>();
let lastTick = performance.now();
let longestPause = 0;
setInterval(() => {
  const now = performance.now();
  longestPause = Math.max(longestPause, now - lastTick);
  lastTick = now;
}, 5).unref();

const server = createServer((socket) => {
  const { send } = messages<ToClient, FromClient>(socket, (message) => {
    void answer(thread, message, (event) => send({ listener: message.id, event })).then(
      (value) => send({ id: message.id, value, calls: thread.executor.calls() }),
      (error: unknown) => send({ id: message.id, failure: plainFailure(error) }),
    );
  });
  thread.onGone(() => send({ gone: true }));
  socket.on('close', () => process.exit(0));
  socket.on('error', () => process.exit(0));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`port ${typeof address === 'object' ? address?.port : ''}`);
});

async function answer(to: OutlookThread, { id, ask }: ToClient, tell: (event: string) => void): Promise<unknown> {
  switch (ask.do) {
    case 'connect':
      return to.connect(ask.options);
    case 'run':
      return to.executor.run(ask.program);
    case 'release':
      return to.executor.release(ask.objects);
    case 'close':
      return to.executor.close();
    case 'listen':
      listeners.set(id, await to.listen(ask.object, ask.of, tell));
      return undefined;
    case 'unlisten':
      return listeners.get(ask.listener)?.();
    case 'counts':
      return to.counts();
    case 'pause': {
      const pause = longestPause;
      longestPause = 0;
      return pause;
    }
    case 'callAddIn': {
      const object = await to.addIn(ask.marshalled);
      try {
        return await object.call(ask.member, ask.bytes);
      } finally {
        await object.release();
      }
    }
    case 'end':
      return to.end();
  }
}
