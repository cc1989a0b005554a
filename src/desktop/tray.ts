/** An icon beside the clock: how things stand at a glance, the connector's few commands, and notices of what waits for the user. */

/** `attention`: something waits for the user; `away`: no account, no server or no Outlook, so that nothing happens. */
export type TrayState = 'inStep' | 'running' | 'attention' | 'away';

/** In the order of the menu. */
export const TRAY_COMMANDS = ['synchronize', 'open', 'quit'] as const;
export type TrayCommand = (typeof TRAY_COMMANDS)[number];

export type TrayLook = {
  readonly state: TrayState;
  /** What is said where the pointer rests on the icon. @units characters, the first 127 are shown */
  readonly tip: string;
  /** What the menu's lines say. */
  readonly menu: Readonly<Record<TrayCommand, string>>;
};

/** Told once, and gone by itself. @units characters, the first 63 and 255 are shown */
export type TrayNotice = { readonly title: string; readonly text: string };

/** What the user did: chose from the menu (a click on the icon is `open`), or clicked on the notice that was told last. */
export type TrayEvent = TrayCommand | 'notice';

export type Tray = {
  /** Puts the icon there, or changes it. */
  show(look: TrayLook): void;
  /** Once there is an icon, which at logon may take a while; a notice that is still there gives way. */
  tell(notice: TrayNotice): void;
  /** Takes the icon away. */
  close(): Promise<void>;
};

/** @throws where this system, or what it is reached with, has none: everything but the icon goes on without it */
export type OpenTray = (hear: (event: TrayEvent) => void) => Promise<Tray>;
