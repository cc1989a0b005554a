/** What the threads of the icon say to each other. */
import type { TrayEvent, TrayLook, TrayNotice } from './tray.ts';

export type ToTray =
  | { readonly do: 'show'; readonly look: TrayLook }
  | { readonly do: 'tell'; readonly notice: TrayNotice }
  | { readonly do: 'close' };

export type FromTray =
  /** The window is there; it is what wakes the thread. */
  { readonly say: 'ready'; readonly window: bigint } | { readonly say: 'event'; readonly event: TrayEvent };
