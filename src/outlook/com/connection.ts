/** Events of another object, through its connection points. */
import type { ComObject } from './com-object.ts';
import type { DispatchClient, TypedValue } from './dispatch-client.ts';
import type { Served } from './dispatch-server.ts';
import { IID } from './guid.ts';
import { ComError, check, HR } from './hresult.ts';
import { bytesOf, callMethod, type Implementation, queryInterface, release } from './interface.ts';
import { protos } from './native.ts';

const FIND_CONNECTION_POINT = 4;
const ADVISE = 5;
const UNADVISE = 6;

/** Called with the DISPID of an event and its arguments; objects among them live for the time of the call. */
export type EventListener = (event: number, args: readonly TypedValue[]) => void;

/**
 * Hears the events of an object until the answer is called.
 * @param iid the interface of the events
 * @throws ComError when the object has no such events
 */
export function advise(
  parts: { readonly client: DispatchClient; readonly sinks: Implementation<Served> },
  object: ComObject,
  iid: string,
  listener: EventListener,
): () => void {
  const container = queryInterface(object.pointer, IID.IConnectionPointContainer);
  if (container === 0n) throw new ComError(HR.noConnection, 'This object has no events');
  const cell = new Uint8Array(8);
  const view = new DataView(cell.buffer);
  try {
    const found = callMethod(container, FIND_CONNECTION_POINT, protos().FindConnectionPoint, bytesOf(iid), cell);
    check(found, 'FindConnectionPoint');
  } finally {
    release(container);
  }
  const point = view.getBigUint64(0, true);
  const sink = parts.sinks.make(sinkOf(iid, listener));
  try {
    check(callMethod(point, ADVISE, protos().Advise, sink, cell), 'Advise');
  } catch (error) {
    release(point);
    throw error;
  } finally {
    // The object holds it from now on.
    release(sink);
  }
  const cookie = view.getUint32(0, true);
  return () => {
    try {
      // An object that is gone has no connections left either.
      callMethod(point, UNADVISE, protos().Unadvise, cookie);
    } finally {
      release(point);
    }
  };
}

function sinkOf(iid: string, listener: EventListener): Served {
  return {
    idOf: () => undefined,
    answers: (asked) => asked === iid,
    invoke: ({ id, args }) => {
      listener(id, args);
      return { vt: 'empty' };
    },
  };
}
