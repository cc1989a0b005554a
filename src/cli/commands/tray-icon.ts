import type { Agent } from '../../agent/agent.ts';
import type { Status } from '../../agent/api/shapes.ts';
import type { Host } from '../../agent/host/host.ts';
import type { Log } from '../../agent/log.ts';
import { inTray, waitingUpdate } from '../../agent/tray/in-tray.ts';
import type { TrayLanguage } from '../../agent/tray/tray-words.ts';
import type { Updates } from '../../agent/updates.ts';
import type { Clock } from '../../base/clock.ts';
import type { OpenTray } from '../../desktop/tray.ts';
import { showLink } from '../../node/show-link.ts';

export type TrayIcon = {
  /** Something is other than it was. */
  changed(status: Status): void;
  close(): Promise<void>;
};

type Parts = {
  readonly agent: { readonly storage: Pick<Agent['storage'], 'settings'> };
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'failure'>;
  readonly host: Pick<Host, 'want' | 'link' | 'stop'>;
  readonly updates: Updates | undefined;
};

const NONE: TrayIcon = { changed: () => {}, close: async () => {} };

/** The agent's icon beside Windows' clock; elsewhere, and where it cannot be, there is none and nothing else changes. */
export async function trayIcon(parts: Parts): Promise<TrayIcon> {
  if (process.platform !== 'win32') return NONE;
  try {
    const { openWindowsTray, windowsLanguage } = await import('../../desktop/windows-tray.ts');
    return await iconOver(parts, openWindowsTray, windowsLanguage());
  } catch (error) {
    parts.log.failure('tray icon', error);
    return NONE;
  }
}

/** @throws where the tray cannot be opened */
export async function iconOver(parts: Parts, open: OpenTray, language: TrayLanguage): Promise<TrayIcon> {
  const { agent, clock, log, host, updates } = parts;
  const failed = (error: unknown) => log.failure('tray icon', error);
  const tray = await inTray({
    ...{ open, clock, language, settings: agent.storage.settings },
    on: {
      synchronize: () => host.want('asked'),
      open: (dialog) => void showLink(host.link(dialog)),
      quit: host.stop,
      failed,
    },
  });
  let turn = 0;
  return {
    changed: (status) => {
      const mine = ++turn;
      const looked = updates === undefined ? Promise.resolve(undefined) : waitingUpdate(updates);
      // What has changed since goes first.
      looked.then((update) => mine === turn && tray.show(status, update)).catch(failed);
    },
    close: () => tray.close(),
  };
}
