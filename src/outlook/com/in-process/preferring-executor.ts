/**
 * Through the add-in while it is there, by direct calls otherwise. Each program that begins without objects goes the better way of
 * that moment; one that is given objects goes the way they came from, because no way understands the objects of another.
 */
import { Failure } from '../../../base/failure.ts';
import { OUTLOOK_UNAVAILABLE } from '../../program/finish.ts';
import type { Executor, ObjectRef, Outcome, OutlookValue, Program } from '../../program/program.ts';
import { objectsOf, withObjects } from './objects-of-program.ts';

export type PreferringOptions = {
  /** The executor through the add-in that is connected now; undefined: none is. */
  readonly inProcess: () => Executor | undefined;
  readonly direct: Executor;
};

type Held = { readonly by: Executor; readonly ref: ObjectRef };

/** @throws Failure OUTLOOK_UNAVAILABLE for objects of an add-in that is gone: whoever holds them opens them again */
export function preferringExecutor({ inProcess, direct }: PreferringOptions): Executor {
  const held = new Map<number, Held>();
  const used = new Set<Executor>([direct]);
  let calls = 0;
  let next = 1;

  const outside = (by: Executor, value: OutlookValue): OutlookValue => {
    if (isList(value)) return value.map((entry) => outside(by, entry));
    if (!isObject(value)) return value;
    held.set(next, { by, ref: value });
    return { object: next++ };
  };
  const wrap = (by: Executor, outcome: Outcome): Outcome => {
    if (outcome.kind === 'stale') return { ...outcome, value: outside(by, outcome.value) };
    if (outcome.kind !== 'done') return outcome;
    const values = Object.entries(outcome.values).map(([handle, value]) => [handle, outside(by, value)] as const);
    return { ...outcome, values: Object.fromEntries(values) };
  };
  /** Which way, and the program with its objects as that way knows them. */
  const route = (program: Program): { readonly by: Executor; readonly program: Program } => {
    const present = inProcess();
    const [first] = objectsOf(program);
    const by = first === undefined ? (present ?? direct) : held.get(first)?.by;
    if (by === undefined || (by !== direct && by !== present)) throw gone();
    const inside = ({ object }: ObjectRef): ObjectRef => {
      const entry = held.get(object);
      if (entry?.by !== by) throw gone();
      return entry.ref;
    };
    return { by, program: withObjects(program, inside) };
  };
  return {
    run: async (program) => {
      const { by, program: inside } = route(program);
      used.add(by);
      const before = by.calls();
      try {
        return wrap(by, await by.run(inside));
      } finally {
        calls += by.calls() - before;
      }
    },
    release: async (objects) => {
      const ways = new Map<Executor, ObjectRef[]>();
      for (const { object } of objects) {
        const entry = held.get(object);
        held.delete(object);
        if (entry !== undefined) ways.set(entry.by, [...(ways.get(entry.by) ?? []), entry.ref]);
      }
      const present = inProcess();
      // An add-in that is gone has given back everything by itself.
      for (const [by, refs] of ways) if (by === direct || by === present) await by.release(refs);
    },
    calls: () => calls,
    close: async () => {
      held.clear();
      const present = inProcess();
      for (const by of used) if (by === direct || by === present) await by.close();
    },
  };
}

function gone(): Failure {
  return new Failure(OUTLOOK_UNAVAILABLE, 'Outlook’s add-in came or went; the connector goes on by itself.', {
    retry: 'later',
  });
}

function isList(value: OutlookValue): value is readonly OutlookValue[] {
  return Array.isArray(value);
}

function isObject(value: OutlookValue): value is ObjectRef {
  return typeof value === 'object' && value !== null && 'object' in value;
}
