import type { ComObject } from '../../../src/outlook/com/com-object.ts';
import { isComObject } from '../../../src/outlook/com/com-object.ts';
import type { DispatchClient, Value } from '../../../src/outlook/com/dispatch-client.ts';
import { IID } from '../../../src/outlook/com/guid.ts';
import { HR } from '../../../src/outlook/com/hresult.ts';
import { type Implementation, implementInterface } from '../../../src/outlook/com/interface.ts';
import { type Address, memoryAt, protos } from '../../../src/outlook/com/native.ts';
import { typedOf } from '../../../src/outlook/com/variant.ts';
import { VARIANT_SIZE, writeVariant } from '../../../src/outlook/com/variant-layout.ts';

type Walk = { readonly values: readonly Value[]; at: number };

/** S_FALSE: fewer than were asked for. */
const FEWER = 1;
let kind: Implementation<Walk> | undefined;

/** IEnumVARIANT over these values, counted for the caller. */
export function enumeratorOf(client: DispatchClient, values: readonly Value[]): ComObject {
  const methods = protos();
  kind ??= implementInterface<Walk>({
    answers: (_self, iid) => iid === IID.IUnknown || iid === IID.IEnumVARIANT,
    methods: [
      [
        methods.Next,
        (self, count: number, out: Address, fetched: Address) => {
          const next = self.values.slice(self.at, self.at + count);
          self.at += next.length;
          const view = memoryAt(out, VARIANT_SIZE * count);
          for (const [at, value] of next.entries()) {
            writeVariant(client.memory, view, at * VARIANT_SIZE, typedOf(value, isComObject));
          }
          if (fetched !== 0n) memoryAt(fetched, 4).setUint32(0, next.length, true);
          return next.length < count ? FEWER : HR.ok;
        },
      ],
    ],
  });
  return client.handOver(kind.make({ values, at: 0 }));
}
