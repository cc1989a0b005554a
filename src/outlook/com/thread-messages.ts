/** What the threads say to each other: requests into the apartment, answers and events out of it. */
import { Failure } from '../../base/failure.ts';
import type { ObjectRef, Outcome, Program } from '../program/program.ts';
import type { EventClass } from './event-sources.ts';

export type Request =
  /** Connects to Outlook; the answer says whether one runs. */
  | {
      readonly do: 'connect';
      readonly progId: string;
      /** Whether Outlook is started when it does not run. */
      readonly start: boolean;
      /** @units milliseconds */
      readonly patience: number;
    }
  | { readonly do: 'run'; readonly program: Program }
  | { readonly do: 'release'; readonly objects: readonly ObjectRef[] }
  /** Hears events; without `object` those of the application. The answer is a number to end it with. */
  | { readonly do: 'listen'; readonly object: ObjectRef | undefined; readonly of: EventClass }
  | { readonly do: 'unlisten'; readonly listener: number }
  /** Takes hold of an object that another process has marshalled for this one; it is given back with `release`. */
  | { readonly do: 'unmarshal'; readonly bytes: Uint8Array }
  /** Calls a method of such an object with bytes; bytes come back. */
  | { readonly do: 'cross'; readonly object: ObjectRef; readonly member: string; readonly bytes: Uint8Array }
  | { readonly do: 'disconnect' }
  | { readonly do: 'end' };

export type Answers = {
  readonly connect: boolean;
  readonly run: Outcome;
  readonly release: undefined;
  readonly listen: number;
  readonly unlisten: undefined;
  readonly unmarshal: ObjectRef;
  readonly cross: Uint8Array;
  readonly disconnect: undefined;
  readonly end: undefined;
};

/** How much was done and is held. */
export type Counts = {
  /** Calls of programs. */
  readonly calls: number;
  /** Everything that went to Outlook: calls, and questions for DISPIDs and classes. */
  readonly crossings: number;
  /** References to Outlook's objects. */
  readonly open: number;
};

export type ToThread = { readonly id: number; readonly request: Request };

export type FromThread =
  /** The apartment is there; `thread` is what wakes it. */
  | { readonly say: 'ready'; readonly thread: number }
  | { readonly say: 'answer'; readonly id: number; readonly value: unknown; readonly counts: Counts }
  | { readonly say: 'failure'; readonly id: number; readonly failure: PlainFailure; readonly counts: Counts }
  | { readonly say: 'event'; readonly listener: number; readonly event: string }
  /** Outlook is gone; requests fail from now on. */
  | { readonly say: 'gone' };

/** An error on its way between threads. */
export type PlainFailure = {
  /** Undefined: a bug. */
  readonly code: string | undefined;
  readonly message: string;
  readonly retry: Failure['retry'];
};

export function plainFailure(error: unknown): PlainFailure {
  if (error instanceof Failure) return { code: error.code, message: error.message, retry: error.retry };
  return { code: undefined, message: error instanceof Error ? (error.stack ?? error.message) : '', retry: 'never' };
}

export function failureFrom({ code, message, retry }: PlainFailure): Error {
  return code === undefined ? new Error(message) : new Failure(code, message, { retry });
}
