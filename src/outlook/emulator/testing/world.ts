/** A small emulated Outlook for tests: in memory, with a clock that stands still until told, and numbers that repeat. */
import type { Executor, Outcome, Program, Step } from '../../program/program.ts';
import type { DispatchObject, DispatchValue } from '../dispatch.ts';
import { isDispatchObject } from '../dispatch.ts';
import { OutlookFault } from '../fault.ts';
import { type Emulator, type EmulatorOptions, openEmulator } from '../open-emulator.ts';

/** A clock under the test's control; sleeping moves it. */
export type TestClock = EmulatorOptions['clock'] & { advance(milliseconds: number): void };

/** A clock that starts on 1 March 2026, 08:00 UTC. */
export function testClock(): TestClock {
  let now = Date.UTC(2026, 2, 1, 8);
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** A repeatable random source (Park and Miller). */
export function testRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** An emulator with a test clock, in memory unless `file` says otherwise. */
export function emulatedOutlook(options: Partial<EmulatorOptions> = {}): Emulator & { readonly clock: TestClock } {
  const clock = testClock();
  return { ...openEmulator({ file: ':memory:', random: testRandom(), ...options, clock }), clock };
}

/** An object's members by name, for tests that talk to the object model directly. */
export type Late = {
  get(member: string, ...args: readonly (DispatchValue | Late)[]): DispatchValue;
  put(member: string, value: DispatchValue | Late): void;
  call(member: string, ...args: readonly (DispatchValue | Late)[]): DispatchValue;
  /** A member or method that gives an object. */
  object(member: string, ...args: readonly (DispatchValue | Late)[]): Late;
  readonly raw: DispatchObject;
};

/** Wraps an object. */
export function late(raw: DispatchObject): Late {
  const plain = (args: readonly (DispatchValue | Late)[]) => args.map((arg) => (isLate(arg) ? arg.raw : arg));
  const wrap = (value: DispatchValue, member: string): Late => {
    if (!isDispatchObject(value)) throw new Error(`${member} gave no object but ${JSON.stringify(value)}`);
    return late(value);
  };
  return {
    raw,
    get: (member, ...args) => raw.invoke('get', member, plain(args)),
    put: (member, value) => void raw.invoke('put', member, plain([value])),
    call: (member, ...args) => raw.invoke('call', member, plain(args)),
    object: (member, ...args) => {
      const property = args.length === 0 && !/^(Get|Create|Copy|Add$|Restrict|Find)/.test(member);
      return wrap(raw.invoke(property ? 'get' : 'call', member, plain(args)), member);
    },
  };
}

/** The application of an emulator, its session, and the usual folders. */
export function lateOutlook(emulator: Emulator): { app: Late; session: Late; calendar: Late; contacts: Late } {
  const app = late(emulator.application);
  const session = app.object('Session');
  const folder = (type: number) => late(session.call('GetDefaultFolder', type) as DispatchObject);
  return { app, session, calendar: folder(9), contacts: folder(10) };
}

/** The name of the Outlook error that `work` ends with, or `none`. */
export function faultOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof OutlookFault) return error.fault;
    throw error;
  }
}

/** Runs steps as a program. */
export function runSteps(executor: Executor, steps: readonly Step[], more: Partial<Program> = {}): Promise<Outcome> {
  return executor.run({ label: 'test', steps, returns: [], ...more });
}

function isLate(value: DispatchValue | Late): value is Late {
  return typeof value === 'object' && value !== null && 'raw' in value;
}

/** A saved item in a folder, with these members. */
export function saved(folder: Late, members: Readonly<Record<string, DispatchValue>>, type?: number | string): Late {
  const item = folder.object('Items').object('Add', ...(type === undefined ? [] : [type]));
  for (const [name, value] of Object.entries(members)) item.put(name, value);
  item.call('Save');
  return item;
}

/** Reads an item again from the file, through GetItemFromID. */
export function reopened(session: Late, item: Late): Late {
  return session.object('GetItemFromID', item.get('EntryID'));
}

/** The members of a fault as a program's outcome shows them, or the value. */
export function property(item: Late, schemaName: string): DispatchValue {
  return item.object('PropertyAccessor').call('GetProperty', schemaName);
}

export const PROPTAG = 'http://schemas.microsoft.com/mapi/proptag/';
export const STRING_SET = 'http://schemas.microsoft.com/mapi/string/';
export const ID_SET = 'http://schemas.microsoft.com/mapi/id/';
export const PUBLIC_STRINGS = '{00020329-0000-0000-C000-000000000046}';
export const ADDRESS_SET = '{00062004-0000-0000-C000-000000000046}';
