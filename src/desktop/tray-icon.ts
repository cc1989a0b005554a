/**
 * The icon as the desktop has it. There may be none: at logon the desktop comes later than we do, and it begins anew when it fails.
 * What is told meanwhile waits for the icon: whoever tells it tells it once.
 */
import { iconBytes, noticeBytes, versionBytes } from './notify-icon.ts';
import type { TrayLook, TrayNotice, TrayState } from './tray.ts';

const [ADD, MODIFY, DELETE, SET_VERSION] = [0, 1, 2, 4];

export type TrayIconOptions = {
  /** The window that hears of it, and the message that it gets then. */
  readonly window: bigint;
  readonly message: number;
  /** Shell_NotifyIconW: whether the desktop took it. */
  readonly notify: (what: number, bytes: Uint8Array) => boolean;
  readonly picture: (state: TrayState, size: 'large' | 'small') => bigint;
};

export type TrayIcon = {
  show(look: TrayLook): void;
  tell(notice: TrayNotice): void;
  /** The desktop has begun anew, without it. */
  renew(): void;
  close(): void;
};

export function trayIcon({ window, message, notify, picture }: TrayIconOptions): TrayIcon {
  let look: TrayLook | undefined;
  let isThere = false;
  /** By their titles, the oldest first: a newer one of the same title says more. */
  const waiting = new Map<string, TrayNotice>();
  const tellWaiting = () => {
    for (const notice of waiting.values()) {
      const icon = picture(look?.state ?? 'inStep', 'large');
      if (!isThere || !notify(MODIFY, noticeBytes(window, notice, icon))) return;
      waiting.delete(notice.title);
    }
  };
  const show = (next: TrayLook) => {
    look = next;
    const bytes = iconBytes({ window, message, icon: picture(next.state, 'small'), tip: next.tip });
    if (!isThere || !notify(MODIFY, bytes)) {
      isThere = notify(ADD, bytes);
      if (isThere) notify(SET_VERSION, versionBytes(window));
    }
    tellWaiting();
  };
  return {
    show,
    tell: (notice) => {
      waiting.delete(notice.title);
      waiting.set(notice.title, notice);
      tellWaiting();
    },
    renew: () => {
      isThere = false;
      if (look !== undefined) show(look);
    },
    close: () => {
      if (isThere) notify(DELETE, versionBytes(window));
    },
  };
}
