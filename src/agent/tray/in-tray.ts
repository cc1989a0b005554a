/** Keeps the icon beside the clock as things stand, and tells what waits for the user. */
import type { Clock } from '../../base/clock.ts';
import type { OpenTray, Tray, TrayEvent, TrayLook } from '../../desktop/tray.ts';
import type { Settings } from '../../storage/records.ts';
import type { Dialog } from '../api/routes.ts';
import type { Status } from '../api/shapes.ts';
import { optionOf } from '../options.ts';
import type { Updates } from '../updates.ts';
import { dueNotice, noticeOf, type Told, type WaitingUpdate, waitingIn } from './notices.ts';
import { trayLook } from './tray-look.ts';
import type { TrayLanguage } from './tray-words.ts';

export type InTrayOptions = {
  readonly open: OpenTray;
  readonly settings: Settings;
  readonly clock: Pick<Clock, 'now'>;
  /** Of this computer, for those who have chosen none. */
  readonly language: TrayLanguage;
  readonly on: {
    synchronize(): void;
    open(dialog: Dialog): void;
    quit(): void;
    failed(error: unknown): void;
  };
};

export type InTray = {
  /** Things stand so now. */
  show(status: Status, update: WaitingUpdate | undefined): void;
  /** Takes the icon away. */
  close(): Promise<void>;
};

/** The name in the memory's settings under which it is kept what was told. */
const TOLD = 'notices.told';
/** Two notices are never closer. @units milliseconds */
const GAP = 60_000;

export async function inTray({ open, settings, clock, language, on }: InTrayOptions): Promise<InTray> {
  let opens: Dialog = 'status';
  let lastTold = Number.NEGATIVE_INFINITY;
  let shown: TrayLook | undefined;
  let connected = false;
  const hear = (event: TrayEvent) => {
    if (event === 'quit') on.quit();
    else if (event === 'notice') on.open(opens);
    else if (!connected) on.open('connect');
    else if (event === 'open') on.open('status');
    else on.synchronize();
  };
  const tray = await open(hear);
  const tell = (status: Status, update: WaitingUpdate | undefined, words: TrayLanguage) => {
    const quiet = optionOf(settings, 'notices') === 'off' || clock.now() - lastTold < GAP;
    const before = (settings.get(TOLD) ?? {}) as Told;
    const { due, told } = dueNotice(waitingIn(status, update), before, quiet);
    if (JSON.stringify(told) !== JSON.stringify(before)) settings.set(TOLD, told);
    if (due === undefined) return;
    lastTold = clock.now();
    const { notice, opens: dialog } = noticeOf(due, update, words);
    opens = dialog;
    tray.tell(notice);
  };
  return {
    show: (status, update) => {
      connected = status.account !== null;
      const words = status.language === 'system' ? language : status.language;
      const look = trayLook(status, words);
      if (JSON.stringify(look) !== JSON.stringify(shown)) tray.show(look);
      shown = look;
      // While a run goes on it is open how the last one went.
      if (status.state !== 'running') tell(status, update, words);
    },
    close: () => closed(tray, on.failed),
  };
}

async function closed(tray: Tray, failed: (error: unknown) => void): Promise<void> {
  try {
    await tray.close();
  } catch (error) {
    failed(error);
  }
}

/** The update that needs the user, if any: one that Outlook stands in the way of, or one for whose sake the installer is run by hand. */
export async function waitingUpdate({ updater, off, outlook }: Updates): Promise<WaitingUpdate | undefined> {
  if (off() !== undefined) return undefined;
  const { step, wish, checked } = updater.read();
  if (checked?.code === 'UPDATE_BY_HAND') return { version: '', byHand: true };
  if (step.at !== 'staged' || wish !== null) return undefined;
  return (await outlook?.running()) === true ? { version: step.offer.version, byHand: false } : undefined;
}
