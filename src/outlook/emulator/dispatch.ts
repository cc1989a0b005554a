/**
 * Late-bound objects, as IDispatch has them: a class name and one door, `invoke`. What a class can do is a table of members;
 * names are compared without case, as COM does. A name that no member has is UNKNOWN_NAME; a member used in a way it does not
 * allow (writing a read-only one, reading a method) is MEMBER_NOT_FOUND.
 */
import type { OutlookDate, ValueWith } from '../program/program.ts';
import { fail } from './fault.ts';

export type DispatchKind = 'get' | 'put' | 'call';

/** Values that cross the border; `null` is Nothing, Empty, Null and a left-out argument. */
export type DispatchValue = ValueWith<DispatchObject>;

/** A live object. `retain` and `release` are called once per reference that a client takes and gives back. */
export type DispatchObject = {
  readonly className: string;
  invoke(kind: DispatchKind, member: string, args: readonly DispatchValue[]): DispatchValue;
  retain?(): void;
  release?(): void;
};

/** What one member does with the object's state `S`; a kind that is missing is not allowed. */
export type Member<S> = {
  readonly get?: (self: S, args: readonly DispatchValue[]) => DispatchValue;
  readonly put?: (self: S, value: DispatchValue) => void;
  readonly call?: (self: S, args: readonly DispatchValue[]) => DispatchValue;
};
export type MemberTable<S> = Readonly<Record<string, Member<S>>>;

/** A class of objects with state `S`. `guarded` members are behind Outlook's object model guard. */
export type ObjectClass<S> = {
  readonly name: string;
  readonly members: MemberTable<S>;
  readonly guarded?: 'all' | readonly string[];
  /** Called for each reference taken and given back. */
  readonly retained?: (self: S) => void;
  readonly released?: (self: S) => void;
};

/** What stands before every call: closed or busy Outlook, the guard, counters. Throws to refuse. */
export type Gate = (call: { className: string; member: string; kind: DispatchKind; guarded: boolean }) => void;

type Compiled = { readonly members: ReadonlyMap<string, readonly [name: string, member: Member<unknown>]> };
const compiledTables = new WeakMap<object, Compiled>();
const states = new WeakMap<DispatchObject, unknown>();

/** An object of class `of` with `state`, behind `gate`. */
export function dispatchObject<S>(gate: Gate, of: ObjectClass<S>, state: S): DispatchObject {
  const { members } = compile(of.members);
  const guarded = (name: string) => of.guarded === 'all' || (of.guarded?.includes(name) ?? false);
  const object: DispatchObject = {
    className: of.name,
    invoke(kind, member, args) {
      const found = members.get(member.toLowerCase()) ?? fail('UNKNOWN_NAME', member);
      const [name, does] = found;
      gate({ className: of.name, member: name, kind, guarded: guarded(name) });
      if (kind === 'put') {
        (does.put ?? fail('MEMBER_NOT_FOUND', name))(state, args[0] ?? null);
        return null;
      }
      return (does[kind] ?? fail('MEMBER_NOT_FOUND', name))(state, args);
    },
    retain: () => of.retained?.(state),
    release: () => of.released?.(state),
  };
  states.set(object, state);
  return object;
}

/** The state of an object made by {@link dispatchObject}, when its class is one of `classNames`. */
export function stateOf<S>(value: DispatchValue | undefined, ...classNames: readonly string[]): S {
  if (!isDispatchObject(value) || !classNames.includes(value.className) || !states.has(value)) {
    return fail('TYPE_MISMATCH', classNames.join(' | '));
  }
  return states.get(value) as S;
}

/** Whether a value is an object. */
export function isDispatchObject(value: DispatchValue | undefined): value is DispatchObject {
  return typeof value === 'object' && value !== null && 'invoke' in value;
}

/** Whether a value is a date. */
export function isDate(value: DispatchValue | undefined): value is OutlookDate {
  return typeof value === 'object' && value !== null && 'date' in value;
}

function compile(table: MemberTable<never>): Compiled {
  const known = compiledTables.get(table);
  if (known !== undefined) return known;
  const entries = Object.entries(table) as [string, Member<unknown>][];
  const made = { members: new Map(entries.map(([name, member]) => [name.toLowerCase(), [name, member] as const])) };
  compiledTables.set(table, made);
  return made;
}
