/**
 * A stand-in for the agent, as far as the add-in knows it: listens on its pipe, takes clicks, and runs programs through the add-in and
 * by direct calls. Run by Windows' Node, by a test or by the add-in; it says its port, into a file when it is given one.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { listenForAddIns } from '../../../src/outlook/com/in-process/add-in-listener.ts';
import type { AddInCommand } from '../../../src/outlook/com/in-process/add-in-messages.ts';
import { type InProcessExecutor, inProcessExecutor } from '../../../src/outlook/com/in-process/in-process-executor.ts';
import { newPipeName, publishPipe } from '../../../src/outlook/com/in-process/own-key.ts';
import { type AddInObject, startOutlookThread } from '../../../src/outlook/com/outlook-thread.ts';
import { plainFailure } from '../../../src/outlook/com/thread-messages.ts';
import type { Executor, Program } from '../../../src/outlook/program/program.ts';
import { messages } from '../messages.ts';
import type { Answered, AskAgent, Asked, Ran, Seen } from './messages.ts';

/** How long nobody may ask before it ends by itself. @units milliseconds */
const LONELY = 120_000;

const thread = await startOutlookThread();
const came: number[] = [];
const gone: number[] = [];
const clicks: AddInCommand[] = [];
let runner: Promise<AddInObject> | undefined;
let inside: InProcessExecutor | undefined;
let budget = 200;
let lastAsked = performance.now();

const pipe = newPipeName();
await listenForAddIns({
  pipe,
  onCame: (addIn) => {
    came.push(addIn.process);
    const object = thread.connect().then(() => thread.addIn(addIn.runner));
    object.catch(() => undefined);
    runner = object;
    inside = undefined;
  },
  onGone: (addIn) => gone.push(addIn.process),
  onClick: (command) => clicks.push(command),
});
publishPipe(pipe);

async function cross(request: Uint8Array): Promise<Uint8Array> {
  if (runner === undefined) throw new Error('no add-in has come');
  return (await runner).call('Run', request);
}

async function executorBy(by: 'add-in' | 'direct'): Promise<Executor> {
  if (by === 'add-in') {
    inside ??= inProcessExecutor({ cross, budget });
    return inside;
  }
  // Its end is the thread's: closed by itself it would take the add-in's object along.
  return { ...thread.executor, close: async () => undefined };
}

async function ran(executor: Executor, program: Program): Promise<Ran> {
  const before = executor.calls();
  const outcome = await executor.run(program);
  return { outcome, calls: executor.calls() - before };
}

async function answer(ask: AskAgent): Promise<unknown> {
  switch (ask.do) {
    case 'run':
      if (ask.budget !== undefined && ask.budget !== budget) {
        budget = ask.budget;
        inside = undefined;
      }
      return ran(await executorBy(ask.by), ask.program);
    case 'release':
      return (await executorBy(ask.by)).release(ask.objects);
    case 'close':
      return (await executorBy(ask.by)).close();
    case 'raw':
      return Buffer.from(await cross(ask.request)).toString('hex');
    case 'seen':
      return { came, gone, clicks, crossings: inside?.crossings() ?? 0 } satisfies Seen;
    case 'hang': {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ask.milliseconds);
      return undefined;
    }
    case 'end':
      setTimeout(() => process.exit(0), 50);
      return undefined;
  }
}

createServer((socket) => {
  const { send } = messages<Asked<AskAgent>, Answered>(socket, ({ id, ask }) => {
    lastAsked = performance.now();
    answer(ask).then(
      (value) => send({ id, value }),
      (error: unknown) => send({ id, failure: plainFailure(error) }),
    );
  });
  socket.on('error', () => undefined);
}).listen(0, '127.0.0.1', function (this: ReturnType<typeof createServer>) {
  const address = this.address();
  const said = `port ${typeof address === 'object' ? address?.port : ''}`;
  const [file] = process.argv.slice(2);
  if (file === undefined) console.log(said);
  else writeFileSync(file, said);
});
setInterval(() => {
  if (performance.now() - lastAsked > LONELY) process.exit(0);
}, 1000);
