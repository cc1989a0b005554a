/**
 * The add-in in Outlook, as the agent meets it: a way for programs to run inside Outlook while it is there, and what was clicked on
 * its ribbon. Without it everything goes by direct calls.
 */
import { type AddIn, type ListenerOptions, listenForAddIns } from '../outlook/com/in-process/add-in-listener.ts';
import type { AddInCommand } from '../outlook/com/in-process/add-in-messages.ts';
import { inProcessExecutor } from '../outlook/com/in-process/in-process-executor.ts';
import { newPipeName, publishPipe } from '../outlook/com/in-process/own-key.ts';
import { preferringExecutor } from '../outlook/com/in-process/preferring-executor.ts';
import type { OutlookThread } from '../outlook/com/outlook-thread.ts';
import type { Executor } from '../outlook/program/program.ts';

/** Waits for add-ins; the answer ends it. */
export type Door = (hear: Omit<ListenerOptions, 'pipe'>) => Promise<() => Promise<void>>;

/** The door that add-ins look for: one agent in each session of Windows opens it. */
export const openDoor: Door = async (hear) => {
  const pipe = newPipeName();
  const listener = await listenForAddIns({ ...hear, pipe });
  const unpublish = publishPipe(pipe);
  return async () => {
    unpublish();
    await listener.close();
  };
};

export type AddInWay = {
  /** Through the add-in while it is there, by direct calls otherwise. */
  readonly executor: Executor;
  /** The agent has found Outlook, or lost it. */
  outlookCame(): void;
  outlookWent(): void;
  readonly hear: Omit<ListenerOptions, 'pipe'>;
};

export function addInWay(
  thread: Pick<OutlookThread, 'executor' | 'addIn'>,
  onClick: (command: AddInCommand) => void,
): AddInWay {
  let way: Executor | undefined;
  let isThere = false;
  /** The object that an add-in brought is taken once, and only while Outlook is there. */
  let brought: AddIn | undefined;
  /** Whose object is in use, or on its way here. */
  let current: AddIn | undefined;
  const forget = () => {
    way = undefined;
    current = undefined;
  };
  const take = () => {
    const addIn = brought;
    if (!isThere || addIn === undefined || addIn.runner.length === 0) return;
    brought = undefined;
    current = addIn;
    thread.addIn(addIn.runner).then(
      (object) => {
        if (current === addIn) way = inProcessExecutor({ cross: (request) => object.call('Run', request) });
      },
      // An add-in that cannot be reached is none: direct calls do the same.
      () => undefined,
    );
  };
  return {
    executor: preferringExecutor({ inProcess: () => way, direct: thread.executor }),
    outlookCame: () => {
      isThere = true;
      take();
    },
    outlookWent: () => {
      isThere = false;
      forget();
    },
    hear: {
      onCame: (addIn) => {
        brought = addIn;
        forget();
        take();
      },
      onGone: (addIn) => {
        if (brought === addIn) brought = undefined;
        if (current === addIn) forget();
      },
      onClick,
    },
  };
}
