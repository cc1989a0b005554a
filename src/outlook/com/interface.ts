/** Interfaces of COM: calling the methods of one by their place in its table, and making one of functions of ours. */
import { guidBytes, guidText } from './guid.ts';
import { HR, isFailed } from './hresult.ts';
import {
  type Address,
  allocate,
  free,
  functionAt,
  memoryAt,
  nativeFunction,
  type Prototype,
  pointerAt,
  protos,
} from './native.ts';

/** Places of IUnknown's methods. */
const QUERY_INTERFACE = 0;
const ADD_REF = 1;
const RELEASE = 2;

/**
 * Functions by what they are called as and where they are: proxies of different interfaces share the same code, with
 * different arguments.
 */
const functions = new Map<Prototype, Map<Address, (...args: readonly unknown[]) => unknown>>();

/** Calls a method by its place in the table. @returns what it returned, an HRESULT mostly */
export function callMethod(
  object: Address,
  place: number,
  prototype: Prototype,
  ...args: readonly (Address | number | Uint8Array | null)[]
): number {
  const address = pointerAt(pointerAt(object) + BigInt(8 * place));
  const known = functions.get(prototype) ?? new Map<Address, (...args: readonly unknown[]) => unknown>();
  functions.set(prototype, known);
  const method = known.get(address) ?? functionAt(address, prototype);
  known.set(address, method);
  return method(object, ...args) as number;
}

export function addRef(object: Address): void {
  callMethod(object, ADD_REF, protos().Count);
}

export function release(object: Address): void {
  callMethod(object, RELEASE, protos().Count);
}

/** Another interface of an object, counted for us; 0n when it has none. */
export function queryInterface(object: Address, iid: string): Address {
  const cell = new Uint8Array(8);
  const result = callMethod(object, QUERY_INTERFACE, protos().QueryInterface, bytesOf(iid), cell);
  return isFailed(result) ? 0n : new DataView(cell.buffer).getBigUint64(0, true);
}

const guids = new Map<string, Uint8Array>();

/** A GUID for a call. */
export function bytesOf(iid: string): Uint8Array {
  const known = guids.get(iid) ?? guidBytes(iid);
  guids.set(iid, known);
  return known;
}

/** The GUID at an address. */
export function guidAt(address: Address): string {
  const view = memoryAt(address, 16);
  return guidText(new Uint8Array(view.buffer, view.byteOffset, 16));
}

/** One method: how it is called, and what it does with the state behind `this`. It must not throw. */
export type Method<S> = readonly [prototype: Prototype, does: (self: S, ...args: never[]) => number];

/** What a kind of objects of ours needs: their interfaces, and what to do when nobody holds one any more. */
export type InterfaceKind<S> = {
  /** Whether an object answers for `iid` itself, or leads to another one: that one's address, counted for the caller. */
  readonly answers: (self: S, iid: string) => boolean | Address;
  /** The methods behind IUnknown's three. */
  readonly methods: readonly Method<S>[];
  readonly released?: (self: S) => void;
};

export type Implementation<S> = {
  /** A new object, counted once for the caller. */
  make(state: S): Address;
  /** The state behind an address, when it is one of these objects. */
  stateAt(address: Address): S | undefined;
  /** Objects that somebody holds. */
  size(): number;
};

type Entry<S> = { readonly state: S; count: number };

/** An interface implemented by functions of ours: one table for all objects, told apart by their addresses. */
export function implementInterface<S>(kind: InterfaceKind<S>): Implementation<S> {
  const objects = new Map<Address, Entry<S>>();
  const of = (address: Address): Entry<S> => {
    const entry = objects.get(address);
    if (entry === undefined) throw new Error('bug: an object was called that is gone');
    return entry;
  };
  const query = (self: Address, iid: Address, out: Address): number => {
    const answer = kind.answers(of(self).state, guidAt(iid));
    if (answer === true) of(self).count++;
    const address = answer === true ? self : answer === false ? 0n : answer;
    memoryAt(out, 8).setBigUint64(0, address, true);
    return address === 0n ? HR.noInterface | 0 : HR.ok;
  };
  const giveBack = (self: Address): number => {
    const entry = of(self);
    entry.count--;
    if (entry.count > 0) return entry.count;
    objects.delete(self);
    free(self);
    kind.released?.(entry.state);
    return 0;
  };
  const { QueryInterface, Count } = protos();
  const functionsOfTable = [
    nativeFunction(QueryInterface, query),
    nativeFunction(Count, (self: Address) => ++of(self).count),
    nativeFunction(Count, giveBack),
    ...kind.methods.map(([prototype, does]) =>
      nativeFunction(prototype, (self: Address, ...args: never[]) => does(of(self).state, ...args)),
    ),
  ];
  const table = allocate(8 * functionsOfTable.length);
  const view = memoryAt(table, 8 * functionsOfTable.length);
  for (const [place, address] of functionsOfTable.entries()) view.setBigUint64(8 * place, address, true);
  return {
    make: (state) => {
      const address = allocate(16);
      memoryAt(address, 8).setBigUint64(0, table, true);
      objects.set(address, { state, count: 1 });
      return address;
    },
    stateAt: (address) => objects.get(address)?.state,
    size: () => objects.size,
  };
}
