import type { AddInCommand } from '../outlook/com/in-process/add-in-messages.ts';
import type { Emulator } from '../outlook/emulator/open-emulator.ts';
import type { Registry } from '../outlook/model/calendar-options.ts';
import type { Executor } from '../outlook/program/program.ts';
import type { FolderId } from '../sync/side.ts';
import { emulatorEvents, type OutlookEvents } from './host/outlook-events.ts';

/** Outlook as the agent meets it, whichever way it is reached. */
export type Outlook = {
  readonly executor: Executor;
  /** The user's registry, as far as Outlook's options go. */
  readonly registry: Registry;
  /** What it tells without being asked. @param folders those that are kept in step */
  events(folders: () => readonly FolderId[]): OutlookEvents;
  /** Hears what was clicked on its ribbon; the answer ends it. An Outlook without the add-in has no buttons. */
  clicks?(clicker: (command: AddInCommand) => void): () => void;
  close(): Promise<void>;
};

/** The emulated one, which is closed with it. */
export function emulatedOutlook(emulator: Emulator): Outlook {
  return {
    executor: emulator.executor,
    registry: emulator.registry,
    events: () => emulatorEvents(emulator),
    close: async () => emulator.close(),
  };
}
