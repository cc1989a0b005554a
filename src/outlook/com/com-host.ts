/** Outlook's objects for the running of programs: calls that wait for a busy Outlook, and references that are counted. */
import { Failure } from '../../base/failure.ts';
import { meaningOf } from '../program/errors.ts';
import { OUTLOOK_UNAVAILABLE } from '../program/finish.ts';
import type { ObjectRef } from '../program/program.ts';
import type { CallKind, Host, Waiting } from '../program/run-program.ts';
import { type ComObject, isComObject } from './com-object.ts';
import type { DispatchClient, Value } from './dispatch-client.ts';
import { ComError } from './hresult.ts';
import type { Patience } from './patience.ts';

const TYPE_MISMATCH = 0x80020005;

/** Never used twice, also by the next connection: a reference into an Outlook that is gone must not mean another object. */
let nextReference = 1;

export class ComHost implements Host<ComObject> {
  readonly application: ComObject;
  readonly isObject = isComObject;
  calls = 0;
  readonly #client: DispatchClient;
  readonly #patience: Patience;
  readonly #sleep: (milliseconds: number) => Promise<void>;
  readonly #firstReference = nextReference;
  readonly #references = new Map<number, ComObject>();
  #gone: Failure | undefined;

  constructor(parts: {
    readonly client: DispatchClient;
    readonly application: ComObject;
    readonly patience: Patience;
    readonly sleep: (milliseconds: number) => Promise<void>;
  }) {
    this.#client = parts.client;
    this.application = parts.application;
    this.#patience = parts.patience;
    this.#sleep = parts.sleep;
  }

  /** What the first call met that found Outlook gone: every object of it is dead, and never revives. */
  get gone(): Failure | undefined {
    return this.#gone;
  }

  object(reference: ObjectRef): ComObject {
    const object = this.#references.get(reference.object);
    if (object !== undefined) return object;
    // Given out by an Outlook that was closed meanwhile, and perhaps started again.
    if (reference.object < this.#firstReference) throw unavailable('Outlook was closed.', undefined);
    throw new Error(`bug: object ${reference.object} is not held by this executor`);
  }

  reference(value: ComObject): ObjectRef {
    const object = nextReference++;
    this.#references.set(object, value);
    return { object };
  }

  release(references: readonly ObjectRef[]): void {
    for (const { object } of references) {
      const held = this.#references.get(object);
      this.#references.delete(object);
      if (held !== undefined) this.drop(held);
    }
  }

  releaseAll(): void {
    this.release([...this.#references.keys()].map((object) => ({ object })));
  }

  drop(object: ComObject): void {
    if (object !== this.application) this.#client.release(object);
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#sleep(milliseconds);
  }

  during<T>(work: () => T): T {
    return work();
  }

  noObject(what: string): never {
    throw new ComError(TYPE_MISMATCH, what);
  }

  refusal(error: unknown): { readonly hresult: number; readonly message: string } | undefined {
    return error instanceof ComError ? { hresult: error.hresult, message: error.words } : undefined;
  }

  /**
   * One call, asked again while Outlook is busy: a call that was rejected did nothing, and counts as one with the one that was not.
   * @throws Failure OUTLOOK_UNAVAILABLE when Outlook is gone or stays busy; ComError for what Outlook refuses
   */
  *invoke(object: ComObject, kind: CallKind, member: string, args: readonly Value[]): Waiting<Value> {
    this.calls++;
    return yield* this.patiently(() => this.#invoke(object, kind, member, args));
  }

  /** Does `call` until Outlook is not busy any more. @throws as {@link invoke} */
  *patiently<T>(call: () => T): Waiting<T> {
    for (let waited = 0; ; ) {
      if (this.#gone !== undefined) throw this.#gone;
      try {
        return call();
      } catch (error) {
        if (!(error instanceof ComError)) throw error;
        const meaning = meaningOf(error.hresult);
        if (meaning === 'closed') throw this.#ended(error);
        if (meaning !== 'busy') throw error;
        const wait = this.#patience.next(waited);
        if (wait === undefined) throw unavailable('Outlook is busy; close its open dialogs.', error);
        waited += wait;
        yield wait;
      }
    }
  }

  #invoke(object: ComObject, kind: CallKind, member: string, args: readonly Value[]): Value {
    if (kind === 'get') return this.#client.get(object, member, ...args);
    if (kind === 'call') return this.#client.call(object, member, ...args);
    this.#client.put(object, member, args[0] ?? null);
    return null;
  }

  #ended(cause: ComError): Failure {
    this.#gone = unavailable('Outlook was closed.', cause);
    return this.#gone;
  }
}

function unavailable(message: string, cause: unknown): Failure {
  return new Failure(OUTLOOK_UNAVAILABLE, message, { retry: 'later', cause });
}
