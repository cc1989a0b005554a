/** The functions of Windows for a window that nobody sees, its icon beside the clock and its menu. Loaded at first use. */
import koffi from 'koffi';
import type { Address } from '../outlook/com/native.ts';

type Native<Args extends readonly unknown[], Result = number> = (...args: Args) => Result;
/** Handles of windows, menus and icons; koffi gives small ones as numbers. */
type Handle = bigint | number;

type Shell = ReturnType<typeof load>;
let loaded: Shell | undefined;

/** @throws Error on other systems */
export function shell(): Shell {
  loaded ??= load();
  return loaded;
}

/** A procedure of a window. */
export type WindowProcedure = (window: Handle, message: number, wide: Handle, long: Handle) => Handle;

/** @param work is called by Windows in the middle of other calls, and must not fail */
export function nativeProcedure(work: WindowProcedure): Address {
  const prototype = koffi.proto('__stdcall', 'intptr', ['uintptr', 'uint32', 'uintptr', 'intptr']);
  return koffi.register(work, koffi.pointer(prototype));
}

export function forgetProcedure(procedure: Address): void {
  koffi.unregister(procedure);
}

function load() {
  const [user, shell32, kernel] = ['user32.dll', 'shell32.dll', 'kernel32.dll'].map((name) => koffi.load(name));
  if (user === undefined || shell32 === undefined || kernel === undefined) throw new Error('bug: no libraries');
  const dll = (library: typeof user) => (text: string) => library.func(text) as unknown;
  const [u, s, k] = [dll(user), dll(shell32), dll(kernel)];
  return {
    Shell_NotifyIconW: s('int32 __stdcall Shell_NotifyIconW(uint32 what, void *icon)') as Native<[number, Uint8Array]>,
    RegisterClassExW: u('uint16 __stdcall RegisterClassExW(void *of)') as Native<[Uint8Array]>,
    UnregisterClassW: u('int32 __stdcall UnregisterClassW(str16 name, uintptr of)') as Native<[string, Handle]>,
    CreateWindowExW: u(
      'uintptr __stdcall CreateWindowExW(uint32 more, str16 class, str16 title, uint32 style, int x, int y, int width, int height, uintptr above, uintptr menu, uintptr of, void *with)',
    ) as Native<[number, string, string, number, number, number, number, number, number, number, Handle, null], Handle>,
    DestroyWindow: u('int32 __stdcall DestroyWindow(uintptr window)') as Native<[Handle]>,
    DefWindowProcW: u(
      'intptr __stdcall DefWindowProcW(uintptr window, uint32 message, uintptr wide, intptr long)',
    ) as Native<[Handle, number, Handle, Handle], Handle>,
    PostMessageW: u(
      'int32 __stdcall PostMessageW(uintptr window, uint32 message, uintptr wide, intptr long)',
    ) as Native<[Handle, number, Handle, Handle]>,
    RegisterWindowMessageW: u('uint32 __stdcall RegisterWindowMessageW(str16 name)') as Native<[string]>,
    CreateIconFromResourceEx: u(
      'uintptr __stdcall CreateIconFromResourceEx(void *bits, uint32 size, int32 icon, uint32 version, int width, int height, uint32 flags)',
    ) as Native<[Uint8Array, number, number, number, number, number, number], Handle>,
    DestroyIcon: u('int32 __stdcall DestroyIcon(uintptr icon)') as Native<[Handle]>,
    GetSystemMetrics: u('int32 __stdcall GetSystemMetrics(int32 which)') as Native<[number]>,
    SetThreadDpiAwarenessContext: u('intptr __stdcall SetThreadDpiAwarenessContext(intptr context)') as Native<
      [number],
      Handle
    >,
    CreatePopupMenu: u('uintptr __stdcall CreatePopupMenu()') as Native<[], Handle>,
    AppendMenuW: u('int32 __stdcall AppendMenuW(uintptr menu, uint32 flags, uintptr id, str16 text)') as Native<
      [Handle, number, number, string | null]
    >,
    SetMenuDefaultItem: u('int32 __stdcall SetMenuDefaultItem(uintptr menu, uint32 item, uint32 by)') as Native<
      [Handle, number, number]
    >,
    TrackPopupMenu: u(
      'int32 __stdcall TrackPopupMenu(uintptr menu, uint32 flags, int x, int y, int reserved, uintptr window, void *rect)',
    ) as Native<[Handle, number, number, number, number, Handle, null]>,
    EndMenu: u('int32 __stdcall EndMenu()') as Native<[]>,
    DestroyMenu: u('int32 __stdcall DestroyMenu(uintptr menu)') as Native<[Handle]>,
    SetForegroundWindow: u('int32 __stdcall SetForegroundWindow(uintptr window)') as Native<[Handle]>,
    GetUserDefaultUILanguage: k('uint16 __stdcall GetUserDefaultUILanguage()') as Native<[]>,
    GetModuleHandleW: k('uintptr __stdcall GetModuleHandleW(void *name)') as Native<[null], Handle>,
  };
}
