/**
 * Runs programs on the emulator, as the COM executor does on Outlook: step by step, late bound, waiting as long as the calls
 * would take, retrying while Outlook is busy, and giving back every object that is not wanted.
 */
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../base/failure.ts';
import type { Executor, ObjectRef } from '../program/program.ts';
import { type CallKind, type Host, runProgram, type Waiting } from '../program/run-program.ts';
import { type DispatchObject, type DispatchValue, isDispatchObject } from './dispatch.ts';
import { type FaultName, fail, OutlookFault } from './fault.ts';
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
  const host = new EmulatorHost(session, application);
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
        host.saves = program.steps.some((step) => step.do === 'call' && step.member === 'Save');
        try {
          return await runProgram(host, program);
        } finally {
          pump();
        }
      }),
    release: (objects) => inOrder(async () => host.release(objects)),
    calls: () => host.calls,
    callsByMember: () => host.callsByMember(),
    openObjects: () => host.references.size,
    objectOf: (reference) => host.object(reference),
    close: () => inOrder(async () => host.release([...host.references.keys()].map((object) => ({ object })))),
  };
}

class EmulatorHost implements Host<DispatchObject> {
  readonly #session: Session;
  readonly application: DispatchObject;
  /** Calls by class, then by member: a name for both would be made at every call. */
  readonly #counts = new Map<string, Map<string, number>>();
  calls = 0;
  readonly references = new Map<number, DispatchObject>();
  readonly isObject = isDispatchObject;
  /** Whether the program that is run saves something. */
  saves = false;
  #nextReference = 1;

  constructor(session: Session, application: DispatchObject) {
    this.#session = session;
    this.application = application;
  }

  object(reference: ObjectRef): DispatchObject {
    const object = this.references.get(reference.object);
    if (object === undefined) throw new Error(`bug: object ${reference.object} is not held by this executor`);
    return object;
  }

  reference(value: DispatchObject): ObjectRef {
    const object = this.#nextReference++;
    this.references.set(object, value);
    return { object };
  }

  release(objects: readonly ObjectRef[]): void {
    for (const { object: number } of objects) {
      const object = this.references.get(number);
      this.references.delete(number);
      if (object !== undefined) this.drop(object);
    }
  }

  drop(object: DispatchObject): void {
    if (object === this.application) return;
    object.release?.();
    this.#session.events.drop(object);
  }

  callsByMember(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#counts].flatMap(([name, members]) =>
        [...members].map(([member, count]) => [`${name}.${member}`, count] as const),
      ),
    );
  }

  #count(className: string, member: string): void {
    const members = this.#counts.get(className) ?? new Map<string, number>();
    if (members.size === 0) this.#counts.set(className, members);
    members.set(member, (members.get(member) ?? 0) + 1);
    this.calls++;
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#session.clock.sleep(milliseconds);
  }

  during<T>(work: () => T): T {
    return this.#session.during(work, this.saves);
  }

  noObject(what: string): never {
    return fail('TYPE_MISMATCH', what);
  }

  refusal(error: unknown): { readonly hresult: number; readonly message: string } | undefined {
    return error instanceof OutlookFault ? this.#session.describe(error) : undefined;
  }

  /** One call, asked again while Outlook is busy. @throws Failure OUTLOOK_UNAVAILABLE; OutlookFault for what Outlook refuses */
  *invoke(
    object: DispatchObject,
    kind: CallKind,
    member: string,
    values: readonly DispatchValue[],
  ): Waiting<DispatchValue> {
    for (let attempt = 0; ; attempt++) {
      this.#count(object.className, member);
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
}

function unavailable(message: string, cause: unknown): Failure {
  return new Failure('OUTLOOK_UNAVAILABLE', message, { retry: 'later', cause });
}
