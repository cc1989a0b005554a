/**
 * The functions of Windows that this room calls, and the shapes of the methods of COM's interfaces. Loaded at first use: importing
 * this file needs no Windows. Addresses are bigints, 0n is the null pointer.
 */
import koffi from 'koffi';

/** A prototype of koffi. */
export type Prototype = ReturnType<typeof koffi.proto>;
export type Address = bigint;

type Windows = ReturnType<typeof load>;
let loaded: Windows | undefined;

/** The functions. @throws Error on other systems */
export function windows(): Windows {
  loaded ??= load();
  return loaded;
}

/** What a koffi function is once its types are known. */
type Native<Args extends readonly unknown[], Result> = (...args: Args) => Result;
type Nullable = Address | null;

function load() {
  const ole = koffi.load('ole32.dll');
  const automation = koffi.load('oleaut32.dll');
  const user = koffi.load('user32.dll');
  const kernel = koffi.load('kernel32.dll');
  return {
    CoInitializeEx: ole.func('int32 __stdcall CoInitializeEx(void *reserved, uint32 model)') as Native<
      [null, number],
      number
    >,
    CoUninitialize: ole.func('void __stdcall CoUninitialize()') as Native<[], void>,
    CLSIDFromProgID: ole.func('int32 __stdcall CLSIDFromProgID(str16 id, _Out_ uint8 *clsid)') as Native<
      [string, Uint8Array],
      number
    >,
    CoCreateInstance: ole.func(
      'int32 __stdcall CoCreateInstance(void *clsid, void *outer, uint32 context, void *iid, _Out_ uintptr *object)',
    ) as Native<[Uint8Array, null, number, Uint8Array, [unknown]], number>,
    CoRegisterClassObject: ole.func(
      'int32 __stdcall CoRegisterClassObject(void *clsid, void *factory, uint32 context, uint32 flags, _Out_ uint32 *cookie)',
    ) as Native<[Uint8Array, Address, number, number, [number]], number>,
    CoRevokeClassObject: ole.func('int32 __stdcall CoRevokeClassObject(uint32 cookie)') as Native<[number], number>,
    CoRegisterMessageFilter: ole.func(
      'int32 __stdcall CoRegisterMessageFilter(void *filter, _Out_ uintptr *before)',
    ) as Native<[Nullable, [unknown]], number>,
    CoDisconnectObject: ole.func('int32 __stdcall CoDisconnectObject(void *object, uint32 reserved)') as Native<
      [Address, number],
      number
    >,
    CreateStreamOnHGlobal: ole.func(
      'int32 __stdcall CreateStreamOnHGlobal(void *memory, int32 deletes, _Out_ uintptr *stream)',
    ) as Native<[null, number, [unknown]], number>,
    CoUnmarshalInterface: ole.func(
      'int32 __stdcall CoUnmarshalInterface(void *stream, void *iid, _Out_ uintptr *object)',
    ) as Native<[Address, Uint8Array, [unknown]], number>,
    GetActiveObject: automation.func(
      'int32 __stdcall GetActiveObject(void *clsid, void *reserved, _Out_ uintptr *object)',
    ) as Native<[Uint8Array, null, [unknown]], number>,
    RegisterActiveObject: automation.func(
      'int32 __stdcall RegisterActiveObject(void *object, void *clsid, uint32 flags, _Out_ uint32 *cookie)',
    ) as Native<[Address, Uint8Array, number, [number]], number>,
    RevokeActiveObject: automation.func('int32 __stdcall RevokeActiveObject(uint32 cookie, void *reserved)') as Native<
      [number, null],
      number
    >,
    SysAllocStringLen: automation.func('void * __stdcall SysAllocStringLen(void *text, uint32 length)') as Native<
      [Uint8Array | null, number],
      Address
    >,
    SysFreeString: automation.func('void __stdcall SysFreeString(void *text)') as Native<[Address], void>,
    VariantClear: automation.func('int32 __stdcall VariantClear(void *variant)') as Native<[Address], number>,
    SafeArrayCreate: automation.func(
      'void * __stdcall SafeArrayCreate(uint16 type, uint32 dimensions, void *bounds)',
    ) as Native<[number, number, Uint8Array], Nullable>,
    PeekMessageW: user.func(
      'int32 __stdcall PeekMessageW(void *message, void *window, uint32 first, uint32 last, uint32 remove)',
    ) as Native<[Uint8Array, null, number, number, number], number>,
    TranslateMessage: user.func('int32 __stdcall TranslateMessage(void *message)') as Native<[Uint8Array], number>,
    DispatchMessageW: user.func('int64 __stdcall DispatchMessageW(void *message)') as Native<[Uint8Array], unknown>,
    MsgWaitForMultipleObjects: user.func(
      'uint32 __stdcall MsgWaitForMultipleObjects(uint32 count, void *handles, int32 all, uint32 milliseconds, uint32 wake)',
    ) as Native<[number, null, number, number, number], number>,
    PostThreadMessageW: user.func(
      'int32 __stdcall PostThreadMessageW(uint32 thread, uint32 message, uint64 w, int64 l)',
    ) as Native<[number, number, number, number], number>,
    GetCurrentThreadId: kernel.func('uint32 __stdcall GetCurrentThreadId()') as Native<[], number>,
  };
}

/** A native function pointer as a function. */
export function functionAt(address: Address, prototype: Prototype): (...args: readonly unknown[]) => unknown {
  return koffi.decode(address, prototype) as (...args: readonly unknown[]) => unknown;
}

/** A function of ours as a native function pointer; there is room for 8192 in a process, so they are made once for each kind. */
export function nativeFunction(prototype: Prototype, work: (...args: never[]) => number): Address {
  return koffi.register(work, koffi.pointer(prototype));
}

/** Memory that stays until {@link free}. */
export function allocate(length: number): Address {
  const address = koffi.alloc('uint8_t', length) as Address;
  new Uint8Array(koffi.view(address, length)).fill(0);
  return address;
}

export function free(address: Address): void {
  koffi.free(address);
}

/** Memory at an address. */
export function memoryAt(address: Address, length: number): DataView {
  return new DataView(koffi.view(address, length));
}

/** The pointer that lies at an address. */
export function pointerAt(address: Address): Address {
  return memoryAt(address, 8).getBigUint64(0, true);
}

/** What koffi put into the cell of an `_Out_ uintptr *`. */
export function outAddress(cell: readonly [unknown]): Address {
  const [value] = cell;
  return typeof value === 'bigint' ? value : BigInt(Number(value ?? 0));
}

/** The zero-terminated UTF-16 text at an address. */
export function textAt(address: Address): string {
  return koffi.decode(address, 'char16_t', -1) as string;
}

type Prototypes = ReturnType<typeof prototypesOf>;
let prototypes: Prototypes | undefined;

/** The methods of COM's interfaces. */
export function protos(): Prototypes {
  prototypes ??= prototypesOf();
  return prototypes;
}

function prototypesOf() {
  const hresult = (...args: readonly string[]) => koffi.proto('__stdcall', 'int32', ['void *', ...args]);
  return {
    QueryInterface: hresult('void *', 'void *'),
    /** AddRef, Release. */
    Count: koffi.proto('__stdcall', 'uint32', ['void *']),
    /** GetTypeInfoCount, EnumConnectionPoints, EnumConnections, Clone, GetConnectionInterface… */
    OneOut: hresult('void *'),
    GetTypeInfo: hresult('uint32', 'uint32', 'void *'),
    GetIDsOfNames: hresult('void *', 'void *', 'uint32', 'uint32', 'void *'),
    Invoke: hresult('int32', 'void *', 'uint32', 'uint16', 'void *', 'void *', 'void *', 'void *'),
    CreateInstance: hresult('void *', 'void *', 'void *'),
    LockServer: hresult('int32'),
    FindConnectionPoint: hresult('void *', 'void *'),
    Advise: hresult('void *', 'void *'),
    Unadvise: hresult('uint32'),
    /** IStream. */
    Write: hresult('void *', 'uint32', 'void *'),
    Seek: hresult('int64', 'uint32', 'void *'),
    Next: hresult('uint32', 'void *', 'void *'),
    HandleInComingCall: koffi.proto('__stdcall', 'uint32', ['void *', 'uint32', 'void *', 'uint32', 'void *']),
    RetryRejectedCall: koffi.proto('__stdcall', 'uint32', ['void *', 'void *', 'uint32', 'uint32']),
    MessagePending: koffi.proto('__stdcall', 'uint32', ['void *', 'void *', 'uint32', 'uint32']),
  };
}
