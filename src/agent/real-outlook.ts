/**
 * The Outlook that the user works with: found when it runs, let go when it quits, never started unasked. A run that meets no
 * Outlook ends with OUTLOOK_UNAVAILABLE; the next one finds it again.
 */
import type { Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { hearHints } from '../outlook/com/hints.ts';
import { type AddInDoor, openAddInDoor } from '../outlook/com/in-process/add-in-door.ts';
import type { AddInCommand } from '../outlook/com/in-process/add-in-messages.ts';
import { type OutlookThread, startOutlookThread } from '../outlook/com/outlook-thread.ts';
import { watchPresence } from '../outlook/com/presence.ts';
import { userRegistry } from '../outlook/com/windows-registry.ts';
import type { Registry } from '../outlook/model/calendar-options.ts';
import { OUTLOOK_UNAVAILABLE } from '../outlook/program/finish.ts';
import type { Executor } from '../outlook/program/program.ts';
import { folderPlace } from '../outlook/side-session.ts';
import type { FolderId } from '../sync/side.ts';
import type { OutlookEvents, OutlookNews } from './host/outlook-events.ts';
import type { Outlook } from './outlook.ts';

export type RealOutlookOptions = {
  readonly thread: OutlookThread;
  readonly registry: Registry;
  readonly clock: Clock;
  /** Whether an Outlook that does not run is started. */
  readonly start?: boolean;
  /** Where add-ins come in; without it Outlook is met by direct calls alone. */
  readonly door?: ((onClick: (command: AddInCommand) => void) => Promise<AddInDoor>) | undefined;
  /** The door cannot be opened: everything but the add-in goes on. */
  readonly doorFailed?: (error: unknown) => void;
};

/**
 * Windows only.
 * @param how `start`: whether an Outlook that does not run is started, once; `lasting`: whether this is the program that runs for
 *   months, which Outlook's add-in looks for
 */
export async function openRealOutlook(
  clock: Clock,
  how: { readonly start: boolean; readonly lasting: boolean; readonly doorFailed: (error: unknown) => void },
): Promise<Outlook> {
  const thread = await startOutlookThread();
  const door = (onClick: (command: AddInCommand) => void) => openAddInDoor({ thread, onClick });
  return realOutlook({
    thread,
    registry: userRegistry(),
    clock,
    door: how.lasting ? door : undefined,
    start: how.start,
    doorFailed: how.doorFailed,
  });
}

export async function realOutlook(options: RealOutlookOptions): Promise<Outlook> {
  const { thread, registry, clock, start = false, door, doorFailed } = options;
  const hearers = new Set<Hearer>();
  const clickers = new Set<(command: AddInCommand) => void>();
  // The very click that starts this program comes before anybody here listens: it was taken, and must not get lost.
  const early = new Set<AddInCommand>();
  const opened = await door?.((command) => {
    if (clickers.size === 0) early.add(command);
    for (const clicker of clickers) clicker(command);
  }).catch((error: unknown) => void doorFailed?.(error));
  const way = opened?.executor ?? thread.executor;
  const presence = watchPresence({
    ...{ thread, clock, start },
    came: () => {
      for (const hearer of hearers) hearer.came();
    },
    went: () => {
      for (const hearer of hearers) hearer.went();
    },
  });
  const executor: Executor = {
    ...way,
    run: async (program) => {
      await presence.looked;
      if (!presence.isThere())
        throw new Failure(OUTLOOK_UNAVAILABLE, 'Outlook is not running. Start it; the connector goes on by itself.', {
          retry: 'later',
        });
      return way.run(program);
    },
  };
  return {
    executor,
    registry,
    events: (folders) => realEvents({ thread, hearers, folders, isThere: presence.isThere }),
    clicks: (clicker) => {
      clickers.add(clicker);
      for (const command of early) clicker(command);
      early.clear();
      return () => void clickers.delete(clicker);
    },
    close: async () => {
      await opened?.close();
      await presence.close();
      await thread.end();
    },
  };
}

/** Who hears of Outlook's coming and going. */
type Hearer = { came(): void; went(): void };

type Hearing = {
  readonly thread: OutlookThread;
  readonly hearers: Set<Hearer>;
  readonly folders: () => readonly FolderId[];
  readonly isThere: () => boolean;
};

/** Hints from the folders that are kept in step and from Send/Receive; and that Outlook came: what happened before was not heard. */
function realEvents({ thread, hearers, folders, isThere }: Hearing): OutlookEvents {
  let listener: ((news: OutlookNews) => void) | undefined;
  let heard: { readonly folders: string; readonly stop: () => Promise<void> } | undefined;
  let turning = false;
  const forget = () => {
    heard = undefined;
  };
  const turn = async () => {
    const wanted = folders();
    if (heard?.folders === wanted.join()) return;
    const before = heard;
    forget();
    await before?.stop();
    const stop = await hearHints(thread, wanted.map(folderPlace), ({ kind }) =>
      listener?.(kind === 'sendReceive' ? 'send-receive' : 'changed'),
    );
    heard = { folders: wanted.join(), stop };
  };
  return {
    listen: (to) => {
      listener = to;
      // What an Outlook that went has given out goes with it.
      const hearer: Hearer = {
        went: forget,
        came: () => {
          forget();
          to('changed');
        },
      };
      hearers.add(hearer);
      return () => {
        listener = undefined;
        hearers.delete(hearer);
        heard?.stop().catch(() => undefined);
        forget();
      };
    },
    poll: () => {
      if (turning || listener === undefined || !isThere()) return;
      turning = true;
      // Hints only: what cannot be heard now is tried at the next turn, and every run looks anyway.
      turn()
        .catch(forget)
        .finally(() => {
          turning = false;
        });
    },
    minutes: () => undefined,
  };
}
