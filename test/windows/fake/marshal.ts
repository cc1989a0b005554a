/** An object as bytes, with which another process gets hold of it (CoMarshalInterface). */
import koffi from 'koffi';
import { IID } from '../../../src/outlook/com/guid.ts';
import { check } from '../../../src/outlook/com/hresult.ts';
import { bytesOf, callMethod, release } from '../../../src/outlook/com/interface.ts';
import { type Address, outAddress, protos, windows } from '../../../src/outlook/com/native.ts';

/** MSHCTX_LOCAL, MSHLFLAGS_NORMAL: once, on this machine. */
const LOCAL = 0;
const ONCE = 0;
const READ = 3;
const SEEK = 5;
const MOST = 4096;

export function marshalled(object: Address): Uint8Array {
  const marshal = koffi
    .load('ole32.dll')
    .func(
      'int32 __stdcall CoMarshalInterface(void *stream, void *iid, void *object, uint32 context, void *reserved, uint32 flags)',
    ) as (stream: Address, iid: Uint8Array, object: Address, context: number, reserved: null, flags: number) => number;
  const cell: [unknown] = [null];
  check(windows().CreateStreamOnHGlobal(null, 1, cell), 'CreateStreamOnHGlobal');
  const stream = outAddress(cell);
  try {
    check(marshal(stream, bytesOf(IID.IDispatch), object, LOCAL, null, ONCE), 'CoMarshalInterface');
    check(callMethod(stream, SEEK, protos().Seek, 0, 0, null), 'Seek');
    const [bytes, count] = [new Uint8Array(MOST), new Uint8Array(4)];
    check(callMethod(stream, READ, protos().Write, bytes, MOST, count), 'Read');
    // The bytes hold the object from now on.
    release(object);
    return bytes.subarray(0, new DataView(count.buffer).getUint32(0, true));
  } finally {
    release(stream);
  }
}
