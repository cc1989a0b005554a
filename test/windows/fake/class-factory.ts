import { IID } from '../../../src/outlook/com/guid.ts';
import { check, HR } from '../../../src/outlook/com/hresult.ts';
import { callMethod, implementInterface } from '../../../src/outlook/com/interface.ts';
import { type Address, memoryAt, protos, windows } from '../../../src/outlook/com/native.ts';

const LOCAL_SERVER = 4;
const MULTIPLE_USE = 1;
const QUERY_INTERFACE = 0;

/** Offers one object under a class: to those that create one, and to those that look for the running one. */
export function registerClass(clsid: Uint8Array, object: Address): void {
  const methods = protos();
  const factories = implementInterface<Address>({
    answers: (_self, iid) => iid === IID.IUnknown || iid === IID.IClassFactory,
    methods: [
      [
        methods.CreateInstance,
        (self, outer: Address | null, iid: Address, out: Address) => {
          if (outer !== null && outer !== 0n) return HR.noAggregation | 0;
          const view = memoryAt(iid, 16);
          const wanted = new Uint8Array(view.buffer, view.byteOffset, 16);
          const cell = new Uint8Array(8);
          const result = callMethod(self, QUERY_INTERFACE, methods.QueryInterface, wanted, cell);
          memoryAt(out, 8).setBigUint64(0, new DataView(cell.buffer).getBigUint64(0, true), true);
          return result;
        },
      ],
      [methods.LockServer, () => HR.ok],
    ],
  });
  const cookie: [number] = [0];
  const factory = factories.make(object);
  check(windows().CoRegisterClassObject(clsid, factory, LOCAL_SERVER, MULTIPLE_USE, cookie), 'CoRegisterClassObject');
  check(windows().RegisterActiveObject(object, clsid, 0, cookie), 'RegisterActiveObject');
}
