/** What the steps of a program do, written once: executors bring live objects and the calls on them. */
import type { Arg, Handle, ObjectRef, Outcome, OutlookValue, Program, Step, ValueWith } from './program.ts';
import { type LiveObjects, ProgramFrame } from './program-frame.ts';

export type CallKind = 'get' | 'put' | 'call';

/** Work that says how long it has to wait before it goes on. @units milliseconds */
export type Waiting<T> = Generator<number, T, unknown>;

/** Live objects and what can be done with them. */
export type Host<O> = LiveObjects<O> & {
  readonly application: O;
  /** The object behind a reference that was given out. */
  object(reference: ObjectRef): O;
  /** A reference to an object that leaves the program alive. */
  reference(object: O): ObjectRef;
  /** One call; `put` has one argument. What it throws ends the program, but for what {@link refusal} knows. */
  invoke(object: O, kind: CallKind, member: string, args: readonly ValueWith<O>[]): Waiting<ValueWith<O>>;
  /** Waits. @units milliseconds */
  sleep(milliseconds: number): Promise<void>;
  /** Does a piece of a program, in which nothing waits. */
  during<T>(work: () => T): T;
  /** Throws as a call on something that is no object does. @param what `handle.member` */
  noObject(what: string): never;
  /** What Outlook refused, when `error` is that; undefined for everything else. */
  refusal(error: unknown): { readonly hresult: number; readonly message: string } | undefined;
};

/** Runs a program to its end, in one piece unless a call has to wait; objects that it does not return are given back in every case. */
export async function runProgram<O>(host: Host<O>, program: Program): Promise<Outcome> {
  const given = Object.entries(program.given ?? {}).map(([name, ref]) => [name, host.object(ref)] as const);
  const frame = new ProgramFrame<O>([['application', host.application], ...given], host);
  const work = new Run(host, frame).program(program);
  try {
    for (;;) {
      const { done, value } = host.during(() => work.next());
      if (done) return value;
      await host.sleep(value);
    }
  } finally {
    frame.end();
  }
}

class Run<O> {
  readonly #host: Host<O>;
  readonly #frame: ProgramFrame<O>;

  constructor(host: Host<O>, frame: ProgramFrame<O>) {
    this.#host = host;
    this.#frame = frame;
  }

  *program(program: Program): Waiting<Outcome> {
    let index = 0;
    for (const step of program.steps) {
      // Most steps are calls; each generator on the way to one costs as much as the call itself may.
      const outcome = isCall(step) ? yield* this.#invocation(step, index++) : yield* this.#step(step, index++);
      if (outcome !== undefined) return outcome;
    }
    const values: Record<Handle, OutlookValue> = {};
    for (const name of program.returns) values[name] = this.#outside(this.#frame.keep(name));
    return { kind: 'done', values };
  }

  *#step(step: Step, index: number): Waiting<Outcome | undefined> {
    switch (step.do) {
      case 'release':
        this.#frame.release(step.handle);
        return undefined;
      case 'expect':
        return expectation(step.handle, this.#outside(this.#frame.value(step.handle)), step.values);
      case 'each':
        return yield* this.#each(step, index);
      default:
        return yield* this.#invocation(step, index);
    }
  }

  *#invocation(step: Extract<Step, { do: CallKind }>, index: number): Waiting<Outcome | undefined> {
    const target = step.do === 'put' ? undefined : step.as;
    try {
      const args = step.do === 'put' ? [step.value] : (step.args ?? []);
      const value = yield* this.#call(step.on, step.do, step.member, args);
      if (target !== undefined) this.#frame.set(target, value);
      else if (this.#host.isObject(value)) this.#host.drop(value);
      return undefined;
    } catch (error) {
      return this.#failed(error, { member: step.member, step: index, optional: step.optional === true, target });
    }
  }

  *#each(step: Extract<Step, { do: 'each' }>, index: number): Waiting<Outcome | undefined> {
    const frame = this.#frame;
    const collected = new Map<Handle, ValueWith<O>[]>(step.collect.map((name) => [name, []]));
    try {
      const count = Number(yield* this.#call(step.of, 'get', 'Count', []));
      for (let at = 1; at <= Math.min(count, step.most ?? count); at++) {
        frame.set(step.as, yield* this.#call(step.of, 'call', 'Item', [at]));
        for (const inner of step.steps) {
          const outcome = yield* this.#step(inner, index);
          if (outcome !== undefined) return outcome;
        }
        for (const [name, values] of collected) values.push(frame.has(name) ? frame.keep(name) : null);
        frame.clear([step.as, ...step.collect, ...handlesOf(step.steps)]);
      }
    } catch (error) {
      return this.#failed(error, { member: 'Item', step: index, optional: false, target: undefined });
    } finally {
      for (const [name, values] of collected) frame.set(name, values);
    }
    return undefined;
  }

  #call(on: Handle, kind: CallKind, member: string, args: readonly Arg[]): Waiting<ValueWith<O>> {
    const object = this.#frame.value(on);
    if (!this.#host.isObject(object)) return this.#host.noObject(`${on}.${member}`);
    const values = args.map((arg) => this.#inside(arg));
    return this.#host.invoke(object, kind, member, values);
  }

  #failed(
    error: unknown,
    at: {
      readonly member: string;
      readonly step: number;
      readonly optional: boolean;
      readonly target: Handle | undefined;
    },
  ): Outcome | undefined {
    const refusal = this.#host.refusal(error);
    if (refusal === undefined) throw error;
    if (!at.optional) return { kind: 'failed', step: at.step, member: at.member, ...refusal };
    if (at.target !== undefined) this.#frame.set(at.target, { error: refusal.hresult });
    return undefined;
  }

  #inside(arg: Arg): ValueWith<O> {
    if (isHandle(arg)) return this.#frame.value(arg.handle);
    if (isReference(arg)) return this.#host.object(arg);
    return isList(arg) ? arg.map((entry) => this.#inside(entry)) : arg;
  }

  #outside(value: ValueWith<O>): OutlookValue {
    if (this.#host.isObject(value)) return this.#host.reference(value);
    if (Array.isArray(value)) return (value as readonly ValueWith<O>[]).map((entry) => this.#outside(entry));
    return value as OutlookValue;
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

function isCall(step: Step): step is Extract<Step, { do: CallKind }> {
  return step.do === 'get' || step.do === 'put' || step.do === 'call';
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
