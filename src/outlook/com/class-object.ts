/** Getting the one object of a class: the one that is running, or a new one. */
import type { ComObject } from './com-object.ts';
import type { DispatchClient } from './dispatch-client.ts';
import { IID } from './guid.ts';
import { ComError, check, HR } from './hresult.ts';
import { bytesOf, queryInterface, release } from './interface.ts';
import { outAddress, windows } from './native.ts';

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
