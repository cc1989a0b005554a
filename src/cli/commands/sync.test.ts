import { expect, it } from 'vitest';
import type { Agent } from '../../agent/agent.ts';
import { CANCELLED, Failure } from '../../base/failure.ts';
import { newContext } from '../context.ts';
import { runWhenFree } from './sync.ts';

const terminal = { out: () => {}, err: () => {}, input: async () => '', interactive: false };
const REPORT = { startedAt: 0, endedAt: 0, folders: [], notes: [] };

/** A run that others keep from starting for `busy` tries, on a clock that counts its sleeps. */
async function waiting(busy: number, signal = new AbortController().signal) {
  let [tries, sleeps] = [0, 0];
  const said: string[] = [];
  const sleep = async () => {
    if (signal.aborted) throw new Failure(CANCELLED, 'The operation was cancelled.');
    sleeps++;
  };
  const context = { ...newContext(terminal, '1', signal), clock: { now: () => 0, sleep } };
  const run = async () => {
    if (++tries <= busy) throw new Failure('RUN_IN_PROGRESS', 'busy', { retry: 'later' });
    return REPORT;
  };
  const options = { quiet: true, say: (text: string) => said.push(text) };
  const { report } = await runWhenFree(context, { run } as unknown as Agent, options);
  return { report, sleeps, said };
}

it('[Y1] a run waits until that of another program has ended, and says so once', async () => {
  expect(await waiting(0)).toEqual({ report: REPORT, sleeps: 0, said: [] });
  expect(await waiting(3)).toEqual({ report: REPORT, sleeps: 3, said: [expect.stringContaining('waiting')] });
});

it('waiting ends with Ctrl-C', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(waiting(9, stop.signal)).rejects.toMatchObject({ code: CANCELLED });
});
