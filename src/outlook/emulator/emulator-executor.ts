/**
 * Runs programs on the emulator, as the COM executor does on Outlook: step by step, late bound, waiting as long as the calls
 * would take, retrying while Outlook is busy, and giving back every object that is not wanted.
 */
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import type { Arg, Executor, Handle, ObjectRef, Outcome, OutlookValue, Program, Step } from '../program/program.ts';
import { type DispatchKind, type DispatchObject, type DispatchValue, isDispatchObject } from './dispatch.ts';
import { type FaultName, OutlookFault } from './fault.ts';
import { ProgramFrame } from './program-frame.ts';
import type { Session } from './session.ts';

/** The executor over an emulator, which can also show the object behind a reference and how often each member was called. */
export type EmulatorExecutor = Executor & {
  objectOf(reference: ObjectRef): DispatchObject;
  /** Calls by `Class.Member`. */
  callsByMember(): ReadonlyMap<string, number>;
  /** References given out and not released. */
  openObjects(): number;
};

/** A busy Outlook is asked again this often, waiting longer each time, about half a minute in all. */
const BUSY_WAITS: readonly number[] = [100, 200, 400, 800, 1600, 3200, 6400, 12_800];
const BUSY: readonly FaultName[] = ['CALL_REJECTED', 'RETRY_LATER'];
const CLOSED: readonly FaultName[] = ['SERVER_GONE', 'DISCONNECTED'];

/** So long programs may follow one another before everything else in this process has its turn. @units milliseconds */
const TURN = 8;

/** Makes the executor; `pump` delivers events after each program. */
export function createExecutor(session: Session, application: DispatchObject, pump: () => void): EmulatorExecutor {
  const run = new Runner(session, application);
  let last: Promise<unknown> = Promise.resolve();
  // What is awaited here is done at once, so that without this a thousand programs would be one piece of work to the process.
  let turn = performance.now();
  const othersTurn = async (): Promise<void> => {
    if (performance.now() - turn < TURN) return;
    await setImmediate();
    turn = performance.now();
  };
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    run: (program) =>
      inOrder(async () => {
        await othersTurn();
        try {
          return await run.program(program);
        } finally {
          pump();
        }
      }),
    release: (objects) => inOrder(async () => run.release(objects)),
    calls: () => [...run.counts.values()].reduce((sum, count) => sum + count, 0),
    callsByMember: () => run.counts,
    openObjects: () => run.references.size,
    objectOf: (reference) => run.object(reference),
    close: () => inOrder(async () => run.release([...run.references.keys()].map((object) => ({ object })))),
  };
}

/** Work that says how long it has to wait before it goes on. @units milliseconds */
type Waiting<T> = Generator<number, T, unknown>;

class Runner {
  readonly #session: Session;
  readonly #application: DispatchObject;
  readonly counts = new Map<string, number>();
  readonly references = new Map<number, DispatchObject>();
  #nextReference = 1;

  constructor(session: Session, application: DispatchObject) {
    this.#session = session;
    this.#application = application;
  }

  /** Runs a program to its end, in one piece unless a call has to wait. */
  async program(program: Program): Promise<Outcome> {
    const given = Object.entries(program.given ?? {}).map(([name, ref]) => [name, this.object(ref)] as const);
    const frame = new ProgramFrame([['application', this.#application], ...given], (object) => this.#drop(object));
    const work = this.#steps(frame, program);
    try {
      for (;;) {
        const { done, value } = this.#session.during(() => work.next());
        if (done) return value;
        await this.#session.clock.sleep(value);
      }
    } finally {
      frame.end();
    }
  }

  *#steps(frame: ProgramFrame, program: Program): Waiting<Outcome> {
    let index = 0;
    for (const step of program.steps) {
      const outcome = yield* this.#step(frame, step, index++);
      if (outcome !== undefined) return outcome;
    }
    const values: Record<Handle, OutlookValue> = {};
    for (const name of program.returns) values[name] = this.#outside(frame.keep(name));
    return { kind: 'done', values };
  }

  object(reference: ObjectRef): DispatchObject {
    const object = this.references.get(reference.object);
    if (object === undefined) throw new Error(`bug: object ${reference.object} is not held by this executor`);
    return object;
  }

  release(objects: readonly ObjectRef[]): void {
    for (const { object: number } of objects) {
      const object = this.references.get(number);
      this.references.delete(number);
      if (object !== undefined) this.#drop(object);
    }
  }

  *#step(frame: ProgramFrame, step: Step, index: number): Waiting<Outcome | undefined> {
    switch (step.do) {
      case 'release':
        frame.release(step.handle);
        return undefined;
      case 'expect':
        return expectation(step.handle, this.#outside(frame.value(step.handle)), step.values);
      case 'each':
        return yield* this.#each(frame, step, index);
      default:
        return yield* this.#invocation(frame, step, index);
    }
  }

  *#invocation(
    frame: ProgramFrame,
    step: Extract<Step, { do: DispatchKind }>,
    index: number,
  ): Waiting<Outcome | undefined> {
    const target = step.do === 'put' ? undefined : step.as;
    try {
      const args = step.do === 'put' ? [step.value] : (step.args ?? []);
      const value = yield* this.#call(frame, step.on, step.do, step.member, args);
      if (target !== undefined) frame.set(target, value);
      else if (isDispatchObject(value)) this.#drop(value);
      return undefined;
    } catch (error) {
      return this.#failed(frame, error, step.member, index, step.optional === true, target);
    }
  }

  *#each(frame: ProgramFrame, step: Extract<Step, { do: 'each' }>, index: number): Waiting<Outcome | undefined> {
    const collected = new Map<Handle, DispatchValue[]>(step.collect.map((name) => [name, []]));
    try {
      const count = Number(yield* this.#call(frame, step.of, 'get', 'Count', []));
      for (let at = 1; at <= Math.min(count, step.most ?? count); at++) {
        frame.set(step.as, yield* this.#call(frame, step.of, 'call', 'Item', [at]));
        for (const inner of step.steps) {
          const outcome = yield* this.#step(frame, inner, index);
          if (outcome !== undefined) return outcome;
        }
        for (const [name, values] of collected) values.push(frame.has(name) ? frame.keep(name) : null);
        frame.clear([step.as, ...step.collect, ...handlesOf(step.steps)]);
      }
    } catch (error) {
      return this.#failed(frame, error, 'Item', index, false, undefined);
    } finally {
      for (const [name, values] of collected) frame.set(name, values);
    }
    return undefined;
  }

  /** One call, asked again while Outlook is busy. @throws Failure OUTLOOK_UNAVAILABLE; OutlookFault for what Outlook refuses */
  *#call(
    frame: ProgramFrame,
    on: Handle,
    kind: DispatchKind,
    member: string,
    args: readonly Arg[],
  ): Waiting<DispatchValue> {
    const object = frame.value(on);
    if (!isDispatchObject(object)) throw new OutlookFault('TYPE_MISMATCH', `${on}.${member}`);
    const values = args.map((arg) => this.#inside(frame, arg));
    for (let attempt = 0; ; attempt++) {
      const name = `${object.className}.${member}`;
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
      try {
        const value = object.invoke(kind, member, values);
        if (isDispatchObject(value)) value.retain?.();
        return value;
      } catch (error) {
        const wait = BUSY_WAITS[attempt];
        if (!(error instanceof OutlookFault)) throw error;
        if (CLOSED.includes(error.fault)) throw unavailable('Outlook was closed.', error);
        if (!BUSY.includes(error.fault)) throw error;
        if (wait === undefined) throw unavailable('Outlook is busy; close its open dialogs.', error);
        yield wait;
      } finally {
        const delay = this.#session.takeDelay();
        if (delay > 0) yield delay;
      }
    }
  }

  #failed(
    frame: ProgramFrame,
    error: unknown,
    member: string,
    step: number,
    optional: boolean,
    target: Handle | undefined,
  ): Outcome | undefined {
    if (!(error instanceof OutlookFault)) throw error;
    const { hresult, message } = this.#session.describe(error);
    if (!optional) return { kind: 'failed', step, member, hresult, message };
    if (target !== undefined) frame.set(target, { error: hresult });
    return undefined;
  }

  #inside(frame: ProgramFrame, arg: Arg): DispatchValue {
    if (isHandle(arg)) return frame.value(arg.handle);
    if (isReference(arg)) return this.object(arg);
    if (isList(arg)) return arg.map((entry) => this.#inside(frame, entry));
    return arg as DispatchValue;
  }

  #outside(value: DispatchValue): OutlookValue {
    if (isDispatchObject(value)) {
      const object = this.#nextReference++;
      this.references.set(object, value);
      return { object };
    }
    if (Array.isArray(value)) return (value as readonly DispatchValue[]).map((entry) => this.#outside(entry));
    return value as OutlookValue;
  }

  #drop(object: DispatchObject): void {
    if (object === this.#application) return;
    object.release?.();
    this.#session.events.drop(object);
  }
}

function expectation(handle: Handle, value: OutlookValue, values: readonly OutlookValue[]): Outcome | undefined {
  const text = JSON.stringify(comparable(value));
  return values.some((wanted) => JSON.stringify(comparable(wanted)) === text)
    ? undefined
    : { kind: 'stale', handle, value };
}

function comparable(value: OutlookValue): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] };
  return Array.isArray(value) ? value.map((entry) => comparable(entry as OutlookValue)) : value;
}

function handlesOf(steps: readonly Step[]): readonly Handle[] {
  return steps.flatMap((step) => {
    if (step.do === 'each') return [step.as, ...step.collect, ...handlesOf(step.steps)];
    return 'as' in step && step.as !== undefined ? [step.as] : [];
  });
}

function unavailable(message: string, cause: unknown): Failure {
  return new Failure('OUTLOOK_UNAVAILABLE', message, { retry: 'later', cause });
}

function isHandle(arg: Arg): arg is { readonly handle: Handle } {
  return typeof arg === 'object' && arg !== null && 'handle' in arg;
}

function isReference(arg: Arg): arg is ObjectRef {
  return typeof arg === 'object' && arg !== null && 'object' in arg;
}

function isList(arg: Arg): arg is readonly OutlookValue[] {
  return Array.isArray(arg);
}
