/** Objects of ours that others call late-bound (IDispatch): sinks of events here, a whole Outlook in the tests. */
import type { ComObject } from './com-object.ts';
import type { DispatchClient, TypedValue } from './dispatch-client.ts';
import { IID } from './guid.ts';
import { ComError, HR } from './hresult.ts';
import { type Implementation, implementInterface } from './interface.ts';
import { type Address, memoryAt, pointerAt, protos, textAt, windows } from './native.ts';
import { readVariant, VARIANT_SIZE, writeBack, writeVariant } from './variant-layout.ts';

/** One call. The objects among the arguments are given back after it, unless {@link Served.keeps} says otherwise. */
export type Call = {
  readonly id: number;
  /** Bits: 1 method, 2 get, 4 put, 8 put by reference. */
  readonly flags: number;
  /** The first argument first. */
  readonly args: readonly TypedValue[];
  /** Puts another value into an argument that was passed by reference. */
  readonly writeBack: (index: number, value: TypedValue) => void;
};

/** What an object does. Errors it throws become those of the call: {@link ComError}s with their number and text. */
export type Served = {
  /** The DISPID of a member; undefined when it has none of that name. */
  idOf(member: string): number | undefined;
  invoke(call: Call): TypedValue;
  /** Further interfaces: an answer to IDispatch's, or another object's address, counted for the caller. */
  answers?(iid: string): boolean | Address;
  /** Nobody holds it any more. */
  released?(): void;
};

const DISPID_UNKNOWN = -1;
const EXCEPINFO_SIZE = 64;

/** Makes objects that are called through IDispatch; the client reads and writes what is passed. */
export function dispatchServer(client: DispatchClient): Implementation<Served> {
  const methods = protos();
  return implementInterface<Served>({
    answers: (self, iid) => iid === IID.IUnknown || iid === IID.IDispatch || (self.answers?.(iid) ?? false),
    released: (self) => self.released?.(),
    methods: [
      [methods.OneOut, (_self, count: Address) => answerNumber(count, 0)],
      [methods.GetTypeInfo, () => HR.notImplemented | 0],
      [
        methods.GetIDsOfNames,
        (self, _iid: Address, names: Address, count: number, _locale: number, ids: Address) =>
          answerIds(self, names, count, ids),
      ],
      [
        methods.Invoke,
        (self, id: number, _iid: Address, _locale: number, flags: number, ...rest: (Address | null)[]) =>
          answerCall(client, self, { id, flags }, rest),
      ],
    ],
  });
}

function answerNumber(out: Address, value: number): number {
  memoryAt(out, 4).setUint32(0, value, true);
  return HR.ok;
}

/** The first name is the member's; names of arguments are not known here. */
function answerIds(self: Served, names: Address, count: number, out: Address): number {
  const ids = memoryAt(out, 4 * count);
  for (let at = 0; at < count; at++) {
    const id = at === 0 ? self.idOf(textAt(pointerAt(names))) : undefined;
    ids.setInt32(4 * at, id ?? DISPID_UNKNOWN, true);
    if (id === undefined) return HR.unknownName | 0;
  }
  return HR.ok;
}

function answerCall(
  client: DispatchClient,
  self: Served,
  { id, flags }: { readonly id: number; readonly flags: number },
  rest: readonly (Address | null)[],
): number {
  const { memory } = client;
  // Callers in this process leave out what they do not want; koffi says null then.
  const [params, result, exception] = [rest[0] ?? 0n, rest[1] ?? 0n, rest[2] ?? 0n];
  let taken: readonly TypedValue[] = [];
  try {
    const header = memoryAt(params, 24);
    const count = header.getUint32(16, true);
    const list = count === 0 ? undefined : memoryAt(header.getBigUint64(0, true), VARIANT_SIZE * count);
    const placeOf = (index: number) => VARIANT_SIZE * (count - 1 - index);
    const args =
      list === undefined ? [] : Array.from({ length: count }, (_, at) => readVariant(memory, list, placeOf(at)));
    taken = args;
    const answer = self.invoke({
      id,
      flags,
      args,
      writeBack: (index, value) => {
        if (list !== undefined) writeBack(memory, list, placeOf(index), value);
      },
    });
    if (result === 0n) discard(client, answer);
    else writeVariant(memory, memoryAt(result, VARIANT_SIZE), 0, answer);
    return HR.ok;
  } catch (error) {
    return answerError(client, error, exception);
  } finally {
    for (const arg of taken) giveBack(client, arg);
  }
}

/** An answer that nobody wants is written all the same: what it holds is given back with it. */
function discard({ memory }: DispatchClient, answer: TypedValue): void {
  memory.scope(() => {
    const { at, address } = memory.take(VARIANT_SIZE);
    writeVariant(memory, memory.block, at, answer);
    windows().VariantClear(address);
  });
}

/** COM's own errors are told as they are; everything else is an exception with a text. */
function answerError({ memory }: DispatchClient, error: unknown, exception: Address): number {
  const hresult = error instanceof ComError ? error.hresult : HR.unexpected;
  if (hresult === HR.memberNotFound || exception === 0n) return hresult | 0;
  const view = memoryAt(exception, EXCEPINFO_SIZE);
  for (let at = 0; at < EXCEPINFO_SIZE; at += 8) view.setBigUint64(at, 0n, true);
  view.setBigUint64(16, memory.text(error instanceof Error ? error.message : ''), true);
  view.setUint32(56, hresult, true);
  return HR.exception | 0;
}

function giveBack(client: DispatchClient, typed: TypedValue): void {
  if (typed.vt === 'dispatch' || typed.vt === 'unknown') {
    if (typed.value !== null) client.release(typed.value as ComObject);
  } else if (typed.vt === 'array' && !(typed.values instanceof Uint8Array)) {
    for (const value of typed.values) giveBack(client, value);
  }
}
