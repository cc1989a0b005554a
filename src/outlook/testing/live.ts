/** Outlook's objects one call at a time over any executor: for contract tests of single members. */
import { lowBits } from '../program/errors.ts';
import type { ObjectRef, OutlookValue, Step } from '../program/program.ts';
import type { Bench } from './bench.ts';

/** An object that is kept; calls that fail throw a {@link LiveFault}. */
export type Live = {
  readonly ref: ObjectRef;
  get(member: string, ...args: readonly OutlookValue[]): Promise<OutlookValue>;
  put(member: string, value: OutlookValue): Promise<void>;
  call(member: string, ...args: readonly OutlookValue[]): Promise<OutlookValue>;
  /** A property or method that gives an object. */
  object(member: string, ...args: readonly OutlookValue[]): Promise<Live>;
};

/** The low 20 bits of an error of Outlook. */
class LiveFault extends Error {
  readonly low: number;
  constructor(low: number, member: string) {
    super(`${member} failed with 0x${low.toString(16)}`);
    this.low = low;
  }
}

/** What a test keeps open; {@link LiveWorld.release} gives it all back. */
export type LiveWorld = {
  readonly app: () => Promise<Live>;
  readonly session: Live;
  readonly folder: Live;
  readonly release: () => Promise<void>;
};

export function liveWorld({ executor, given }: Bench): LiveWorld {
  const kept: ObjectRef[] = [];
  const run = async (ref: ObjectRef | undefined, make: (on: string) => Step): Promise<OutlookValue> => {
    const step = make(ref === undefined ? 'application' : 'it');
    const outcome = await executor.run({
      label: 'member',
      given: ref === undefined ? {} : { it: ref },
      steps: [step],
      returns: step.do === 'put' ? [] : ['value'],
    });
    if (outcome.kind === 'done') return outcome.values['value'] ?? null;
    if (outcome.kind === 'failed') throw new LiveFault(lowBits(outcome.hresult), outcome.member);
    throw new Error('bug: nothing was expected');
  };
  const live = (ref: ObjectRef | undefined): Live => {
    const self: Live = {
      ref: ref ?? { object: 0 },
      get: (member, ...args) => run(ref, (on) => ({ do: 'get', on, member, args, as: 'value' })),
      put: async (member, value) => {
        await run(ref, (on) => ({ do: 'put', on, member, value }));
      },
      call: (member, ...args) => run(ref, (on) => ({ do: 'call', on, member, args, as: 'value' })),
      object: async (member, ...args) => {
        const method = args.length > 0 || /^(Get|Create|Copy|Add|Restrict|Find|Move)/.test(member);
        const value = method ? await self.call(member, ...args) : await self.get(member);
        if (typeof value !== 'object' || value === null || !('object' in value))
          throw new Error(`${member} gave no object`);
        kept.push(value);
        return live(value);
      },
    };
    return self;
  };
  return {
    app: async () => live(undefined),
    session: live(given.session),
    folder: live(given.folder),
    release: () => executor.release(kept.splice(0)),
  };
}

/** The low 20 bits of the error that the call ends with; undefined when it does not. */
export async function lowOf(work: Promise<unknown>): Promise<number | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof LiveFault) return error.low;
    throw error;
  }
}

/** Whether the call fails, whatever the error. */
export async function fails(work: Promise<unknown>): Promise<boolean> {
  return (await lowOf(work)) !== undefined;
}

/** A date without zone. */
export function at(date: string): OutlookValue {
  return { date: date.length === 10 ? `${date}T00:00:00` : `${date}:00` };
}

/** A new item of the folder with these members, saved unless told otherwise. */
export async function made(
  folder: Live,
  type: number,
  members: Readonly<Record<string, OutlookValue>>,
  save = true,
): Promise<Live> {
  const item = await (await folder.object('Items')).object('Add', type);
  for (const [name, value] of Object.entries(members)) await item.put(name, value);
  if (save) await item.call('Save');
  return item;
}

/** The item as a fresh read gives it. */
export async function fresh({ session }: LiveWorld, item: Live): Promise<Live> {
  return session.object('GetItemFromID', await item.get('EntryID'));
}
