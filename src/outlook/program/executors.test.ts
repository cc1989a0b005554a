import { describe, expect, it } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { isFailure } from '../../base/failure.ts';
import { LOW, lowBits } from './errors.ts';
import {
  busyExecutor,
  closableExecutor,
  countingExecutor,
  failingExecutor,
  retryingExecutor,
  slowExecutor,
} from './executors.ts';
import { OUTLOOK_UNAVAILABLE } from './finish.ts';
import { createFolder } from './folders.ts';
import type { Executor, Program, Step } from './program.ts';

/** Remembers the members of the steps that were done. */
function recorder(): Executor & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    run: async (program) => {
      for (const step of program.steps) done.push('member' in step ? step.member : step.do);
      return { kind: 'done', values: {} };
    },
    release: async () => {},
    calls: () => done.length,
    close: async () => {},
  };
}

function testClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
}

const call = (member: string): Step => ({ do: 'call', on: 'item', member });
const WRITE: Program = {
  label: 'write',
  steps: [{ do: 'put', on: 'item', member: 'Subject', value: 'x' }, call('Save'), call('Close')],
  returns: [],
};

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return isFailure(error) ? error.code : String(error);
  }
}

describe('executors around another one', () => {
  it('count programs and their calls', async () => {
    const counting = countingExecutor(recorder());
    await counting.run(WRITE);
    await counting.run(WRITE);
    expect([counting.programs().get('write'), counting.longest('write'), counting.calls()]).toEqual([2, 3, 6]);
  });

  it('take time for each call', async () => {
    const clock = testClock();
    await slowExecutor(recorder(), { clock, msPerCall: 5 }).run(WRITE);
    expect(clock.slept).toEqual([15]);
  });

  it('fail at one step, before or after its effect, and what came before stays done', async () => {
    for (const [when, done] of [
      ['before', ['Subject']],
      ['after', ['Subject', 'Save']],
    ] as const) {
      const inner = recorder();
      const failing = failingExecutor(inner, { at: 2, when, how: 'crash' });
      expect(await codeOf(failing.run(WRITE))).toBe(OUTLOOK_UNAVAILABLE);
      expect(inner.done).toEqual(done);
    }
  });

  it('fail with an error of Outlook, in a later program too', async () => {
    const failing = failingExecutor(recorder(), { at: 5, when: 'before', how: 0x80004005 });
    expect((await failing.run(WRITE)).kind).toBe('done');
    expect(await failing.run(WRITE)).toMatchObject({ kind: 'failed', step: 1, member: 'Save' });
    expect((await failing.run(WRITE)).kind).toBe('done');
  });

  it('are closed from one moment on', async () => {
    const closable = closableExecutor(recorder());
    expect((await closable.run(WRITE)).kind).toBe('done');
    closable.quit();
    const outcome = await closable.run(WRITE);
    expect(outcome.kind === 'failed' && lowBits(outcome.hresult)).toBe(LOW.serverGone);
  });
});

describe('an executor that repeats', () => {
  const options = () => ({ clock: testClock(), random: () => 1 });

  it('[EO7] waits longer each time while Outlook is busy, and then goes on', async () => {
    const { clock, random } = options();
    const inner = recorder();
    const outcome = await retryingExecutor(busyExecutor(inner, 4), { clock, random }).run(WRITE);
    expect([outcome.kind, clock.slept, inner.done.length]).toEqual(['done', [100, 200, 400, 800], 3]);
  });

  it('[EO7] gives up after half a minute', async () => {
    const { clock, random } = options();
    expect(await codeOf(retryingExecutor(busyExecutor(recorder(), 99), { clock, random }).run(WRITE))).toBe(
      OUTLOOK_UNAVAILABLE,
    );
    expect(clock.now()).toBeGreaterThanOrEqual(25_000);
    expect(clock.now()).toBeLessThanOrEqual(30_000);
  });

  it('[H23] never repeats what may have been saved already', async () => {
    const busyAt = (at: number) => failingExecutor(recorder(), { at, when: 'before', how: 0x8001010a });
    const repeats = async (at: number, program = WRITE) => {
      const { clock, random } = options();
      const code = await codeOf(retryingExecutor(busyAt(at), { clock, random }).run(program));
      return code === 'none';
    };
    expect([await repeats(1), await repeats(2), await repeats(3)]).toEqual([true, true, false]);
    const folder = createFolder({}, { kind: 'contacts', name: 'x', description: 'y' });
    const added = folder.steps.findIndex((step) => step.do === 'call' && step.member === 'Add') + 1;
    expect([await repeats(added, folder), await repeats(added + 1, folder)]).toEqual([true, false]);
  });

  it('[EO8] does not wait for a closed Outlook', async () => {
    const { clock, random } = options();
    const closed = closableExecutor(recorder());
    closed.quit();
    expect(await codeOf(retryingExecutor(closed, { clock, random }).run(WRITE))).toBe(OUTLOOK_UNAVAILABLE);
    expect(clock.slept).toEqual([]);
  });

  it('leaves errors about items alone', async () => {
    const failing = failingExecutor(recorder(), { at: 1, when: 'before', how: 0x8004010f });
    expect((await retryingExecutor(failing, options()).run(WRITE)).kind).toBe('failed');
  });
});
