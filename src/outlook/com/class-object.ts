/** Getting hold of an object: the running one of a class, a new one, or one that its owner has sent. */
import type { ComObject } from './com-object.ts';
import type { DispatchClient } from './dispatch-client.ts';
import { IID } from './guid.ts';
import { ComError, check, HR } from './hresult.ts';
import { bytesOf, callMethod, queryInterface, release } from './interface.ts';
import { outAddress, protos, windows } from './native.ts';

/** CLSCTX_LOCAL_SERVER: a program of its own. */
const LOCAL_SERVER = 4;

/** @param progId `Outlook.Application` @throws ComError, classNotRegistered for a ProgID that Windows does not know */
function classOf(progId: string): Uint8Array {
  const clsid = new Uint8Array(16);
  check(windows().CLSIDFromProgID(progId, clsid), progId);
  return clsid;
}

/** The running object of a class; nothing while none is registered. @throws ComError */
export function activeObject(client: DispatchClient, progId: string): ComObject | undefined {
  const cell: [unknown] = [null];
  const result = windows().GetActiveObject(classOf(progId), null, cell) >>> 0;
  if (result === HR.notRunning) return undefined;
  check(result, progId);
  const unknown = outAddress(cell);
  const dispatch = queryInterface(unknown, IID.IDispatch);
  release(unknown);
  if (dispatch === 0n) throw new ComError(HR.noInterface, progId);
  return client.own(dispatch);
}

/** An object of a class; the program that serves it is started when it does not run. @throws ComError */
export function createObject(client: DispatchClient, progId: string): ComObject {
  const cell: [unknown] = [null];
  const created = windows().CoCreateInstance(classOf(progId), null, LOCAL_SERVER, bytesOf(IID.IDispatch), cell);
  check(created, progId);
  return client.own(outAddress(cell));
}

/** Places of IStream's methods. */
const WRITE = 4;
const SEEK = 5;

/**
 * The object that another process has marshalled for us (CoMarshalInterface): these bytes can be used once.
 * @throws ComError when that process is gone
 */
export function unmarshalled(client: DispatchClient, bytes: Uint8Array): ComObject {
  const cell: [unknown] = [null];
  check(windows().CreateStreamOnHGlobal(null, 1, cell), 'CreateStreamOnHGlobal');
  const stream = outAddress(cell);
  try {
    check(callMethod(stream, WRITE, protos().Write, bytes, bytes.length, null), 'Write');
    check(callMethod(stream, SEEK, protos().Seek, 0, 0, null), 'Seek');
    check(windows().CoUnmarshalInterface(stream, bytesOf(IID.IDispatch), cell), 'CoUnmarshalInterface');
    return client.own(outAddress(cell));
  } finally {
    release(stream);
  }
}
