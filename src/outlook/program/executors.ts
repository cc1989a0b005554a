/**
 * Executors that wrap another one and change one thing about it: count, take time, be busy, be closed, fail. The engine's and
 * the side's tests are made of them; {@link retryingExecutor} is for real.
 */
import type { AbortSignalLike, Clock } from '../../base/clock.ts';
import { Failure } from '../../base/failure.ts';
import { type Backoff, retrying } from '../../base/retry.ts';
import { callsOf } from './calls-of.ts';
import { meaningOf } from './errors.ts';
import { failureOf, OUTLOOK_UNAVAILABLE } from './finish.ts';
import type { Executor, Outcome, Program, Step } from './program.ts';
import { canRepeat } from './repeatable.ts';

const SERVER_BUSY = 0x8001010a;
const SERVER_GONE = 0x800706ba;

/** Half a minute in all: a modal dialog that the user answers, or a start of Outlook. */
const BUSY_BACKOFF: Backoff = { attempts: 9, first: 100, longest: 12_800, patience: 12_800 };

/** Remembers the programs it ran. */
export type CountingExecutor = Executor & {
  /** Programs by label. */
  programs(): ReadonlyMap<string, number>;
  /** Calls a program of this label made at most. */
  longest(label: string): number;
};

export function countingExecutor(inner: Executor): CountingExecutor {
  const programs = new Map<string, number>();
  const longest = new Map<string, number>();
  return {
    ...forwarding(inner),
    run: async (program) => {
      programs.set(program.label, (programs.get(program.label) ?? 0) + 1);
      const before = inner.calls();
      const outcome = await inner.run(program);
      longest.set(program.label, Math.max(longest.get(program.label) ?? 0, inner.calls() - before));
      return outcome;
    },
    programs: () => programs,
    longest: (label) => longest.get(label) ?? 0,
  };
}

/** Takes `msPerCall` for each call of a program, on the given clock. */
export function slowExecutor(
  inner: Executor,
  options: { readonly clock: Clock; readonly msPerCall: number },
): Executor {
  return {
    ...forwarding(inner),
    run: async (program) => {
      const outcome = await inner.run(program);
      await options.clock.sleep(callsOf(program, 1) * options.msPerCall);
      return outcome;
    },
  };
}

/** Refuses the next `programs` programs as a busy Outlook does, before their first step. */
export function busyExecutor(inner: Executor, programs: number): Executor {
  let left = programs;
  return {
    ...forwarding(inner),
    run: async (program) => (left-- > 0 ? failedAt(program, 0, SERVER_BUSY) : inner.run(program)),
  };
}

/** An Outlook that the user can close: from then on every program fails. */
export function closableExecutor(inner: Executor): Executor & { quit(): void } {
  let closed = false;
  return {
    ...forwarding(inner),
    run: async (program) => (closed ? failedAt(program, 0, SERVER_GONE) : inner.run(program)),
    quit: () => {
      closed = true;
    },
  };
}

export type Trouble = {
  /** The step with which it happens, counted over all programs, 1 = the first one. */
  readonly at: number;
  /** Whether that step's effect still takes place. */
  readonly when: 'before' | 'after';
  /** `crash`: the executor throws, as when the process dies; a number: the step fails with this HRESULT. */
  readonly how: 'crash' | number;
};

/** Fails once, at one step of one program, before or after its effect; what earlier steps did stays done. */
export function failingExecutor(inner: Executor, trouble: Trouble): Executor & { steps(): number } {
  let before = 0;
  return {
    ...forwarding(inner),
    run: async (program) => {
      const index = trouble.at - 1 - before;
      before += program.steps.length;
      if (index < 0 || index >= program.steps.length) return inner.run(program);
      const done = program.steps.slice(0, trouble.when === 'after' ? index + 1 : index);
      const outcome = await inner.run({ ...program, steps: done, returns: [] });
      if (outcome.kind !== 'done') return outcome;
      if (trouble.how !== 'crash') return failedAt(program, index, trouble.how);
      throw new Failure(OUTLOOK_UNAVAILABLE, 'Outlook stopped in the middle of its work.', { retry: 'later' });
    },
    steps: () => before,
  };
}

/**
 * Repeats what a busy Outlook refused, for up to half a minute, when repeating cannot do anything twice; turns what is left, and
 * a closed Outlook, into OUTLOOK_UNAVAILABLE. Executors that already wait at each call never let this one wait.
 * @param options `random` 0 up to 1: spreads the waits
 */
export function retryingExecutor(
  inner: Executor,
  options: { readonly clock: Clock; readonly random: () => number; readonly signal?: AbortSignalLike | undefined },
): Executor {
  const once = async (program: Program): Promise<Outcome> => {
    const outcome = await inner.run(program);
    if (outcome.kind !== 'failed') return outcome;
    const meaning = meaningOf(outcome.hresult);
    if (meaning !== 'busy' && meaning !== 'closed') return outcome;
    const failure = failureOf(outcome.hresult, `${program.label}: ${outcome.member}`);
    if (meaning === 'busy' && canRepeat(program, outcome.step)) throw failure;
    throw new GivenUp(failure);
  };
  return {
    ...forwarding(inner),
    run: async (program) => {
      try {
        return await retrying(() => once(program), { ...options, backoff: BUSY_BACKOFF });
      } catch (error) {
        throw error instanceof GivenUp ? error.failure : error;
      }
    },
  };
}

/** Carries a failure past the loop that would repeat it. */
class GivenUp extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

function forwarding(inner: Executor): Executor {
  return {
    run: (program) => inner.run(program),
    release: (objects) => inner.release(objects),
    calls: () => inner.calls(),
    close: () => inner.close(),
  };
}

function failedAt(program: Program, step: number, hresult: number): Outcome {
  return { kind: 'failed', step, member: memberOf(program.steps[step]), hresult, message: '' };
}

function memberOf(step: Step | undefined): string {
  return step !== undefined && 'member' in step ? step.member : '';
}
