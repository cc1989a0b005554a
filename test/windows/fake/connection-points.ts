/** The events of a served object: IConnectionPointContainer with one IConnectionPoint. */
import type { ComObject } from '../../../src/outlook/com/com-object.ts';
import type { DispatchClient, TypedValue } from '../../../src/outlook/com/dispatch-client.ts';
import { EVENT_SOURCES, type EventClass } from '../../../src/outlook/com/event-sources.ts';
import { IID } from '../../../src/outlook/com/guid.ts';
import { ComError, HR } from '../../../src/outlook/com/hresult.ts';
import {
  addRef,
  guidAt,
  type Implementation,
  implementInterface,
  queryInterface,
  release,
} from '../../../src/outlook/com/interface.ts';
import { type Address, memoryAt, protos } from '../../../src/outlook/com/native.ts';

/** The sinks that others have attached to one object. */
export class ConnectionPoint {
  readonly #client: DispatchClient;
  readonly of: EventClass;
  readonly #sinks = new Map<number, ComObject>();
  #nextCookie = 1;

  constructor(client: DispatchClient, of: EventClass) {
    this.#client = client;
    this.of = of;
  }

  get iid(): string {
    return EVENT_SOURCES[this.of].iid;
  }

  advise(sink: Address): number {
    const dispatch = queryInterface(sink, IID.IDispatch);
    if (dispatch === 0n) throw new ComError(HR.noConnection, 'no sink');
    const cookie = this.#nextCookie++;
    this.#sinks.set(cookie, this.#client.own(dispatch));
    return cookie;
  }

  unadvise(cookie: number): boolean {
    const sink = this.#sinks.get(cookie);
    if (sink !== undefined) this.#client.release(sink);
    return this.#sinks.delete(cookie);
  }

  /** Tells every sink, with arguments made for each; one whose process is gone is forgotten. */
  fire(event: string, args: () => readonly TypedValue[]): void {
    const events: Readonly<Record<string, number>> = EVENT_SOURCES[this.of].events;
    const id = events[event];
    if (id === undefined) return;
    for (const [cookie, sink] of [...this.#sinks]) {
      try {
        this.#client.callById(sink, id, args());
      } catch (error) {
        if (!(error instanceof ComError)) throw error;
        this.unadvise(cookie);
      }
    }
  }
}

type Container = { readonly point: ConnectionPoint; readonly owner: Address };

/** Makes containers: the answer gives that of an object, counted for the caller. */
export function connectionPoints(): (container: Container) => Address {
  const methods = protos();
  const points: Implementation<ConnectionPoint> = implementInterface<ConnectionPoint>({
    answers: (_self, iid) => iid === IID.IUnknown || iid === IID.IConnectionPoint,
    methods: [
      [methods.OneOut, () => HR.notImplemented | 0],
      [methods.OneOut, () => HR.notImplemented | 0],
      [methods.Advise, (self, sink: Address, cookie: Address) => adviseAt(self, sink, cookie)],
      [methods.Unadvise, (self, cookie: number) => (self.unadvise(cookie) ? HR.ok : HR.noConnection | 0)],
      [methods.OneOut, () => HR.notImplemented | 0],
    ],
  });
  const containers = implementInterface<Container>({
    // The object itself answers for everything else, IUnknown too: it is one object to the others.
    answers: ({ owner }, iid) => iid === IID.IConnectionPointContainer || queryInterface(owner, iid),
    released: ({ owner }) => release(owner),
    methods: [
      [methods.OneOut, () => HR.notImplemented | 0],
      [
        methods.FindConnectionPoint,
        ({ point }, iid: Address, out: Address) => {
          const found = guidAt(iid) === point.iid;
          memoryAt(out, 8).setBigUint64(0, found ? points.make(point) : 0n, true);
          return found ? HR.ok : HR.noConnection | 0;
        },
      ],
    ],
  });
  return (container) => {
    addRef(container.owner);
    return containers.make(container);
  };
}

function adviseAt(point: ConnectionPoint, sink: Address, cookie: Address): number {
  try {
    memoryAt(cookie, 4).setUint32(0, point.advise(sink), true);
    return HR.ok;
  } catch (error) {
    return error instanceof ComError ? error.hresult | 0 : HR.unexpected | 0;
  }
}
