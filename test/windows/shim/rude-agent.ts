/** An agent gone mad: answers every add-in with what no agent says, in many ways. Run by Windows' Node as the agent. */
import { createServer } from 'node:net';
import { newPipeName, publishPipe } from '../../../src/outlook/com/in-process/own-key.ts';

const SAYINGS: readonly (string | Buffer)[] = [
  'hello\n',
  'ack 99999999999999999999\n',
  Buffer.alloc(100_000, 0xff),
  'ack 999999999\n'.repeat(1000),
  Buffer.from([0]),
  '',
];

const pipe = newPipeName();
let turn = 0;
createServer((socket) => {
  socket.on('error', () => undefined);
  const saying = SAYINGS[turn++ % SAYINGS.length] ?? '';
  if (saying === '') socket.destroy();
  else socket.write(saying);
}).listen(pipe, () => {
  publishPipe(pipe);
  console.log('port 0');
});
setTimeout(() => process.exit(0), 120_000);
