/**
 * Runs programs inside Outlook: a whole program crosses to the add-in at once and all of its results come back at once. The add-in
 * stops a program when its time is over and goes on when asked to, so that Outlook has its turn in between.
 */
import { Failure } from '../../../base/failure.ts';
import { OUTLOOK_FAILED } from '../../program/finish.ts';
import type { Executor, ObjectRef, Outcome, Program } from '../../program/program.ts';
import { decodeReleased, decodeResponse, type Response } from './decode-response.ts';
import { encodeProgram, encodeRelease, encodeResume, encodeRun } from './encode-request.ts';
import type { Refusal } from './wire.ts';
import { WireFault } from './wire-bytes.ts';

/**
 * One call of the add-in's `Run`: a request over, the response back.
 * @throws Failure OUTLOOK_UNAVAILABLE when Outlook or its add-in is gone, or stays busy
 */
export type Crossing = (request: Uint8Array) => Promise<Uint8Array>;

export type InProcessExecutor = Executor & {
  /** How often it crossed so far. */
  crossings(): number;
};

export type InProcessOptions = {
  readonly cross: Crossing;
  /** How long a crossing may keep Outlook from its user. @units milliseconds */
  readonly budget?: number;
};

/** Short enough that nobody sees Outlook stutter, long enough for a read of some dozens of items. @units milliseconds */
const BUDGET = 50;

/** An add-in that never comes to an end is broken: a program of the longest kind takes some hundreds. */
const MOST_RESUMES = 100_000;

export function inProcessExecutor(options: InProcessOptions): InProcessExecutor {
  const { budget = BUDGET } = options;
  let calls = 0;
  let crossings = 0;
  /** Objects to give back with the next crossing. */
  let releases: number[] = [];
  const kept = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const cross = (request: Uint8Array): Promise<Uint8Array> => {
    crossings++;
    return options.cross(request);
  };
  /** The first crossing takes what waits to be given back along; when it does not get there, that waits on. */
  const begin = async (request: (releases: readonly number[]) => Uint8Array): Promise<Uint8Array> => {
    const taken = releases;
    releases = [];
    try {
      return await cross(request(taken));
    } catch (error) {
      releases = [...taken, ...releases];
      throw error;
    }
  };
  const run = async (program: Program): Promise<Outcome> => {
    const encoded = encodeProgram(program);
    let bytes = await begin((waiting) => encodeRun(encoded, { budget, releases: waiting }));
    for (let resumed = 0; resumed < MOST_RESUMES; resumed++) {
      const response: Response = understood(() => decodeResponse(bytes, program, encoded));
      calls += response.calls;
      const { answer } = response;
      if (answer.kind === 'outcome') {
        for (const object of objectsOf(answer.outcome)) kept.add(object);
        return answer.outcome;
      }
      if (answer.kind === 'refused') throw refused(answer.why, program.label);
      if (answer.kind !== 'paused') throw misunderstood(new WireFault('an answer to another question'));
      bytes = await cross(encodeResume(budget));
    }
    throw misunderstood(new WireFault('a program without an end'));
  };
  const giveBack = async (): Promise<void> => {
    if (releases.length === 0) return;
    const bytes = await begin(encodeRelease);
    if (!understood(() => decodeReleased(bytes))) throw misunderstood(new WireFault('objects were not taken back'));
  };
  return {
    run: (program) => inOrder(() => run(program)),
    // They travel with the next program: a crossing of their own would cost as much as a read.
    release: (objects) =>
      inOrder(async () => {
        for (const { object } of objects) if (kept.delete(object)) releases.push(object);
        if (releases.length >= MOST_WAITING) await giveBack();
      }),
    calls: () => calls,
    crossings: () => crossings,
    close: () =>
      inOrder(async () => {
        releases.push(...kept);
        kept.clear();
        await giveBack();
      }),
  };
}

/** So many released objects may wait for the next program. */
const MOST_WAITING = 16;

function objectsOf(outcome: Outcome): readonly number[] {
  if (outcome.kind === 'done') return Object.values(outcome.values).flatMap(objectsIn);
  return outcome.kind === 'stale' ? objectsIn(outcome.value) : [];
}

function objectsIn(value: unknown): readonly number[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value.object] : [];
}

function isObject(value: unknown): value is ObjectRef {
  return typeof value === 'object' && value !== null && 'object' in value;
}

function understood<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof WireFault ? misunderstood(error) : error;
  }
}

function misunderstood(cause: WireFault): Failure {
  const sentence = 'The add-in in Outlook and the connector do not understand each other; restart Outlook.';
  return new Failure(OUTLOOK_FAILED, sentence, { retry: 'later', cause });
}

function refused(why: Refusal, label: string): Error {
  if (why === 'unknown object' || why === 'nothing paused' || why === 'no memory') {
    return new Failure(
      'OUTLOOK_UNAVAILABLE',
      `Outlook’s add-in lost its place (${label}, ${why}); the connector tries again.`,
      {
        retry: 'later',
      },
    );
  }
  if (why === 'version') return misunderstood(new WireFault('another version'));
  return new Error(`bug: the add-in refuses "${label}": ${why}`);
}
