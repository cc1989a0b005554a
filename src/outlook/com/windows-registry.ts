/** Windows' registry. Its calls are answered at once, by the machine itself. */
import koffi from 'koffi';
import type { Registry } from '../model/calendar-options.ts';
import { numberBytes, REG, type RegistryValue, registryValue, textBytes } from './registry-value.ts';

export type Hive = 'currentUser' | 'localMachine' | 'classes';
/** Which half of a hive that has two; `native`: that of this program. */
export type View = 'native' | 'x64' | 'x86';

export type KeyPlace = { readonly hive: Hive; readonly key: string; readonly view?: View };

export type RegistryReader = {
  /** One value; '' is the key's own. Undefined when it is not there, or may not be read. */
  value(place: KeyPlace, name: string): RegistryValue | undefined;
  /** All values of a key by their names; none when the key is not there. */
  values(place: KeyPlace): Readonly<Record<string, RegistryValue>>;
  /** Names of the keys below; none when the key is not there. */
  keys(place: KeyPlace): readonly string[];
};

/** Predefined keys are numbers that look like addresses. */
const HIVES = {
  classes: 0xffffffff80000000n,
  currentUser: 0xffffffff80000001n,
  localMachine: 0xffffffff80000002n,
} as const satisfies Record<Hive, bigint>;
const VIEWS = { native: 0, x64: 0x100, x86: 0x200 } as const satisfies Record<View, number>;
const READ = 0x20019;
const WRITE = 0x20006;
const NAME_LENGTH = 16_384;

/** Reads the registry. */
export function registryReader(): RegistryReader {
  return {
    value: (place, name) => withKey(place, READ, (key) => readValue(key, name)),
    values: (place) => Object.fromEntries(withKey(place, READ, valuesOf) ?? []),
    keys: (place) => withKey(place, READ, keysOf) ?? [],
  };
}

/** The user's registry as the settings of Outlook's calendar need it. @throws Error when Windows refuses to write */
export function userRegistry(): Registry {
  return {
    numbers: async (key) => {
      const values = withKey({ hive: 'currentUser', key }, READ, valuesOf) ?? [];
      return Object.fromEntries(values.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
    },
    setNumber: async (key, name, value) => put(key, name, REG.number, numberBytes(value)),
  };
}

/** Puts a text into a key of the user's, which is made when it is not there. @throws Error when Windows refuses to write */
export function writeUserText(key: string, name: string, text: string): void {
  put(key, name, REG.text, textBytes(text));
}

/** Takes a value out of a key of the user's; one that is not there is none. */
export function removeUserValue(key: string, name: string): void {
  functions().RegDeleteKeyValueW(HIVES.currentUser, key, name);
}

/** @throws Error when Windows refuses to write */
function put(key: string, name: string, type: number, bytes: Uint8Array): void {
  const made: [unknown] = [null];
  const { RegCreateKeyExW, RegSetValueExW, RegCloseKey } = functions();
  demand(RegCreateKeyExW(HIVES.currentUser, key, 0, null, 0, WRITE, null, made, null), key);
  const handle = keyOf(made);
  try {
    demand(RegSetValueExW(handle, name, 0, type, bytes, bytes.length), key);
  } finally {
    RegCloseKey(handle);
  }
}

function withKey<T>({ hive, key, view = 'native' }: KeyPlace, access: number, work: (key: bigint) => T): T | undefined {
  const { RegOpenKeyExW, RegCloseKey } = functions();
  const opened: [unknown] = [null];
  if (RegOpenKeyExW(HIVES[hive], key, 0, access | VIEWS[view], opened) !== 0) return undefined;
  const handle = keyOf(opened);
  try {
    return work(handle);
  } finally {
    RegCloseKey(handle);
  }
}

function readValue(key: bigint, name: string): RegistryValue | undefined {
  const { RegQueryValueExW } = functions();
  const [type, size]: [[number], [number]] = [[0], [0]];
  if (RegQueryValueExW(key, name, null, type, null, size) !== 0) return undefined;
  const bytes = new Uint8Array(Math.max(size[0], 1));
  if (RegQueryValueExW(key, name, null, type, bytes, size) !== 0) return undefined;
  return registryValue(type[0], bytes.subarray(0, size[0]));
}

function valuesOf(key: bigint): readonly (readonly [string, RegistryValue])[] {
  const { RegEnumValueW } = functions();
  const found: [string, RegistryValue][] = [];
  for (let at = 0; ; at++) {
    const name = new Uint8Array(2 * NAME_LENGTH);
    const length: [number] = [NAME_LENGTH];
    if (RegEnumValueW(key, at, name, length, null, null, null, null) !== 0) return found;
    const text = utf16(name, length[0]);
    const value = readValue(key, text);
    if (value !== undefined) found.push([text, value]);
  }
}

function keysOf(key: bigint): readonly string[] {
  const { RegEnumKeyExW } = functions();
  const found: string[] = [];
  for (let at = 0; ; at++) {
    const name = new Uint8Array(2 * NAME_LENGTH);
    const length: [number] = [NAME_LENGTH];
    if (RegEnumKeyExW(key, at, name, length, null, null, null, null) !== 0) return found;
    found.push(utf16(name, length[0]));
  }
}

function utf16(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, 2 * length).toString('utf16le');
}

function keyOf([value]: readonly [unknown]): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number(value));
}

/** @throws Error when Windows refuses */
function demand(result: number, key: string): void {
  if (result !== 0)
    throw new Error(`Windows does not let the connector write to its registry (${key}, error ${result})`);
}

type Native<Args extends readonly unknown[]> = (...args: Args) => number;
type Functions = ReturnType<typeof load>;
let loaded: Functions | undefined;

function functions(): Functions {
  loaded ??= load();
  return loaded;
}

function load() {
  const api = koffi.load('advapi32.dll');
  const func = (text: string) => api.func(`int32 __stdcall ${text}`) as unknown;
  return {
    RegOpenKeyExW: func(
      'RegOpenKeyExW(uintptr key, str16 name, uint32 options, uint32 access, _Out_ uintptr *opened)',
    ) as Native<[bigint, string, number, number, [unknown]]>,
    RegCreateKeyExW: func(
      'RegCreateKeyExW(uintptr key, str16 name, uint32 reserved, void *type, uint32 options, uint32 access, void *security, _Out_ uintptr *made, void *how)',
    ) as Native<[bigint, string, number, null, number, number, null, [unknown], null]>,
    RegCloseKey: func('RegCloseKey(uintptr key)') as Native<[bigint]>,
    RegQueryValueExW: func(
      'RegQueryValueExW(uintptr key, str16 name, void *reserved, _Out_ uint32 *type, void *bytes, _Inout_ uint32 *size)',
    ) as Native<[bigint, string, null, [number], Uint8Array | null, [number]]>,
    RegSetValueExW: func(
      'RegSetValueExW(uintptr key, str16 name, uint32 reserved, uint32 type, void *bytes, uint32 size)',
    ) as Native<[bigint, string, number, number, Uint8Array, number]>,
    RegDeleteKeyValueW: func('RegDeleteKeyValueW(uintptr root, str16 key, str16 name)') as Native<
      [bigint, string, string]
    >,
    RegEnumValueW: func(
      'RegEnumValueW(uintptr key, uint32 index, void *name, _Inout_ uint32 *length, void *reserved, void *type, void *bytes, void *size)',
    ) as Native<[bigint, number, Uint8Array, [number], null, null, null, null]>,
    RegEnumKeyExW: func(
      'RegEnumKeyExW(uintptr key, uint32 index, void *name, _Inout_ uint32 *length, void *reserved, void *type, void *size, void *written)',
    ) as Native<[bigint, number, Uint8Array, [number], null, null, null, null]>,
  };
}
