/**
 * An icon beside the clock as Windows is told of it.
 * @source shellapi.h, NOTIFYICONDATAW of Windows Vista and later, 64 bits
 */
import type { TrayNotice } from './tray.ts';

/** @units bytes */
const SIZE = 976;
const FLAGS = { message: 0x01, icon: 0x02, tip: 0x04, info: 0x10, showTip: 0x80 } as const;
/** The notice has the connector's own icon, in its large size; Windows keeps it back while the user presents or plays. */
const NOTICE_FLAGS = 0x04 | 0x20 | 0x80;
/** What Windows sends for the icon says which event it was and where (NOTIFYICON_VERSION_4). */
const VERSION = 4;
/** The one icon of its window. */
const ID = 1;

export type NotifyIcon = {
  /** The window that hears of it. */
  readonly window: bigint;
  /** The message that the window gets. */
  readonly message: number;
  readonly icon: bigint;
  readonly tip: string;
};

/** For NIM_ADD, NIM_MODIFY and NIM_DELETE. */
export function iconBytes({ window, message, icon, tip }: NotifyIcon): Uint8Array {
  const { bytes, view } = blank(window, FLAGS.message | FLAGS.icon | FLAGS.tip | FLAGS.showTip);
  view.setUint32(24, message, true);
  view.setBigUint64(32, icon, true);
  putText(view, 40, 128, tip);
  return bytes;
}

/** For NIM_MODIFY: a notice. @param icon a large one */
export function noticeBytes(window: bigint, { title, text }: TrayNotice, icon: bigint): Uint8Array {
  const { bytes, view } = blank(window, FLAGS.info);
  putText(view, 304, 256, text);
  putText(view, 820, 64, title);
  view.setUint32(948, NOTICE_FLAGS, true);
  view.setBigUint64(968, icon, true);
  return bytes;
}

/** For NIM_SETVERSION. */
export function versionBytes(window: bigint): Uint8Array {
  const { bytes, view } = blank(window, 0);
  view.setUint32(816, VERSION, true);
  return bytes;
}

function blank(window: bigint, flags: number): { readonly bytes: Uint8Array; readonly view: DataView } {
  const bytes = new Uint8Array(SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SIZE, true);
  view.setBigUint64(8, window, true);
  view.setUint32(16, ID, true);
  view.setUint32(20, flags, true);
  return { bytes, view };
}

/** Cut to its room, which ends with a zero; never in the middle of a character. @param room in units of UTF-16 */
function putText(view: DataView, at: number, room: number, text: string): void {
  const whole = text.length < room ? text : `${text.slice(0, room - 2).replace(/[\uD800-\uDBFF]$/, '')}…`;
  for (let index = 0; index < whole.length; index++) view.setUint16(at + 2 * index, whole.charCodeAt(index), true);
}
