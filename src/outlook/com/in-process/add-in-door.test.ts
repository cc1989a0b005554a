import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emulatedOutlook } from '../../emulator/testing/world.ts';
import type { Program } from '../../program/program.ts';
import { openAddInDoor } from './add-in-door.ts';
import { emulatedAddIn } from './testing/emulated-add-in.ts';

const VERSION: Program = {
  label: 'version',
  steps: [{ do: 'get', on: 'application', member: 'Version', as: 'version' }],
  returns: ['version'],
};
const hello = (wire: number, runner: string) =>
  `{"type":"hello","wire":${wire},"shim":"0.1.0","bits":64,"process":1,"runner":"${runner}"}\n`;

async function world() {
  const emulator = emulatedOutlook();
  const add = emulatedAddIn(emulator.executor);
  const said: string[] = [];
  let broken = false;
  const clicks: string[] = [];
  const pipe =
    process.platform === 'win32' ? `\\\\.\\pipe\\bluemind-${randomUUID()}` : join(tmpdir(), `bluemind-${randomUUID()}`);
  const door = await openAddInDoor({
    pipe,
    publish: () => {
      said.push('published');
      return () => said.push('taken back');
    },
    onClick: (command) => clicks.push(command),
    thread: {
      executor: emulator.executor,
      addIn: async () => ({
        call: (_member, bytes) => {
          said.push('crossed');
          return broken ? Promise.reject(new Error('broken')) : add(bytes);
        },
        release: async () => undefined,
      }),
    },
  });
  const socket = connect(pipe);
  await once(socket, 'connect');
  /** What it says, then a click whose acknowledgement shows that all of it was heard. */
  const say = async (line: string) => {
    socket.write(`${line}{"type":"click","number":1,"command":"status"}\n`);
    await once(socket, 'data');
  };
  return {
    ...{ door, said, clicks, say },
    breakIt: () => {
      broken = true;
    },
    close: async () => {
      socket.destroy();
      await door.close();
      emulator.close();
    },
  };
}

it('programs go through the add-in from its coming on, and clicks are heard', async () => {
  const { door, said, clicks, say, close } = await world();
  await door.executor.run(VERSION);
  expect([door.isInside(), said]).toEqual([false, ['published']]);
  await say(hello(1, '00'));
  await door.executor.run(VERSION);
  expect([door.isInside(), said, clicks]).toEqual([true, ['published', 'crossed'], ['status']]);
  await close();
  expect(said.at(-1)).toBe('taken back');
});

it.each([
  ['speaks another version', 2, '00'],
  ['has nothing to run programs with', 1, ''],
])('an add-in that %s still has its buttons, and direct calls serve', async (_, wire, runner) => {
  const { door, said, clicks, say, close } = await world();
  await say(hello(wire, runner));
  expect((await door.executor.run(VERSION)).kind).toBe('done');
  expect([door.isInside(), said, clicks]).toEqual([false, ['published'], ['status']]);
  await close();
});

it('an add-in that fails once is not asked again, and direct calls serve', async () => {
  const { door, say, breakIt, close } = await world();
  await say(hello(1, '00'));
  breakIt();
  await expect(door.executor.run(VERSION)).rejects.toThrow('broken');
  expect(door.isInside()).toBe(false);
  expect((await door.executor.run(VERSION)).kind).toBe('done');
  await close();
});
