import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { arrangeOf } from '../../emulator/testing/arranged-emulator.ts';
import { emulatedOutlook } from '../../emulator/testing/world.ts';
import type { Program } from '../../program/program.ts';
import { outlookContract } from '../../testing/outlook-contract.ts';
import { inProcessExecutor } from './in-process-executor.ts';
import { preferringExecutor } from './preferring-executor.ts';
import { emulatedAddIn, refusal } from './testing/emulated-add-in.ts';

const VERSION: Program = {
  label: 'version',
  steps: [{ do: 'get', on: 'application', member: 'Version', as: 'version' }],
  returns: ['version'],
};
const SESSION: Program = {
  label: 'session',
  steps: [{ do: 'get', on: 'application', member: 'Session', as: 'session' }],
  returns: ['session'],
};

const folder = mkdtempSync(join(tmpdir(), 'in-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the emulator through an add-in, which stops each program once, with direct calls beside it', () => {
  outlookContract(
    async () => {
      const emulator = emulatedOutlook({ profile: { storeKind: 'exchange' } });
      const inside = inProcessExecutor({ cross: emulatedAddIn(emulator.executor, 1) });
      return {
        executor: preferringExecutor({ inProcess: () => inside, direct: emulator.executor }),
        pause: async () => emulator.clock.advance(3000),
        dispose: async () => emulator.close(),
        arrange: arrangeOf(emulator, folder),
      };
    },
    { globalIds: true, left: {} },
  );
});

it('a program is one crossing, and one more for each time that it was stopped; its calls are those of Outlook', async () => {
  const emulator = emulatedOutlook();
  for (const pauses of [0, 3]) {
    const inside = inProcessExecutor({ cross: emulatedAddIn(emulator.executor, pauses) });
    const outcome = await inside.run(VERSION);
    expect([outcome.kind, inside.crossings(), inside.calls()]).toEqual(['done', 1 + pauses, 1]);
  }
  emulator.close();
});

it('released objects travel with the next program, and all at the end', async () => {
  const emulator = emulatedOutlook();
  const inside = inProcessExecutor({ cross: emulatedAddIn(emulator.executor) });
  const session = async () => {
    const outcome = await inside.run(SESSION);
    return outcome.kind === 'done' ? (outcome.values.session as { object: number }) : expect.fail('no session');
  };
  const first = await session();
  await inside.release([first, first]);
  expect([inside.crossings(), emulator.executor.openObjects()]).toEqual([1, 1]);
  await session();
  expect([inside.crossings(), emulator.executor.openObjects()]).toEqual([2, 1]);
  await inside.close();
  expect([inside.crossings(), emulator.executor.openObjects()]).toEqual([3, 0]);
  emulator.close();
});

it('what waits to be given back waits on when Outlook is away', async () => {
  const emulator = emulatedOutlook();
  const add = emulatedAddIn(emulator.executor);
  let away = false;
  const inside = inProcessExecutor({ cross: async (bytes) => (away ? Promise.reject(new Error('away')) : add(bytes)) });
  const outcome = await inside.run(SESSION);
  await inside.release([outcome.kind === 'done' ? (outcome.values.session as { object: number }) : { object: 0 }]);
  away = true;
  await expect(inside.run(VERSION)).rejects.toThrow('away');
  away = false;
  await inside.run(VERSION);
  expect(emulator.executor.openObjects()).toBe(0);
  emulator.close();
});

it.each([
  ['version', 'OUTLOOK_FAILED'],
  ['unknown object', 'OUTLOOK_UNAVAILABLE'],
  ['nothing paused', 'OUTLOOK_UNAVAILABLE'],
  ['no memory', 'OUTLOOK_UNAVAILABLE'],
] as const)('refused for “%s” it fails with %s, to be tried later', async (why, code) => {
  const inside = inProcessExecutor({ cross: async () => refusal(why) });
  await expect(inside.run(VERSION)).rejects.toMatchObject({ code, retry: 'later' });
});

it('refused for its form it is a bug', async () => {
  const inside = inProcessExecutor({ cross: async () => refusal('malformed') });
  await expect(inside.run(VERSION)).rejects.toThrow('bug: the add-in refuses "version": malformed');
});

it.each([
  ['nothing', []],
  ['another form', [1, 2, 3, 4, 5]],
  ['too little', [0x42, 0x4d, 1, 0, 1, 5, 200, 1]],
  ['too much', [0x42, 0x4d, 1, 0, 1, 1, 0]],
  ['an answer to another question', [0x42, 0x4d, 1, 5, 0]],
  ['an unknown kind', [0x42, 0x4d, 1, 9, 0]],
  ['a date beyond all years', [0x42, 0x4d, 1, 0, 1, 7, 255, 255, 255, 255, 255, 255, 239, 127]],
])('garbage in place of a response is a failure with what to do: %s', async (_, bytes) => {
  const inside = inProcessExecutor({ cross: async () => Uint8Array.from(bytes) });
  await expect(inside.run(VERSION)).rejects.toMatchObject({ code: 'OUTLOOK_FAILED', retry: 'later' });
});
