import { type ClassName, isGuarded, type MemberOf } from './members.ts';
import type { Arg, Handle, ObjectRef, OutlookValue, Program, Step } from './program.ts';

/** A handle of an object whose class is known, so that only its members can be named. */
export type Ref<K extends ClassName> = { readonly handle: Handle; readonly of: K };

type Input = Arg | Ref<ClassName>;
type CallStep = Extract<Step, { do: 'get' | 'put' | 'call' }>;

/**
 * Writes the steps of a program, one line each; `guarded` marks are set by the member's name.
 * Handles get their names from the members they come from, made unique; a script made by {@link Script.part} puts its
 * own prefix before them, so that several items fit into one program.
 */
export type Script = {
  readonly steps: readonly Step[];
  /** Reads a plain value. */
  value<K extends ClassName>(on: Ref<K>, member: MemberOf<K>): Handle;
  /** Reads a property that is an object of class `of`. */
  object<K extends ClassName, R extends ClassName>(on: Ref<K>, member: MemberOf<K>, of: R): Ref<R>;
  put<K extends ClassName>(on: Ref<K>, member: MemberOf<K>, value: Input): void;
  /** Calls a method; its result can be asked for by the handle. */
  call<K extends ClassName>(on: Ref<K>, member: MemberOf<K>, ...args: readonly Input[]): Handle;
  /** Calls a method that gives an object of class `of`. */
  open<K extends ClassName, R extends ClassName>(
    on: Ref<K>,
    member: MemberOf<K>,
    of: R,
    ...args: readonly Input[]
  ): Ref<R>;
  /** Stops the program as stale unless the handle's value is one of `values`. */
  expect(handle: Handle, ...values: readonly OutlookValue[]): void;
  /** Does `write` for each object of the collection; the handles that it returns become arrays. */
  each<K extends ClassName, R extends ClassName>(
    of: Ref<K>,
    as: R,
    write: (script: Script, object: Ref<R>) => readonly Handle[],
  ): readonly Handle[];
  release(ref: Ref<ClassName>): void;
  /** A script that writes into the same program under names of its own. */
  part(prefix: string): Script;
  /** A script that writes into the same program, and whose errors become values. */
  readonly optional: Script;
};

/** The object that every program starts from. */
export const APPLICATION: Ref<'Application'> = { handle: 'application', of: 'Application' };

/** A program of the steps that `write` writes; what it returns are the handles wanted. */
export function script(
  label: string,
  given: Readonly<Record<Handle, ObjectRef>>,
  write: (script: Script) => readonly Handle[],
): Program {
  const steps: Step[] = [];
  const taken = new Set<Handle>(['application', ...Object.keys(given)]);
  const returns = write(scriptInto(steps, taken, '', false));
  return { label, given, steps, returns };
}

function scriptInto(steps: Step[], taken: Set<Handle>, prefix: string, optional: boolean): Script {
  const name = (member: string) => unique(taken, prefix + member);
  const add = <K extends ClassName>(of: K, member: MemberOf<K>, step: CallStep): void => {
    const guarded = isGuarded(of, member) ? { guarded: true as const } : undefined;
    // Most steps have no marks, and are taken as they are.
    if (guarded === undefined && !optional) steps.push(step);
    else steps.push({ ...step, ...guarded, ...(optional ? { optional: true as const } : undefined) });
  };
  const self: Script = {
    steps,
    value(on, member) {
      const as = name(member);
      add(on.of, member, { do: 'get', on: on.handle, member, as });
      return as;
    },
    object(on, member, of) {
      return { handle: self.value(on, member), of };
    },
    put(on, member, value) {
      add(on.of, member, { do: 'put', on: on.handle, member, value: argument(value) });
    },
    call(on, member, ...args) {
      const as = name(member);
      const call = { do: 'call' as const, on: on.handle, member };
      add(on.of, member, args.length > 0 ? { ...call, args: args.map(argument), as } : { ...call, as });
      return as;
    },
    open(on, member, of, ...args) {
      return { handle: self.call(on, member, ...args), of };
    },
    expect(handle, ...values) {
      steps.push({ do: 'expect', handle, values });
    },
    each(of, as, write) {
      const inner: Step[] = [];
      const object = { handle: name(as), of: as };
      const collect = write(scriptInto(inner, taken, prefix, optional), object);
      steps.push({ do: 'each', of: of.handle, as: object.handle, steps: inner, collect });
      return collect;
    },
    release(ref) {
      steps.push({ do: 'release', handle: ref.handle });
    },
    part(inner) {
      return scriptInto(steps, taken, prefix + inner, optional);
    },
    get optional() {
      return scriptInto(steps, taken, prefix, true);
    },
  };
  return self;
}

function argument(input: Input): Arg {
  return typeof input === 'object' && input !== null && 'handle' in input ? { handle: input.handle } : input;
}

function unique(taken: Set<Handle>, wanted: string): Handle {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}${n}`;
  taken.add(name);
  return name;
}
