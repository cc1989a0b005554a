/** The emulator's objects as COM objects: one for each that a client holds, made when it is first handed out. */

import { ComObject, isComObject } from '../../../src/outlook/com/com-object.ts';
import { DispatchClient, type TypedValue, type Value } from '../../../src/outlook/com/dispatch-client.ts';
import { type Call, dispatchServer, type Served } from '../../../src/outlook/com/dispatch-server.ts';
import { EVENT_SOURCES, type EventClass } from '../../../src/outlook/com/event-sources.ts';
import { IID } from '../../../src/outlook/com/guid.ts';
import { ComError, HR } from '../../../src/outlook/com/hresult.ts';
import { addRef, type Implementation } from '../../../src/outlook/com/interface.ts';
import type { Address } from '../../../src/outlook/com/native.ts';
import { plainOf, tableOf, typedOf } from '../../../src/outlook/com/variant.ts';
import { type DispatchObject, type DispatchValue, isDispatchObject } from '../../../src/outlook/emulator/dispatch.ts';
import type { Sink } from '../../../src/outlook/emulator/events.ts';
import { FAULTS, OutlookFault } from '../../../src/outlook/emulator/fault.ts';
import type { Emulator } from '../../../src/outlook/emulator/open-emulator.ts';
import { ConnectionPoint, connectionPoints } from './connection-points.ts';

/** DISPIDs, the same for a name in every class; `Class` has the one that Outlook has. */
const CLASS_ID = 0xf00a;
const FIRST_ID = 100;
const TABLES: readonly string[] = ['getarray'];

export class ServedOutlook {
  readonly client = new DispatchClient();
  readonly server: Implementation<Served> = dispatchServer(this.client);
  readonly #emulator: Emulator;
  readonly #containerOf = connectionPoints();
  readonly #addresses = new Map<DispatchObject, Address>();
  readonly #objects = new Map<Address, DispatchObject>();
  readonly #names: string[] = [];
  /** Members of the application that Outlook has not, by lower-case name. */
  readonly extra = new Map<string, () => TypedValue>();

  constructor(emulator: Emulator) {
    this.#emulator = emulator;
  }

  /** COM objects that somebody holds. */
  get held(): number {
    return this.server.size();
  }

  /** An object for a client. */
  hand(object: DispatchObject): ComObject {
    const known = this.#addresses.get(object);
    if (known !== undefined) return new ComObject(known);
    object.retain?.();
    const point = this.#pointOf(object);
    const address = this.server.make({
      idOf: (member) => this.idOf(member),
      invoke: (call) => this.#invoke(object, call),
      answers: (iid) =>
        iid === IID.IConnectionPointContainer && point !== undefined
          ? this.#containerOf({ point, owner: this.#addresses.get(object) ?? 0n })
          : false,
      released: () => this.#released(object),
    });
    this.#addresses.set(object, address);
    this.#objects.set(address, object);
    return this.client.handOver(address);
  }

  idOf(member: string): number {
    const name = member.toLowerCase();
    if (name === 'class') return CLASS_ID;
    const at = this.#names.indexOf(name);
    return FIRST_ID + (at < 0 ? this.#names.push(name) - 1 : at);
  }

  nameOf(id: number): string {
    const name = id === CLASS_ID ? 'class' : this.#names[id - FIRST_ID];
    if (name === undefined) throw new ComError(HR.memberNotFound, '');
    return name;
  }

  /** Values of the emulator for a client. */
  outside(value: DispatchValue, table = false): TypedValue {
    const plain = this.#outside(value);
    // A null from Outlook is Nothing.
    if (plain === null) return { vt: 'empty' };
    return table ? tableOf(plain, isComObject) : typedOf(plain, isComObject);
  }

  #released(object: DispatchObject): void {
    const address = this.#addresses.get(object);
    this.#addresses.delete(object);
    if (address !== undefined) this.#objects.delete(address);
    object.release?.();
    this.#emulator.session.events.drop(object);
  }

  #invoke(object: DispatchObject, { id, flags, args }: Call): TypedValue {
    const name = this.nameOf(id);
    const own = object === this.#emulator.application ? this.extra.get(name) : undefined;
    if (own !== undefined) return own();
    const values = args.map((arg) => this.#inside(plainOf(arg)));
    try {
      return this.outside(invoke(object, flags, name, values), TABLES.includes(name));
    } catch (error) {
      if (!(error instanceof OutlookFault)) throw error;
      const { hresult, message } = this.#emulator.session.describe(error);
      throw new ComError(hresult, message);
    }
  }

  #outside(value: DispatchValue): Value {
    if (isDispatchObject(value)) return this.hand(value);
    if (Array.isArray(value)) return (value as readonly DispatchValue[]).map((entry) => this.#outside(entry));
    return value as Value;
  }

  #inside(value: Value): DispatchValue {
    if (isComObject(value)) {
      const object = this.#objects.get(value.pointer);
      if (object === undefined) throw new ComError(FAULTS.TYPE_MISMATCH, 'an object of somebody else');
      return object;
    }
    if (Array.isArray(value)) return (value as readonly Value[]).map((entry) => this.#inside(entry));
    return value as DispatchValue;
  }

  #pointOf(object: DispatchObject): ConnectionPoint | undefined {
    if (!isEventClass(object.className)) return undefined;
    const point = new ConnectionPoint(this.client, object.className);
    const sink: Sink = (event, args) => {
      point.fire(event, () => args.map((arg) => this.outside(arg)));
      return undefined;
    };
    this.#emulator.advise(object, sink);
    return point;
  }
}

/** Visual Basic asks for members as "method or property"; what is put has its value last. */
function invoke(object: DispatchObject, flags: number, name: string, args: readonly DispatchValue[]): DispatchValue {
  if ((flags & 12) !== 0) return object.invoke('put', name, args.slice(-1));
  if ((flags & 1) === 0) return object.invoke('get', name, args);
  try {
    return object.invoke('call', name, args);
  } catch (error) {
    if (!(error instanceof OutlookFault) || error.fault !== 'MEMBER_NOT_FOUND' || (flags & 2) === 0) throw error;
    return object.invoke('get', name, args);
  }
}

function isEventClass(name: string): name is EventClass {
  return name in EVENT_SOURCES;
}

/** Keeps an object alive for as long as the server lives. */
export function keep(object: ComObject): Address {
  addRef(object.pointer);
  return object.pointer;
}
