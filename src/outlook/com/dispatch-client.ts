/**
 * Late-bound calls on objects of other processes (IDispatch). Every object that a call answers with is counted, and given back by
 * {@link DispatchClient.release} alone: what Outlook keeps open for us, it limits.
 */
import { meaningOf } from '../program/errors.ts';
import type { ValueWith } from '../program/program.ts';
import { ComObject, isComObject } from './com-object.ts';
import { IID } from './guid.ts';
import { ComError, check, HR, isFailed } from './hresult.ts';
import { addRef, callMethod, queryInterface, release } from './interface.ts';
import { type Address, protos, windows } from './native.ts';
import { NativeMemory, type Room } from './native-memory.ts';
import { plainOf, type Typed, typedOf } from './variant.ts';
import { readVariant, VARIANT_SIZE, writeVariant } from './variant-layout.ts';

/** Places of IDispatch's and IEnumVARIANT's methods. */
const GET_IDS_OF_NAMES = 5;
const INVOKE = 6;
const NEXT = 3;

const FLAGS = { call: 1 | 2, get: 2, put: 4, putRef: 8 } as const;
type Flags = (typeof FLAGS)[keyof typeof FLAGS];
const DISPID_PROPERTYPUT = -3;
const DISPID_NEWENUM = -4;
const LOCALE_USER = 0x400;
const EXCEPINFO_SIZE = 64;

/** The DISPID of `Class`, by which Outlook's objects say what they are. @source Outlook's type library (MSOUTL.OLB) */
const CLASS = 0xf00a;
/** olView: views of all kinds say this, and differ in their members. */
const OF_SEVERAL_TYPES: readonly number[] = [80];

/**
 * Members that give objects of one class, whatever they are called on. What is declared as `Object` (the items of a folder) is not
 * among them. @source Outlook's type library
 */
const OF_ONE_CLASS: readonly string[] = [
  'Session',
  'GetNamespace',
  'GetDefaultFolder',
  'GetFolderFromID',
  'Folders',
  'Items',
  'GetTable',
  'Columns',
  'GetStorage',
  'PropertyAccessor',
  'Recipients',
  'Attachments',
  'GetRecurrencePattern',
  'Exceptions',
  'TimeZones',
  'CurrentTimeZone',
  'StartTimeZone',
  'EndTimeZone',
];

export type Value = ValueWith<ComObject>;
export type TypedValue = Typed<ComObject>;

export class DispatchClient {
  readonly memory: NativeMemory;
  readonly #open = new Set<ComObject>();
  readonly #handedOver = new WeakSet<ComObject>();
  /** DISPIDs by class and member. */
  readonly #types = new Map<number, Map<string, number>>();
  /** Classes by what gives them, see {@link ComObject.origin}. */
  readonly #origins = new Map<string, number>();
  #crossings = 0;

  constructor() {
    this.memory = new NativeMemory({
      lend: (object) => {
        if (!this.#handedOver.delete(object)) addRef(object.pointer);
        return object.pointer;
      },
      take: (pointer, unknown) => this.#take(pointer, unknown),
    });
  }

  /** A reference that is already counted for us. */
  own(pointer: Address): ComObject {
    const object = new ComObject(pointer);
    this.#open.add(object);
    return object;
  }

  /** A reference that is counted for whoever gets it next, as an argument or an answer. */
  handOver(pointer: Address): ComObject {
    const object = new ComObject(pointer);
    this.#handedOver.add(object);
    return object;
  }

  /** References held. */
  get open(): number {
    return this.#open.size;
  }

  /** Calls that went to objects so far, questions for DISPIDs and classes among them. */
  get crossings(): number {
    return this.#crossings;
  }

  /** Forgets what it was told of classes: another Outlook may be of another version. */
  forgetTypes(): void {
    this.#types.clear();
    this.#origins.clear();
  }

  /** Gives a reference back; once is enough. */
  release(object: ComObject): void {
    if (object.released) return;
    object.released = true;
    this.#open.delete(object);
    release(object.pointer);
  }

  /** @throws ComError */
  get(object: ComObject, member: string, ...args: readonly Value[]): Value {
    const answer = this.#invoke(object, this.#idOf(object, member), FLAGS.get, typedArguments(args), member);
    return withOrigin(plainOf(answer), object, member);
  }

  /** @throws ComError */
  call(object: ComObject, member: string, ...args: readonly Value[]): Value {
    const answer = this.#invoke(object, this.#idOf(object, member), FLAGS.call, typedArguments(args), member);
    return withOrigin(plainOf(answer), object, member);
  }

  /** Objects are put by reference where the object takes that, as `Set` of Visual Basic does. @throws ComError */
  put(object: ComObject, member: string, value: Value): void {
    // An empty property, and no argument that was left out.
    const typed: TypedValue = value === null ? { vt: 'empty' } : typedOf(value, isComObject);
    const id = this.#idOf(object, member);
    if (!isComObject(value)) {
      this.#invoke(object, id, FLAGS.put, [typed], member);
      return;
    }
    try {
      this.#invoke(object, id, FLAGS.putRef, [typed], member);
    } catch (error) {
      if (!(error instanceof ComError) || error.hresult !== HR.memberNotFound) throw error;
      this.#invoke(object, id, FLAGS.put, [typed], member);
    }
  }

  /** A call whose arguments and answer keep their types; cells of references hold what came back. @throws ComError */
  callTyped(object: ComObject, member: string, args: readonly TypedValue[]): TypedValue {
    return this.#invoke(object, this.#idOf(object, member), FLAGS.call, args, member);
  }

  /** Calls a member by its DISPID, as sinks of events are called. @throws ComError */
  callById(object: ComObject, id: number, args: readonly TypedValue[]): TypedValue {
    return this.#invoke(object, id, FLAGS.call, args, `DISPID ${id}`);
  }

  /** The members of a collection, through its enumerator; the objects among them are the caller's to give back. @throws ComError */
  *members(object: ComObject): Generator<Value> {
    const found = this.#invoke(object, DISPID_NEWENUM, FLAGS.call, [], '_NewEnum', IID.IEnumVARIANT);
    if (found.vt !== 'unknown' || found.value === null) throw new ComError(HR.unexpected, '_NewEnum: no enumerator');
    const enumerator = found.value;
    try {
      for (;;) {
        const next = this.#next(enumerator);
        if (next === undefined) return;
        yield plainOf(next);
      }
    } finally {
      this.release(enumerator);
    }
  }

  #next(enumerator: ComObject): TypedValue | undefined {
    return this.memory.scope(() => {
      const [value, fetched] = [this.memory.take(VARIANT_SIZE), this.memory.take(4)];
      this.#crossings++;
      check(callMethod(enumerator.pointer, NEXT, protos().Next, 1, value.address, fetched.address), 'Next');
      if (this.memory.block.getUint32(fetched.at, true) === 0) return undefined;
      return this.#taken(value);
    });
  }

  /** The DISPID of a member: asked once for each class, and once for each object that has none. @throws ComError */
  #idOf(object: ComObject, member: string): number {
    object.type ??= this.#typeByOrigin(object);
    const known = object.type === 'own' ? object.ids : this.#idsOf(object.type);
    const name = member.toLowerCase();
    const id = known.get(name) ?? this.#askId(object, member);
    known.set(name, id);
    return id;
  }

  #idsOf(type: number): Map<string, number> {
    const ids = this.#types.get(type) ?? new Map<string, number>();
    this.#types.set(type, ids);
    return ids;
  }

  /** Asked for the first object of an origin, and for every one that has none. */
  #typeByOrigin(object: ComObject): number | 'own' {
    const { origin } = object;
    const known = origin === undefined ? undefined : this.#origins.get(origin);
    if (known !== undefined) return known;
    const type = this.#typeOf(object);
    if (origin !== undefined && type !== 'own') this.#origins.set(origin, type);
    return type;
  }

  /** One question for each object spares one for each of its members. */
  #typeOf(object: ComObject): number | 'own' {
    try {
      const typed = this.#invoke(object, CLASS, FLAGS.get, [], 'Class');
      const value = plainOf(typed);
      if (isComObject(value)) this.release(value);
      return typeof value !== 'number' || OF_SEVERAL_TYPES.includes(value) ? 'own' : value;
    } catch (error) {
      if (!(error instanceof ComError)) throw error;
      const meaning = meaningOf(error.hresult);
      if (meaning === 'busy' || meaning === 'closed') throw error;
      return 'own';
    }
  }

  #askId(object: ComObject, member: string): number {
    return this.memory.scope(() => {
      const [name, names, id] = [this.memory.take(2 * member.length + 2), this.memory.take(8), this.memory.take(4)];
      for (let at = 0; at < member.length; at++) {
        this.memory.block.setUint16(name.at + 2 * at, member.charCodeAt(at), true);
      }
      this.memory.block.setBigUint64(names.at, name.address, true);
      this.#crossings++;
      const result = callMethod(
        object.pointer,
        GET_IDS_OF_NAMES,
        protos().GetIDsOfNames,
        NO_IID,
        names.address,
        1,
        LOCALE_USER,
        id.address,
      );
      check(result, member);
      return this.memory.block.getInt32(id.at, true);
    });
  }

  #invoke(
    object: ComObject,
    id: number,
    flags: Flags,
    args: readonly TypedValue[],
    member: string,
    interfaceOfResult?: string,
  ): TypedValue {
    if (object.released) throw new Error(`bug: ${member} of an object that was given back`);
    const { memory } = this;
    return memory.scope(() => {
      const { block } = memory;
      const list = memory.take(VARIANT_SIZE * Math.max(args.length, 1));
      const [named, params] = [memory.take(4), memory.take(24)];
      const [result, exception, badArgument] = [memory.take(VARIANT_SIZE), memory.take(EXCEPINFO_SIZE), memory.take(4)];
      // The last argument first.
      const placeOf = (index: number) => list.at + VARIANT_SIZE * (args.length - 1 - index);
      block.setBigUint64(params.at, list.address, true);
      block.setUint32(params.at + 16, args.length, true);
      const puts = flags === FLAGS.put || flags === FLAGS.putRef;
      if (puts) {
        block.setInt32(named.at, DISPID_PROPERTYPUT, true);
        block.setBigUint64(params.at + 8, named.address, true);
        block.setUint32(params.at + 20, 1, true);
      }
      try {
        for (const [index, arg] of args.entries()) writeVariant(memory, block, placeOf(index), arg);
        this.#crossings++;
        const hresult = callMethod(
          object.pointer,
          INVOKE,
          protos().Invoke,
          id,
          NO_IID,
          LOCALE_USER,
          flags,
          params.address,
          puts ? null : result.address,
          exception.address,
          badArgument.address,
        );
        if (isFailed(hresult)) throw this.#errorOf(hresult, exception, member);
        for (const [index, arg] of args.entries()) {
          if (arg.vt === 'byRef') arg.cell.value = readVariant(memory, block, placeOf(index));
        }
        return this.#taken(result, interfaceOfResult);
      } finally {
        for (const index of args.keys()) {
          windows().VariantClear(list.address + BigInt(placeOf(index) - list.at));
        }
      }
    });
  }

  /** The value of a VARIANT that was given to us, which is cleared. */
  #taken(room: Room, iid?: string): TypedValue {
    const { block } = this.memory;
    try {
      if (iid === undefined) return readVariant(this.memory, block, room.at);
      const pointer = block.getBigUint64(room.at + 8, true);
      const found = pointer === 0n ? 0n : queryInterface(pointer, iid);
      return { vt: 'unknown', value: found === 0n ? null : this.own(found) };
    } finally {
      windows().VariantClear(room.address);
    }
  }

  /** EXCEPINFO: the object's own error and text, where it gave some. */
  #errorOf(hresult: number, { at }: Room, member: string): ComError {
    const { block } = this.memory;
    if (hresult >>> 0 !== HR.exception) return new ComError(hresult, member);
    const texts = [8, 16, 24].map((offset) => block.getBigUint64(at + offset, true));
    const description = this.memory.readText(texts[1] ?? 0n);
    for (const text of texts) if (text !== 0n) windows().SysFreeString(text);
    const [own, code] = [block.getUint32(at + 56, true), block.getUint16(at, true)];
    // Old objects give a number of Visual Basic instead.
    const found = own !== 0 ? own : code !== 0 ? VB_ERROR + code : hresult;
    return new ComError(found, description === '' ? member : description, description);
  }

  #take(pointer: Address, unknown: boolean): ComObject | null {
    if (!unknown) {
      addRef(pointer);
      return this.own(pointer);
    }
    const found = queryInterface(pointer, IID.IDispatch);
    return found === 0n ? null : this.own(found);
  }
}

const NO_IID = new Uint8Array(16);
/** FACILITY_CONTROL */
const VB_ERROR = 0x800a0000;

function typedArguments(args: readonly Value[]): readonly TypedValue[] {
  return args.map((arg) => typedOf(arg, isComObject));
}

function withOrigin(value: Value, from: ComObject, member: string): Value {
  if (isComObject(value) && typeof from.type === 'number' && OF_ONE_CLASS.includes(member)) {
    value.origin = `${from.type}.${member}`;
  }
  return value;
}
