/**
 * The icon beside the clock and the window that hears of it, which nobody sees. Lives in a thread of its own ({@link
 * file://./tray-thread.ts}), because Windows waits in it while the menu is open.
 */
import { type Address, allocate, free, memoryAt } from '../outlook/com/native.ts';
import { iconBitmap } from './icon-bitmap.ts';
import { forgetProcedure, nativeProcedure, shell } from './shell.ts';
import { TRAY_COMMANDS, type TrayEvent, type TrayLook, type TrayNotice, type TrayState } from './tray.ts';
import { type TrayIcon, trayIcon } from './tray-icon.ts';
import { trayPicture } from './tray-pictures.ts';

/** By which others find it: the installer's, and tests. */
export const WINDOW_CLASS = 'BlueMindConnectorTray';

/** What the window is sent so that the thread looks what it is asked to do (WM_APP). */
export const WAKE = 0x8000;
/** What Windows sends for the icon. */
const FROM_ICON = 0x8001;
const COMMAND = 0x111;
/** WM_CONTEXTMENU; NIN_SELECT and NIN_KEYSELECT; NIN_BALLOONUSERCLICK. */
const [MENU, SELECT, KEY_SELECT, NOTICE_CLICKED] = [0x7b, 0x400, 0x401, 0x405];
const [LINE, SEPARATOR] = [0, 0x800];
/** Either button chooses; above and to the left of the pointer, where there is room. */
const TRACK = 0x02 | 0x20 | 0x08;
/** SM_CXICON, SM_CXSMICON. */
const [LARGE, SMALL] = [11, 49];
const ICON_VERSION = 0x30000;
const PER_MONITOR = -4;
/** Of the menu's first line; 0 is nothing. */
const FIRST = 1;

export class TrayWindow {
  readonly handle: bigint;
  readonly #procedure: Address;
  readonly #hear: (event: TrayEvent) => void;
  readonly #woken: () => void;
  /** Sent to all windows when the desktop has begun anew, without our icon. */
  readonly #begunAnew: number;
  readonly #pictures = new Map<string, bigint>();
  readonly #icon: TrayIcon;
  #look: TrayLook | undefined;

  /** @param woken is called for each {@link WAKE}, also while the menu is open */
  constructor(hear: (event: TrayEvent) => void, woken: () => void) {
    this.#hear = hear;
    this.#woken = woken;
    const api = shell();
    // Icons and menu in the size of the screen that they are on; a Windows without that word has one size.
    api.SetThreadDpiAwarenessContext(PER_MONITOR);
    this.#begunAnew = api.RegisterWindowMessageW('TaskbarCreated');
    this.#procedure = nativeProcedure((window, message, wide, long) => {
      if (this.#handled(message, Number(wide), Number(long))) return 0;
      return api.DefWindowProcW(window, message, wide, long);
    });
    const program = api.GetModuleHandleW(null);
    registerClass(this.#procedure, BigInt(program));
    // Not a window for messages alone: those are not told when the desktop begins anew.
    this.handle = BigInt(api.CreateWindowExW(0, WINDOW_CLASS, WINDOW_CLASS, 0, 0, 0, 0, 0, 0, 0, program, null));
    if (this.handle === 0n) throw new Error('Windows makes no window for the icon');
    this.#icon = trayIcon({
      window: this.handle,
      message: FROM_ICON,
      notify: (what, bytes) => api.Shell_NotifyIconW(what, bytes) !== 0,
      picture: (state, size) => this.#picture(state, size === 'large' ? LARGE : SMALL),
    });
  }

  show(look: TrayLook): void {
    this.#look = look;
    this.#icon.show(look);
  }

  /** Once there is an icon that it can be told at. */
  tell(notice: TrayNotice): void {
    this.#icon.tell(notice);
  }

  /** Closes the menu, in which Windows waits. */
  endMenu(): void {
    shell().EndMenu();
  }

  close(): void {
    const api = shell();
    this.#icon.close();
    api.DestroyWindow(this.handle);
    api.UnregisterClassW(WINDOW_CLASS, api.GetModuleHandleW(null));
    for (const picture of this.#pictures.values()) api.DestroyIcon(picture);
    forgetProcedure(this.#procedure);
  }

  #handled(message: number, wide: number, long: number): boolean {
    if (message === this.#begunAnew) {
      this.#icon.renew();
      return true;
    }
    if (message === WAKE) {
      this.#woken();
      return true;
    }
    if (message === COMMAND) {
      const command = TRAY_COMMANDS[(wide & 0xffff) - FIRST];
      if (command !== undefined) this.#hear(command);
      return true;
    }
    if (message !== FROM_ICON) return false;
    this.#fromIcon(long & 0xffff, wide);
    return true;
  }

  /** @param place where on the screen, x in the lower half and y in the upper, each with its sign */
  #fromIcon(event: number, place: number): void {
    if (event === SELECT || event === KEY_SELECT) this.#hear('open');
    else if (event === NOTICE_CLICKED) this.#hear('notice');
    else if (event === MENU) this.#openMenu((place << 16) >> 16, place >> 16);
  }

  #openMenu(x: number, y: number): void {
    if (this.#look === undefined) return;
    const api = shell();
    const menu = api.CreatePopupMenu();
    for (const [index, command] of TRAY_COMMANDS.entries()) {
      if (command === 'quit') api.AppendMenuW(menu, SEPARATOR, 0, null);
      api.AppendMenuW(menu, LINE, FIRST + index, this.#look.menu[command]);
    }
    // What a click on the icon does.
    api.SetMenuDefaultItem(menu, FIRST + TRAY_COMMANDS.indexOf('open'), 0);
    // Otherwise a click elsewhere does not close it.
    api.SetForegroundWindow(this.handle);
    api.TrackPopupMenu(menu, TRACK, x, y, 0, this.handle, null);
    api.PostMessageW(this.handle, 0, 0, 0);
    api.DestroyMenu(menu);
  }

  #picture(state: TrayState, metric: number): bigint {
    const api = shell();
    const size = api.GetSystemMetrics(metric);
    const key = `${state} ${size}`;
    const known = this.#pictures.get(key);
    if (known !== undefined) return known;
    const bits = iconBitmap(trayPicture(state, size));
    const icon = BigInt(api.CreateIconFromResourceEx(bits, bits.length, 1, ICON_VERSION, size, size, 0));
    this.#pictures.set(key, icon);
    return icon;
  }
}

/** WNDCLASSEXW of 64 bits. @source winuser.h */
function registerClass(procedure: Address, program: bigint): void {
  const name = allocate(2 * (WINDOW_CLASS.length + 1));
  const text = memoryAt(name, 2 * WINDOW_CLASS.length);
  for (let at = 0; at < WINDOW_CLASS.length; at++) text.setUint16(2 * at, WINDOW_CLASS.charCodeAt(at), true);
  const bytes = new Uint8Array(80);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setBigUint64(8, procedure, true);
  view.setBigUint64(24, program, true);
  view.setBigUint64(64, name, true);
  shell().RegisterClassExW(bytes);
  free(name);
}
